"""Conversations with reporters, the bureau's notes, and follow-ups of cases of retaliation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from services.clues.answers.conversation import SAID, entries_of, for_reporter, news_of
from services.clues.answers.limits import running, toned
from services.clues.answers.reporter import refuse_unrecorded
from services.clues.answers.reporters import reported_stream
from services.clues.answers.seeing import BUREAU, clue_row, refuse_recused
from services.clues.answers.state import state_of
from services.clues.domain.clue import Clue
from services.clues.domain.follow_ups import FollowUps
from services.clues.handlers.aggregates import CLUE, DIALOGUE, FOLLOW_UPS
from services.clues.handlers.filing import REPORTER_ID
from services.clues.handlers.reporters import RECEIPT
from shared.contracts import scope
from shared.contracts.clues import queries
from shared.contracts.clues.events import EVENTS
from shared.contracts.clues.vocabulary import ClueLimit, FollowUpStatus
from shared.contracts.roles import Role
from shared.projections.model import Row
from shared.service.paging import after, fetch, page
from shared.service.query_bus import Asked, QueryRoute
from shared.service.recorded import recorded

ALL = 2**31 - 1
"""A version that no stream has."""


def open_dialogue(asked: Asked) -> Any:
    """`{clue_id, reachable, news, read, entries, notes, follow_ups}`.

    reachable: whether anybody has a code by which to find a question
    news, read: how much has come, and how much of it was read · entries: see `entries_of`
    notes: `{id, at, by, text}` · follow_ups: see `_follow_ups`, null where there are none
    """
    row = clue_row(asked, asked.query.clue_id)
    refuse_recused(asked, row)
    refuse_unrecorded(asked, row)
    clue_id = row["clue_id"]
    asked.note_opening(f"clue:{clue_id}", asked.query.purpose)
    types = [*SAID, "NoteKept", "DialogueRead"]
    records = recorded(asked, EVENTS, DIALOGUE.stream(clue_id), types, ALL)
    marks = [its["values"]["up_to"] for its in records if its["type"] == "DialogueRead"]
    read = marks[-1] if marks else 0
    return {
        "clue_id": clue_id,
        "reachable": _is_reachable(asked, clue_id),
        "news": news_of(records),
        "read": read,
        "entries": entries_of(records, read),
        "notes": [_note(its) for its in records if its["type"] == "NoteKept"],
        "follow_ups": _follow_ups(asked, clue_id),
    }


def _note(record: Row) -> Row:
    values = record["values"]
    return {
        "id": values["note_id"],
        "at": record["occurred_at"],
        "by": values["kept_by"],
        "text": values["text"],
    }


def _is_reachable(asked: Asked, clue_id: str) -> bool:
    clue: Clue = state_of(asked, CLUE, clue_id)
    key = asked.keyring.keyed_hash(REPORTER_ID, clue.reporter_id)
    return bool(
        asked.rows(
            "SELECT 1 FROM eventlog.claim receipt JOIN eventlog.claim first"
            " ON receipt.holder = first.holder"
            " WHERE receipt.scope = %s AND first.scope = %s AND first.key = %s LIMIT 1",
            *(RECEIPT, REPORTER_ID, key),
        )
    )


def _follow_ups(asked: Asked, clue_id: str) -> Row | None:
    """`{status, number, due_on, tone, records}` of a case of retaliation.

    number: of the one that is due · records: `{number, done_on, means, suffering, done, by, text}`
    """
    stream = FOLLOW_UPS.stream(clue_id)
    state: FollowUps = state_of(asked, FOLLOW_UPS, clue_id)
    if state.status is FollowUpStatus.ABSENT:
        return None
    due = _due(asked, clue_id) if state.status is FollowUpStatus.RUNNING else None
    records = recorded(asked, EVENTS, stream, ["FollowUpRecorded"], ALL)
    return {
        "status": str(state.status),
        "number": state.number,
        "due_on": due["due_on"] if due else None,
        "tone": due["tone"] if due else None,
        "records": [_follow_up(its["values"]) for its in records],
    }


def _due(asked: Asked, clue_id: str) -> Row | None:
    """The limit of the follow-up that is due, as `toned` gives it."""
    rows = asked.rows("SELECT limits FROM readmodel.clues_clues WHERE clue_id = %s", clue_id)
    limits = toned(rows[0]["limits"], asked.today) if rows else []
    return running(limits, ClueLimit.FOLLOW_UP)


_TOLD = ("number", "done_on", "means", "suffering", "done", "text")


def _follow_up(values: Row) -> Row:
    return {**{name: values[name] for name in _TOLD}, "by": values["recorded_by"]}


def show_conversation(asked: Asked) -> Any:
    """`{may_add, locked, entries}` for whoever holds the receipt; no note, and nobody's name.

    entries: `{kind, id, on, text, due_on, provisional, standing, answered_on, answer}`, of their
    clue and of the cases of retaliation that came of it; of what they added `kind, id, on, text`
    may_add: whether more can be told; it cannot of an opinion
    locked: whether the law has something of it kept, so that its text is null
    """
    prefix, _, clue_id = reported_stream(asked).partition("-")
    if prefix != CLUE.prefix:
        return {"may_add": False, "locked": False, "entries": []}
    locked = {case: asked.is_locked(f"clue:{case}") for case in _cases(asked, clue_id)}
    records = [
        its
        for case, shut in locked.items()
        for its in recorded(asked, EVENTS, DIALOGUE.stream(case), SAID, ALL, shut=shut)
    ]
    entries = sorted(entries_of(records), key=lambda its: str(its["at"]))
    return {
        "may_add": True,
        "locked": any(locked.values()),
        "entries": [for_reporter(its) for its in entries],
    }


def _cases(asked: Asked, clue_id: str) -> Iterator[str]:
    while clue_id:
        yield clue_id
        state: Clue = state_of(asked, CLUE, clue_id)
        clue_id = state.retaliation_clue_id


# A clue that is handled with another is the handlers' of that one.
_OF_CASES = """
JOIN readmodel.clues_clues c ON {joined}
LEFT JOIN readmodel.clues_clues main ON main.clue_id = c.into_clue_id
CROSS JOIN LATERAL (SELECT coalesce(main.handlers, c.handlers) AS handlers) who
WHERE starts_with(c.division, %(within)s) AND NOT c.recused ? %(me)s
  AND (NOT %(mine)s OR who.handlers ? %(me)s OR who.handlers = '[]')
"""
_CASE = "c.clue_id, c.kinds, c.body, c.division, c.status, who.handlers"
_DIALOGUES = f"""
SELECT {_CASE}, d.news - d.read AS unread, d.asked, d.unread_since
FROM readmodel.dialogues_dialogues d {_OF_CASES.format(joined="c.clue_id = d.clue_id")}
  AND d.unread_since IS NOT NULL
  AND (%(id)s::text IS NULL OR (d.unread_since, c.clue_id) > (%(since)s, %(id)s))
ORDER BY d.unread_since, c.clue_id LIMIT %(most)s
"""  # noqa: S608 - ours
_DUE = """
(SELECT clue_id, its AS due, (its ->> 'due_on')::date AS due_on
 FROM readmodel.clues_clues CROSS JOIN LATERAL jsonb_array_elements(limits) its
 WHERE kinds ? 'retaliation' AND its ->> 'name' = 'follow_up')
"""
_FOLLOW_UPS = f"""
SELECT {_CASE}, f.due_on, f.due
FROM {_DUE} f {_OF_CASES.format(joined="c.clue_id = f.clue_id")}
  AND (%(id)s::text IS NULL OR (f.due_on, c.clue_id) > (%(since)s, %(id)s))
ORDER BY f.due_on, c.clue_id LIMIT %(most)s
"""  # noqa: S608 - ours


def list_dialogues(asked: Asked) -> Any:
    """Items `{clue_id, kinds, body, division, status, handlers, unread, asked, unread_since}`.

    asked: questions that wait for an answer · handlers: of the clue it is handled with, if it is
    """
    return _listed(asked, _DIALOGUES, dt.datetime, "unread_since")


def list_follow_ups(asked: Asked) -> Any:
    """Items `{clue_id, kinds, body, division, status, handlers, due_on, raised, tone}`."""
    found = _listed(asked, _FOLLOW_UPS, dt.date, "due_on")
    return {**found, "items": [_coloured(asked, row) for row in found["items"]]}


def _coloured(asked: Asked, row: Row) -> Row:
    (due,) = toned([row["due"]], asked.today)
    kept = {name: its for name, its in row.items() if name != "due"}
    return {**kept, "raised": due["raised"], "tone": due["tone"]}


def _listed(asked: Asked, query: str, kind: type, order: str) -> dict[str, Any]:
    since, identifier = after(asked.query.cursor, kind, str) or [None, None]
    rows = asked.rows(
        query,
        within=scope.prefix(asked.actor.division),
        me=asked.actor.id,
        mine=bool(asked.query.mine),
        since=since,
        id=identifier,
        most=fetch(asked.query.limit),
    )
    return page(rows, asked.query.limit, order, "clue_id")


QUERIES: dict[type, QueryRoute] = {
    queries.OpenDialogue: QueryRoute(BUREAU, ("clues", "dialogues"), open_dialogue),
    queries.ListDialogues: QueryRoute(BUREAU, ("clues", "dialogues"), list_dialogues),
    queries.ListFollowUps: QueryRoute(BUREAU, ("clues",), list_follow_ups),
    queries.ShowConversation: QueryRoute({Role.REPORTER}, (), show_conversation),
}
