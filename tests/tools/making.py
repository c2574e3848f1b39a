"""Exports of invented events, made by the log's own helpers for the second verifier to judge."""

from __future__ import annotations

import base64
import datetime as dt
import io
import json
import random
import uuid
from collections.abc import Sequence
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.contracts.stored import RecordedEvent, StoredEvent, internal_form, leaf, timestamp
from shared.eventlog import checkpoint
from shared.eventlog.audit import origin, verifier_key
from shared.eventlog.merkle import Frontier, root
from tests.eventlog.making import NOON
from tools.verify_log import Verified, parse_key, verify_export

LOG = "registry"
SIGNER = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
KEY_TEXT = verifier_key(LOG, SIGNER)
KEY = parse_key(KEY_TEXT)

Line = dict[str, Any]


def invented_events(count: int, seed: int = 1) -> list[RecordedEvent]:
    """Events of a few streams, with fields of every class and text that JSON must escape."""
    chance = random.Random(seed)
    versions: dict[str, int] = {}
    recorded = []
    for position in range(1, count + 1):
        stream = f"point-{chance.randrange(1 + count // 4)}"
        versions[stream] = versions.get(stream, 0) + 1
        event = _event(chance, stream, versions[stream])
        recorded.append(RecordedEvent(position, NOON + dt.timedelta(minutes=position), event))
    return recorded


def export_lines(recorded: Sequence[RecordedEvent], signed_at: Sequence[int]) -> list[Line]:
    """The lines of section 9, with a checkpoint of each size in `signed_at`."""
    leaves = [leaf(each.event) for each in recorded]
    name = origin(LOG)
    return [
        {"export": 1, "log": LOG, "origin": name, "size": len(recorded)},
        *(
            {"event": internal_form(each), "leaf": its_leaf.hex()}
            for each, its_leaf in zip(recorded, leaves, strict=True)
        ),
        *({"checkpoint": note_over(leaves[:size])} for size in signed_at),
        {"root": root(leaves).hex()},
    ]


def note_over(leaves: Sequence[bytes], signer: Ed25519PrivateKey = SIGNER) -> str:
    """A signed checkpoint over the leaves."""
    frontier = Frontier()
    frontier.extend(leaves)
    head = checkpoint.Checkpoint(origin(LOG), frontier.size, frontier.root())
    return checkpoint.sign(head, origin(LOG), signer)


def as_bytes(lines: Sequence[Any]) -> bytes:
    """The lines as a file."""
    return b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines)


def judged(content: bytes) -> Verified:
    """What the second verifier says of a file; raises its Problem."""
    return verify_export(io.BytesIO(content), KEY)


def _event(chance: random.Random, stream: str, version: int) -> StoredEvent:
    occurred_at = NOON + dt.timedelta(seconds=chance.randrange(10**6), microseconds=version)
    command_id = _uuid(chance)
    withheld = {
        "actor_id": _salted(chance, f"officer-{chance.randrange(9)}"),
        "correlation_id": _salted(chance, _uuid(chance)),
        "causation_id": _salted(chance, chance.choice([None, "registry/point-0/1"])),
    }
    if chance.random() < 0.4:
        withheld["occurred_at"] = _salted(chance, timestamp(occurred_at))
        if chance.random() < 0.7:  # older ones have their command in public
            withheld["command_id"] = _salted(chance, command_id)
    return StoredEvent(
        log=LOG,
        stream=stream,
        version=version,
        type=chance.choice(["PointDesignated", "PointRetired"]),
        schema_version=chance.choice([1, 2]),
        occurred_at=occurred_at,
        command_id=command_id,
        role="officer",
        withheld=withheld,
        public={
            "unit_name": chance.choice(
                ["某某市甲公司", 'a "quoted" \\ name\n\t\x01\x7f', "😀\u2028"]
            ),
            "count": chance.choice([0, -1, 2**53 - 1]),
            "grounds": [{"code": "a", "on": None}, True, []],
        },
        internal={"reason": _salted(chance, {"text": "内部", "score": chance.randrange(100)})},
        sealed={"phone": {"subject": _uuid(chance), "ciphertext": _b64(chance.randbytes(40))}},
    )


def _salted(chance: random.Random, value: Any) -> dict[str, Any]:
    return {"salt": _b64(chance.randbytes(16)), "value": value}


def _uuid(chance: random.Random) -> str:
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
