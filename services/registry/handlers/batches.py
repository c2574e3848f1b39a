"""Batches, and the figures that places are spread by."""

from __future__ import annotations

from services.registry.handlers.aggregates import BATCH, FIGURES
from services.registry.handlers.common import (
    of,
)
from shared.contracts.errors import Invalid
from shared.contracts.registry import commands
from shared.contracts.roles import Role
from shared.reference.divisions import Divisions
from shared.service.command_bus import Route
from shared.service.work import Work


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


ROUTES: dict[type, Route] = {
    commands.RecordDistrictFigures: Route(
        {Role.OFFICER, Role.ADMINISTRATOR},
        lambda command: FIGURES.stream(figures_of(command)),
        record_district_figures,
    ),
    commands.OpenBatch: Route({Role.LEADER}, of(BATCH, "batch_id"), open_batch),
}
