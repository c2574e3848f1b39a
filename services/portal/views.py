"""The portal's read model of accounts; what says who somebody is lies sealed, as in the log."""

from __future__ import annotations

from typing import Any

from shared.contracts.portal.events import EVENTS
from shared.projections.columns import occurred_at, of_event, version
from shared.projections.model import Key, Model, ReadEvent, Row, Rule, Table, by, changed

SOURCE = "portal"

_ACCOUNTS = Table(
    "accounts",
    SOURCE,
    key=("account_id",),
    columns={
        "account_id": "text",
        "status": "text NOT NULL",
        "registered": "boolean NOT NULL",
        "opened_in": "text",
        "must_change": "boolean NOT NULL",
        "second_factor": "boolean NOT NULL",
        "identity": "boolean NOT NULL",
        "sealed": "jsonb NOT NULL",
        "version": "integer NOT NULL",
        "opened_at": "timestamptz NOT NULL",
        "changed_at": "timestamptz NOT NULL",
    },
    indexes=(("opened_at", "account_id"),),
)

_GRANTS = Table(
    "grants",
    SOURCE,
    key=("grant_id",),
    columns={
        "grant_id": "text",
        "account_id": "text NOT NULL",
        "role": "text NOT NULL",
        "division": "text",
        "unit": "text",
        "revoked": "boolean NOT NULL",
    },
    indexes=(("account_id",),),
)


def _opened(_: Row | None, event: ReadEvent, __: Key) -> Row:
    return {
        "account_id": event.data["account_id"],
        "status": "open",
        "registered": event.data["registered"],
        "opened_in": event.data["division"],
        "must_change": False,
        "second_factor": False,
        "identity": False,
        "sealed": dict(event.sealed),
        "version": event.version,
        "opened_at": event.occurred_at,
        "changed_at": event.occurred_at,
    }


def _granted(_: Row | None, event: ReadEvent, __: Key) -> Row:
    named = ("grant_id", "account_id", "role", "division", "unit")
    return {**{name: event.data.get(name) for name in named}, "revoked": False}


def _becomes(event: str, **values: Any) -> Rule:
    fold = changed(version=version, changed_at=occurred_at, **values)
    return Rule(event, "accounts", by("account_id"), fold)


ACCOUNTS = Model(
    name="accounts",
    tables=[_ACCOUNTS, _GRANTS],
    rules=[
        Rule("AccountOpened", "accounts", by("account_id"), _opened),
        _becomes("PasswordSet", must_change=of_event("must_change")),
        _becomes("PasswordRehashed"),
        _becomes("TotpEnabled", second_factor=True),
        _becomes("TotpDisabled", second_factor=False),
        _becomes("IdentityBound", identity=True),
        _becomes("IdentityUnbound", identity=False),
        _becomes("AccountLocked"),
        _becomes("SessionsEnded"),
        _becomes("AccountClosed", status="closed"),
        _becomes("AccountReopened", status="open"),
        _becomes("RoleGranted"),
        _becomes("RoleRevoked"),
        Rule("RoleGranted", "grants", by("grant_id"), _granted),
        Rule("RoleRevoked", "grants", by("grant_id"), changed(revoked=True)),
    ],
    vocabularies={SOURCE: EVENTS},
)

MODELS = (ACCOUNTS,)
