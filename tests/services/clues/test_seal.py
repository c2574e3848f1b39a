"""The seal on a confidential reporter: who may ask, who must agree, who reads, and until when."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.clues.domain import reading, seal
from services.clues.domain.settings import FIGURES, Settings
from shared.contracts.clues import events
from shared.contracts.clues.vocabulary import OpeningState, Reporting
from shared.contracts.errors import Refused
from tests.services.clues import examples as example
from tests.services.clues.telling import NOON, OFFICER, Story, context

ONE, TWO, THREE = "leader-1", "leader-2", "leader-3"
A_SECOND = dt.timedelta(seconds=1)


def asked(**instead: Any) -> Story:
    """A request that waits."""
    story = Story(seal, seal.Seal())
    story.when(about(example.REQUEST, **instead))
    return story


def about(command: Any, *, leads: bool | None = None, **clue: Any) -> Any:
    """The command about a clue that is otherwise than the example's."""
    case = command.case
    its = dataclasses.replace(case.clue, **clue)
    leads = case.leads if leads is None else leads
    return dataclasses.replace(command, case=seal.Case(its, leads))


def granted() -> Story:
    story = asked()
    story.when(example.APPROVE, actor=ONE)
    story.when(example.APPROVE, actor=TWO)
    return story


def decided_at(story: Story, command: Any, now: dt.datetime, actor: str = OFFICER) -> list[Any]:
    return seal.decide(story.state, command, context(now, actor))


def test_two_different_leaders_open_it_to_whoever_asked_for_a_day() -> None:
    story = asked()
    (approved,) = story.when(example.APPROVE, actor=ONE)
    assert approved.approved_by == ONE
    _, opened = story.when(example.APPROVE, actor=TWO)
    assert opened.approvers == (ONE, TWO)
    assert opened.until == NOON + dt.timedelta(hours=24)
    (read,) = story.when(example.READ)
    assert (read.read_by, read.purpose) == (OFFICER, example.READ_IDENTITY.purpose)
    assert story.state.openings[example.OPENING].state(NOON) is OpeningState.OPENED


def test_how_long_is_a_setting_of_the_day() -> None:
    story = asked()
    story.when(example.APPROVE, actor=ONE)
    _, opened = story.when(example.APPROVE, actor=TWO, opening_hours=2)
    assert opened.until == NOON + dt.timedelta(hours=2)
    assert FIGURES["opening_hours"].default == Settings().opening_hours == 24


def test_it_is_asked_only_about_who_wanted_to_be_kept_secret() -> None:
    story = Story(seal, seal.Seal())
    named = about(example.REQUEST, reporting=Reporting.NAMED)
    anonymous = about(example.REQUEST, reporting=Reporting.ANONYMOUS)
    story.refuses(named, "reporter_named")
    story.refuses(anonymous, "reporter_anonymous")


def test_it_is_asked_by_who_handles_the_case_or_leads_there() -> None:
    story = Story(seal, seal.Seal())
    story.refuses(example.REQUEST, "not_handler", actor="officer-9")
    assert story.when(about(example.REQUEST, leads=True), actor=ONE)


def test_one_request_at_a_time_and_each_once() -> None:
    story = asked()
    story.refuses(example.REQUEST_AGAIN, "opening_pending")
    story.refuses(example.REQUEST, "already_exists")
    story.when(example.REFUSE_REQUEST, actor=ONE)
    story.refuses(example.REQUEST, "already_exists")
    assert story.when(example.REQUEST_AGAIN)


def test_nobody_agrees_to_what_they_asked_for_in_whatever_role() -> None:
    """A person with two roles has one account, by which they count."""
    story = asked()
    story.refuses(example.APPROVE, "own_request", actor=OFFICER)
    of_leader = Story(seal, seal.Seal())
    of_leader.when(about(example.REQUEST, leads=True), actor=ONE)
    of_leader.refuses(example.APPROVE, "own_request", actor=ONE)


def test_the_same_leader_twice_is_one() -> None:
    story = asked()
    story.when(example.APPROVE, actor=ONE)
    story.refuses(example.APPROVE, "approved_already", actor=ONE)
    story.refuses(example.READ, "opening_not_granted")


def test_who_stays_out_neither_asks_nor_agrees_nor_refuses_nor_reads() -> None:
    out = {"recused": frozenset({ONE, OFFICER})}
    story = asked()
    for command, actor in (
        (example.REQUEST, OFFICER), (example.APPROVE, ONE), (example.REFUSE_REQUEST, ONE),
        (example.READ, OFFICER),
    ):  # fmt: skip
        story.refuses(about(command, **out), "case_recused", actor=actor)


def test_the_approval_of_who_stays_out_by_now_counts_no_more() -> None:
    story = asked()
    story.when(example.APPROVE, actor=ONE)
    without = about(example.APPROVE, recused=frozenset({ONE}))
    assert [type(its) for its in story.when(without, actor=TWO)] == [events.OpeningApproved]
    _, opened = story.when(without, actor=THREE)
    assert opened.approvers == (TWO, THREE)


def test_what_somebody_asked_for_who_stays_out_by_now_is_not_agreed_to() -> None:
    story = asked()
    without = about(example.APPROVE, recused=frozenset({OFFICER}))
    story.refuses(without, "requester_recused", actor=ONE)
    story.when(about(example.REFUSE_REQUEST, recused=frozenset({OFFICER})), actor=ONE)


def test_what_is_decided_is_not_decided_again() -> None:
    for story in (granted(), asked()):
        if story.state.status is seal.SealStatus.PENDING:
            story.when(example.REFUSE_REQUEST, actor=ONE)
        story.refuses(example.APPROVE, "opening_decided", actor=THREE)
        story.refuses(example.REFUSE_REQUEST, "opening_decided", actor=THREE)


def test_what_nobody_asked_for_is_unknown() -> None:
    story = granted()
    other = dataclasses.replace(example.APPROVE_OPENING, opening_id=example.SECOND_OPENING)
    story.refuses(dataclasses.replace(example.APPROVE, command=other), "opening_unknown", actor=ONE)


def test_a_refused_request_shows_nothing() -> None:
    story = asked()
    story.when(example.REFUSE_REQUEST, actor=ONE)
    story.refuses(example.READ, "opening_not_granted")


def test_only_whoever_asked_reads_it_not_those_who_agreed() -> None:
    story = granted()
    for actor in (ONE, TWO, "officer-9"):
        story.refuses(about(example.READ, leads=True), "opening_not_yours", actor=actor)


def test_who_handles_the_case_no_more_reads_it_no_more() -> None:
    granted().refuses(about(example.READ, handlers=("officer-9",)), "not_handler")


def test_it_ends_to_the_second() -> None:
    story = granted()
    end = NOON + dt.timedelta(hours=24)
    assert decided_at(story, example.READ, end - A_SECOND)
    with pytest.raises(Refused) as refusal:
        decided_at(story, example.READ, end)
    assert refusal.value.reason == "opening_expired"
    assert story.state.openings[example.OPENING].state(end) is OpeningState.EXPIRED


_PEOPLE = (OFFICER, "officer-2", ONE, TWO, THREE)
_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["ask", "approve", "refuse", "read"]),
        st.sampled_from(_PEOPLE),
        st.sampled_from([example.OPENING, example.SECOND_OPENING]),
        st.booleans(),
        st.frozensets(st.sampled_from(_PEOPLE), max_size=2),
        st.integers(0, 20),
    ),
    max_size=40,
)
_COMMANDS = {
    "ask": example.REQUEST,
    "approve": example.APPROVE,
    "refuse": example.REFUSE_REQUEST,
    "read": example.READ,
}


@given(_STEPS)
def test_no_way_leads_to_an_identity_but_two_others_agreeing(steps: list[Any]) -> None:
    """Whatever people do, in whatever order, with whoever staying out of the case by then."""
    state, now = seal.Seal(), NOON
    asked_by: dict[str, str] = {}
    agreed: dict[str, set[str]] = {}
    opened_at: dict[str, dt.datetime] = {}
    for kind, actor, opening_id, leads, recused, hours in steps:
        now += dt.timedelta(hours=hours)
        its = _COMMANDS[kind]
        given_ = dataclasses.replace(its.command, opening_id=opening_id)
        command = about(
            dataclasses.replace(its, command=given_),
            leads=leads,
            recused=recused,
            handlers=(OFFICER, "officer-2"),
        )
        try:
            decided = seal.decide(state, command, context(now, actor))
        except Refused:
            continue
        assert actor not in recused
        for event in decided:
            state = seal.evolve(state, event)
            match event:
                case events.OpeningRequested():
                    asked_by[opening_id] = actor
                case events.OpeningApproved():
                    agreed.setdefault(opening_id, set()).add(actor)
                case events.IdentityOpened():
                    opened_at[opening_id] = now
                    able = agreed[opening_id] - recused - {asked_by[opening_id]}
                    assert len(set(event.approvers) & able) == 2
                case events.IdentityRead():
                    assert actor == asked_by[opening_id]
                    assert now < opened_at[opening_id] + dt.timedelta(hours=24)


def test_a_reading_is_on_record_once_in_half_an_hour_for_each_reader() -> None:
    state = reading.Reading()
    (first,) = reading.decide(state, example.READ_CASE, context(NOON, OFFICER))
    state = reading.evolve(state, first)
    later = NOON + dt.timedelta(minutes=30)
    with pytest.raises(Refused) as refusal:
        reading.decide(state, example.READ_CASE, context(later - A_SECOND, OFFICER))
    assert refusal.value.reason == "nothing_changes"
    assert reading.decide(state, example.READ_CASE, context(NOON, "officer-2"))
    assert reading.decide(state, example.READ_CASE, context(later, OFFICER))


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_what_a_query_finds_unrecorded_its_command_records(before: int, after: int) -> None:
    """Else somebody would be told to record a reading and then that it is on record."""
    state = reading.Reading()
    (event,) = reading.decide(state, example.READ_CASE, context(NOON, OFFICER))
    state = reading.evolve(state, event)
    asked_at = NOON + dt.timedelta(seconds=before)
    sent_at = asked_at + dt.timedelta(seconds=after)
    if not state.is_recorded(OFFICER, asked_at):
        assert reading.decide(state, example.READ_CASE, context(sent_at, OFFICER))
