"""Old versions are read by the newest code; what is newer or too old is refused by name."""

from __future__ import annotations

from typing import Any

import pytest

from shared.contracts.errors import Invalid
from shared.contracts.fields import Identifier, Text, Whole
from shared.contracts.message import Vocabulary, define, public

WORDS = Vocabulary("invented", "event")


@define(WORDS, schema_version=3)
class Fined:
    """1: `yuan`; 2: `fen` in its place; 3: with a `ground`."""

    case_id: str = public(Identifier())
    fen: int = public(Whole())
    ground: str = public(Text())


@WORDS.upcaster("Fined", 1)
def _in_fen(values: dict[str, Any]) -> dict[str, Any]:
    values["fen"] = values.pop("yuan") * 100
    return values


@WORDS.upcaster("Fined", 2)
def _with_ground(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "ground": "not recorded"}


@define(WORDS, schema_version=3)
class Warned:
    """Version 1 is read no more."""

    text: str = public(Text())


@WORDS.upcaster("Warned", 2)
def _as_it_was(values: dict[str, Any]) -> dict[str, Any]:
    return values


CASE = "0c9b8f0e-7f3d-4f4e-9a53-2f6d3c1b7a11"


@pytest.mark.parametrize(
    ("version", "values", "fen", "ground"),
    [
        (1, {"case_id": CASE, "yuan": 5}, 500, "not recorded"),
        (2, {"case_id": CASE, "fen": 501}, 501, "not recorded"),
        (3, {"case_id": CASE, "fen": 502, "ground": "第一条"}, 502, "第一条"),
    ],
)
def test_every_version_is_read_as_the_newest(
    version: int, values: dict[str, Any], fen: int, ground: str
) -> None:
    before = dict(values)
    newest = WORDS.upcast("Fined", version, values)
    assert WORDS.find("Fined").load(newest) == Fined(case_id=CASE, fen=fen, ground=ground)
    assert values == before


@pytest.mark.parametrize(
    ("name", "version", "code"),
    [("Fined", 4, "too_new"), ("Fined", 10_000, "too_new"), ("Warned", 1, "too_old")],
)
def test_a_version_that_no_chain_leads_from_is_refused(name: str, version: int, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        WORDS.upcast(name, version, {})
    assert [(its.path, its.code) for its in refusal.value.problems] == [("schema_version", code)]


@pytest.mark.parametrize("name", ["Praised", "fined", "", None, 5, ["Fined"]])
def test_a_type_that_the_service_does_not_have_is_refused(name: Any) -> None:
    with pytest.raises(Invalid) as refusal:
        WORDS.find(name)
    assert [(its.path, its.code) for its in refusal.value.problems] == [("type", "unknown_type")]


def test_values_that_no_upcaster_made_right_are_refused_with_their_paths() -> None:
    with pytest.raises(Invalid) as refusal:
        WORDS.find("Fined").restore({"case_id": CASE, "fen": "5"}, {})
    assert {its.path for its in refusal.value.problems} == {"fen", "ground"}
