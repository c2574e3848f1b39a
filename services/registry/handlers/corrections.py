"""Corrections: of any record in words, of a unit's data by the data that are right."""

from __future__ import annotations

import dataclasses
from typing import Any

from services.registry.domain import application, notice
from services.registry.domain.corrections import Correct
from services.registry.domain.unit_correction import CorrectData
from services.registry.handlers.aggregates import APPLICATION, BATCH, NOTICE
from services.registry.handlers.common import BUREAU, about, known, of
from services.registry.handlers.panels import refuse_tied
from services.registry.handlers.streams import aggregate_of, division_of
from services.registry.handlers.unit_names import claim_names
from services.registry.unit_data import profile
from shared.contracts.errors import Invalid
from shared.contracts.registry import commands
from shared.contracts.registry.vocabulary import ApplicationStatus, UnitKind
from shared.contracts.roles import Role
from shared.service.command_bus import Route
from shared.service.work import Work


def correct_record(work: Work, command: commands.CorrectRecord) -> None:
    aggregate, identifier = aggregate_of(command.stream)
    division = division_of(work, aggregate, identifier)
    work.within_or_unknown(aggregate, identifier, division)
    if command.version > work.version(aggregate, identifier):
        raise Invalid.one("version", "out_of_range", "the stream has no such event")
    work.decide(aggregate, identifier, Correct(command, division))


def correct_unit_data(work: Work, command: commands.CorrectUnitData) -> None:
    """Another code of a unit on notice begins its days anew: that is for who runs the batch."""
    known(work, APPLICATION, command.application_id)
    refuse_tied(work, command.application_id)
    state: application.Application = work.state(APPLICATION, command.application_id)
    given = {
        field.name: value
        for field in dataclasses.fields(command)
        for value in [getattr(command, field.name)]
        if value is not None and field.name not in ("application_id", "reason")
    }
    before = _as_submitted(work, state)
    right = dataclasses.replace(before, **given)
    work.within(right.division)
    bureau = work.require(BATCH, state.batch_id).division
    day = state.filed_on or work.context.today
    unit = profile(right, bureau, day, work.context.sizes)
    on_notice = state.status is ApplicationStatus.ON_NOTICE
    shown_for_another = on_notice and right.credit_code != before.credit_code
    if shown_for_another:
        with about("credit_code"):
            work.within(bureau)
    changed = CorrectData(
        right, tuple(sorted(given)), command.reason, unit.industry_group, unit.size
    )
    work.decide(APPLICATION, command.application_id, changed)
    if shown_for_another:
        work.decide(NOTICE, state.notice_id, notice.CorrectCode(command.application_id))
    claim_names(work, state.batch_id, right)


def _as_submitted(work: Work, state: application.Application) -> commands.SubmitApplication:
    """The application as it would be submitted today, opened."""
    values: dict[str, Any] = {name: work.open(value) for name, value in vars(state.unit).items()}
    declares = state.unit_kind in (UnitKind.VILLAGE_COMMUNITY, UnitKind.CHAMBER)
    return commands.SubmitApplication(
        application_id=state.application_id,
        batch_id=state.batch_id,
        channel=state.channel,
        recommender=None,
        unit_kind=state.unit_kind,
        division=state.division,
        declared_size=state.size if declares else None,
        unit_name=work.open(state.unit_name),
        credit_code=work.open(state.credit_code),
        **values,
    )


ROUTES: dict[type, Route] = {
    commands.CorrectRecord: Route(BUREAU, lambda command: str(command.stream), correct_record),
    commands.CorrectUnitData: Route(
        {Role.OFFICER}, of(APPLICATION, "application_id"), correct_unit_data
    ),
}
