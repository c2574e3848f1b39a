"""The read model of a service's erasures: the requests, and what lies locked now."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shared.contracts.message import Vocabulary
from shared.projections.columns import occurred_at, of_event, version
from shared.projections.model import Fold, Key, Model, ReadEvent, Row, Rule, Table, by, changed

_REQUESTS = {
    "erasure_id": "text",
    "stream": "text NOT NULL",
    "scope": "text NOT NULL",
    "division": "text NOT NULL",
    "ground": "text NOT NULL",
    "status": "text NOT NULL",
    "requested_by": "text",
    "requested_at": "timestamptz NOT NULL",
    "approved_by": "jsonb NOT NULL",
    "refused_by": "text",
    "lock_ground": "text",
    "locked_until": "date",
    "locked_by": "text",
    "lock_ended": "boolean NOT NULL",
    "allowed_by": "text",
    "readers": "jsonb NOT NULL",
    "reading_until": "timestamptz",
    "subjects": "jsonb NOT NULL",
    "sealed": "jsonb NOT NULL",
    "erased_at": "timestamptz",
    "erased_in": "bigint",
    "version": "integer NOT NULL",
    "changed_at": "timestamptz NOT NULL",
}
WORDS = {
    "reason": ("ErasureRequested", "reason"),
    "refusal": ("ErasureRefused", "reasons"),
    "lock_reasons": ("SubjectLocked", "reasons"),
    "reading_purpose": ("ReadingAllowed", "purpose"),
}
"""What people have written: its name in the column `sealed`, the event and its field."""
_LOCKS = {
    "subject": "text",
    "erasure_id": "text",
    "readers": "jsonb NOT NULL",
    "reading_until": "timestamptz",
}


def erasures_model(name: str, source: str, events: Vocabulary) -> Model:
    """Tables `requests` and `locks`, out of the log of `source`.

    locks: one a subject and request, for several requests may have a subject locked
    erased_in: the position of SubjectErased in the ledger, by which a certificate is checked
    """
    return Model(
        name=name,
        tables=[
            Table(
                "requests",
                source,
                key=("erasure_id",),
                columns=_REQUESTS,
                indexes=(("requested_at", "erasure_id"), ("stream", "scope")),
            ),
            Table("locks", source, key=("subject", "erasure_id"), columns=_LOCKS),
        ],
        rules=[
            Rule("ErasureRequested", "requests", by("erasure_id"), _requested),
            Rule("ErasureApproved", "requests", by("erasure_id"), _approved),
            _request("ErasureRefused", _refused),
            _request("SubjectErased", _erased),
            _request("SubjectLocked", _locked),
            _request("ReadingAllowed", _allowed),
            _request("LockedDataOpened", _opened),
            _request("LockEnded", {"lock_ended": True}),
            Rule("SubjectLocked", "locks", _of_subjects, _lock),
            Rule("LockedDataOpened", "locks", _of_subjects, _open_lock),
            Rule("SubjectErased", "locks", _of_subjects, _gone),
            Rule("ErasureRefused", "locks", _of_subjects, _gone),
        ],
        vocabularies={source: events},
    )


_Values = dict[str, Any]
"""Columns with constants, or functions of the event."""


def _request(event: str, values: _Values) -> Rule:
    change: Fold = changed(version=version, changed_at=occurred_at, **values)

    def fold(row: Row | None, its: ReadEvent, key: Key) -> Row | None:
        after = change(row, its, key)
        return after and {**after, "sealed": {**after["sealed"], **_sealed(its)}}

    return Rule(event, "requests", by("erasure_id"), fold)


def _sealed(event: ReadEvent) -> Row:
    """What people have written in it; nothing of the first version, which has it in clear."""
    return {
        name: event.sealed[field]
        for name, (kind, field) in WORDS.items()
        if kind == event.type and field in event.sealed
    }


def _until(event: ReadEvent) -> dt.datetime:
    return event.occurred_at + dt.timedelta(hours=event.data["hours"])


_refused: _Values = {
    "status": "refused",
    "refused_by": of_event("refused_by"),
}
_erased: _Values = {
    "status": "erased",
    "subjects": of_event("subjects"),
    "erased_at": occurred_at,
    "erased_in": lambda event: event.position,
}
_locked: _Values = {
    "status": "locked",
    "subjects": of_event("subjects"),
    "approved_by": lambda _: [],
    "lock_ground": of_event("ground"),
    "locked_until": of_event("locked_until"),
    "locked_by": of_event("locked_by"),
}
_allowed: _Values = {"allowed_by": of_event("allowed_by")}
_opened: _Values = {
    "allowed_by": None,
    "readers": of_event("readers"),
    "reading_until": _until,
}


def _requested(_: Row | None, event: ReadEvent, __: Key) -> Row:
    told = ("erasure_id", "stream", "scope", "division", "ground", "requested_by")
    return {
        **dict.fromkeys(_REQUESTS),
        **{name: event.data[name] for name in told},
        "status": "requested",
        "requested_at": event.occurred_at,
        "approved_by": [],
        "lock_ended": False,
        "readers": [],
        "subjects": [],
        "sealed": _sealed(event),
        "version": event.version,
        "changed_at": event.occurred_at,
    }


def _approved(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    """What is locked stays so until the second word."""
    if row is None:
        return None
    return {
        **row,
        "status": "locked" if row["status"] == "locked" else "approved",
        "approved_by": [*row["approved_by"], event.data["approved_by"]],
        "version": event.version,
        "changed_at": event.occurred_at,
    }


def _of_subjects(event: ReadEvent) -> list[Key]:
    return [(subject, event.data["erasure_id"]) for subject in event.data["subjects"]]


def _lock(_: Row | None, event: ReadEvent, key: Key) -> Row:
    return {
        "subject": key[0],
        "erasure_id": key[1],
        "readers": [],
        "reading_until": None,
    }


def _open_lock(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    if row is None:
        return None
    return {**row, "readers": event.data["readers"], "reading_until": _until(event)}


def _gone(_: Row | None, __: ReadEvent, ___: Key) -> None:
    return None
