"""What the bureau's pages about a notice offer, and why not, from what the registry tells."""

from __future__ import annotations

from typing import Any

import pytest

from services.portal.pages.notices_staff import may_extend

OBJECTION: dict[str, Any] = {
    "outcome": None,
    "due_on": "2027-01-08",
    "provisional": False,
    "extended": False,
}


@pytest.mark.parametrize(
    ("told", "day", "may"),
    [
        ({}, "2027-01-08", True),
        ({}, "2027-01-09", False),
        ({"provisional": True}, "2027-01-09", True),
        ({"provisional": True, "extended": True}, "2027-01-09", False),
        ({"provisional": True, "outcome": "overruled"}, "2027-01-09", False),
        ({"due_on": None, "provisional": None}, "2027-01-08", False),
    ],
)
def test_a_verification_is_extended_while_its_limit_has_not_passed_for_certain(
    told: dict[str, Any], day: str, may: bool
) -> None:
    assert may_extend({**OBJECTION, **told}, day) is may
