"""A value has one spelling or is refused; every problem is told, with its path, at once."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from marshmallow import fields

from shared.contracts.errors import Invalid
from shared.contracts.fields import Day, Flag, Identifier, Many, Moment, OneOf, Text, Whole
from shared.contracts.message import (
    Classification,
    MessageType,
    Part,
    Vocabulary,
    define,
    part,
    public,
    value,
)
from shared.contracts.registry.commands import COMMANDS
from shared.contracts.registry.vocabulary import Channel
from tests.contracts.values import MESSAGE_TYPES, named, payloads

WORDS = Vocabulary("invented", "command")


@value
class Portion:
    code: int = part(Whole(0, 9))
    name: str = part(Text(5))


@define(WORDS)
class Everything:
    identifier: str = public(Identifier())
    text: str = public(Text(8, shortest=2))
    number: int = public(Whole(1, 100))
    flag: bool = public(Flag())
    day: dt.date = public(Day())
    moment: dt.datetime = public(Moment())
    word: Channel = public(OneOf(Channel))
    several: tuple[str, ...] = public(Many(Text(8), least=1, most=3, distinct=True))
    portions: tuple[Portion, ...] = public(Many(Part(Portion)))
    perhaps: str | None = public(Text(allow_none=True))


EVERYTHING = WORDS.find("Everything")
RIGHT: dict[str, Any] = {
    "identifier": "0c9b8f0e-7f3d-4f4e-9a53-2f6d3c1b7a11",
    "text": "两个字",
    "number": 7,
    "flag": False,
    "day": "2026-02-28",
    "moment": "2026-02-28T23:59:59.000001Z",
    "word": "recommended",
    "several": ["a", "b"],
    "portions": [{"code": 1, "name": "x"}],
    "perhaps": None,
}


def problems(message_type: MessageType, payload: Any) -> set[tuple[str, str]]:
    with pytest.raises(Invalid) as refusal:
        message_type.load(payload)
    return {(problem.path, problem.code) for problem in refusal.value.problems}


WRONG = [
    ("identifier", RIGHT["identifier"].upper(), "bad_format"),
    ("identifier", RIGHT["identifier"].replace("-", ""), "bad_format"),
    ("identifier", "{" + RIGHT["identifier"] + "}", "bad_format"),
    ("identifier", "٣" + RIGHT["identifier"][1:], "bad_format"),
    ("text", 5, "wrong_type"),
    ("text", ["两个字"], "wrong_type"),
    ("text", "", "bad_length"),
    ("text", "一", "bad_length"),
    ("text", "123456789", "bad_length"),
    ("text", " 两个字", "not_trimmed"),
    ("text", "两个字\u3000", "not_trimmed"),
    ("text", "两个字\n", "not_trimmed"),
    ("text", "a\x07b", "bad_text"),
    ("text", "a\x7fb", "bad_text"),
    ("text", "a\x85b", "bad_text"),
    ("text", "a\rb", "bad_text"),
    ("text", "a\x00b", "bad_text"),
    ("text", "a\ud800b", "bad_text"),
    ("text", None, "missing"),
    ("number", True, "wrong_type"),
    ("number", 7.0, "wrong_type"),
    ("number", "7", "wrong_type"),
    ("number", 0, "out_of_range"),
    ("number", 101, "out_of_range"),
    ("number", 10**400, "number_too_large"),
    ("number", [7], "wrong_type"),
    ("flag", 1, "wrong_type"),
    ("flag", "true", "wrong_type"),
    ("day", "2026-02-29", "bad_format"),
    ("day", "2026-2-28", "bad_format"),
    ("day", "20260228", "bad_format"),
    ("day", "2026-W48-2", "bad_format"),
    ("day", "2026-02-28T00:00:00", "bad_format"),
    ("day", "２026-02-28", "bad_format"),
    ("day", 20260228, "bad_format"),
    ("moment", "2026-02-29T00:00:00.000000Z", "bad_format"),
    ("moment", "2026-02-28T24:00:00.000000Z", "bad_format"),
    ("moment", "2026-02-28T00:00:00Z", "bad_format"),
    ("moment", "2026-02-28T08:00:00.000000+08:00", "bad_format"),
    ("moment", "2026-02-28", "bad_format"),
    ("moment", 1772236800, "bad_format"),
    ("word", "Recommended", "not_in_vocabulary"),
    ("word", ["recommended"], "not_in_vocabulary"),
    ("several", "a", "wrong_type"),
    ("several", {"0": "a"}, "wrong_type"),
    ("several", [], "bad_length"),
    ("several", ["a", "b", "c", "d"], "bad_length"),
    ("several", ["a", "b", "a"], "duplicate"),
    ("perhaps", "", "bad_length"),
]


@pytest.mark.parametrize(("name", "wrong", "code"), WRONG)
def test_a_wrong_value_is_refused_at_its_path(name: str, wrong: Any, code: str) -> None:
    assert problems(EVERYTHING, {**RIGHT, name: wrong}) == {(name, code)}


def test_the_right_values_are_taken() -> None:
    loaded = EVERYTHING.load(RIGHT)
    assert loaded.portions == (Portion(code=1, name="x"),)
    assert EVERYTHING.dump(loaded) == RIGHT


def test_wrong_values_inside_lists_and_parts_have_exact_paths() -> None:
    portions = [{"code": 1, "name": "x"}, {"code": "1", "name": "x"}, "x", {"name": " y"}]
    assert problems(EVERYTHING, {**RIGHT, "portions": portions}) == {
        ("portions[1].code", "wrong_type"),
        ("portions[2]", "wrong_type"),
        ("portions[3].code", "missing"),
        ("portions[3].name", "not_trimmed"),
    }


def test_all_problems_are_reported_at_once_of_whatever_kind() -> None:
    payload = {**RIGHT, "text": "\x00", "number": 1.5, "flag": None, "surprise": 1, "several": [5]}
    del payload["day"]
    assert problems(EVERYTHING, payload) == {
        ("text", "bad_text"),
        ("number", "wrong_type"),
        ("flag", "missing"),
        ("surprise", "unknown_field"),
        ("several[0]", "wrong_type"),
        ("day", "missing"),
    }


@pytest.mark.parametrize("name", ["code", "message", "surprise", "path", "0"])
def test_an_unknown_field_is_refused_whatever_its_name(name: str) -> None:
    assert problems(EVERYTHING, {**RIGHT, name: "x"}) == {(name, "unknown_field")}
    portion = {"code": 1, "name": "x", f"{name}s": 1}
    assert problems(EVERYTHING, {**RIGHT, "portions": [portion]}) == {
        (f"portions[0].{name}s", "unknown_field")
    }


@pytest.mark.parametrize("payload", [None, [], "x", 5, True, [RIGHT]])
def test_what_is_no_object_is_refused_as_a_whole(payload: Any) -> None:
    assert problems(EVERYTHING, payload) == {("", "wrong_type")}


ODDITIES: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 0, -1, 1.5, 2**60, "", " x", "\x00", "\ud800", "7", [], {}, [None], {"code": []}]
)
SOME = settings(max_examples=5, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("message_type", MESSAGE_TYPES, ids=named)
@SOME
@given(data=st.data())
def test_every_message_takes_its_values_and_gives_them_back_unchanged(
    message_type: MessageType, data: st.DataObject
) -> None:
    payload = data.draw(payloads(message_type))
    loaded = message_type.load(payload)
    assert message_type.dump(loaded) == payload
    assert message_type.load(message_type.dump(loaded)) == loaded


@pytest.mark.parametrize("message_type", MESSAGE_TYPES, ids=named)
@SOME
@given(data=st.data())
def test_an_odd_value_anywhere_is_refused_there_or_is_taken_as_it_is(
    message_type: MessageType, data: st.DataObject
) -> None:
    payload = data.draw(payloads(message_type))
    name = data.draw(st.sampled_from([*sorted(payload), "surprise"]))
    payload[name] = data.draw(ODDITIES)
    try:
        loaded = message_type.load(payload)
    except Invalid:
        told = problems(message_type, payload)
        assert {path.split("[")[0].split(".")[0] for path, _ in told} == {name}
        assert all(code != "invalid" for _, code in told)
    else:
        assert message_type.dump(loaded) == payload


@pytest.mark.parametrize("message_type", MESSAGE_TYPES, ids=named)
def test_an_empty_object_is_told_every_field_it_lacks(message_type: MessageType) -> None:
    needed = {name for name, its in message_type.schema.fields.items() if not its.allow_none}
    if not needed:
        assert message_type.dump(message_type.load({})) == dict.fromkeys(message_type.classes)
        return
    assert problems(message_type, {}) == {(name, "missing") for name in needed}


SEALING = [its for its in COMMANDS if its.subjects]
SHAPES: list[Callable[[str], Any]] = [lambda s: s, lambda s: [s], lambda s: {"x": s}]
SECRETS = ["13900009999x", "\x00王五的秘密", " 王五的秘密", "王五的秘密\ud800", "王五的秘密" * 900]


@pytest.mark.parametrize("message_type", SEALING, ids=named)
def test_an_error_never_repeats_what_a_sealed_field_holds(message_type: MessageType) -> None:
    for secret, shape in itertools.product(SECRETS, SHAPES):
        payload = dict.fromkeys(message_type.of_class(Classification.SEALED), shape(secret))
        with pytest.raises(Invalid) as refusal:
            message_type.load(payload)
        told = f"{refusal.value}{refusal.value.to_wire()}"
        assert "王五" not in told, secret
        assert "9999" not in told, secret


def test_every_field_of_every_message_is_one_of_our_strict_ones() -> None:
    strict = (Text, Whole, Flag, Day, Moment, OneOf, Many, Part)

    def all_strict(field: fields.Field[Any]) -> bool:
        if isinstance(field, Many):
            return all_strict(field.inner)
        if isinstance(field, Part):
            return all(map(all_strict, field.inner.fields.values()))
        return isinstance(field, strict)

    for message_type in MESSAGE_TYPES:
        assert all(map(all_strict, message_type.schema.fields.values())), message_type.name
