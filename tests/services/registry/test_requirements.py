"""What a review must have on record before the group finds a unit qualified, by the settings."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.domain import application
from services.registry.domain.application import Application
from services.registry.domain.examination import AskedOpinion, Examination
from services.registry.domain.requirements import lacking
from services.registry.domain.settings import Change, Schedule, Settings
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry.vocabulary import (
    ApplicationStatus,
    Check,
    OpinionSource,
    ReviewStep,
)
from tests.services.registry import examples as example
from tests.services.registry.telling import NOON, Story, context, uid

USUAL = vars(Settings())
ASK_STREET = replace(example.ASK_OPINION, opinion_id=uid(36), source=OpinionSource.STREET)
ANSWER_STREET = replace(
    example.ANSWER, command=replace(example.ANSWER_OPINION, opinion_id=ASK_STREET.opinion_id)
)
RECORDS = {
    "visit": [example.VISIT],
    "street": [ASK_STREET, ANSWER_STREET],
    "body": [example.ASK_OPINION, example.ANSWER],
}


def voted(*records: Any) -> Story:
    """All checks made, these records, and the only member's vote."""
    story = Story(application, Application())
    commands = (example.SUBMITTED, example.PASS, *example.ALL_CHECKS, *records, example.VOTE)
    for command in commands:
        story.when(command, **USUAL)
    return story


def test_a_review_with_all_that_the_rules_ask_for_qualifies_a_unit() -> None:
    story = voted(*(command for commands in RECORDS.values() for command in commands))
    story.when(example.CONCLUDE_BY_VOTE, **USUAL)
    assert story.state.status is ApplicationStatus.QUALIFIED


@pytest.mark.parametrize("absent", RECORDS)
def test_nobody_qualifies_while_a_step_is_passed_over(absent: str) -> None:
    story = voted(*(its for name, given in RECORDS.items() if name != absent for its in given))
    story.refuses(example.CONCLUDE_BY_VOTE, "review_incomplete", **USUAL)


def test_a_talk_is_as_good_as_a_visit() -> None:
    story = voted(example.TALK, *RECORDS["street"], *RECORDS["body"])
    assert story.when(example.CONCLUDE_BY_VOTE, **USUAL)


def test_an_opinion_is_waited_for_until_its_limit_has_passed_and_no_longer() -> None:
    story = voted(example.VISIT, *RECORDS["street"], example.ASK_OPINION)
    story.refuses(example.CONCLUDE_BY_VOTE, "review_incomplete", **USUAL)
    story.when(example.OPINION_OVERDUE, example.AFTER_LIMITS, **USUAL)
    assert story.when(example.CONCLUDE_BY_VOTE, example.AFTER_LIMITS, **USUAL)


def test_an_opinion_that_was_taken_back_has_to_be_asked_for_again() -> None:
    story = voted(example.VISIT, *RECORDS["street"], example.ASK_OPINION)
    story.when(example.TAKE_BACK_OPINION, **USUAL)
    story.refuses(example.CONCLUDE_BY_VOTE, "review_incomplete", **USUAL)
    again = replace(example.ASK_OPINION, opinion_id=uid(37))
    story.when(again, **USUAL)
    answered = replace(example.ANSWER_OPINION, opinion_id=again.opinion_id)
    story.when(replace(example.ANSWER, command=answered), **USUAL)
    assert story.when(example.CONCLUDE_BY_VOTE, **USUAL)


def test_a_unit_that_failed_a_check_is_rejected_without_them() -> None:
    story = Story(application, Application())
    failed = replace(example.CHECK, check=Check.TAX_ARREARS, finding="failed")
    for command in (
        example.SUBMITTED,
        example.PASS,
        *example.ALL_CHECKS,
        failed,
        replace(example.VOTE, in_favour=False),
    ):
        story.when(command, **USUAL)
    rejecting = replace(
        example.CONCLUDE_BY_VOTE,
        command=replace(example.REJECT, votes_for=None, votes_against=None),
    )
    story.when(rejecting, **USUAL)
    assert story.state.status is ApplicationStatus.REJECTED


@pytest.mark.parametrize("command", [example.CONCLUDE, example.REJECT])
def test_without_a_group_nobody_concludes_where_the_rules_ask_for_one(command: Any) -> None:
    voted(*RECORDS["street"]).refuses(command, "no_review_group", **USUAL)


@pytest.mark.parametrize("check", [Check.POLITICAL_DIRECTION, Check.GOVERNANCE_ABILITY])
def test_a_bare_finding_is_no_record_of_the_interview_or_of_self_government(check: Check) -> None:
    story = Story(application, Application())
    unit = example.SUBMITTED_VILLAGE if check is Check.GOVERNANCE_ABILITY else example.SUBMITTED
    for command in (unit, example.PASS):
        story.when(command)
    story.refuses(replace(example.CHECK, check=check), "check_needs_record")


def test_a_case_goes_by_the_rules_of_the_day_on_which_it_was_filed() -> None:
    story = voted()
    day = example.DAY + dt.timedelta(days=3)
    none = {"visits_required": 0, "opinions_required": 0}
    later = context(NOON + dt.timedelta(days=5))
    relaxed = replace(later, schedule=Schedule(base=Settings(), changes=(Change(day, none),)))
    with pytest.raises(Refused) as refusal:
        application.decide(story.state, example.CONCLUDE_BY_VOTE, relaxed)
    assert refusal.value.reason == Reason.REVIEW_INCOMPLETE


@pytest.mark.parametrize("required", [0, 1])
def test_documents_are_asked_for_by_the_rules_of_the_day_on_which_it_was_filed(
    required: int,
) -> None:
    story = Story(application, Application())
    day = example.DAY + dt.timedelta(days=3)
    schedule = Schedule(
        base=Settings(documents_required=required),
        changes=(Change(day, {"documents_required": 1 - required}),),
    )
    story.when(example.SUBMITTED)
    later = replace(context(NOON + dt.timedelta(days=5)), schedule=schedule)
    if not required:
        assert application.decide(story.state, example.PASS, later)
        return
    with pytest.raises(Refused) as refusal:
        application.decide(story.state, example.PASS, later)
    assert refusal.value.reason == Reason.DOCUMENTS_MISSING


OPINIONS = st.builds(
    AskedOpinion,
    st.none(),
    st.sampled_from(OpinionSource),
    answered=st.booleans(),
    overdue=st.booleans(),
    taken_back=st.booleans(),
)


@given(
    opinions=st.dictionaries(st.uuids().map(str), OPINIONS, max_size=4),
    visits=st.frozensets(st.uuids().map(str), max_size=3),
    required=st.integers(0, 3),
)
def test_exactly_what_is_not_on_record_is_lacking(
    opinions: dict[str, AskedOpinion], visits: frozenset[str], required: int
) -> None:
    its = Examination(opinions=opinions, records=visits)
    told = lacking(its, Settings(visits_required=required))
    waited_for = [opinion for opinion in opinions.values() if not opinion.taken_back]
    sources = {opinion.source for opinion in waited_for}
    assert (ReviewStep.VISIT_OR_TALK in told) == (len(visits) < required)
    assert (ReviewStep.STREET_OPINION in told) == (OpinionSource.STREET not in sources)
    assert (ReviewStep.OPINION_ANSWER in told) == any(
        not (its.answered or its.overdue) for its in waited_for
    )
    assert not lacking(its, Settings(visits_required=0, opinions_required=0))
