"""One installation with two of every process that may have a standby."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.chaos.faults import heal
from tests.system.installation import Installation, installation


@pytest.fixture(scope="package")
def replicated() -> Iterator[Installation]:
    with installation() as system:
        heal(system)
        yield system
