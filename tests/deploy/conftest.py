"""Run folders of a test's own, emptied of processes and data afterwards."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local import binaries, down
from deploy.local.given import AMQP, MANAGEMENT, POSTGRES
from tests.deploy.helpers import processes_of


def silent(_: str) -> None:
    """Where progress goes that no test looks at."""


@pytest.fixture(scope="module")
def private_only() -> Iterator[None]:
    """No server is given by the environment, so the machine's own programs are needed."""
    given = [name for name in (POSTGRES, AMQP) if os.environ.get(name)]
    if given and None in (binaries.find_postgres(), binaries.find_rabbitmq()):
        pytest.skip(f"servers are given ({', '.join(given)}), and this machine has none to start")
    with pytest.MonkeyPatch.context() as patch:
        for name in (POSTGRES, AMQP, MANAGEMENT):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture
def run_dir(tmp_path: Path) -> Iterator[Path]:
    """An unused run folder; whatever a test started in it is gone when the test is over."""
    folder = tmp_path / "run"
    yield folder
    down(folder, silent, erase=True)
    assert processes_of(folder) == []
