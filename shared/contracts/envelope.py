"""What every command and query travels in, and how answers look.

An answer is `{"ok": {...}}` or `{"error": {...}}` (see `errors`), never an exception's text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import RAISE, Schema, fields

from shared.contracts import canonical
from shared.contracts.errors import Invalid, JianduError, Refused, from_wire
from shared.contracts.fields import Identifier, Pattern, Text, Whole
from shared.contracts.loading import load_with
from shared.contracts.reasons import Reason

LARGEST_MESSAGE = 256 * 1024
"""Bytes of canonical JSON a command or query may have."""


class _After(Schema):
    stream = Text(required=True)
    version = Whole(1, required=True)


class _EnvelopeSchema(Schema):
    class Meta:
        unknown = RAISE

    id = Identifier(required=True)
    type = Text(100, required=True)
    schema_version = Whole(1, 10_000, required=True)
    payload = fields.Raw(required=True)
    actor = fields.Raw(load_default=None, allow_none=True)
    correlation_id = Identifier(load_default=None, allow_none=True)
    causation_id = Text(300, load_default=None, allow_none=True)
    expected_version = Whole(0, load_default=None, allow_none=True)
    after = fields.Nested(_After(unknown=RAISE), load_default=None, allow_none=True)
    reply_key = Pattern(
        r"[A-Za-z0-9+/]{43}=", "must be a base64 X25519 key", load_default=None, allow_none=True
    )


_SCHEMA = _EnvelopeSchema()


@dataclass(frozen=True)
class Envelope:
    """One command or query as it was sent.

    expected_version: version the command's own stream must be at; None: whatever it is
    after: {"stream", "version"} that a query's answer must already show
    reply_key: base64 X25519 key to which an answer's personal data is sealed
    """

    id: str
    type: str
    schema_version: int
    payload: Any
    actor: Any = None
    correlation_id: str | None = None
    causation_id: str | None = None
    expected_version: int | None = None
    after: Mapping[str, Any] | None = None
    reply_key: str | None = None

    @classmethod
    def load(cls, wire: Any) -> Envelope:
        """Raises Invalid with field paths, or Refused with TOO_LARGE.

        Of the payload no more is looked at than whether it is canonical JSON, since its sender
        is known by a digest over that; paths into it begin with `payload` here.
        """
        if not isinstance(wire, dict):
            raise Invalid.one("", "wrong_type", "must be an object")
        if canonical.is_heavier(wire, LARGEST_MESSAGE):
            raise Refused(
                Reason.TOO_LARGE, f"a message has at most {LARGEST_MESSAGE} bytes: send less"
            )
        canonical.check(wire)
        return cls(**load_with(_SCHEMA, wire))


def answer_ok(value: Any) -> dict[str, Any]:
    return {"ok": value}


def answer_error(error: JianduError) -> dict[str, Any]:
    return {"error": error.to_wire()}


def value_of(answer: Mapping[str, Any]) -> Any:
    """What was answered. Raises the error that the answer carries."""
    if "error" in answer:
        raise from_wire(answer["error"])
    return answer["ok"]
