"""One installation for all that is played."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.system.installation import Installation, installation


@pytest.fixture(scope="package")
def system() -> Iterator[Installation]:
    with installation() as running:
        yield running
