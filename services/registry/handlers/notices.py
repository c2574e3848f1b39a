"""Public notices, objections, and the designation that follows."""

from __future__ import annotations

from services.registry.domain import application, batch, notice, point, term
from services.registry.handlers.aggregates import APPLICATION, BATCH, NOTICE, POINT
from services.registry.handlers.common import (
    BUREAU,
    Names,
    about,
    hold_names,
    identities,
    known,
    last_point_of,
    notice_within,
    noticed,
    of,
    point_of,
)
from services.registry.handlers.panels import refuse_tied
from services.registry.handlers.points import certify
from services.registry.handlers.unit_names import confirm_names, end_application
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands, events
from shared.contracts.registry.vocabulary import ObjectionOutcome
from shared.contracts.roles import EVERYBODY, Role
from shared.service.command_bus import Route
from shared.service.work import Work

OBJECTION_ID = "objection_id"


def publish_notice(work: Work, command: commands.PublishNotice) -> None:
    known(work, BATCH, command.batch_id)
    entry = application.PutOnNotice(command.batch_id, command.notice_id)
    units = []
    for index, application_id in enumerate(command.application_ids):
        known(work, APPLICATION, application_id)
        with about(f"application_ids[{index}]"):
            refuse_tied(work, application_id)
            work.decide(APPLICATION, application_id, entry)
        confirm_names(work, application_id, f"application_ids[{index}]")
        units.append(noticed(work, application_id))
    work.decide(NOTICE, command.notice_id, notice.Publish(command, tuple(units)))


def object_to_notice(work: Work, command: commands.ObjectToNotice) -> None:
    work.decide(NOTICE, command.notice_id, command)
    work.claim(
        OBJECTION_ID,
        (command.objection_id,),
        NOTICE.stream(command.notice_id),
        Reason.ALREADY_EXISTS,
        "objection_id",
    )


def correct_notice(work: Work, command: commands.CorrectNotice) -> None:
    """What was wrong is said in words, and the unit shown as its data now are."""
    if command.application_id in notice_within(work, command.notice_id).units:
        refuse_tied(work, command.application_id)
    work.decide(NOTICE, command.notice_id, command)
    unit = noticed(work, command.application_id)
    work.decide(NOTICE, command.notice_id, notice.ShowAnew(unit))


def mark_objection_overdue(work: Work, command: commands.MarkObjectionOverdue) -> None:
    work.decide(NOTICE, command.notice_id, command)


def extend_verification(work: Work, command: commands.ExtendVerification) -> None:
    found = notice_within(work, command.notice_id)
    _refuse_tied(work, found, command.objection_id)
    work.decide(NOTICE, command.notice_id, command)


def _refuse_tied(work: Work, found: notice.Notice, objection_id: str) -> None:
    """Raise Refused for whoever may not verify this objection, for a tie to the unit."""
    objection = found.objections.get(objection_id)
    if objection is not None:
        refuse_tied(work, objection.application_id)


def decide_objection(work: Work, command: commands.DecideObjection) -> None:
    found = notice_within(work, command.notice_id)
    _refuse_tied(work, found, command.objection_id)
    pending = found.pending
    (decided,) = work.decide(NOTICE, command.notice_id, command)
    unit = decided.application_id
    if command.outcome is ObjectionOutcome.SUSTAINED and unit in pending:
        work.decide(APPLICATION, unit, application.DropOut(command.reasons))
        end_application(work, unit)
        batch_id = work.state(APPLICATION, unit).batch_id
        work.decide(BATCH, batch_id, batch.FreePlace(unit))


def designate_points(work: Work, command: commands.DesignatePoints) -> None:
    shown = notice_within(work, command.notice_id).units
    for index, application_id in enumerate(command.application_ids):
        if application_id in shown:
            with about(f"application_ids[{index}]"):
                refuse_tied(work, application_id)
    work.decide(NOTICE, command.notice_id, command)
    for index, application_id in enumerate(command.application_ids):
        if noticed(work, application_id) != shown[application_id]:
            told = "the unit's data were corrected, and the notice was not"
            raise Refused(Reason.NOTICE_DIFFERS, told, [f"application_ids[{index}]"])
        point_id = point_of(application_id)
        work.decide(APPLICATION, application_id, application.Designate(point_id))
        end_application(work, application_id)
        unit = noticed(work, application_id)
        batch_id = work.state(APPLICATION, application_id).batch_id
        names, field = names_of(work, application_id, unit), f"application_ids[{index}]"
        # As when its terms were asked about before: whichever of its names has most of them.
        terms = [term.terms_in_a_row(last_point_of(work, [its]), work.context) for its in names]
        before = max(terms, default=0)
        with about(field):
            designate = point.DesignatePoint(point_id, batch_id, unit, before)
            work.decide(POINT, point_id, designate)
        certify(work, work.require(BATCH, batch_id).division, point_id)
        hold_names(work, names, point_id, field)


def names_of(work: Work, application_id: str, unit: events.NoticedUnit) -> Names:
    code = work.open(work.state(APPLICATION, application_id).credit_code)
    return identities(unit.unit_kind, code, unit.division, unit.unit_name)


ROUTES: dict[type, Route] = {
    commands.PublishNotice: Route(BUREAU, of(NOTICE, "notice_id"), publish_notice),
    commands.ObjectToNotice: Route(EVERYBODY, of(NOTICE, "notice_id"), object_to_notice),
    commands.CorrectNotice: Route(BUREAU, of(NOTICE, "notice_id"), correct_notice),
    commands.ExtendVerification: Route({Role.LEADER}, of(NOTICE, "notice_id"), extend_verification),
    commands.MarkObjectionOverdue: Route(
        {Role.SYSTEM}, of(NOTICE, "notice_id"), mark_objection_overdue
    ),
    commands.DecideObjection: Route(BUREAU, of(NOTICE, "notice_id"), decide_objection),
    commands.DesignatePoints: Route({Role.LEADER}, of(NOTICE, "notice_id"), designate_points),
}
