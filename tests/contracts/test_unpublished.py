"""What others are not told of: which events of clues, and what stands in their place."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from shared.contracts.clues.events import EVENTS
from shared.contracts.clues.vocabulary import ClueKind
from shared.contracts.fields import Identifier, Text
from shared.contracts.message import (
    Classification,
    MessageType,
    Precision,
    Vocabulary,
    define,
    internal,
    public,
)
from shared.contracts.publication import __main__ as publication
from shared.contracts.stored import RecordedEvent, Trace, leaf, store
from shared.contracts.unpublished import UNPUBLISHED, is_published, unpublished_form
from tests.contracts.values import EVENT_TYPES, instances, named

ABOUT_CASES = {"clue_id", "opinion_id", "proposal_id"}
TOLD_OF_CASES = {
    "ClueFiled": {"clue_id", "kinds", "division"},
    "ClueAccepted": {"clue_id"},
    "ClueDeclined": {"clue_id", "ground"},
    "ClueReferred": {"clue_id"},
    "ReferralRefused": {"clue_id"},
    "ReferralAnswered": {"clue_id"},
    "AnswerReturned": {"clue_id"},
    "ReferralWithdrawn": {"clue_id"},
    "VerificationStarted": {"clue_id"},
    "VerificationPaused": {"clue_id"},
    "VerificationResumed": {"clue_id"},
    "ClueVerified": {"clue_id", "finding"},
    "OutcomeRecorded": {"clue_id", "kind"},
    "ClueJoined": {"clue_id"},
    "ClueClosed": {"clue_id", "finding", "outcomes"},
    "FeedbackGiven": {"clue_id"},
    "ClueReopened": {"clue_id", "round"},
    "OpinionFiled": {"opinion_id", "topics", "division"},
    "OpinionAnswered": {"opinion_id", "resolution"},
    "ProposalCompleted": {"proposal_id", "result"},
    "ProposalDropped": {"proposal_id"},
}
"""The stages and outcomes of cases, with all that is public in each (rules.md section 2)."""
ABOUT_NO_CASE = {
    *("BoxPlaced", "BoxRemoved", "BaselineRecorded"),
    *("PointNoted", "WorkingDaysNoted", "SettingsChanged"),
}
"""What anybody may know, and what is published elsewhere too."""
NOON = dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)
WORDS = Vocabulary("invented", "event")


@define(WORDS, unpublished_with="of_case")
class CaseBegun:
    case_id: str = public(Identifier())
    of_case: str | None = internal(Identifier(allow_none=True))


def recorded(event: Any, message_type: MessageType, position: int = 41) -> RecordedEvent:
    stored = store(
        event,
        message_type,
        log="clues",
        stream="case-7",
        version=3,
        occurred_at=NOON,
        trace=Trace("officer", "officer-Q7Zk", "a command", "a chain", None),
        seal=lambda subject, context, plaintext: b"sealed " + plaintext,
    )
    return RecordedEvent(position, NOON, stored)


def test_of_clues_others_are_told_the_stages_and_outcomes_of_cases_and_nothing_else() -> None:
    """A new event is kept from others, or somebody writes down here what it tells."""
    published = {its.name: set(its.of_class(Classification.PUBLIC)) for its in EVENTS
                 if not its.unpublished}  # fmt: skip

    assert set(published) == set(TOLD_OF_CASES) | ABOUT_NO_CASE
    assert {name: published[name] for name in TOLD_OF_CASES} == TOLD_OF_CASES


def test_what_is_told_of_cases_is_told_by_the_day() -> None:
    assert {its.precision for its in EVENTS if its.name in TOLD_OF_CASES} == {Precision.DAY}


@settings(max_examples=20)
@given(
    of_clue=st.none() | st.uuids(version=4).map(str),
    main_clue_id=st.none() | st.uuids(version=4).map(str),
    data=st.data(),
)
def test_a_case_that_begins_or_ends_beside_another_is_not_published_with_it(
    of_clue: str | None, main_clue_id: str | None, data: st.DataObject
) -> None:
    for name, field, its in (
        ("ClueFiled", "of_clue", of_clue),
        ("ClueClosed", "main_clue_id", main_clue_id),
    ):
        message_type = EVENTS.find(name)
        event = data.draw(instances(message_type, **{field: st.just(its)}))
        told = is_published(recorded(event, message_type).event, EVENTS)
        assert told == (its is None)


@pytest.mark.parametrize("message_type", [its for its in EVENT_TYPES if its.unpublished], ids=named)
@settings(max_examples=4)
@given(data=st.data())
def test_in_the_place_of_an_event_stand_its_position_and_leaf_alone(
    message_type: MessageType, data: st.DataObject
) -> None:
    event = recorded(data.draw(instances(message_type)), message_type)
    form = unpublished_form(event)

    assert not is_published(event.event, EVENTS)
    assert form["data"] == {"leaf": leaf(event.event).hex()}
    assert form["sequence"] == "41"
    rest = json.dumps({name: its for name, its in form.items() if name != "data"})
    for secret in (message_type.name, event.event.stream, "2026", "officer", "a command"):
        assert secret not in rest
    assert not re.search("|".join(ClueKind), rest)
    other = unpublished_form(recorded(data.draw(instances(message_type)), message_type, 42))
    differing = {name for name in form if form[name] != other[name]}
    assert differing == {"id", "sequence", "data"}


def test_the_form_of_an_unpublished_event_is_of_its_published_schema() -> None:
    path = publication.DOCS / "schemas" / "clues" / f"{UNPUBLISHED}.1.cloudevent.json"
    schema = Draft202012Validator(json.loads(path.read_text("utf-8")))
    event = CaseBegun(case_id="0e5f6e4c-5ad1-4b7b-9a51-0d5b0f0a3c11", of_case=None)
    form = unpublished_form(recorded(event, WORDS.type_of(event)))

    schema.validate(form)
    for wrong in (
        {**form, "subject": "clue-1"},
        {**form, "time": "2026-12-02T01:00:00.000000Z"},
        {**form, "data": {**form["data"], "type": "BoxEmptied"}},
        {**form, "data": {}},
        *({name: its for name, its in form.items() if name != left} for left in form),
    ):
        assert not schema.is_valid(wrong), wrong


def test_an_event_of_a_type_that_is_not_known_is_not_published() -> None:
    event = CaseBegun(case_id="0e5f6e4c-5ad1-4b7b-9a51-0d5b0f0a3c11", of_case=None)
    stored = recorded(event, WORDS.type_of(event)).event

    assert is_published(stored, WORDS)
    assert not is_published(stored, Vocabulary("clues", "event"))


@pytest.mark.parametrize("named_field", ["missing", "case_id"])
def test_what_keeps_an_event_unpublished_is_an_internal_field_of_it(named_field: str) -> None:
    with pytest.raises(TypeError, match="Told is kept unpublished by no internal field"):

        @define(WORDS, unpublished_with=named_field)
        class Told:
            case_id: str = public(Identifier())
            note: str = internal(Text())
