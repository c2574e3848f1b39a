"""A real provider process, one that says what it likes, and the accounts of the portal."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.portal.accounts.oidc import OpenIdProvider
from tests.portal.accounts.conftest import office, office_key, office_rooms
from tests.portal.oidc.browser import Browser
from tests.portal.oidc.hostile import Hostile

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
    script = Path(__file__).with_name("provider.mjs")
    with subprocess.Popen(
        ["node", str(script), json.dumps(CLIENT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        told = iter(process.stdout.readline, "")
        address = next((line.strip() for line in told if line.startswith("http://")), None)
        assert address, "node could not start the provider: is node_modules there? (make setup)"
        yield address
        process.terminate()


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
