"""The portal's accounts in this process, over a real log, real keys and its own real tables.

One database serves the whole room, since what was logged stays; every test uses ids of its own.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from services.portal.accounts import passwords
from tests.portal.accounts.office import Office, Rooms, rooms


@pytest.fixture(scope="package", autouse=True)
def strong_passwords() -> Iterator[None]:
    """As people's own are kept, whatever other rooms of the portal's tests go by."""
    before = passwords.go_by(passwords.STRONG)
    yield
    passwords.go_by(before)


@pytest.fixture(scope="session")
def office_rooms(postgres_url: str) -> Iterator[Rooms]:
    with ExitStack() as cleanup:
        yield rooms(postgres_url, cleanup)


@pytest.fixture(scope="session")
def office_key() -> bytes:
    return os.urandom(32)


@pytest.fixture
def office(office_rooms: Rooms, office_key: bytes) -> Office:
    """An office that may share its logins with other tests' offices: use `login()`."""
    return Office(office_rooms, office_key)


@pytest.fixture
def new_office(postgres_url: str, office_key: bytes) -> Iterator[Office]:
    """One whose log is empty: nobody is administrator yet."""
    with ExitStack() as cleanup:
        yield Office(rooms(postgres_url, cleanup), office_key)
