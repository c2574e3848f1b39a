"""A unit's names: it stands in a batch once, applies once at a time, and is one point at most.

The names are taken in the append itself. Whether a point holds them is asked before: nobody but
a designation takes those, and it takes them in its own append.
"""

from __future__ import annotations

from services.registry.domain import application, term
from services.registry.domain.entry import Filing
from services.registry.domain.point_state import PointStatus
from services.registry.handlers.aggregates import APPLICATION
from services.registry.handlers.common import about, identities, last_point_of
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.service.work import Work

APPLICATION_IN_BATCH = "application_in_batch"
LIVE_APPLICATION = "live_application"


def claim_names(work: Work, batch_id: str, unit: Filing) -> None:
    """For an application that is filed, or says anew which unit it is about."""
    holder = APPLICATION.stream(unit.application_id)
    work.release(APPLICATION_IN_BATCH, holder)
    work.release(LIVE_APPLICATION, holder)
    for identity in identities(unit.unit_kind, unit.credit_code, unit.division, unit.unit_name):
        field = "credit_code" if identity[0] == "code" else "unit_name"
        _refuse_point(work, identity, field)
        in_batch = (batch_id, *identity)
        work.claim(APPLICATION_IN_BATCH, in_batch, holder, Reason.UNIT_APPLIED_ALREADY, field)
        work.claim(LIVE_APPLICATION, identity, holder, Reason.UNIT_APPLIES_ELSEWHERE, field)


def confirm_names(work: Work, application_id: str, path: str) -> None:
    """Ask again before the bureau decides for a unit, which may have become a point meanwhile.

    Nor does it hold a place that its terms would not let it keep. Applications of the time before
    the live one was claimed take the name here.
    """
    state: application.Application = work.state(APPLICATION, application_id)
    holder = APPLICATION.stream(application_id)
    named = (state.division, work.open(state.unit_name))
    for identity in identities(state.unit_kind, work.open(state.credit_code), *named):
        _refuse_point(work, identity, path)
        _refuse_used_up(work, identity, path)
        if work.holder_of(LIVE_APPLICATION, identity) != holder:
            work.claim(LIVE_APPLICATION, identity, holder, Reason.UNIT_APPLIES_ELSEWHERE, path)


def _refuse_point(work: Work, identity: tuple[str, ...], path: str) -> None:
    """A point that has retired bears its unit's names for its terms' sake alone."""
    if last_point_of(work, [identity]).status not in (PointStatus.ABSENT, PointStatus.RETIRED):
        raise Refused(Reason.UNIT_IS_POINT_ALREADY, "a point in office has the name", [path])


def refuse_used_up(work: Work, unit: Filing) -> None:
    """Raise Refused for a unit that has had as many terms in a row as there may be.

    Whoever applies anew is told so when it applies, not at the notice.
    """
    for identity in identities(unit.unit_kind, unit.credit_code, unit.division, unit.unit_name):
        _refuse_used_up(work, identity, "credit_code" if identity[0] == "code" else "unit_name")


def _refuse_used_up(work: Work, identity: tuple[str, ...], path: str) -> None:
    terms = term.terms_in_a_row(last_point_of(work, [identity]), work.context)
    with about(path):
        term.refuse_used_up(terms, work.context)


def end_application(work: Work, application_id: str) -> None:
    """The unit may apply elsewhere; in its batch it has had its turn."""
    work.release(LIVE_APPLICATION, APPLICATION.stream(application_id))


def free_names(work: Work, application_id: str) -> None:
    """The unit may apply again, in its batch too."""
    work.release(APPLICATION_IN_BATCH, APPLICATION.stream(application_id))
    end_application(work, application_id)
