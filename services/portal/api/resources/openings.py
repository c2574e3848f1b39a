"""Openings of a confidential reporter's identity, and who reads a case."""

from __future__ import annotations

from services.portal.api.binding import Bound, Command, Query
from services.portal.web.access import allow
from shared.contracts.clues import commands, queries
from shared.contracts.roles import Role

_BUREAU = allow(Role.OFFICER, Role.LEADER)
_LEADER = allow(Role.LEADER)
_CLUE = "/clues/<id:clue_id>"
_OPENING = f"{_CLUE}/openings/<id:opening_id>"


OPENINGS: tuple[Bound, ...] = (
    Query(
        "/identity-openings",
        "clues",
        queries.ListIdentityOpenings,
        allow(Role.OFFICER, Role.LEADER, Role.AUDITOR),
        many=True,
    ),
    Query(_OPENING, "clues", queries.ShowIdentityOpening, _BUREAU, personal=True),
    Query(f"{_OPENING}/reporter", "clues", queries.ShowReporter, _BUREAU, personal=True),
    Query(
        f"{_CLUE}/readers",
        "clues",
        queries.ListCaseReaders,
        allow(Role.LEADER, Role.AUDITOR),
        many=True,
        personal=True,
    ),
    Command(f"{_CLUE}/openings", "clues", commands.RequestOpening, _BUREAU, ("opening_id",)),
    Command(f"{_OPENING}/approval", "clues", commands.ApproveOpening, _LEADER),
    Command(f"{_OPENING}/refusal", "clues", commands.RefuseOpening, _LEADER),
    Command(f"{_OPENING}/readings", "clues", commands.ReadIdentity, _BUREAU),
    Command(
        f"{_CLUE}/readings",
        "clues",
        commands.ReadCase,
        allow(Role.OFFICER, Role.LEADER, Role.POINT),
    ),
)
