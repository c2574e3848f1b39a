"""What the bureau and a reporter say to each other, and follow-ups of one who suffers for it."""

from __future__ import annotations

from services.portal.api.binding import Bound, Command, Query
from services.portal.web.access import allow
from shared.contracts.clues import commands, queries
from shared.contracts.roles import Role

_OFFICER = Role.OFFICER
_BUREAU = (_OFFICER, Role.LEADER)
_CASE = "/clues/<id:clue_id>"


def _do(path: str, does: type, *roles: Role, makes: tuple[str, ...] = ()) -> Command:
    return Command(path, "clues", does, allow(*roles), makes)


DIALOGUES: tuple[Bound, ...] = (
    Query(f"{_CASE}/dialogue", "clues", queries.OpenDialogue, allow(*_BUREAU), personal=True),
    Query("/dialogues", "clues", queries.ListDialogues, allow(*_BUREAU), many=True),
    Query("/follow-ups", "clues", queries.ListFollowUps, allow(*_BUREAU), many=True),
    _do(f"{_CASE}/dialogue/questions", commands.AskReporter, _OFFICER, makes=("question_id",)),
    _do(f"{_CASE}/dialogue/notes", commands.KeepNote, *_BUREAU, makes=("note_id",)),
    _do(f"{_CASE}/follow-ups", commands.RecordFollowUp, *_BUREAU),
)
