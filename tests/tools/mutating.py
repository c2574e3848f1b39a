"""Random changes to an export, and what it takes for one to change what the export says."""

from __future__ import annotations

import base64
import json
import random
import string
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from shared.contracts.stored import from_internal_form, leaf
from shared.eventlog.merkle import root
from tests.tools.making import STRANGER, Line, as_bytes, note_over

Mutation = Callable[[random.Random, list[Any]], bytes]

UNBOUND = {"sequenced_at", "subject"}
"""Members that no leaf binds (docs/audit-format.md section 4)."""


def said(content: bytes) -> list[str] | None:
    """Each line's parsed value, spelled in one way; None when a line is no JSON."""
    try:
        return [_said(line) for line in content.split(b"\n")]
    except ValueError:
        return None


def bound(content: bytes) -> list[str] | None:
    """As `said`, without what no leaf binds."""
    lines = said(content)
    return None if lines is None else [_bound(line) for line in lines]


@lru_cache(maxsize=1024)  # most lines of a mutated export are the original's
def _said(line: bytes) -> str:
    return json.dumps(json.loads(line.decode()) if line else "", sort_keys=True)


@lru_cache(maxsize=1024)
def _bound(spelled: str) -> str:
    return json.dumps(_without_unbound(json.loads(spelled)), sort_keys=True)


def only_leaves_out_checkpoints(mutated: bytes, original: bytes) -> bool:
    """Whether the mutated export says the same, with fewer checkpoints."""
    less, more = bound(mutated), bound(original)
    if less is None or more is None or len(less) >= len(more):
        return False
    left = iter(more)
    # every line of the mutated export, in order, with checkpoint lines alone passed over
    for line in less:
        for candidate in left:
            if candidate == line:
                break
            if not candidate.startswith('{"checkpoint"'):
                return False
        else:
            return False
    return not list(left)


def _without_unbound(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_unbound(v) for k, v in value.items() if k not in UNBOUND}
    if isinstance(value, list):
        return [_without_unbound(item) for item in value]
    return value


def change_bytes(chance: random.Random, lines: list[Any]) -> bytes:
    content = bytearray(as_bytes(lines))
    at = chance.randrange(len(content))
    match chance.randrange(4):
        case 0:
            content[at] ^= 1 << chance.randrange(8)
        case 1:
            content[at] = chance.choice(b' 0123456789abcdefABCDEF"{}[],:\\\n')
        case 2:
            del content[at : at + chance.choice([1, 1, 2, 50])]
        case 3:
            content[at:at] = chance.choice([b" ", b"0", b"\n", b"\x00", b"\xff", b'"', b"-", b"\r"])
    return bytes(content)


def cut_file(chance: random.Random, lines: list[Any]) -> bytes:
    content = as_bytes(lines)
    return content[: chance.randrange(len(content))]


def change_any_member(chance: random.Random, lines: list[Any]) -> bytes:
    holder, key = chance.choice(_places(lines))
    holder[key] = _other(chance, holder[key])
    return as_bytes(lines)


def remove_or_add_member(chance: random.Random, lines: list[Any]) -> bytes:
    holder, key = chance.choice([each for each in _places(lines) if isinstance(each[0], dict)])
    if chance.random() < 0.6:
        value = holder.pop(key)
        if chance.random() < 0.5:
            holder[key + "_"] = value
    else:
        holder["extra"] = None
    return as_bytes(lines)


def move_lines(chance: random.Random, lines: list[Any]) -> bytes:
    first, second = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(4):
        case 0:
            lines[first], lines[second] = lines[second], lines[first]
        case 1:
            del lines[first]
        case 2:
            lines.insert(second, lines[first])
        case 3:
            lines[second] = lines[first]
    return as_bytes(lines)


def change_salt(chance: random.Random, lines: list[Any]) -> bytes:
    event = chance.choice(_events(lines))["event"]
    salted = chance.choice([*event["withheld"].values(), *event["internal"].values()])
    raw = bytearray(base64.b64decode(salted["salt"]))
    raw[chance.randrange(16)] ^= 1 << chance.randrange(8)
    salted["salt"] = base64.b64encode(raw[: chance.choice([16, 16, 15])]).decode()
    return as_bytes(lines)


def change_ciphertext(chance: random.Random, lines: list[Any]) -> bytes:
    sealed = chance.choice(_events(lines))["event"]["sealed"]["phone"]
    raw = bytearray(base64.b64decode(sealed["ciphertext"]))
    raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    sealed["ciphertext"] = base64.b64encode(raw).decode()
    return as_bytes(lines)


def change_position(chance: random.Random, lines: list[Any]) -> bytes:
    step, events = chance.choice([-1, 1, 2]), _events(lines)
    for line in events[chance.randrange(len(events)) :]:
        line["event"]["position"] += step
    return as_bytes(lines)


def change_leaf(chance: random.Random, lines: list[Any]) -> bytes:
    line = chance.choice(_events(lines))
    at = chance.randrange(64)
    digit = chance.choice("0123456789abcdefABCDEFg")
    line["leaf"] = line["leaf"][:at] + digit + line["leaf"][at + chance.choice([0, 1]) :]
    return as_bytes(lines)


def change_note(chance: random.Random, lines: list[Any]) -> bytes:
    line = chance.choice([each for each in lines if "checkpoint" in each])
    note = line["checkpoint"]
    at = chance.randrange(len(note))
    match chance.randrange(5):
        case 0:
            note = note[:at]
        case 1:
            note = note[:at] + chance.choice(string.printable + "—") + note[at + 1 :]
        case 2:
            note = note[:at] + note[at + 1 :]
        case 3:
            note = note[:at] + chance.choice("\n +=0A—\r") + note[at:]
        case 4:
            note = note + note.split("\n\n")[1]
    line["checkpoint"] = note
    return as_bytes(lines)


def forge_event(chance: random.Random, lines: list[Any]) -> bytes:
    """Change an event and make its leaf and the last root anew, as whoever holds the log could."""
    line = chance.choice(_events(lines))
    event = line["event"]
    match chance.randrange(3):
        case 0:
            event["public"]["unit_name"] += "某"
        case 1:
            event["role"] = "clerk"
        case 2:
            event["internal"]["reason"]["value"]["score"] += 1
    _leaves_anew(lines)
    return as_bytes(lines)


def forge_checkpoint(chance: random.Random, lines: list[Any]) -> bytes:
    """As `forge_event`, with every checkpoint signed anew by a key that is not the log's."""
    forge_event(chance, lines)
    leaves = [bytes.fromhex(line["leaf"]) for line in _events(lines)]
    for line in lines:
        if "checkpoint" in line:
            size = int(line["checkpoint"].split("\n")[1])
            line["checkpoint"] = note_over(leaves[:size], STRANGER)
    return as_bytes(lines)


def shorten_log(chance: random.Random, lines: list[Any]) -> bytes:
    """Leave out the last events, with header and root to match, and keep every checkpoint."""
    keep = chance.randrange(len(_events(lines)))
    lines[0]["size"] = keep
    checkpoints = [line for line in lines if "checkpoint" in line]
    lines[:] = [lines[0], *_events(lines)[:keep], *checkpoints, lines[-1]]
    _leaves_anew(lines)
    return as_bytes(lines)


def move_field(chance: random.Random, lines: list[Any]) -> bytes:
    event = chance.choice(_events(lines))["event"]
    source, target = chance.sample(["public", "internal", "sealed"], 2)
    name = chance.choice(list(event[source]))
    event[target][name] = event[source].pop(name)
    return as_bytes(lines)


MUTATIONS: tuple[Mutation, ...] = (
    change_bytes,
    cut_file,
    change_any_member,
    remove_or_add_member,
    move_lines,
    change_salt,
    change_ciphertext,
    change_position,
    change_leaf,
    change_note,
    forge_event,
    forge_checkpoint,
    shorten_log,
    move_field,
)


def _events(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if "event" in line]


def _leaves_anew(lines: list[Any]) -> None:
    events = _events(lines)
    for line in events:
        line["leaf"] = leaf(from_internal_form(line["event"]).event).hex()
    lines[-1]["root"] = root(bytes.fromhex(line["leaf"]) for line in events).hex()


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every (holder, key or index) below a value."""
    items: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        items = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    below = [place for _, item in items for place in _places(item)]
    return [(value, key) for key, _ in items] + below


def _other(chance: random.Random, value: Any) -> Any:
    match value:
        case bool():
            return chance.choice([not value, int(value)])
        case int():
            return chance.choice([value + 1, value - 1, float(value), str(value), True, 10**20])
        case str():
            return chance.choice([value + "x", value[:-1], value.upper(), value + "\0", None, 1])
        case _:
            return chance.choice([0, "", {}, {"withheld": "sha256:00"}, [value]])
