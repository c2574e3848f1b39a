"""Where one is led after signing in: within our own pages, whatever an address says."""

from __future__ import annotations

import pytest

from services.portal.pages.entering import begins, local_path
from services.portal.pages.navigation import NAVIGATION
from shared.contracts.roles import Role


@pytest.mark.parametrize("path", ["/", "/desk", "/points?division=430211&size=large", "/my/a#b"])
def test_a_path_of_our_own_is_gone_on_to(path: str) -> None:
    assert local_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "desk",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "https://elsewhere.example/",
        "/\t/elsewhere.example",
        "/\n/elsewhere.example",
        "javascript:alert(1)",
        "/" + "a" * 2_000,
    ],
)
def test_what_leads_anywhere_else_is_not(path: str) -> None:
    assert local_path(path) is None


@pytest.mark.parametrize("role", sorted(NAVIGATION))
def test_a_role_begins_at_a_page_that_its_navigation_offers(role: Role) -> None:
    assert begins(role) in {item.path for item in NAVIGATION[role]}
