"""Conversations with reporters: how much has come, how much was read, and what is still asked."""

from __future__ import annotations

from collections.abc import Callable

from services.clues.views.folding import SOURCE
from shared.contracts.clues.events import EVENTS
from shared.projections.model import Fold, Key, Model, ReadEvent, Row, Rule, Table, by

_DIALOGUES = Table(
    "dialogues",
    SOURCE,
    key=("clue_id",),
    columns={
        "clue_id": "text",
        "news": "integer NOT NULL",
        "read": "integer NOT NULL",
        "asked": "integer NOT NULL",
        "unread_since": "timestamptz",
    },
    indexes=(("unread_since", "clue_id"),),
)
"""asked: questions that wait · unread_since: when the first came of what was not read"""


Change = Callable[[Row, ReadEvent], Row]


def _changes(change: Change) -> Fold:
    """Of the row, or of one in which nothing was said yet."""

    def fold(row: Row | None, event: ReadEvent, key: Key) -> Row:
        nothing = {"clue_id": key[0], "news": 0, "read": 0, "asked": 0, "unread_since": None}
        return change(row or nothing, event)

    return fold


def _asked(row: Row, _: ReadEvent) -> Row:
    return {**row, "asked": row["asked"] + 1}


def _answered(row: Row, event: ReadEvent) -> Row:
    """A late answer is to a question that waits no more."""
    return _added({**row, "asked": row["asked"] - (not event.data["late"])}, event)


def _lapsed(row: Row, event: ReadEvent) -> Row:
    return _added({**row, "asked": row["asked"] - 1}, event)


def _added(row: Row, event: ReadEvent) -> Row:
    since = row["unread_since"] or event.occurred_at
    return {**row, "news": row["news"] + 1, "unread_since": since}


def _read(row: Row, event: ReadEvent) -> Row:
    """What came meanwhile is unread since then at the latest."""
    up_to = event.data["up_to"]
    since = event.occurred_at if row["news"] > up_to else None
    return {**row, "read": up_to, "unread_since": since}


DIALOGUES = Model(
    name="dialogues",
    tables=[_DIALOGUES],
    rules=[
        Rule(event, "dialogues", by("clue_id"), _changes(fold))
        for event, fold in (
            ("QuestionAsked", _asked),
            ("QuestionAnswered", _answered),
            ("QuestionLapsed", _lapsed),
            ("InformationAdded", _added),
            ("DialogueRead", _read),
        )
    ],
    vocabularies={SOURCE: EVENTS},
)
