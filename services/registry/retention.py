"""How long the registry keeps what came to nothing, and what goes with a subject's key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from services.registry.domain.setting import Setting
from services.registry.handlers.aggregates import APPLICATION, SETTINGS
from services.registry.handlers.erasing import ENDED
from services.registry.handlers.moment import SCHEME
from services.registry.views.erasures import ERASURES
from shared.erasure import retention
from shared.erasure.retention import Retention
from shared.service.destroying import Connections
from shared.service.standing import Standing


def _years(standing: Standing, today: dt.date) -> int:
    setting: Setting = standing.state(SETTINGS, SCHEME)
    return setting.schedule.on(today).rejected_retention_years


PROPOSES = retention.proposes(
    ERASURES,
    (
        Retention(
            APPLICATION.prefix,
            "readmodel.applications_applications",
            "application_id",
            "status_since",
            [str(its) for its in ENDED],
            _years,
        ),
    ),
)


def forget_files(connections: Connections, subjects: Collection[str]) -> None:
    """Papers that nobody can open any more take no room either."""
    with connections.connection() as connection:
        connection.execute("DELETE FROM files.file WHERE subject = ANY (%s)", (list(subjects),))
