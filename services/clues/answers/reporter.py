"""To whom it is told who told: decision 022 as the queries hold it."""

from __future__ import annotations

from services.clues.answers.state import state_of
from services.clues.handlers.aggregates import READING
from shared.contracts.clues.vocabulary import Reporting
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from shared.projections.model import Row
from shared.service.query_bus import Asked

IDENTITY = ("reporter_name", "reporter_phone")


def hidden_identity(asked: Asked, row: Row) -> tuple[str, ...]:
    """Fields that stay shut of a clue's row: of a named one open for handlers and the leader."""
    return () if row["reporting"] == Reporting.NAMED and _handles(asked, row) else IDENTITY


def hidden_of_opinion(asked: Asked, row: Row) -> tuple[str, ...]:
    """The same of an opinion's. Nobody is assigned to one: whoever of the bureau answers it handles
    it; once it is handled as a clue, that one's handlers and the leader do.
    """
    if row["reporting"] != Reporting.NAMED or asked.actor.role is Role.POINT:
        return IDENTITY
    if row["clue_id"] is None:
        return ()
    clues = asked.rows(_CLUE, row["clue_id"])
    return () if clues and _handles(asked, clues[0]) else IDENTITY


def _handles(asked: Asked, row: Row) -> bool:
    """Whether the asker is the leader, or handles it or what it is handled with."""
    if asked.actor.role is Role.LEADER:
        return True
    handlers = set(row["handlers"])
    for main in asked.rows(_CLUE, row["into_clue_id"]) if row["into_clue_id"] else ():
        handlers |= set(main["handlers"])
    return asked.actor.role is Role.OFFICER and asked.actor.id in handlers


_CLUE = "SELECT handlers, into_clue_id FROM readmodel.clues_clues WHERE clue_id = %s"


def refuse_unrecorded(asked: Asked, row: Row) -> None:
    """Raise Refused unless it is on record that the asker reads this case now (`ReadCase`).

    Of a named one nothing is asked, nor of one that is erased, in which there is nothing to read.
    Looked up in the log itself, which shows it at once.
    """
    named = row["reporting"] == Reporting.NAMED
    if named or asked.keyring.are_destroyed([f"clue:{row['clue_id']}"]):
        return
    state = state_of(asked, READING, row["clue_id"])
    if not state.is_recorded(asked.actor.id, asked.now):
        raise Refused(Reason.READING_UNRECORDED, "put on record first that you read it")
