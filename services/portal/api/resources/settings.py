"""Settings, and corrections: what the rules' figures are, and what was recorded wrong."""

from __future__ import annotations

from services.portal.api.binding import Bound, Command, Query
from services.portal.api.resources.lines import ask, do
from services.portal.web.access import allow, everyone
from services.portal.working_days_sheet import WORKING_DAYS_SHEET
from shared.contracts.registry import commands, queries
from shared.contracts.roles import Role

_SETTING = allow(Role.LEADER, Role.ADMINISTRATOR)
_LOOKING = allow(
    *(Role.OFFICER, Role.REVIEWER, Role.LEADER, Role.AUDITOR),
    *(Role.ADMINISTRATOR, Role.OPERATOR),
)
_YEAR = "/working-days/<year:year>"

SETTINGS: tuple[Bound, ...] = (
    Query("/settings", "registry", queries.ShowSettings, everyone),
    Query("/settings/changes", "registry", queries.ListSettingsChanges, _LOOKING, many=True),
    Command("/settings", "registry", commands.ChangeSettings, _SETTING),
    Command("/settings/size-limits", "registry", commands.SetSizeLimits, _SETTING),
    Query("/working-days", "registry", queries.ListWorkingDays, everyone, many=True),
    Command(
        _YEAR,
        "registry",
        commands.LoadWorkingDays,
        _SETTING,
        method="PUT",
        sheet=WORKING_DAYS_SHEET,
    ),
)

_RECORD = "/records/<stream:stream>/corrections"
CORRECTIONS: tuple[Bound, ...] = (
    do(_RECORD, commands.CorrectRecord, Role.OFFICER, Role.LEADER),
    ask(
        _RECORD,
        queries.OpenCorrections,
        *(Role.OFFICER, Role.REVIEWER, Role.LEADER),
        many=True,
        personal=True,
    ),
    do("/applications/<id:application_id>/data", commands.CorrectUnitData, Role.OFFICER),
)
