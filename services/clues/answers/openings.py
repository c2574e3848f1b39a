"""Openings of a confidential reporter's identity: asked for, agreed to, shown; and who read."""

from __future__ import annotations

import datetime as dt
from typing import Any

from services.clues.answers.reporter import IDENTITY
from services.clues.answers.seeing import BUREAU, WATCHING, may_see, refuse_recused
from services.clues.answers.state import context_of, state_of
from services.clues.domain import seal
from services.clues.domain.seal import Opening
from services.clues.handlers.aggregates import CLUE, READING, SEAL
from services.clues.views import SOURCE
from shared.contracts.clues import queries
from shared.contracts.clues.events import EVENTS
from shared.contracts.days import business_date
from shared.contracts.errors import NotFound, Refused
from shared.contracts.moments import instant, timestamp
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from shared.contracts.scope import prefix
from shared.projections.model import Row
from shared.service.paging import after, fetch, page
from shared.service.query_bus import Asked, QueryRoute
from shared.service.recorded import recorded

READ_LASTS = dt.timedelta(minutes=1)
"""For so long after ReadIdentity it is shown: time to ask, and to ask again after a lost answer."""

_LIST = """
SELECT * FROM (
    SELECT o.*, (extract(epoch FROM o.requested_at) * 1000000)::bigint AS moment
    FROM readmodel.seals_openings o JOIN readmodel.clues_clues c USING (clue_id)
    WHERE starts_with(o.division, %(within)s) AND NOT c.recused ? %(me)s
) its
WHERE (%(clue)s::text IS NULL OR clue_id = %(clue)s)
  AND (%(pending)s::boolean IS NULL OR settled <> %(pending)s)
  AND (%(id)s::text IS NULL OR (moment, opening_id) < (%(last)s::bigint, %(id)s))
ORDER BY moment DESC, opening_id DESC LIMIT %(most)s
"""


def list_openings(asked: Asked) -> Any:
    """Items as the read model has them, with `state`; the latest first."""
    last, identifier = after(asked.query.cursor, int, str) or [None, None]
    rows = asked.rows(
        _LIST,
        within=prefix(asked.actor.division),
        me=asked.actor.id,
        clue=asked.query.clue_id,
        pending=asked.query.pending,
        last=last,
        id=identifier,
        most=fetch(asked.query.limit),
    )
    found = page(rows, asked.query.limit, "moment", "opening_id")
    return {**found, "items": [_shown(asked, row) for row in found["items"]]}


def show_opening(asked: Asked) -> Any:
    """The row, with the reason, and the reasons of a refusal. Raises NotFound."""
    row = _opening(asked)
    asked.note_opening(f"clue:{row['clue_id']}", "查看反映人身份的申请")
    stream = SEAL.stream(row["clue_id"])
    types = ("OpeningRequested", "OpeningRefused")
    said = {
        its["type"]: its["values"]
        for its in recorded(asked, EVENTS, stream, types, row["version"])
        if its["values"]["opening_id"] == row["opening_id"]
    }
    refused = said.get("OpeningRefused", {})
    return {
        **_shown(asked, row),
        "stream": stream,
        "reason": said["OpeningRequested"]["reason"],
        "reasons": refused.get("reasons"),
    }


def show_reporter(asked: Asked) -> Any:
    """`{clue_id, opening_id, until, reporter_name, reporter_phone}`; null once erased.

    Raises Refused unless it is open for the asker now and on record that they read it.
    """
    clue_id, opening_id = asked.query.clue_id, asked.query.opening_id
    _clue(asked, clue_id)
    state, context = state_of(asked, SEAL, clue_id), context_of(asked)
    case = seal.Case(state_of(asked, CLUE, clue_id), leads=asked.actor.role is Role.LEADER)
    seal.refuse_shut(state, opening_id, case, context)
    _refuse_unread(asked, context.now)
    asked.note_opening(f"reporter:{case.clue.reporter_id}", asked.query.purpose)
    stream = CLUE.stream(clue_id)
    (filed,) = asked.rows(
        "SELECT body FROM eventlog.event WHERE stream = %s AND version = 1", stream
    )
    kept = filed["body"]["sealed"]
    return {
        "clue_id": clue_id,
        "opening_id": opening_id,
        "until": state.openings[opening_id].until,
        **{
            name: asked.personal(SOURCE, stream, "ClueFiled", name, kept.get(name))
            for name in IDENTITY
        },
    }


def _refuse_unread(asked: Asked, now: dt.datetime) -> None:
    """Each reading is an event of its own, made before anything is shown."""
    stream = SEAL.stream(asked.query.clue_id)
    read = asked.rows(
        "SELECT body->'sealed'->'purpose' AS purpose FROM eventlog.event"
        " WHERE stream = %s AND type = 'IdentityRead'"
        " AND occurred_at > %s AND body->'internal'->'read_by'->>'value' = %s"
        " AND body->'internal'->'opening_id'->>'value' = %s",
        *(stream, now - READ_LASTS, asked.actor.id, asked.query.opening_id),
    )
    if not any(
        asked.clear(SOURCE, stream, "IdentityRead", "purpose", its["purpose"])
        == asked.query.purpose
        for its in read
    ):
        raise Refused(Reason.READING_UNRECORDED, "put on record first that you read it")


def list_readers(asked: Asked) -> Any:
    """Items `{read, read_by, role, read_at, purpose}`; read: `case` or `identity`.

    purpose: null once the case is erased
    """
    _clue(asked, asked.query.clue_id)
    asked.note_opening(f"reading:{asked.query.clue_id}", "查看谁查阅过本件")
    last = after(asked.query.cursor, int) or [None]
    rows = asked.rows(
        "SELECT id, stream, type, occurred_at, body FROM eventlog.event WHERE stream = ANY (%s)"
        " AND type IN ('CaseRead', 'IdentityRead') AND (%s::bigint IS NULL OR id < %s)"
        " ORDER BY id DESC LIMIT %s",
        [READING.stream(asked.query.clue_id), SEAL.stream(asked.query.clue_id)],
        *(last[0], last[0], fetch(asked.query.limit)),
    )
    found = page(rows, asked.query.limit, "id")
    return {**found, "items": [_reader(asked, row) for row in found["items"]]}


def _reader(asked: Asked, row: Row) -> Row:
    internal, kept = row["body"]["internal"], row["body"]["sealed"].get("purpose")
    in_clear = internal.get("purpose")  # of the first version
    sealed = asked.personal(SOURCE, row["stream"], row["type"], "purpose", kept)
    return {
        "read": "identity" if row["type"] == "IdentityRead" else "case",
        "read_by": internal["read_by"]["value"],
        "role": row["body"]["role"],
        "read_at": row["occurred_at"],
        "purpose": sealed if in_clear is None else in_clear["value"],
    }


_TOLD = ("OpeningRequested", "OpeningRefused", "IdentityOpened", "IdentityRead")


def openings_for_reporter(asked: Asked, clue_id: str) -> list[Row]:
    """What the reporter of a clue is shown: that, when and why somebody asked who they are, and
    what came of it.

    `{asked_on, opened_on, until, reason, state, read_on, refused_on, refused_because}`, the latest
    last; days, `until` as an instant, `read_on` each day on which somebody read it; nobody's name
    or account. The caller knows that the asker is that reporter.
    """
    stream, state = SEAL.stream(clue_id), state_of(asked, SEAL, clue_id)
    versions = asked.rows(
        "SELECT coalesce(max(version), 0) AS version FROM eventlog.event WHERE stream = %s", stream
    )
    shut = asked.is_locked(f"clue:{clue_id}")
    told = recorded(asked, EVENTS, stream, _TOLD, versions[0]["version"], {"purpose"}, shut=shut)
    days = {(its["type"], its["values"]["opening_id"]): _day(its["occurred_at"]) for its in told}
    refused = {
        its["values"]["opening_id"]: its["values"]["reasons"]
        for its in told
        if its["type"] == "OpeningRefused"
    }
    read = {
        (its["values"]["opening_id"], _day(its["occurred_at"])): None
        for its in told
        if its["type"] == "IdentityRead"
    }
    return [
        {
            "asked_on": days["OpeningRequested", opening_id],
            "opened_on": days.get(("IdentityOpened", opening_id)),
            "until": _until(its),
            "reason": values["reason"],
            "state": str(its.state(asked.now)),
            "read_on": [day for opening, day in read if opening == opening_id],
            "refused_on": days.get(("OpeningRefused", opening_id)),
            "refused_because": refused.get(opening_id),
        }
        for values in (each["values"] for each in told if each["type"] == "OpeningRequested")
        for opening_id in (values["opening_id"],)
        for its in (state.openings[opening_id],)
    ]


def _day(moment: str) -> str:
    return business_date(instant(moment)).isoformat()


def _until(its: Opening) -> str | None:
    return None if its.until is None else timestamp(its.until)


def _opening(asked: Asked) -> Row:
    """The row. Raises NotFound, also for one of another clue than was asked about."""
    _clue(asked, asked.query.clue_id)
    rows = asked.rows(
        "SELECT * FROM readmodel.seals_openings WHERE opening_id = %s AND clue_id = %s",
        *(asked.query.opening_id, asked.query.clue_id),
    )
    if not rows:
        raise NotFound("opening", asked.query.opening_id)
    return rows[0]


def _clue(asked: Asked, clue_id: str) -> Row:
    """The clue's row. Raises NotFound for one that the asker may not see, Refused for who stays
    out.
    """
    rows = asked.rows("SELECT * FROM readmodel.clues_clues WHERE clue_id = %s", clue_id)
    if not rows or not may_see(asked.actor, rows[0]):
        raise NotFound(CLUE.prefix, clue_id)
    refuse_recused(asked, rows[0])
    return rows[0]


_NOT_TOLD = frozenset({"moment", "settled"})


def _shown(asked: Asked, row: Row) -> Row:
    state = Opening(
        row["requested_by"], refused=row["refused_by"] is not None, until=row["until"]
    ).state(asked.now)
    plain = {name: its for name, its in row.items() if name not in _NOT_TOLD}
    return {**plain, "state": str(state)}


_MODELS = ("clues", "seals")

QUERIES: dict[type, QueryRoute] = {
    queries.ListIdentityOpenings: QueryRoute(WATCHING, _MODELS, list_openings),
    queries.ShowIdentityOpening: QueryRoute(BUREAU, _MODELS, show_opening),
    queries.ShowReporter: QueryRoute(BUREAU, ("clues",), show_reporter),
    queries.ListCaseReaders: QueryRoute(
        frozenset({Role.LEADER, Role.AUDITOR}), ("clues",), list_readers
    ),
}
