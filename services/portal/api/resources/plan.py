"""A batch's plan: its places, what they could be spread by, who fills them; districts' figures."""

from __future__ import annotations

from services.portal.api.binding import Bound, Command
from services.portal.api.resources.lines import ask, do
from services.portal.figures_sheet import FIGURES_SHEET
from services.portal.web.access import allow
from shared.contracts.registry import commands, queries
from shared.contracts.roles import Role

_WATCHING = (Role.OFFICER, Role.REVIEWER, Role.LEADER, Role.AUDITOR)
_BATCH = "/batches/<id:batch_id>"
_FIGURES = "/divisions/<division:division>/figures/<year:year>"

PLAN: tuple[Bound, ...] = (
    do(f"{_BATCH}/plan", commands.PlanBatch, Role.OFFICER, Role.LEADER),
    do(f"{_BATCH}/extension", commands.ExtendBatch, Role.LEADER),
    ask(f"{_BATCH}/spread", queries.ProposeSpread, *_WATCHING),
    ask(f"{_BATCH}/ranking", queries.RankCandidates, *_WATCHING),
)

FIGURES: tuple[Bound, ...] = (
    ask(_FIGURES, queries.ShowDistrictFigures),
    Command(
        _FIGURES,
        "registry",
        commands.RecordDistrictFigures,
        allow(Role.OFFICER, Role.ADMINISTRATOR),
        method="PUT",
        sheet=FIGURES_SHEET,
    ),
)
