"""What the registry holds of whom, and when it may be erased."""

from __future__ import annotations

from services.registry.domain.application import Application
from services.registry.domain.point_state import Point, PointStatus
from services.registry.handlers.aggregates import APPLICATION, POINT
from shared.contracts.erasure.vocabulary import ErasureScope
from shared.contracts.errors import Invalid, NotFound
from shared.contracts.registry.vocabulary import ApplicationStatus
from shared.erasure.handlers import routes
from shared.erasure.holdings import Held
from shared.service.command_bus import Route
from shared.service.work import Work

ENDED = (
    ApplicationStatus.REJECTED,
    ApplicationStatus.WITHDRAWN,
    ApplicationStatus.LAPSED,
    ApplicationStatus.LEFT_OUT,
)


def held(work: Work, stream: str, scope: ErasureScope) -> Held:
    """Of an application that came to nothing, or of a point that has retired, with its application.

    As `shared.erasure.holdings`; Invalid for the scope of a reporter, which the registry has none
    of.
    """
    prefix, _, identifier = stream.partition("-")
    if prefix not in (APPLICATION.prefix, POINT.prefix):
        raise NotFound(prefix, identifier)
    if scope is not ErasureScope.WHOLE:
        raise Invalid.one("scope", "not_allowed", "nobody reports anything here")
    if prefix == POINT.prefix:
        point: Point = work.require(POINT, identifier)
        subjects = (f"point:{identifier}", f"application:{point.application_id}")
        return Held(point.division, subjects, point.status is PointStatus.RETIRED)
    state: Application = work.require(APPLICATION, identifier)
    return Held(state.division, (f"application:{identifier}",), state.status in ENDED)


ROUTES: dict[type, Route] = routes(held)
