"""A request for erasure: two leaders who did not ask for it, or nothing is gone."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.contracts.erasure import events
from shared.contracts.erasure.vocabulary import ErasureStatus
from shared.contracts.errors import Invalid, Refused
from shared.contracts.reasons import Reason
from shared.erasure import domain
from shared.erasure.domain import Erasure
from tests.services.erasure import examples as example

DAY = dt.date(2026, 3, 2)
FIRST, SECOND, THIRD = "leader-1", "leader-2", "leader-3"
OFFICER = "officer-1"
APPROVE = domain.Approve(example.SUBJECTS)
LOCK = domain.Lock(example.LOCK, example.SUBJECTS)
AFTER = example.UNTIL + dt.timedelta(days=1)


@dataclass(frozen=True)
class Moment:
    today: dt.date
    actor_id: str

    @property
    def now(self) -> dt.datetime:
        return dt.datetime.combine(self.today, dt.time(4), dt.UTC)


@dataclass
class Story:
    """One request's past, and what a command makes of it."""

    state: Erasure = field(default_factory=Erasure)

    def when(self, command: Any, by: str = OFFICER, day: dt.date = DAY) -> list[str]:
        decided = domain.decide(self.state, command, Moment(day, by))
        for event in decided:
            self.state = domain.evolve(self.state, event)
        return [type(event).__name__ for event in decided]

    def refuses(self, command: Any, reason: Reason, by: str, day: dt.date = DAY) -> None:
        with pytest.raises(Refused) as refusal:
            domain.decide(self.state, command, Moment(day, by))
        assert refusal.value.reason == reason


def requested(by: str | None = OFFICER) -> Story:
    story = Story()
    story.when(example.request(by))
    return story


def locked() -> Story:
    story = requested()
    story.when(LOCK, FIRST)
    return story


def test_the_second_leaders_word_erases() -> None:
    story = requested()
    assert story.when(APPROVE, FIRST) == ["ErasureApproved"]
    assert story.when(APPROVE, SECOND) == ["ErasureApproved", "SubjectErased"]
    assert story.state.status is ErasureStatus.ERASED


def test_who_asked_does_not_approve_and_nobody_approves_twice() -> None:
    story = requested(by=FIRST)
    story.refuses(APPROVE, Reason.APPROVER_INVOLVED, FIRST)
    story.when(APPROVE, SECOND)
    story.refuses(APPROVE, Reason.APPROVER_INVOLVED, SECOND)
    story.refuses(APPROVE, Reason.APPROVER_INVOLVED, FIRST)
    assert "SubjectErased" in story.when(APPROVE, THIRD)


def test_what_the_service_has_proposed_takes_two_leaders_as_well() -> None:
    story = requested(by=None)
    story.when(APPROVE, FIRST)
    story.refuses(APPROVE, Reason.APPROVER_INVOLVED, FIRST)
    assert "SubjectErased" in story.when(APPROVE, SECOND)


def test_a_refusal_ends_it() -> None:
    story = requested()
    story.when(APPROVE, FIRST)
    assert story.when(example.REFUSE, SECOND) == ["ErasureRefused"]
    story.refuses(APPROVE, Reason.WRONG_STATE, SECOND)


def test_what_is_locked_is_neither_erased_nor_opened_before_its_day_is_over() -> None:
    story = locked()
    story.refuses(APPROVE, Reason.LIMIT_RUNNING, SECOND)
    story.refuses(example.REFUSE, Reason.LIMIT_RUNNING, SECOND)
    story.refuses(example.END_LOCK, Reason.LIMIT_RUNNING, OFFICER, day=example.UNTIL)
    assert story.when(example.END_LOCK, day=AFTER) == ["LockEnded"]
    story.refuses(example.END_LOCK, Reason.NOTHING_CHANGES, OFFICER, day=AFTER)
    story.when(APPROVE, FIRST, AFTER)
    assert "SubjectErased" in story.when(APPROVE, SECOND, AFTER)


def test_a_word_given_before_it_was_locked_does_not_count_afterwards() -> None:
    story = requested()
    story.when(APPROVE, SECOND)
    story.when(LOCK, FIRST)
    story.when(example.END_LOCK, day=AFTER)
    assert story.when(APPROVE, THIRD, AFTER) == ["ErasureApproved"]


def test_two_leaders_open_what_is_locked_for_each_other_and_for_nobody_else() -> None:
    story = locked()
    assert story.when(example.ALLOW, FIRST) == ["ReadingAllowed"]
    story.refuses(example.ALLOW, Reason.APPROVER_INVOLVED, FIRST)
    opened = domain.decide(story.state, example.ALLOW, Moment(DAY, SECOND))
    assert opened[-1] == events.LockedDataOpened(
        erasure_id=example.ERASURE,
        subjects=example.SUBJECTS,
        readers=(FIRST, SECOND),
        hours=domain.READING_HOURS,
    )
    story.when(example.ALLOW, SECOND)
    assert story.when(example.ALLOW, FIRST) == ["ReadingAllowed"], "the next reading begins anew"


def test_a_lock_ends_in_the_future_and_is_not_the_askers_to_set() -> None:
    story = requested(by=FIRST)
    past = domain.Lock(replace(example.LOCK, locked_until=DAY), example.SUBJECTS)
    with pytest.raises(Invalid) as invalid:
        domain.decide(story.state, past, Moment(DAY, SECOND))
    assert [its.path for its in invalid.value.problems] == ["locked_until"]
    story.refuses(LOCK, Reason.APPROVER_INVOLVED, FIRST)


def test_a_refusal_after_the_lock_names_what_is_open_again() -> None:
    story = locked()
    story.when(example.END_LOCK, day=AFTER)
    [refused] = domain.decide(story.state, example.REFUSE, Moment(AFTER, SECOND))
    assert refused.subjects == example.SUBJECTS


@pytest.mark.parametrize("status", ErasureStatus)
def test_what_the_table_lacks_is_refused(status: ErasureStatus) -> None:
    state = dataclasses.replace(Erasure(), status=status)
    for command in example.DECIDED:
        if (status, type(command)) not in domain.TRANSITIONS:
            with pytest.raises(Refused) as refusal:
                domain.decide(state, command, Moment(DAY, FIRST))
            assert refusal.value.reason in (Reason.WRONG_STATE, Reason.ALREADY_EXISTS)


_STEPS = st.lists(
    st.tuples(
        st.sampled_from([APPROVE, example.REFUSE, LOCK, example.ALLOW, example.END_LOCK]),
        st.sampled_from([FIRST, SECOND, THIRD, OFFICER]),
        st.sampled_from([DAY, example.UNTIL, AFTER]),
    ),
    max_size=25,
)


@settings(deadline=None)
@given(st.sampled_from([None, OFFICER, FIRST]), _STEPS)
def test_nothing_is_erased_or_read_but_by_two_who_differ(
    asker: str | None, steps: list[tuple[Any, str, dt.date]]
) -> None:
    story, told = requested(asker), list[Any]()
    for command, by, day in steps:
        try:
            decided = domain.decide(story.state, command, Moment(day, by))
        except (Refused, Invalid):
            continue
        for event in decided:
            story.state = domain.evolve(story.state, event)
            told.append(event)
    for index, event in enumerate(told):
        before = told[:index]
        if isinstance(event, events.SubjectErased):
            words = _since_last(before, events.SubjectLocked, events.ErasureApproved)
            assert len({its.approved_by for its in words}) == len(words) == 2
            assert asker not in {its.approved_by for its in words}
            assert index == len(told) - 1, "nothing happens after it"
        if isinstance(event, events.LockedDataOpened):
            words = _since_last(before, events.LockedDataOpened, events.ReadingAllowed)
            assert [its.allowed_by for its in words] == list(event.readers)
            assert len(set(event.readers)) == 2


def _since_last(told: list[Any], last: type, wanted: type) -> list[Any]:
    found: list[Any] = []
    for event in told:
        if isinstance(event, last):
            found = []
        elif isinstance(event, wanted):
            found.append(event)
    return found
