"""Review groups: who is tied to an applicant, who may take part, and how votes are counted."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.domain import application, review_group
from services.registry.domain.application import Application, ApplicationStatus
from services.registry.domain.examination import Examination
from services.registry.domain.recusal import Interests, Panel, Unit, closest_tie, tie
from services.registry.domain.review import HARD_STOPS
from services.registry.domain.review_group import ReviewGroup
from services.registry.domain.voting import counted
from shared.contracts.errors import Invalid, Refused
from shared.contracts.registry import events
from shared.contracts.registry.vocabulary import (
    Check,
    Finding,
    FlagResolution,
    IndustryGroup,
    RecusalGround,
)
from tests.services.registry import examples as example
from tests.services.registry.telling import Story, context

UNIT = Unit(
    name="晨光机械有限公司",
    credit_code=example.CREDIT_CODE,
    recommender="市工商业联合会",
    industry_group=IndustryGroup.MANUFACTURING,
    division="430211",
)


def under_review(*then: object) -> Story:
    story = Story(application, Application())
    for command in (example.SUBMITTED, example.PASS, *then):
        story.when(command)
    return story


@pytest.mark.parametrize(
    ("interests", "ground"),
    [
        (Interests(), None),
        (Interests(employer_code=example.CREDIT_CODE), RecusalGround.SAME_UNIT),
        (Interests(employer_name="晨光 机械有限公司"), RecusalGround.SAME_UNIT),
        (Interests(employer_name="市工商业联合会"), RecusalGround.RECOMMENDER),
        (Interests(bodies=("市总工会", "市工商业联合会")), RecusalGround.RECOMMENDER),
        (
            Interests(industry_group=IndustryGroup.MANUFACTURING, district="430211"),
            RecusalGround.COMPETITOR,
        ),
        (Interests(industry_group=IndustryGroup.MANUFACTURING, district="430202"), None),
        (Interests(industry_group=IndustryGroup.RETAIL, district="430211"), None),
        (Interests(employer_name="另一家有限公司", bodies=("市总工会",)), None),
    ],
)
def test_ties_are_found_by_rule(interests: Interests, ground: RecusalGround | None) -> None:
    assert tie(interests, UNIT) is ground


def test_a_self_nominated_unit_is_tied_to_nobody_by_a_recommender_it_does_not_have() -> None:
    assert tie(Interests(), replace(UNIT, recommender=None)) is None


def test_the_chair_is_one_of_the_members() -> None:
    with pytest.raises(Invalid) as invalid:
        Story(review_group, ReviewGroup()).when(replace(example.APPOINT_GROUP, chair="somebody"))
    assert invalid.value.problems[0].path == "chair"


def test_members_declare_their_own_interests_and_nobody_elses() -> None:
    story = Story(review_group, ReviewGroup())
    story.when(example.APPOINT_GROUP)
    story.refuses(replace(example.DECLARE_INTERESTS, member_id="reviewer-2"), "not_a_member")
    story.when(example.DECLARE_INTERESTS)
    again = replace(example.DECLARE_INTERESTS, bodies=("市消费者协会",))
    story.when(again)
    said = story.state.interests["officer-1"]
    assert [its.bodies for its in said] == [example.DECLARE_INTERESTS.bodies, again.bodies]


def test_a_tie_once_told_stays_whatever_is_told_later() -> None:
    told = [Interests(employer_name=UNIT.name), Interests()]
    assert closest_tie(told, UNIT) is RecusalGround.SAME_UNIT
    assert closest_tie([*told, Interests()], UNIT) is RecusalGround.SAME_UNIT
    assert closest_tie(told[1:], replace(UNIT, recommender=None)) is None


def test_an_outsider_and_a_tied_member_are_refused() -> None:
    panel = Panel(frozenset({"a", "b"}), {"b": RecusalGround.SAME_UNIT})
    panel.refuse("a")
    for member, reason in (("b", "recused"), ("c", "not_a_member")):
        with pytest.raises(Refused) as refusal:
            panel.refuse(member)
        assert refusal.value.reason == reason


@pytest.mark.parametrize(
    "command",
    [
        example.CHECK,
        example.VOTE,
        example.VISIT,
        example.TALK,
        example.POLITICAL,
        example.ASK_OPINION,
        example.CONCLUDE_BY_VOTE,
        example.DECLARE_RECUSAL,
    ],
    ids=lambda its: type(its).__name__,
)
def test_whoever_stays_out_does_nothing_more_in_the_review(command: object) -> None:
    under_review(example.DECLARE_RECUSAL).refuses(command, "recused")


@pytest.mark.parametrize(
    "command", [example.PASS, example.FAIL, example.REQUEST_SUPPLEMENT], ids=repr
)
def test_whoever_stays_out_does_no_formal_check_either(command: object) -> None:
    story = Story(application, Application())
    for its in (example.SUBMITTED, example.DECLARE_RECUSAL):
        story.when(its)
    story.refuses(command, "recused")


def test_a_member_that_has_declared_nothing_is_silent() -> None:
    panel = Panel(frozenset({"a", "b"}), declared=frozenset({"a"}))
    panel.refuse_silent("a")
    with pytest.raises(Refused) as refusal:
        panel.refuse_silent("b")
    assert refusal.value.reason == "interests_not_declared"


def test_ties_found_by_rule_go_on_record_and_keep_the_member_out() -> None:
    tied = Panel(frozenset({"officer-1"}), {"officer-1": RecusalGround.COMPETITOR})
    story = under_review()
    (event,) = story.when(replace(example.EXAMINE, panel=tied))
    assert event.recused == (
        events.Recused(member_id="officer-1", ground=RecusalGround.COMPETITOR),
    )
    story.refuses(example.VOTE, "recused")


def test_every_member_votes_once() -> None:
    story = under_review(*example.ALL_CHECKS, example.VOTE)
    story.refuses(example.VOTE, "voted_already")


@given(st.sets(st.sampled_from(example.ALL_CHECKS)))
def test_nobody_votes_before_every_check_has_its_finding(made: set[Any]) -> None:
    story = under_review(*made)
    if len(made) < len(example.ALL_CHECKS):
        story.refuses(example.VOTE, "checks_missing")
    else:
        assert story.when(example.VOTE)


@given(
    made=st.sets(st.sampled_from(example.ALL_CHECKS), max_size=len(example.ALL_CHECKS) - 1),
    stop=st.sampled_from(sorted(HARD_STOPS)),
)
def test_a_hard_stop_is_voted_on_and_ends_the_review_at_once(made: set[Any], stop: Check) -> None:
    """Whatever else has been checked; for the unit nothing can be concluded then."""
    story = under_review(*made)
    story.when(example.found(stop, Finding.FAILED))
    assert story.when(example.VOTE)
    alone = Panel(frozenset({context().actor_id}))
    uncounted = replace(example.REJECT, votes_for=None, votes_against=None)
    with pytest.raises(Refused):
        application.decide(story.state, replace(example.CONCLUDE_BY_VOTE, panel=alone), context())
    story.when(replace(example.CONCLUDE_BY_VOTE, panel=alone, command=uncounted))
    assert story.state.status is ApplicationStatus.REJECTED


VOTES = st.dictionaries(st.sampled_from("abcdefg"), st.booleans())


@given(VOTES, st.sets(st.sampled_from("abcde")), st.sets(st.sampled_from("abcde")))
def test_only_members_who_take_part_are_counted(
    votes: dict[str, bool], recused: set[str], tied: set[str]
) -> None:
    panel = Panel(frozenset("abcde"), dict.fromkeys(tied, RecusalGround.SAME_UNIT))
    examination = Examination(
        votes=votes, recused=dict.fromkeys(recused, RecusalGround.SELF_DECLARED)
    )
    count = counted(examination, panel)
    out = recused | tied
    assert count.eligible == 5 - len(out)
    assert count.votes_for == sum(votes.get(its, False) for its in set("abcde") - out)
    assert count.votes_for + count.votes_against <= count.eligible


def _voted(**votes: bool) -> tuple[Story, Panel]:
    story = under_review(*example.ALL_CHECKS)
    for member, in_favour in votes.items():
        story.happens(
            events.VoteCast(
                application_id=example.APPLICATION, member_id=member, in_favour=in_favour
            )
        )
    return story, Panel(frozenset("abcde"))


def test_the_group_concludes_by_the_votes_that_were_cast() -> None:
    story, panel = _voted(a=True, b=True, c=True, d=False)
    concluded = replace(example.CONCLUDE_BY_VOTE, panel=panel)
    (event,) = story.when(concluded)
    assert (event.votes_for, event.votes_against) == (3, 1)
    assert story.state.status is ApplicationStatus.QUALIFIED


@pytest.mark.parametrize(
    ("votes", "reason"),
    [
        ({"a": True, "b": True}, "no_quorum"),
        ({"a": True, "b": True, "c": False}, "majority_missing"),
        ({}, "no_quorum"),
    ],
)
def test_too_few_votes_conclude_nothing(votes: dict[str, bool], reason: str) -> None:
    story, panel = _voted(**votes)
    story.refuses(replace(example.CONCLUDE_BY_VOTE, panel=panel), reason)


def test_numbers_that_are_told_must_be_those_of_the_votes() -> None:
    story, panel = _voted(a=True, b=True, c=True)
    told = replace(example.CONCLUDE, votes_for=5, votes_against=0)
    story.refuses(replace(example.CONCLUDE_BY_VOTE, panel=panel, command=told), "votes_differ")


def test_without_a_group_the_meetings_numbers_must_be_told() -> None:
    with pytest.raises(Invalid) as invalid:
        under_review(*example.ALL_CHECKS).when(replace(example.CONCLUDE, votes_for=None))
    assert invalid.value.problems[0].path == "votes_for"


def test_ties_nobody_had_looked_for_go_on_record_with_the_conclusion() -> None:
    story, panel = _voted(a=True, b=True, c=True)
    tied = replace(panel, ties={"e": RecusalGround.COMPETITOR})
    examined, concluded = story.when(replace(example.CONCLUDE_BY_VOTE, panel=tied))
    assert [its.member_id for its in examined.recused] == ["e"]
    assert concluded.votes_for == 3


def test_a_flag_is_decided_once_and_anew_after_the_check_was_made_again() -> None:
    story = under_review(*example.FLAGGED)
    story.when(example.RESOLVE)
    story.refuses(example.RESOLVE, "not_flagged")
    again = replace(example.CHECK, check=Check.VIOLATIONS_AND_PENALTIES, finding=Finding.FLAGGED)
    story.when(again)
    story.when(replace(example.RESOLVE, resolution=FlagResolution.UPHELD))
    story.refuses(example.CONCLUDE, "flag_upheld")


@given(
    finding=st.sampled_from(Finding),
    resolution=st.sampled_from(FlagResolution),
    votes=st.lists(st.booleans(), min_size=3, max_size=5),
)
def test_what_was_checked_decided_and_voted_on_can_be_concluded_in_one_way(
    finding: Finding, resolution: FlagResolution, votes: list[bool]
) -> None:
    """An upheld flag stops the unit whatever the votes are, as a failed check does."""
    story, panel = _voted(**dict(zip("abcde", votes, strict=False)))
    check = Check.VIOLATIONS_AND_PENALTIES
    story.when(example.found(check, finding))
    if finding is Finding.FLAGGED:
        story.when(replace(example.RESOLVE, resolution=resolution))
    uncounted = replace(example.REJECT, votes_for=None, votes_against=None)
    ways = [example.CONCLUDE_BY_VOTE, replace(example.CONCLUDE_BY_VOTE, command=uncounted)]
    possible = 0
    for way in ways:
        with suppress(Refused):
            application.decide(story.state, replace(way, panel=panel), context())
            possible += 1
    assert possible == 1


def test_a_record_of_political_direction_is_the_check_too() -> None:
    story = under_review()
    _, checked = story.when(replace(example.POLITICAL, finding=Finding.FAILED))
    assert (checked.check, checked.finding, checked.reviewer_id) == (
        Check.POLITICAL_DIRECTION,
        Finding.FAILED,
        "officer-1",
    )


@pytest.mark.parametrize(
    ("findings", "worst"),
    [
        ((Finding.PASSED, Finding.PASSED, Finding.PASSED), Finding.PASSED),
        ((Finding.PASSED, Finding.FLAGGED, Finding.PASSED), Finding.FLAGGED),
        ((Finding.FLAGGED, Finding.PASSED, Finding.FAILED), Finding.FAILED),
    ],
)
def test_the_worst_of_three_findings_is_that_of_governance(
    findings: tuple[Finding, Finding, Finding], worst: Finding
) -> None:
    story = Story(application, Application())
    for command in (example.SUBMITTED_VILLAGE, example.PASS):
        story.when(command)
    given_ = dict(zip(("self_discipline", "mediation", "oversight"), findings, strict=True))
    _, checked = story.when(replace(example.GOVERNANCE, **given_))
    assert checked.finding is worst


def test_a_trader_is_not_asked_how_it_governs_itself() -> None:
    under_review().refuses(example.GOVERNANCE, "check_not_asked")


def test_visits_are_recorded_once_and_not_before_they_were_made() -> None:
    story = under_review(example.VISIT)
    story.refuses(example.VISIT, "already_exists")
    with pytest.raises(Invalid):
        story.when(replace(example.TALK, held_on=example.DAY.replace(day=3)))


def test_nothing_is_looked_at_before_the_unit_applied() -> None:
    """A record of an earlier day is about something else, or its day is a slip of the pen."""
    before = example.DAY - dt.timedelta(days=1)
    for command, field in (
        (replace(example.VISIT, held_on=before), "held_on"),
        (replace(example.TALK, held_on=before), "held_on"),
        (replace(example.POLITICAL, interviewed_on=before), "interviewed_on"),
    ):
        with pytest.raises(Invalid) as invalid:
            under_review().when(command)
        (problem,) = invalid.value.problems
        assert (problem.path, problem.code) == (field, "too_early")
