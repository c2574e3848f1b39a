"""How long the clues service keeps what it was told, and what goes with a case's key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from services.clues.handlers.aggregates import CLUE, OPINION, SETTINGS
from services.clues.handlers.erasing import ANSWERED
from services.clues.views.erasures import CLUE_ERASURES
from shared.contracts.clues.vocabulary import ClueStatus
from shared.erasure import retention
from shared.erasure.retention import Retention
from shared.keeping.domain.setting import Setting
from shared.keeping.handlers import SCHEME
from shared.service.destroying import Connections
from shared.service.standing import Standing


def _years(standing: Standing, today: dt.date) -> int:
    setting: Setting = standing.state(SETTINGS, SCHEME)
    return int(setting.schedule.on(today).retention_years)


PROPOSES = retention.proposes(
    CLUE_ERASURES,
    (
        Retention(
            CLUE.prefix,
            "readmodel.clues_clues",
            "clue_id",
            "changed_at",
            [str(ClueStatus.TOLD)],
            _years,
        ),
        Retention(
            OPINION.prefix,
            "readmodel.opinions_opinions",
            "opinion_id",
            "changed_at",
            [str(its) for its in ANSWERED],
            _years,
        ),
    ),
)


def forget_words(connections: Connections, subjects: Collection[str]) -> None:
    """What was erased is searched no more (decision 016)."""
    streams = [
        its.replace(":", "-", 1) for its in subjects if its.startswith(("clue:", "opinion:"))
    ]
    with connections.connection() as connection:
        connection.execute("DELETE FROM search.words WHERE stream = ANY (%s)", (streams,))
