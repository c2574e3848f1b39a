"""Invariant 5: one leaf from whichever form, and nothing withheld in what the public gets."""

from __future__ import annotations

import base64
import copy
import datetime as dt
import json
import os
import re
import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import orjson
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

from shared.contracts.fields import Flag, Identifier, Many, Text, Whole
from shared.contracts.message import (
    Classification,
    MessageType,
    Part,
    Precision,
    Vocabulary,
    define,
    internal,
    part,
    public,
    sealed,
    value,
)
from shared.contracts.stored import (
    RecordedEvent,
    StoredEvent,
    Trace,
    from_internal_form,
    internal_form,
    leaf,
    leaf_document,
    leaf_of_document,
    public_form,
    store,
)
from tests.contracts.values import EVENT_TYPES, instances, named

WORDS = Vocabulary("invented", "event")


@value
class Portion:
    name: str = part(Text())
    share: int | None = part(Whole(allow_none=True))


@define(WORDS)
class ExactlyTold:
    case_id: str = public(Identifier())
    title: str = public(Text())
    portions: tuple[Portion, ...] = public(Many(Part(Portion)))
    note: str = internal(Text())
    count: int | None = internal(Whole(allow_none=True))
    urgent: bool = internal(Flag())
    marks: tuple[str, ...] = internal(Many(Text()))
    story: str = sealed(Text(), under="case_id")
    contact: str | None = sealed(Text(allow_none=True), under="case_id")


@define(WORDS, precision=Precision.DAY)
class ToldByDay:
    case_id: str = public(Identifier())
    note: str = internal(Text())
    story: str = sealed(Text(), under="case_id")


SOME = settings(max_examples=25, suppress_health_check=list(HealthCheck))
FEW = settings(SOME, max_examples=5)
TYPES = [WORDS.find("ExactlyTold"), WORDS.find("ToldByDay")]
MOMENTS = st.timedeltas(dt.timedelta(0), dt.timedelta(days=7_000)).map(
    lambda since: dt.datetime(2020, 1, 1, tzinfo=dt.UTC) + since
)
ACTOR, CORRELATION, CAUSE = "officer-Q7Zk", str(uuid.uuid4()), "registry/Zz-41"
COMMAND = str(uuid.uuid4())


def sealing(subject: str, context: str, plaintext: bytes) -> bytes:
    """Stands in the place of encryption: as long as it, and as unlike the plaintext."""
    return os.urandom(len(plaintext) + 29)


def recorded(
    event: Any,
    message_type: MessageType,
    at: dt.datetime,
    position: int = 41,
    command_id: str = "",
) -> RecordedEvent:
    stored = store(
        event,
        message_type,
        log="invented",
        stream="case-7",
        version=3,
        occurred_at=at,
        trace=Trace("officer", ACTOR, command_id or str(uuid.uuid4()), CORRELATION, CAUSE),
        seal=sealing,
    )
    return RecordedEvent(position, at + dt.timedelta(seconds=1), stored)


@st.composite
def any_recorded(draw: st.DrawFn, types: list[MessageType] = TYPES) -> RecordedEvent:
    message_type = draw(st.sampled_from(types))
    return recorded(draw(instances(message_type)), message_type, draw(MOMENTS))


@SOME
@given(any_recorded())
def test_the_public_form_alone_gives_the_leaf(event: RecordedEvent) -> None:
    off_the_wire = json.loads(orjson.dumps(public_form(event)))
    assert leaf_of_document(off_the_wire["data"]) == leaf(event.event)


@pytest.mark.parametrize("message_type", EVENT_TYPES, ids=named)
@FEW
@given(data=st.data())
def test_every_event_of_every_service_has_one_leaf_in_all_its_forms(
    message_type: MessageType, data: st.DataObject
) -> None:
    event = recorded(data.draw(instances(message_type)), message_type, data.draw(MOMENTS))
    public_data = orjson.loads(orjson.dumps(public_form(event)))["data"]
    read_back = from_internal_form(orjson.loads(orjson.dumps(internal_form(event))))
    assert leaf_of_document(public_data) == leaf(event.event) == leaf(read_back.event)


DISTINCT = st.uuids().map(lambda its: f"«{its.hex}»")
"""Text that occurs nowhere by chance."""


@SOME
@given(DISTINCT, DISTINCT, DISTINCT, DISTINCT, st.integers(10**12, 2**53 - 1), MOMENTS)
def test_the_public_form_holds_nothing_withheld_anywhere_in_its_text(
    note: str, mark: str, story: str, contact: str, count: int, at: dt.datetime
) -> None:
    event = ExactlyTold(
        case_id=str(uuid.uuid4()),
        title="公开",
        portions=(),
        note=note,
        count=count,
        urgent=True,
        marks=(mark,),
        story=story,
        contact=contact,
    )
    told = recorded(event, TYPES[0], at)
    text = json.dumps(public_form(told), ensure_ascii=False)
    withheld = [note, mark, story, contact, str(count), ACTOR, CORRELATION, CAUSE]
    withheld += [its["salt"] for its in told.event.internal.values()]
    withheld += [its["salt"] for its in told.event.withheld.values()]
    withheld += [its["ciphertext"] for its in told.event.sealed.values()]
    assert [its for its in withheld if its in text] == []


@SOME
@given(instances(TYPES[1]), MOMENTS)
def test_an_event_told_by_day_tells_the_public_no_time_of_day(event: Any, at: dt.datetime) -> None:
    told = public_form(recorded(event, TYPES[1], at))
    shanghai = at.astimezone(dt.timezone(dt.timedelta(hours=8)))
    assert "time" not in told
    assert told["data"]["occurred_on"] == shanghai.date().isoformat()
    assert not re.search(r"\d{2}:\d{2}:\d{2}", json.dumps(told))


@SOME
@given(instances(TYPES[1]), instances(TYPES[1]), MOMENTS)
def test_events_told_by_day_do_not_tell_the_public_that_one_command_made_them(
    one: Any, other: Any, at: dt.datetime
) -> None:
    made = [recorded(its, TYPES[1], at, command_id=COMMAND) for its in (one, other)]
    told = [public_form(its)["data"]["command_id"] for its in made]
    assert COMMAND not in json.dumps(told)
    assert told[0] != told[1]
    assert [its.event.disagreements() for its in made] == [[], []]


@SOME
@given(instances(TYPES[1]), MOMENTS)
def test_an_older_event_told_by_day_keeps_the_leaf_that_has_its_command(
    event: Any, at: dt.datetime
) -> None:
    its = recorded(event, TYPES[1], at, command_id=COMMAND).event
    kept = {name: value for name, value in its.withheld.items() if name != "command_id"}
    older = replace(its, withheld=kept)
    assert leaf_document(older)["command_id"] == COMMAND
    assert leaf(older) != leaf(its)
    assert older.disagreements() == []
    assert replace(its, command_id=str(uuid.uuid4())).disagreements() == ["command_id"]


@SOME
@given(instances(TYPES[0]), MOMENTS)
def test_what_is_known_to_the_second_is_told_by_the_envelope_and_the_leaf_alike(
    event: Any, at: dt.datetime
) -> None:
    told = public_form(recorded(event, TYPES[0], at))
    assert told["time"] == told["data"]["occurred_at"]
    assert dt.datetime.fromisoformat(told["time"]) == at


def other(value: Any) -> Any:
    """Another value of the same kind."""
    match value:
        case None:
            return "something"
        case bool():
            return not value
        case int():
            return value + 1
        case str():
            return value + "x"
        case list():
            return [*value, "x"]
    raise TypeError(type(value))


def changes(event: StoredEvent) -> Iterator[tuple[str, StoredEvent]]:
    """Every way to change one value of a stored event, and what was changed."""
    texts = ["log", "stream", "type", "role"]
    for name in texts if "command_id" in event.withheld else [*texts, "command_id"]:
        yield name, replace(event, **{name: getattr(event, name) + "x"})
    for name in ("version", "schema_version"):
        yield name, replace(event, **{name: getattr(event, name) + 1})
    if "occurred_at" not in event.withheld:
        a_moment = dt.timedelta(microseconds=1)
        yield "occurred_at", replace(event, occurred_at=event.occurred_at + a_moment)
    next_day = event.occurred_at + dt.timedelta(days=1)
    yield "occurred_on", replace(event, occurred_at=next_day)
    for name, its in event.public.items():
        yield name, replace(event, public={**event.public, name: other(its)})
    for kind in ("internal", "withheld"):
        for name, kept in getattr(event, kind).items():
            for part_of_it, changed in (
                ("value", {**kept, "value": other(kept["value"])}),
                ("salt", {**kept, "salt": _flipped(kept["salt"])}),
            ):
                instead: dict[str, Any] = {kind: {**getattr(event, kind), name: changed}}
                yield f"{name} {part_of_it}", replace(event, **instead)
    for name, kept in event.sealed.items():
        changed = {**kept, "ciphertext": _flipped(kept["ciphertext"])}
        yield f"{name} ciphertext", replace(event, sealed={**event.sealed, name: changed})


def _flipped(encoded: str) -> str:
    raw = bytearray(base64.b64decode(encoded))
    raw[0] ^= 1
    return base64.b64encode(bytes(raw)).decode()


@SOME
@given(any_recorded())
def test_whatever_is_changed_the_leaf_changes(event: RecordedEvent) -> None:
    before = leaf(event.event)
    same = [what for what, changed in changes(event.event) if leaf(changed) == before]
    assert same == []


@SOME
@given(any_recorded())
def test_two_internal_fields_cannot_change_places(event: RecordedEvent) -> None:
    kept = dict(event.event.internal)
    names = list(kept)
    if len(names) > 1:
        kept[names[0]], kept[names[1]] = kept[names[1]], kept[names[0]]
        assert leaf(replace(event.event, internal=kept)) != leaf(event.event)


@SOME
@given(DISTINCT)
def test_equal_values_have_different_digests_since_each_has_a_salt_of_its_own(text: str) -> None:
    event = ToldByDay(case_id=str(uuid.uuid4()), note=text, story=text)
    at = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
    one, two = (public_form(recorded(event, TYPES[1], at))["data"] for _ in range(2))
    assert one["data"]["note"] != two["data"]["note"]
    assert one["data"]["story"] != two["data"]["story"]
    assert one["actor"]["id"] != two["actor"]["id"]


@SOME
@given(any_recorded())
def test_every_salt_has_128_bits_and_is_used_once(event: RecordedEvent) -> None:
    kept = [*event.event.internal.values(), *event.event.withheld.values()]
    salts = [base64.b64decode(its["salt"]) for its in kept]
    assert {len(salt) for salt in salts} == {16}
    assert len(set(salts)) == len(salts)


@SOME
@given(any_recorded())
def test_the_internal_form_is_read_back_as_it_was(event: RecordedEvent) -> None:
    form = internal_form(event)
    assert from_internal_form(copy.deepcopy(form)) == event
    assert from_internal_form(orjson.loads(orjson.dumps(form))) == event


def test_an_internal_form_of_another_format_is_refused() -> None:
    event = recorded(ToldByDay(case_id=str(uuid.uuid4()), note="n", story="s"), TYPES[1], _NOW)
    with pytest.raises(ValueError, match="not known"):
        from_internal_form({**internal_form(event), "format": 2})


_NOW = dt.datetime(2026, 3, 2, 4, 0, 0, 5, dt.UTC)


def test_postgresqls_jsonb_gives_every_value_back_unchanged(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:

        @SOME
        @given(st.lists(any_recorded(), min_size=1, max_size=3))
        def through(events: list[RecordedEvent]) -> None:
            for event in events:
                row = connection.execute("SELECT %s", (Jsonb(internal_form(event)),)).fetchone()
                assert row is not None
                assert from_internal_form(row[0]) == event
                assert leaf(from_internal_form(row[0]).event) == leaf(event.event)

        through()


@SOME
@given(any_recorded())
def test_the_public_form_is_a_cloudevent(event: RecordedEvent) -> None:
    """CloudEvents 1.0.2, sections 3.1 and 3.2; its Sequence extension for `sequence`."""
    form = public_form(event)
    for required in ("id", "source", "specversion", "type"):
        assert isinstance(form[required], str)
        assert form[required]
    assert form["specversion"] == "1.0"
    assert form["datacontenttype"] == "application/json"
    assert (form["sequencetype"], form["sequence"]) == ("Integer", str(event.position))
    for attribute, its in form.items():
        assert re.fullmatch(r"[a-z0-9]{1,20}", attribute)
        assert attribute == "data" or isinstance(its, str)
    assert json.loads(json.dumps(form)) == form


@SOME
@given(any_recorded())
def test_source_and_id_together_name_one_event_of_one_log(event: RecordedEvent) -> None:
    form = public_form(event)
    assert (form["source"], form["id"]) == ("/jiandu/invented", "case-7/3")


@pytest.mark.parametrize("message_type", EVENT_TYPES, ids=named)
@FEW
@given(data=st.data())
def test_what_was_stored_is_restored_with_its_sealed_fields_unopened(
    message_type: MessageType, data: st.DataObject
) -> None:
    event = data.draw(instances(message_type))
    stored = recorded(event, message_type, _NOW).event
    restored = message_type.restore(stored.clear(), stored.handles())
    for name, kind in message_type.classes.items():
        if kind is Classification.SEALED:
            assert getattr(restored, name) == stored.handles()[name]
        else:
            assert getattr(restored, name) == getattr(event, name)
