"""Which changes of the language break whom: an invented type before and after a change."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from shared.contracts.catalogue import CATALOGUE, Language
from shared.contracts.fields import Many, OneOf, Pattern, Text, Whole
from shared.contracts.message import (
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
from shared.contracts.publication import __main__ as publication
from shared.contracts.publication.compatibility import breaks
from shared.contracts.publication.contract import contracts_of
from shared.contracts.publication.released import Released, load, text_of

Fields = dict[str, Any]
Catalogue = dict[str, Language]


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class MoreColours(StrEnum):
    RED = "red"
    BLUE = "blue"
    GREEN = "green"


@value
class Corner:
    x: int = part(Whole(0, 9))


@value
class WiderCorner:
    x: int = part(Whole(0, 99))


def invented(
    kind: str,
    fields: Fields,
    *,
    version: int = 1,
    upcasts: tuple[int, ...] = (),
    precision: Precision = Precision.EXACT,
    unpublished: bool = False,
) -> Catalogue:
    """A language of one service with one type, `BatchOpened`, which has an id and these fields."""
    vocabularies = {each: Vocabulary("registry", each) for each in ("event", "command", "query")}
    every = {"lot_id": public(Text(36)), **fields}
    cls = type("BatchOpened", (), {"__annotations__": dict.fromkeys(every, Any), **every})
    define(
        vocabularies[kind],
        schema_version=version,
        precision=precision,
        unpublished=unpublished,
    )(cls)
    for step in upcasts:
        vocabularies[kind].upcaster("BatchOpened", step)(dict)
    return {"registry": Language(*vocabularies.values())}


def released(catalogue: Catalogue) -> Released:
    return Released().with_new(contracts_of(catalogue))


def said(before: Catalogue, after: Catalogue) -> list[str]:
    return [str(each) for each in breaks(released(before), after)]


def sealed_text(**options: Any) -> Any:
    return sealed(Text(20, **options), under="lot_id")


NO_FIELDS: Callable[[], Fields] = dict

BREAKING = [
    pytest.param(
        "event",
        lambda: {"name": public(Text())},
        NO_FIELDS,
        "field name: it is gone (or has another name)",
        id="an event loses a field",
    ),
    pytest.param(
        "event",
        lambda: {"name": public(Text())},
        lambda: {"title": public(Text())},
        "field name: it is gone (or has another name)",
        id="an event's field is renamed",
    ),
    pytest.param(
        "event",
        NO_FIELDS,
        lambda: {"note": public(Text(allow_none=True))},
        "field note: it is new, and events in the log do not have it",
        id="an event gains a field",
    ),
    pytest.param(
        "event",
        lambda: {"name": internal(Text())},
        lambda: {"name": public(Text())},
        "field name: it went from internal to public",
        id="an event's field is classified anew",
    ),
    pytest.param(
        "event",
        lambda: {"other_id": public(Text()), "name": sealed_text()},
        lambda: {"other_id": public(Text()), "name": sealed(Text(20), under="other_id")},
        "field name: it went from the key of lot_id to that of other_id",
        id="an event's field is sealed under another key",
    ),
    pytest.param(
        "event",
        lambda: {"size": public(Whole())},
        lambda: {"size": public(Text())},
        "field size: the type string was added",
        id="an event's field has another type",
    ),
    pytest.param(
        "event",
        lambda: {"colour": public(OneOf(Colour))},
        lambda: {"colour": public(OneOf(MoreColours))},
        "field colour: the word green was added, which readers of that version do not expect",
        id="an event's vocabulary gains a word",
    ),
    pytest.param(
        "event",
        lambda: {"colour": public(OneOf(MoreColours))},
        lambda: {"colour": public(OneOf(Colour))},
        "field colour: the word green was removed, so events in the log may be readable no more",
        id="an event's vocabulary loses a word",
    ),
    pytest.param(
        "event",
        lambda: {"name": public(Text(20))},
        lambda: {"name": public(Text(30))},
        "field name: maxLength went from 20 to 30, which readers",
        id="an event's text grows",
    ),
    pytest.param(
        "event",
        lambda: {"size": public(Whole(0, 10))},
        lambda: {"size": public(Whole(1, 10))},
        "field size: minimum went from 0 to 1, so events in the log",
        id="an event's number is bound more",
    ),
    pytest.param(
        "event",
        lambda: {"name": public(Text())},
        lambda: {"name": public(Text(allow_none=True))},
        "field name: the type null was added",
        id="an event's field becomes empty at times",
    ),
    pytest.param(
        "event",
        lambda: {"corners": public(Many(Part(Corner)))},
        lambda: {"corners": public(Many(Part(WiderCorner)))},
        "field corners: in [].x, maximum went from 9 to 99",
        id="a part within a list of an event allows more",
    ),
    pytest.param(
        "event",
        lambda: {"code": public(Pattern("[A-C]", "must be A to C"))},
        lambda: {"code": public(Pattern("[A-D]", "must be A to D"))},
        "field code: pattern is another",
        id="an event's pattern is another",
    ),
    pytest.param(
        "command",
        lambda: {"name": public(Text())},
        NO_FIELDS,
        "field name: it is gone",
        id="a command loses a field",
    ),
    pytest.param(
        "command",
        NO_FIELDS,
        lambda: {"name": public(Text())},
        "field name: it is new and must be given",
        id="a command needs a new field",
    ),
    pytest.param(
        "command",
        lambda: {"name": public(Text(allow_none=True))},
        lambda: {"name": public(Text())},
        "field name: it must be given now",
        id="a command needs what could be left out",
    ),
    pytest.param(
        "command",
        lambda: {"name": sealed_text()},
        lambda: {"name": internal(Text(20))},
        "field name: it went from sealed to internal",
        id="a command's field is classified anew",
    ),
    pytest.param(
        "command",
        lambda: {"colour": public(OneOf(MoreColours))},
        lambda: {"colour": public(OneOf(Colour))},
        "field colour: the word green was removed, which refuses what was accepted",
        id="a command's vocabulary loses a word",
    ),
    pytest.param(
        "command",
        lambda: {"names": public(Many(Text(), most=9))},
        lambda: {"names": public(Many(Text(), most=8))},
        "field names: maxItems went from 9 to 8",
        id="a command's list is bound more",
    ),
    pytest.param(
        "command",
        lambda: {"names": public(Many(Text()))},
        lambda: {"names": public(Many(Text(), distinct=True))},
        "field names: uniqueItems is True",
        id="a command's list must be without doubles",
    ),
    pytest.param(
        "query",
        NO_FIELDS,
        lambda: {"purpose": internal(Text())},
        "field purpose: it is new and must be given",
        id="a query needs a new field",
    ),
]

COMPATIBLE = [
    pytest.param(
        "command",
        NO_FIELDS,
        lambda: {"note": public(Text(allow_none=True))},
        id="a command gains a field that may be left out",
    ),
    pytest.param(
        "command",
        lambda: {"name": public(Text())},
        lambda: {"name": public(Text(allow_none=True))},
        id="a command lets a field be left out",
    ),
    pytest.param(
        "command",
        lambda: {"colour": public(OneOf(Colour))},
        lambda: {"colour": public(OneOf(MoreColours))},
        id="a command's vocabulary gains a word",
    ),
    pytest.param(
        "command",
        lambda: {"size": public(Whole(1, 9)), "names": public(Many(Text(8), distinct=True))},
        lambda: {"size": public(Whole(0, 10)), "names": public(Many(Text(9)))},
        id="a command is bound less",
    ),
    pytest.param(
        "command",
        lambda: {"corner": public(Part(Corner))},
        lambda: {"corner": public(Part(WiderCorner))},
        id="a part of a command allows more",
    ),
    pytest.param(
        "event",
        lambda: {"colour": public(OneOf(Colour)), "name": sealed_text()},
        lambda: {"colour": public(OneOf(Colour)), "name": sealed_text()},
        id="an event stays as it is",
    ),
    pytest.param(
        "event",
        lambda: {"code": public(Pattern("[A-C]", "must be A to C"))},
        lambda: {"code": public(Pattern("[A-C]", "must be one of A, B and C"))},
        id="an event's field is described in other words",
    ),
    pytest.param(
        "query",
        lambda: {"colour": public(OneOf(Colour))},
        lambda: {"colour": public(OneOf(MoreColours, allow_none=True))},
        id="a query asks for less",
    ),
]


@pytest.mark.parametrize(("kind", "before", "after", "expected"), BREAKING)
def test_it_breaks_somebody_that(
    kind: str, before: Callable[[], Fields], after: Callable[[], Fields], expected: str
) -> None:
    told = said(invented(kind, before()), invented(kind, after()))

    assert any(expected in sentence for sentence in told), told
    assert all(sentence.startswith(f"registry {kind} BatchOpened 1, field ") for sentence in told)


@pytest.mark.parametrize(("kind", "before", "after"), COMPATIBLE)
def test_nobody_is_troubled_when(
    kind: str, before: Callable[[], Fields], after: Callable[[], Fields]
) -> None:
    assert said(invented(kind, before()), invented(kind, after())) == []


def test_a_break_says_which_version_to_make_and_what_it_needs() -> None:
    told = said(invented("event", {"name": public(Text())}), invented("event", {}))

    assert told == [
        "registry event BatchOpened 1, field name: it is gone (or has another name). Keep to what"
        " was released, or give BatchOpened schema_version 2 and an upcaster from 1."
    ]


def test_where_a_new_version_would_not_help_a_break_says_what_does() -> None:
    unsealed = said(
        invented("event", {"name": sealed_text()}), invented("event", {"name": internal(Text(20))})
    )
    sealed_now = said(
        invented("command", {"name": internal(Text(20))}),
        invented("command", {"name": sealed_text()}),
    )

    assert [sentence.split(". ")[1] for sentence in unsealed + sealed_now] == [
        "Keep it sealed under its name, in a new version too.",
        "Seal a field of another name, in a new version.",
    ]


@pytest.mark.parametrize("kind", ["event", "command", "query"])
def test_a_new_version_with_an_upcaster_may_differ(kind: str) -> None:
    before = invented(kind, {"colour": public(OneOf(Colour)), "name": public(Text())})
    after = invented(kind, {"colour": public(OneOf(MoreColours))}, version=2, upcasts=(1,))

    assert said(before, after) == []


@pytest.mark.parametrize("kind", ["event", "command", "query"])
def test_every_older_version_needs_the_whole_chain_of_upcasters(kind: str) -> None:
    before = invented(kind, {})

    told = said(before, invented(kind, {}, version=3, upcasts=(1,)))

    assert told == [
        "registry " + kind + " BatchOpened 1: no upcaster leads from version 2 to 3, so version 1"
        f' can be read no more. Write one: @{kind.upper()}S.upcaster("BatchOpened", 2).'
    ]
    assert said(before, invented(kind, {}, version=3, upcasts=(1, 2))) == []


def test_a_version_does_not_go_back() -> None:
    told = said(invented("event", {}, version=2), invented("event", {}, version=1))

    assert told == [
        "registry event BatchOpened 2: the code is at version 1, and 2 was released. Set"
        " schema_version to 2 or more; versions only go up."
    ]


@pytest.mark.parametrize(
    ("kind", "why"), [("event", "logs hold such events"), ("command", "others send it")]
)
def test_a_released_type_does_not_go(kind: str, why: str) -> None:
    nothing = {
        "registry": Language(*(Vocabulary("registry", k) for k in ("event", "command", "query")))
    }

    told = said(invented(kind, {}), nothing)

    assert told == [f"registry {kind} BatchOpened 1: it is gone, and {why}. Bring it back."]


def test_a_released_service_does_not_go() -> None:
    assert [each.what for each in breaks(released(invented("event", {})), {})] == [
        "it is gone, and logs hold such events"
    ]


def test_how_exactly_an_event_tells_its_time_does_not_change() -> None:
    told = said(invented("event", {}, precision=Precision.DAY), invented("event", {}))

    assert len(told) == 1
    assert "its precision went from day to exact" in told[0]


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("unpublished", [True, False])
def test_whether_others_are_told_of_an_event_does_not_change(
    version: int, unpublished: bool
) -> None:
    newer: dict[str, Any] = {"version": version, "upcasts": tuple(range(1, version))}
    before = invented("event", {}, unpublished=unpublished)

    told = said(before, invented("event", {}, unpublished=not unpublished, **newer))

    assert len(told) == 1
    assert "others were" in told[0]
    assert said(before, invented("event", {}, unpublished=unpublished, **newer)) == []


def test_a_sealed_field_stays_sealed_in_a_new_version() -> None:
    before = invented("event", {"name": sealed_text()})

    gone = said(before, invented("event", {}, version=2, upcasts=(1,)))
    kept = said(before, invented("event", {"name": sealed_text()}, version=2, upcasts=(1,)))

    assert len(gone) == 1
    assert "field name: it is sealed, and no longer so in version 2" in gone[0]
    assert kept == []


def test_a_new_version_of_an_event_cannot_need_a_new_sealed_value() -> None:
    before = invented("event", {})

    needed = said(before, invented("event", {"name": sealed_text()}, version=2, upcasts=(1,)))
    may_lack = sealed_text(allow_none=True)
    optional = said(before, invented("event", {"name": may_lack}, version=2, upcasts=(1,)))

    assert len(needed) == 1
    assert "field name: version 2 needs it, and no upcaster can make a sealed value" in needed[0]
    assert optional == []


def test_a_new_version_of_a_command_does_not_seal_what_is_sent_in_clear() -> None:
    before = invented("command", {"name": internal(Text(20))})

    sealed_now = said(before, invented("command", {"name": sealed_text()}, version=2, upcasts=(1,)))
    beside = {"sealed_name": sealed_text()}
    other_name = said(before, invented("command", beside, version=2, upcasts=(1,)))

    assert len(sealed_now) == 1
    assert (
        "field name: it is sealed in version 2, and its senders send it in clear" in (sealed_now[0])
    )
    assert other_name == []


def test_the_form_around_every_event_does_not_change() -> None:
    catalogue = invented("event", {})
    promised = released(catalogue)
    assert promised.frame is not None
    other_frame = copy.deepcopy(promised.frame)
    del other_frame["exact"]["data"]["properties"]["command_id"]

    told = [
        str(each) for each in breaks(dataclasses.replace(promised, frame=other_frame), catalogue)
    ]

    assert len(told) == 1
    assert told[0].startswith(
        "the public form of every event (data, exact), field command_id: was added."
    )


def test_a_release_adds_and_never_changes_what_was_released() -> None:
    first = released(invented("event", {"name": public(Text(20))}))

    second = first.with_new(
        contracts_of(invented("event", {"name": public(Text(30))}, version=2, upcasts=(1,)))
    )
    again = first.with_new(contracts_of(invented("event", {"name": public(Text(30))})))

    assert list(second.contracts) == [
        "registry/event/BatchOpened/1",
        "registry/event/BatchOpened/2",
    ]
    assert (
        second.contracts["registry/event/BatchOpened/1"]
        is first.contracts["registry/event/BatchOpened/1"]
    )
    assert again.contracts == first.contracts


def test_what_was_released_comes_back_from_its_file_as_it_was(tmp_path: Path) -> None:
    every = Released().with_new(contracts_of(CATALOGUE))
    (tmp_path / "released.json").write_text(text_of(every), "utf-8")

    assert load(tmp_path) == every


def test_a_release_that_breaks_a_reader_is_refused(tmp_path: Path) -> None:
    publication.release(tmp_path, invented("event", {"name": public(Text())}))
    before = (tmp_path / "released.json").read_bytes()

    with pytest.raises(publication.Failed, match="field name: it is gone"):
        publication.release(tmp_path, invented("event", {}))

    assert (tmp_path / "released.json").read_bytes() == before


def test_the_language_of_today_breaks_nobody() -> None:
    assert [str(each) for each in breaks(load(publication.DOCS), CATALOGUE)] == []
