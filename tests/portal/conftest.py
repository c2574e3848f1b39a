"""One running installation for all tests of the portal, the people in it, and its application."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from deploy.local.services import SERVICES, settings_for
from services.portal.accounts import passwords
from services.portal.definition import DEFINITION
from services.portal.web.server import make_app
from services.portal.web.settings import WebSettings
from shared.service.client import ServiceClient
from shared.service.config import Config
from shared.service.wiring import wire
from tests.portal.client import Client
from tests.portal.people import People
from tests.system.bureau import Bureau
from tests.system.installation import Installation, installation

_LIMITS = {
    f"JIANDU_PORTAL_LIMIT_{name}": "10000 per minute"
    for name in ("SIGN_IN", "REGISTER", "OBJECTION", "FILING", "RECEIPT", "RECEIPTS_IN_ALL")
}


@pytest.fixture(scope="session")
def system() -> Iterator[Installation]:
    """Private servers and all service processes, the portal's web server among them.

    All of the tests' people come from one address, so it may do more than an office does.
    """
    with pytest.MonkeyPatch.context() as environ:
        for name, value in _LIMITS.items():
            environ.setenv(name, value)
        with installation() as running:
            yield running


@pytest.fixture
def healed(system: Installation) -> Iterator[Installation]:
    """For tests that break things: whatever they leave behind, all is ready again afterwards."""
    yield system
    system.heal()


@pytest.fixture(scope="session")
def console(system: Installation) -> Iterator[ServiceClient]:
    with system.client() as client:
        yield client


@pytest.fixture(scope="session")
def people(system: Installation, console: ServiceClient) -> People:
    """Accounts in every role."""
    return People(console, system.environment["JIANDU_PORTAL_URL"])


@pytest.fixture
def nobody(people: People) -> Client:
    """Somebody who has not signed in."""
    return people.nobody()


@pytest.fixture(scope="session")
def bureau(system: Installation, console: ServiceClient) -> Bureau:
    """The people of the scheme at work, by the command line: makes what the API then shows."""
    return Bureau(console, system.clock)


@pytest.fixture(scope="session")
def app(system: Installation) -> Iterator[Flask]:
    """The application in this process, on the installation's databases and broker."""
    environment = settings_for("portal", "web", system.environment, SERVICES) | _LIMITS
    with pytest.MonkeyPatch.context() as environ:
        environ.setenv("JIANDU_ENVIRONMENT", environment["JIANDU_ENVIRONMENT"])
        environ.setenv("JIANDU_CLOCK_FILE", environment["JIANDU_CLOCK_FILE"])
        wiring = wire(DEFINITION, Config.from_environment("portal", environment), "web", 4)
    before = passwords.go_by(passwords.QUICK)  # as the installation's own web server
    try:
        yield make_app(wiring, WebSettings.from_environment(environment, "local"))
    finally:
        passwords.go_by(before)
        wiring.close()


@pytest.fixture(scope="session")
def run_log(system: Installation) -> Path:
    """What the web server has written."""
    return system.place.logs / "portal-web.log"
