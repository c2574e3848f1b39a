"""The clues service in this process: its buses over a real log and real keys, without a broker.

One log serves the whole room, since what was logged stays; every test uses ids of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from psycopg_pool import ConnectionPool

from services.clues.definition import DEFINITION
from tests.service.clues.town import ClueTown
from tests.service.conftest import pools_for


@pytest.fixture(scope="session")
def clue_room(postgres_url: str) -> Iterator[tuple[ConnectionPool, ConnectionPool]]:
    with ExitStack() as cleanup:
        yield pools_for(DEFINITION, postgres_url, cleanup)


@pytest.fixture
def town(
    clue_room: tuple[ConnectionPool, ConnectionPool], master_key: bytes, tmp_path: Path
) -> ClueTown:
    return ClueTown(*clue_room, master_key, tmp_path)
