"""What the registry's events mean to a service: which points there are, which days are worked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.contracts.keeping import commands
from shared.contracts.keeping.vocabulary import KnownStanding
from shared.contracts.reasons import Reason
from shared.reactions.reaction import Reaction

_SOURCE = "registry"
_KNOWN = frozenset({str(Reason.NOTHING_CHANGES)})


def _designated(values: Mapping[str, Any]) -> commands.NotePoint:
    return _noted(values["point_id"], KnownStanding.ACTIVE, values["division"], values["unit_name"])


def _moved(values: Mapping[str, Any]) -> commands.NotePoint:
    return _noted(values["point_id"], division=values["division"])


def _renamed(values: Mapping[str, Any]) -> commands.NotePoint | None:
    if values["unit_name"] is None:
        return None
    return _noted(values["point_id"], unit_name=values["unit_name"])


def _stands(standing: KnownStanding) -> Any:
    return lambda values: _noted(values["point_id"], standing=standing)


def _noted(
    point_id: str,
    standing: KnownStanding | None = None,
    division: str | None = None,
    unit_name: str | None = None,
) -> commands.NotePoint:
    """What is None is as before."""
    return commands.NotePoint(
        point_id=point_id, standing=standing, division=division, unit_name=unit_name
    )


def _loaded(values: Mapping[str, Any]) -> Any:
    return _WORKING_DAYS.load({name: values[name] for name in ("year", "off", "worked")})


_WORKING_DAYS = commands.KEEPING_COMMANDS.find("NoteWorkingDays")

REACTIONS = (
    Reaction("note point", _SOURCE, "PointDesignated", _designated, _KNOWN),
    Reaction("note move", _SOURCE, "PointMoved", _moved, _KNOWN),
    Reaction("note name", _SOURCE, "PointDetailsChanged", _renamed, _KNOWN),
    Reaction(
        "note suspension", _SOURCE, "PointSuspended", _stands(KnownStanding.SUSPENDED), _KNOWN
    ),
    Reaction("note return", _SOURCE, "PointResumed", _stands(KnownStanding.ACTIVE), _KNOWN),
    Reaction("note retirement", _SOURCE, "PointRetired", _stands(KnownStanding.RETIRED), _KNOWN),
    Reaction("note working days", _SOURCE, "WorkingDaysLoaded", _loaded, _KNOWN),
)
