"""Browsers, and a notice to look at."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from shared.contracts.registry.vocabulary import UnitKind
from tests.portal.pages.browsing import Browser
from tests.system.bureau import DISTRICT, OTHER_DISTRICT, Bureau
from tests.system.installation import Installation


@dataclass(frozen=True)
class Noticed:
    """A running notice of two units."""

    batch_id: str
    notice_id: str
    application_ids: list[str]

    @property
    def path(self) -> str:
        return f"/notices/{self.notice_id}"


@pytest.fixture
def browser(system: Installation) -> Browser:
    """Nobody's."""
    return Browser(system.environment["JIANDU_PORTAL_URL"])


@pytest.fixture(scope="session")
def _made() -> list[Noticed]:
    """The notices that tests have had made, the latest last."""
    return []


@pytest.fixture
def noticed(bureau: Bureau, _made: list[Noticed]) -> Noticed:
    """One that runs, made anew when a test before has moved the clock past its days."""
    if not _made or not _runs(bureau, _made[-1]):
        units = [(UnitKind.ENTERPRISE, DISTRICT), (UnitKind.VILLAGE_COMMUNITY, OTHER_DISTRICT)]
        _made.append(Noticed(*bureau.on_notice(units)))
        bureau.notice(_made[-1].batch_id)  # the read model has it before a page asks
    return _made[-1]


def _runs(bureau: Bureau, noticed: Noticed) -> bool:
    return bool(bureau.notice(noticed.batch_id)["running"])
