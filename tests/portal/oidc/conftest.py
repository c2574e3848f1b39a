"""A real provider process, one that says what it likes, and the accounts of the portal."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.portal.accounts.oidc import OpenIdProvider
from tests.portal.accounts.conftest import office, office_key, office_rooms
from tests.portal.oidc.browser import Browser
from tests.portal.oidc.hostile import Hostile
from tests.portal.oidc.running import provider_for

__all__ = ["office", "office_key", "office_rooms"]

HOME = "http://portal.example"
CALLBACK = f"{HOME}/sign-in/back"
CLIENT = {
    "client_id": "jiandu",
    "client_secret": "a secret of this client",
    "redirect_uris": [CALLBACK],
    "post_logout_redirect_uris": [f"{HOME}/"],
}


@pytest.fixture(scope="session")
def issuer() -> Iterator[str]:
    """The address of a running provider."""
    with provider_for(CLIENT) as address:
        yield address


@pytest.fixture
def provider(issuer: str) -> OpenIdProvider:
    """The provider as the portal knows it."""
    return OpenIdProvider(issuer, CLIENT["client_id"], CLIENT["client_secret"], CALLBACK)  # type: ignore[arg-type]


@pytest.fixture
def browser() -> Browser:
    return Browser(HOME)


@pytest.fixture
def hostile() -> Iterator[Hostile]:
    with Hostile() as its:
        yield its
