"""An event as it lies in the log, and the three forms that follow from it.

*stored form*: envelope, and data split by classification; what the log keeps.
*leaf*: the hash of the canonical JSON in which a digest stands for each withheld value.
*public form*: that same JSON as the data of a CloudEvent, so whoever holds only the public form
can recompute the leaf and check that it is in the ledger.
*internal form*: the stored form with its position, for our own services.

A digest is SHA-256 over 0x00, salt and canonical value for an internal field (128-bit salt of its
own, so a low-entropy value cannot be guessed), over 0x01 and the ciphertext for a sealed one (so
erasing a key changes no hash).
"""

from __future__ import annotations

import base64
import datetime as dt
import os
from binascii import a2b_base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from shared.contracts import canonical
from shared.contracts.canonical import WITHHELD
from shared.contracts.days import business_date
from shared.contracts.message import Classification, MessageType, Precision, SealedValue
from shared.contracts.moments import instant as instant
from shared.contracts.moments import timestamp as timestamp

Seal = Callable[[str, str, bytes], bytes]
"""(subject, context, plaintext) -> ciphertext, under the subject's key."""

SALT_BYTES = 16
SALTED, SEALED = b"\x00", b"\x01"
"""First byte of what a digest is taken over, so that one class cannot be shown as the other."""
NOBODY = "public"
"""The role that an anonymous event shows, whoever it was."""
INTERNAL_FORMAT = 1


@dataclass(frozen=True)
class Trace:
    """Who made a command and what led to it.

    Public is the role, and of events that tell more than their day the command's id.
    actor_id: None for somebody whom no event keeps
    """

    role: str
    actor_id: str | None
    command_id: str
    correlation_id: str
    causation_id: str | None = None


@dataclass(frozen=True)
class StoredEvent:
    """One row of the log. `withheld`, `internal` and `sealed` are as the module describes.

    withheld, internal: field -> {"salt": base64, "value": JSON}
    sealed: field -> {"subject": text, "ciphertext": base64}
    """

    log: str
    stream: str
    version: int
    type: str
    schema_version: int
    occurred_at: dt.datetime
    command_id: str
    role: str
    withheld: Mapping[str, Any]
    public: Mapping[str, Any]
    internal: Mapping[str, Any]
    sealed: Mapping[str, Any]

    def clear(self) -> dict[str, Any]:
        """Public and internal values together, as plain JSON values of the stored version."""
        return {**self.public, **{name: kept["value"] for name, kept in self.internal.items()}}

    def handles(self) -> dict[str, SealedValue]:
        """Sealed fields, unopened."""
        return {
            name: SealedValue(
                kept["subject"],
                sealing_context(self.log, self.stream, self.type, name),
                a2b_base64(kept["ciphertext"]),
            )
            for name, kept in self.sealed.items()
        }

    def body(self) -> dict[str, Any]:
        """What the log's jsonb column keeps beside the columns of the envelope."""
        return {
            "role": self.role,
            "withheld": self.withheld,
            "public": self.public,
            "internal": self.internal,
            "sealed": self.sealed,
        }

    @property
    def actor_id(self) -> str:
        return str(self.withheld["actor_id"]["value"] or "")

    @property
    def correlation_id(self) -> str:
        return str(self.withheld["correlation_id"]["value"])

    def disagreements(self) -> list[str]:
        """Names in the envelope whose withheld value, which the leaf binds, is another."""
        envelope = {"occurred_at": timestamp(self.occurred_at), "command_id": self.command_id}
        kept = self.withheld
        return [name for name in envelope if name in kept and kept[name]["value"] != envelope[name]]

    @property
    def event_id(self) -> str:
        """Names the event among all logs, and is known before it has a position."""
        return f"{self.log}/{self.stream}/{self.version}"


@dataclass(frozen=True)
class RecordedEvent:
    """A stored event with its place in the ledger; `position` counts from 1."""

    position: int
    sequenced_at: dt.datetime
    event: StoredEvent


def store(
    event: Any,
    message_type: MessageType,
    *,
    log: str,
    stream: str,
    version: int,
    occurred_at: dt.datetime,
    trace: Trace,
    seal: Seal,
) -> StoredEvent:
    """Split an event by classification, salting and sealing. Raises Invalid on a bad value."""
    values = message_type.dump(event)
    message_type.load(values)
    withheld = {
        "actor_id": None if message_type.anonymous else trace.actor_id,
        "correlation_id": trace.correlation_id,
        "causation_id": trace.causation_id,
    }
    if message_type.precision is Precision.DAY:
        withheld |= {"occurred_at": timestamp(occurred_at), "command_id": trace.command_id}
    sealed = {}
    for name in message_type.of_class(Classification.SEALED):
        subject = message_type.subject_of(name, values)
        context = sealing_context(log, stream, message_type.name, name)
        ciphertext = seal(subject, context, canonical.encode(values[name]))
        sealed[name] = {"subject": subject, "ciphertext": _b64(ciphertext)}
    return StoredEvent(
        log=log,
        stream=stream,
        version=version,
        type=message_type.name,
        schema_version=message_type.schema_version,
        occurred_at=occurred_at,
        command_id=trace.command_id,
        role=NOBODY if message_type.anonymous else trace.role,
        withheld={name: _salted(its) for name, its in withheld.items()},
        public={name: values[name] for name in message_type.of_class(Classification.PUBLIC)},
        internal={
            name: _salted(values[name]) for name in message_type.of_class(Classification.INTERNAL)
        },
        sealed=sealed,
    )


def sealing_context(log: str, stream: str, type_name: str, field: str) -> str:
    """What a ciphertext is bound to, so that it opens nowhere but in its own place."""
    return f"{log}|{stream}|{type_name}|{field}"


def leaf_document(event: StoredEvent) -> dict[str, Any]:
    """The JSON whose hash is the leaf: everything public, a digest for everything withheld."""
    withheld = {name: _salted_digest(kept) for name, kept in event.withheld.items()}
    return {
        "actor": {"id": withheld["actor_id"], "role": event.role},
        "causation_id": withheld["causation_id"],
        "command_id": withheld.get("command_id", event.command_id),
        "correlation_id": withheld["correlation_id"],
        "data": {
            **event.public,
            **{name: _salted_digest(kept) for name, kept in event.internal.items()},
            **{name: _sealed_digest(kept) for name, kept in event.sealed.items()},
        },
        "log": event.log,
        "occurred_at": withheld.get("occurred_at", timestamp(event.occurred_at)),
        "occurred_on": business_date(event.occurred_at).isoformat(),
        "schema_version": event.schema_version,
        "stream": event.stream,
        "type": event.type,
        "version": event.version,
    }


def leaf(event: StoredEvent) -> bytes:
    """The event's RFC 6962 leaf hash: SHA-256(0x00 || canonical JSON of the leaf document)."""
    return leaf_of_document(leaf_document(event))


def leaf_of_document(document: Mapping[str, Any]) -> bytes:
    """The leaf hash of a leaf document, such as the `data` of a public form."""
    return sha256(b"\x00" + canonical.encode(document)).digest()


def public_form(recorded: RecordedEvent) -> dict[str, Any]:
    """The event as a CloudEvents 1.0 JSON object for other government systems.

    `sequence` is the position in the ledger (CloudEvents Sequence extension, Integer type).
    `time` is left out where only the day is public.
    """
    event = recorded.event
    form: dict[str, Any] = {
        "specversion": "1.0",
        "id": f"{event.stream}/{event.version}",
        "source": f"/jiandu/{event.log}",
        "type": f"jiandu.{event.log}.{event.type}",
        "subject": event.stream,
        "datacontenttype": "application/json",
        "dataschema": f"urn:jiandu:{event.log}:{event.type}:{event.schema_version}",
        "sequence": str(recorded.position),
        "sequencetype": "Integer",
        "data": leaf_document(event),
    }
    if "occurred_at" not in event.withheld:
        form["time"] = timestamp(event.occurred_at)
    return form


def internal_form(recorded: RecordedEvent) -> dict[str, Any]:
    """The event for our own services, as plain JSON values."""
    event = recorded.event
    return {
        "format": INTERNAL_FORMAT,
        "position": recorded.position,
        "sequenced_at": timestamp(recorded.sequenced_at),
        "source": event.log,
        "stream": event.stream,
        "version": event.version,
        "type": event.type,
        "schema_version": event.schema_version,
        "occurred_at": timestamp(event.occurred_at),
        "command_id": event.command_id,
        **event.body(),
    }


def from_internal_form(form: Mapping[str, Any]) -> RecordedEvent:
    """The inverse of `internal_form`. Raises ValueError or KeyError on another format."""
    if form["format"] != INTERNAL_FORMAT:
        raise ValueError(f"internal form {form['format']!r} is not known")
    return RecordedEvent(
        position=form["position"],
        sequenced_at=instant(form["sequenced_at"]),
        event=StoredEvent(
            log=form["source"],
            stream=form["stream"],
            version=form["version"],
            type=form["type"],
            schema_version=form["schema_version"],
            occurred_at=instant(form["occurred_at"]),
            command_id=form["command_id"],
            role=form["role"],
            withheld=form["withheld"],
            public=form["public"],
            internal=form["internal"],
            sealed=form["sealed"],
        ),
    )


def _salted(value: Any) -> dict[str, Any]:
    return {"salt": _b64(os.urandom(SALT_BYTES)), "value": value}


# Five or six digests an event are half of what verification does: no call that can be spared.


def _salted_digest(kept: Mapping[str, Any]) -> dict[str, str]:
    preimage = SALTED + a2b_base64(kept["salt"]) + canonical.encode(kept["value"])
    return {WITHHELD: "sha256:" + sha256(preimage).hexdigest()}


def _sealed_digest(kept: Mapping[str, Any]) -> dict[str, str]:
    preimage = SEALED + a2b_base64(kept["ciphertext"])
    return {WITHHELD: "sha256:" + sha256(preimage).hexdigest()}


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
