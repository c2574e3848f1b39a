"""Duty records: what each event of three logs says of a point, as rows to be joined when asked.

Events of clues name no point but their clue's, so a stream's facts lie in its one row, where its
point and the limit of telling back are at hand.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from services.assessment.views.source import SOURCE
from shared.contracts.assessment.events import EVENTS
from shared.contracts.assessment.vocabulary.duties import DutyKind
from shared.contracts.clues.events import EVENTS as CLUES_EVENTS
from shared.contracts.days import business_date
from shared.contracts.registry.events import EVENTS as REGISTRY_EVENTS
from shared.projections.model import Fold, Key, Model, ReadEvent, Row, Rule, Table

_K = DutyKind
_RELAY = "relay"
"""The name of the limit within which a point tells back, as the clues service has it."""

_OF_STREAMS = {
    "stream": "text",
    "point_id": "text NOT NULL",
    "relaying": "jsonb",
    "facts": "jsonb NOT NULL",
}
"""relaying: the Span that runs for telling back · facts: `[{version, kind, happened_on, in_time,
outcome}]`, those without a value left out"""

_CLUES = Table("of_clues", "clues", ("stream",), _OF_STREAMS, indexes=(("point_id", "stream"),))
_OWN = Table("of_points", SOURCE, ("stream",), _OF_STREAMS, indexes=(("point_id", "stream"),))

_OF_EACH = {
    "stream": "text",
    "version": "integer",
    "point_id": "text",
    "kind": "text NOT NULL",
    "happened_on": "date NOT NULL",
}
_EACH_KEY = ("stream", "version", "point_id")
_BY_POINT = (("point_id", "happened_on", "stream", "version"),)
_REGISTRY = Table("of_registry", "registry", _EACH_KEY, _OF_EACH, indexes=_BY_POINT)
_GATHERINGS = Table("of_gatherings", SOURCE, _EACH_KEY, _OF_EACH, indexes=_BY_POINT)
"""What one event says of many points, a row each."""


Told = Callable[[Row, ReadEvent], Row | None]
"""The fact of an event in its stream's row; None: it is none."""


def _own_stream(event: ReadEvent) -> list[Key]:
    return [(event.stream,)]


def _begun(fact: Told) -> Fold:
    """The row of a stream that belongs to a point; there is none of what is nobody's."""

    def fold(row: Row | None, event: ReadEvent, key: Key) -> Row | None:
        if event.data["point_id"] is None:
            return None
        begun = row or {
            "stream": key[0],
            "point_id": event.data["point_id"],
            "relaying": None,
            "facts": [],
        }
        return _with_fact(begun, fact(begun, event))

    return fold


def _went_on(fact: Told, **values: Callable[[ReadEvent], Any]) -> Fold:
    def fold(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
        if row is None:
            return None
        told = _with_fact(row, fact(row, event))
        return {**told, **{name: its(event) for name, its in values.items()}}

    return fold


def _with_fact(row: Row, fact: Row | None) -> Row:
    return row if fact is None else {**row, "facts": [*row["facts"], fact]}


def _fact(event: ReadEvent, kind: DutyKind, day: str | None = None, **more: Any) -> Row:
    """day: of what happened, without one the business day of the event"""
    happened_on = day or business_date(event.occurred_at).isoformat()
    return {"version": event.version, "kind": str(kind), "happened_on": happened_on, **more}


def _of(kind: DutyKind, day: str | None = None) -> Told:
    """day: the event's field that has it"""
    return lambda _, event: _fact(event, kind, None if day is None else event.data[day])


def _nothing(_: Row, __: ReadEvent) -> None:
    return None


def _reported(_: Row, event: ReadEvent) -> Row | None:
    """A case of retaliation is opened beside its clue, and nobody reports it."""
    return None if event.data["of_clue"] is not None else _fact(event, _K.CLUE_REPORTED)


def _found(_: Row, event: ReadEvent) -> Row:
    finding = event.data["finding"]
    if finding == "unsubstantiated":
        return _fact(event, _K.CLUE_UNSUBSTANTIATED)
    return _fact(event, _K.CLUE_SUBSTANTIATED, outcome=finding)


def _found_with_another(row: Row, event: ReadEvent) -> Row | None:
    """A clue that was joined has the finding of the case that it was handled with."""
    return None if event.data["main_clue_id"] is None else _found(row, event)


def _answered(_: Row, event: ReadEvent) -> Row | None:
    kinds = {"adopted": _K.OPINION_ADOPTED, "explained": _K.OPINION_EXPLAINED}
    kind = kinds.get(event.data["resolution"])
    return None if kind is None else _fact(event, kind, event.data["answered_on"])


def _relayed(row: Row, event: ReadEvent) -> Row:
    """In time by the day on which it was told. A provisional day may yet move: nobody is late."""
    day, span = event.data["relayed_on"], row["relaying"]
    in_time = None if span is None else span["provisional"] or day <= span["due_on"]
    return _fact(event, _K.FEEDBACK_RELAYED, day, in_time=in_time)


def _opened(event: ReadEvent) -> Any:
    relaying = event.data["relaying"]
    return None if relaying is None else relaying["span"]


def _moved(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    if row is None or event.data["name"] != _RELAY:
        return row
    return {**row, "relaying": event.data["watch"]["span"]}


def _resumed(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    if row is None:
        return None
    spans = [its["watch"]["span"] for its in event.data["resumed"] if its["name"] == _RELAY]
    return {**row, "relaying": spans[-1]} if spans else row


def _taken_as_clue(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    """It counts once: as the clue that it goes on as."""
    return None if row is None else {**row, "facts": []}


def _handed_in(_: Row, event: ReadEvent) -> Row | None:
    if event.data["number"] > 1:
        return None
    return _fact(
        event, _K.QUARTERLY_REPORT, event.data["handed_in_on"], in_time=event.data["in_time"]
    )


def _each(*fields: str) -> Callable[[ReadEvent], list[Key]]:
    def keys(event: ReadEvent) -> list[Key]:
        points = [point for field in fields for point in event.data[field]]
        return [(event.stream, event.version, point) for point in points]

    return keys


def _of_its_point(event: ReadEvent) -> list[Key]:
    return [(event.stream, event.version, event.data["point_id"])]


def _one(kind: DutyKind, day: str) -> Fold:
    def fold(_: Row | None, event: ReadEvent, key: Key) -> Row:
        return {
            **dict(zip(_EACH_KEY, key, strict=True)),
            "kind": str(kind),
            "happened_on": event.data[day],
        }

    return fold


def _clue_rule(event: str, fold: Fold) -> Rule:
    return Rule(event, "of_clues", _own_stream, fold)


DUTIES = Model(
    name="duties",
    tables=[_CLUES, _OWN, _REGISTRY, _GATHERINGS],
    rules=[
        _clue_rule("ClueFiled", _begun(_reported)),
        _clue_rule("ClueVerified", _went_on(_found)),
        _clue_rule("ClueClosed", _went_on(_found_with_another)),
        _clue_rule("FeedbackGiven", _went_on(_nothing, relaying=_opened)),
        _clue_rule("FeedbackRelayed", _went_on(_relayed)),
        _clue_rule("OpinionFiled", _begun(_of(_K.OPINION_PASSED_ON))),
        _clue_rule("OpinionAnswered", _went_on(_answered, relaying=_opened)),
        _clue_rule("OpinionTakenAsClue", _taken_as_clue),
        _clue_rule("AnswerRelayed", _went_on(_relayed)),
        _clue_rule("LimitMoved", _moved),
        _clue_rule("LimitsResumed", _resumed),
        _clue_rule("BoxPlaced", _begun(_nothing)),
        _clue_rule("BoxEmptied", _went_on(_of(_K.BOX_EMPTIED, "emptied_on"))),
        _clue_rule("SymposiumScheduled", _begun(_nothing)),
        _clue_rule("SymposiumHeld", _went_on(_of(_K.SYMPOSIUM_HELD, "held_on"))),
        Rule("PointSuspended", "of_registry", _of_its_point, _one(_K.SUSPENDED, "suspended_on")),
        Rule(
            "PublicityConfirmed",
            "of_points",
            _own_stream,
            _begun(_of(_K.PUBLICITY_CONFIRMED, "held_on")),
        ),
        Rule("QuarterlyReportHandedIn", "of_points", _own_stream, _begun(_handed_in)),
        Rule(
            "TrainingAttendanceRecorded",
            "of_gatherings",
            _each("attended"),
            _one(_K.TRAINING_ATTENDED, "held_on"),
        ),
        Rule(
            "TrainingAttendanceRecorded",
            "of_gatherings",
            _each("absent"),
            _one(_K.TRAINING_MISSED, "held_on"),
        ),
    ],
    vocabularies={"clues": CLUES_EVENTS, "registry": REGISTRY_EVENTS, SOURCE: EVENTS},
)
