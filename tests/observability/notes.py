"""A service as small as can be: notes are taken, and a model lists them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shared.access.actor import Actor
from shared.contracts.errors import Refused
from shared.contracts.fields import Text
from shared.contracts.message import Vocabulary, define, public
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from shared.projections.model import Key, Model, ReadEvent, Row, Rule, Table, by
from shared.service.aggregate import Aggregate
from shared.service.command_bus import Route
from shared.service.definition import ServiceDefinition
from shared.service.standing import Standing
from shared.service.work import Work

SERVICE = "notes"
EVENTS, COMMANDS = Vocabulary(SERVICE, "event"), Vocabulary(SERVICE, "command")
QUERIES = Vocabulary(SERVICE, "query")

UNREADABLE: set[str] = set()
"""Notes that the model's rule cannot bear, until a test takes them out again: the fix."""


@define(EVENTS)
class NoteTaken:
    note_id: str = public(Text())
    text: str = public(Text())


@define(COMMANDS)
class TakeNote:
    note_id: str = public(Text())
    text: str = public(Text())


def _decide(taken: bool, command: TakeNote, _: Any) -> list[NoteTaken]:
    if taken:
        raise Refused(Reason.ALREADY_EXISTS)
    return [NoteTaken(note_id=command.note_id, text=command.text)]


NOTE = Aggregate("note", False, _decide, lambda _, __: True)


def _take(work: Work, command: TakeNote) -> None:
    if command.text == "unforeseen":
        raise RuntimeError(f"cannot write {command.text}")
    work.decide(NOTE, command.note_id, command)


def _listed(_: Row | None, event: ReadEvent, __: Key) -> Row:
    if event.data["text"] in UNREADABLE:
        raise KeyError("division")
    return {name: event.data[name] for name in ("note_id", "text")}


MODEL = Model(
    "notes",
    [Table("notes", SERVICE, ("note_id",), {"note_id": "text", "text": "text NOT NULL"})],
    [Rule("NoteTaken", "notes", by("note_id"), _listed)],
    {SERVICE: EVENTS},
)


def _context(now: dt.datetime, actor: Actor, standing: Standing) -> Any:
    return None


DEFINITION = ServiceDefinition(
    name=SERVICE,
    events=EVENTS,
    commands=COMMANDS,
    queries=QUERIES,
    routes={TakeNote: Route({Role.OFFICER}, lambda command: NOTE.stream(command.note_id), _take)},
    query_routes={},
    models=[MODEL],
    context=_context,
)
