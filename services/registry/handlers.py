"""What each command of the registry does: load, decide, and what else must hold in the append.

The table at the foot of the file says who may send what.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
import uuid
from typing import Any

from services.registry.domain import application, batch, figures, notice, point
from services.registry.domain.context import Context
from services.registry.domain.settings import in_force
from services.registry.unit_data import profile
from shared.access.actor import Actor
from shared.contracts.days import business_date
from shared.contracts.errors import Invalid, Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands, events
from shared.contracts.registry.vocabulary import ObjectionOutcome, UnitKind
from shared.contracts.roles import Role
from shared.reference.divisions import Divisions
from shared.service.aggregate import Aggregate
from shared.service.command_bus import Route
from shared.service.work import Work

BATCH = Aggregate("batch", batch.Batch(), batch.decide, batch.evolve)
APPLICATION = Aggregate(
    "application", application.Application(), application.decide, application.evolve
)
NOTICE = Aggregate("notice", notice.Notice(), notice.decide, notice.evolve)
POINT = Aggregate("point", point.Point(), point.decide, point.evolve)
FIGURES = Aggregate("district_figures", figures.Figures(), figures.decide, figures.evolve)

APPLICATION_IN_BATCH = "application_in_batch"
POINT_OF_UNIT = "point_of_unit"
OBJECTION_ID = "objection_id"
DELIBERATION_ID = "deliberation_id"


def context(now: dt.datetime, actor: Actor) -> Context:
    """What a decision of this moment may know."""
    today = business_date(now)
    return Context(now=now, today=today, actor_id=actor.id, settings=in_force(today))


def record_district_figures(work: Work, command: commands.RecordDistrictFigures) -> None:
    work.within(command.division)
    divisions = Divisions.for_year(work.context.today.year)
    for index, figure in enumerate(command.figures):
        if not divisions.within(figure.division, command.division):
            raise Invalid.one(
                f"figures[{index}].division", "out_of_range", f"must lie within {command.division}"
            )
    work.decide(FIGURES, figures_of(command), command)


def figures_of(command: commands.RecordDistrictFigures) -> str:
    """A bureau's figures of a year are one stream."""
    return f"{command.division}-{command.year}"


def open_batch(work: Work, command: commands.OpenBatch) -> None:
    work.within(command.division)
    work.decide(BATCH, command.batch_id, command)


def submit_application(work: Work, command: commands.SubmitApplication) -> None:
    work.within(command.division)
    of_batch = work.require(BATCH, command.batch_id)
    if not of_batch.takes_applications(work.context.today):
        raise Refused(Reason.BATCH_NOT_OPEN, "the batch takes no applications today", ["batch_id"])
    unit = profile(command, of_batch.division, work.context.today)
    submit = application.Submit(command, unit.industry_group, unit.size)
    work.decide(APPLICATION, command.application_id, submit)
    for identity in _identities(
        command.unit_kind, command.credit_code, command.division, command.unit_name
    ):
        work.claim(
            APPLICATION_IN_BATCH,
            (command.batch_id, *identity),
            APPLICATION.stream(command.application_id),
            Reason.UNIT_APPLIED_ALREADY,
            "credit_code" if identity[0] == "code" else "unit_name",
        )


def about_application(work: Work, command: Any) -> None:
    """A command that concerns one application alone."""
    _known(work, APPLICATION, command.application_id)
    work.decide(APPLICATION, command.application_id, command)


def record_deliberation(work: Work, command: commands.RecordDeliberation) -> None:
    _known(work, BATCH, command.batch_id)
    work.decide(BATCH, command.batch_id, command)
    work.claim(
        DELIBERATION_ID,
        (command.deliberation_id,),
        BATCH.stream(command.batch_id),
        Reason.ALREADY_EXISTS,
        "deliberation_id",
    )
    entry = application.ListApplication(command.batch_id, command.deliberation_id)
    for index, application_id in enumerate(command.listed):
        _known(work, APPLICATION, application_id)
        with _about(f"listed[{index}]"):
            work.decide(APPLICATION, application_id, entry)


def publish_notice(work: Work, command: commands.PublishNotice) -> None:
    _known(work, BATCH, command.batch_id)
    entry = application.PutOnNotice(command.batch_id, command.notice_id)
    units = []
    for index, application_id in enumerate(command.application_ids):
        _known(work, APPLICATION, application_id)
        with _about(f"application_ids[{index}]"):
            work.decide(APPLICATION, application_id, entry)
        units.append(_noticed(work, application_id))
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


def decide_objection(work: Work, command: commands.DecideObjection) -> None:
    pending = _notice_within(work, command.notice_id).pending
    (decided,) = work.decide(NOTICE, command.notice_id, command)
    unit = decided.application_id
    if command.outcome is ObjectionOutcome.SUSTAINED and unit in pending:
        work.decide(APPLICATION, unit, application.DropOut(command.reasons))
        batch_id = work.state(APPLICATION, unit).batch_id
        work.decide(BATCH, batch_id, batch.FreePlace(unit))


def designate_points(work: Work, command: commands.DesignatePoints) -> None:
    _notice_within(work, command.notice_id)
    work.decide(NOTICE, command.notice_id, command)
    for index, application_id in enumerate(command.application_ids):
        point_id = point_of(application_id)
        work.decide(APPLICATION, application_id, application.Designate(point_id))
        unit = _noticed(work, application_id)
        batch_id = work.state(APPLICATION, application_id).batch_id
        work.decide(POINT, point_id, point.DesignatePoint(point_id, batch_id, unit))
        state = work.state(APPLICATION, application_id)
        code = work.open(state.credit_code)
        for identity in _identities(unit.unit_kind, code, unit.division, unit.unit_name):
            work.claim(
                POINT_OF_UNIT,
                identity,
                POINT.stream(point_id),
                Reason.UNIT_IS_POINT_ALREADY,
                f"application_ids[{index}]",
            )


def retire_point(work: Work, command: commands.RetirePoint) -> None:
    _known(work, POINT, command.point_id)
    work.decide(POINT, command.point_id, command)
    work.release(POINT_OF_UNIT, POINT.stream(command.point_id))


def point_of(application_id: str) -> str:
    """The id of the point an application becomes: always the same, so no retry makes two."""
    return str(uuid.uuid5(uuid.UUID(application_id), "point"))


def _notice_within(work: Work, notice_id: str) -> notice.Notice:
    """The notice, which must be of a bureau that the actor acts for."""
    found: notice.Notice = work.require(NOTICE, notice_id)
    division = work.require(BATCH, found.batch_id).division
    work.within_or_unknown(NOTICE, notice_id, division)
    return found


def _known(work: Work, aggregate: Aggregate, identifier: str) -> None:
    """What the command is about, which must lie in the actor's divisions."""
    work.within_or_unknown(aggregate, identifier, work.require(aggregate, identifier).division)


def _noticed(work: Work, application_id: str) -> events.NoticedUnit:
    state: application.Application = work.state(APPLICATION, application_id)
    return events.NoticedUnit(
        application_id=application_id,
        unit_name=work.open(state.unit_name),
        unit_kind=state.unit_kind,
        division=state.division,
        industry_group=state.industry_group,
        size=state.size,
        channel=state.channel,
    )


def _identities(
    kind: UnitKind, credit_code: str | None, division: str, unit_name: str
) -> list[tuple[str, ...]]:
    """What tells one unit from another.

    A business its credit code: two may bear one name. A village or chamber its name within its
    division, without what looks like nothing and in one spelling, and its code if it has one.
    """
    code = [("code", credit_code)] if credit_code else []
    if kind not in (UnitKind.VILLAGE_COMMUNITY, UnitKind.CHAMBER):
        return [*code]
    visible = "".join(c for c in unit_name if unicodedata.category(c) not in ("Cf", "Zs"))
    return [*code, ("name", division, unicodedata.normalize("NFKC", visible).casefold())]


class _about:  # noqa: N801 - reads as a phrase where it is used
    """Says which item of a list a refusal is about."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, Refused):
            raise Refused(error.reason, str(error), [self._path]) from None


def _of(aggregate: Aggregate, field: str) -> Any:
    return lambda command: aggregate.stream(getattr(command, field))


_BUREAU = {Role.OFFICER, Role.LEADER}

ROUTES: dict[type, Route] = {
    commands.RecordDistrictFigures: Route(
        {Role.OFFICER, Role.ADMINISTRATOR},
        lambda command: FIGURES.stream(figures_of(command)),
        record_district_figures,
    ),
    commands.OpenBatch: Route({Role.LEADER}, _of(BATCH, "batch_id"), open_batch),
    commands.SubmitApplication: Route(
        {Role.APPLICANT, Role.OFFICER}, _of(APPLICATION, "application_id"), submit_application
    ),
    commands.PassFormalCheck: Route(
        {Role.OFFICER}, _of(APPLICATION, "application_id"), about_application
    ),
    commands.FailFormalCheck: Route(
        {Role.OFFICER}, _of(APPLICATION, "application_id"), about_application
    ),
    commands.RecordReviewCheck: Route(
        {Role.REVIEWER}, _of(APPLICATION, "application_id"), about_application
    ),
    commands.ConcludeReview: Route(
        {Role.REVIEWER}, _of(APPLICATION, "application_id"), about_application
    ),
    commands.RecordDeliberation: Route({Role.LEADER}, _of(BATCH, "batch_id"), record_deliberation),
    commands.PublishNotice: Route(_BUREAU, _of(NOTICE, "notice_id"), publish_notice),
    commands.ObjectToNotice: Route(
        set(Role) - {Role.SYSTEM}, _of(NOTICE, "notice_id"), object_to_notice
    ),
    commands.DecideObjection: Route(_BUREAU, _of(NOTICE, "notice_id"), decide_objection),
    commands.DesignatePoints: Route({Role.LEADER}, _of(NOTICE, "notice_id"), designate_points),
    commands.RetirePoint: Route({Role.LEADER}, _of(POINT, "point_id"), retire_point),
}
