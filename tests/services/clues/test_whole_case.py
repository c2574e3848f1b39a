"""A whole case under whatever is sent in whatever order, by whomever, as days go by."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from services.clues.domain import clue
from services.clues.domain.clue import Clue
from services.clues.domain.entries import Origin
from services.clues.domain.limits import has_passed
from services.clues.domain.steps import next_steps
from shared.contracts.clues import commands, events
from shared.contracts.clues.vocabulary import (
    AlarmStage,
    ClueFinding,
    ClueLimit,
    ClueStatus,
    FeedbackMeans,
    OutcomeKind,
    Satisfaction,
)
from shared.contracts.days import ONE_DAY
from shared.contracts.errors import Invalid, Refused
from tests.services.clues import examples as example
from tests.services.clues.bookkeeping import Columns, Days
from tests.services.clues.stories import (
    ACCEPTED,
    CLOSED,
    FILED,
    PAUSED,
    REFERRED,
    TOLD,
    VERIFIED,
    VERIFYING,
)
from tests.services.clues.telling import OFFICER, Story, context, noon_of, uid

_WAITING = [
    dataclasses.replace(example.PAUSE_LIMITS, limits=names)
    for names in ((ClueLimit.OVERALL,), (ClueLimit.ANSWER,), (ClueLimit.REFUND_PAYMENT,))
]
_SENT = [
    its
    for its in (
        *example.COMMANDS,
        *(example.ANSWER_BADLY, example.UNFOUNDED, example.GIVE_OPINION, example.GIVE_DECISION),
        *(example.PAY_REST, example.NOT_SOLVED, example.GIVE_NOTICE, *_WAITING),
        dataclasses.replace(example.CONSENT, given=False),
        dataclasses.replace(example.RECUSE, account_id=OFFICER),
        dataclasses.replace(example.REFER, names_unit=True),
        *(
            dataclasses.replace(example.COMPLY, outcome_id=its)
            for its in (example.OUTCOME, example.SECOND_OUTCOME)
        ),
    )
    if type(its) in {command for _, command in clue.TRANSITIONS}
]
_MONEY = [
    *(example.CLAIM_REFUND, example.VERIFY_REFUND, example.GIVE_NOTICE, example.ORDER_REFUND),
    *(example.PAY, example.PAY_REST, example.REVERSE, example.REDUCE_ORDER),
]
_END = [
    *(example.CLOSE, dataclasses.replace(example.CLOSE, unordered_reasons="企业自愿放弃")),
    *(example.GIVE_FEEDBACK, example.RELAY, example.NOT_SOLVED, example.REOPEN),
]
_OWED = [
    *(*VERIFIED, example.CLAIM_REFUND, example.VERIFY_REFUND, example.GIVE_NOTICE),
    example.ORDER_REFUND,
]
REACHED: list[list[Any]] = [
    *(FILED, REFERRED, VERIFYING, PAUSED, CLOSED, TOLD, _OWED),
    [*ACCEPTED, example.PAUSE_LIMITS],
    [*REFERRED, _WAITING[1]],
    *(_OWED[:-1], _OWED[:-2]),
    [*_OWED[:-1], *_END[1:5], example.START, example.CONCLUDE],
    [*_OWED, example.PAY, example.GIVE_OPINION, _WAITING[2]],
    [*_OWED, example.PAY, example.PAY_REST],
]
_ASIDE = (commands.RecuseOfficer, commands.DeclineClue, commands.JoinClue, commands.AssignClue)
"""What leaves little more to be done by the officer who goes on with the case."""
_ABOUT_WHAT_IS_THERE = (commands.RecordCompliance, commands.ReverseRefundPayment)
_FRESH = ("step_id", "payment_id", "outcome_id")
_TOLD = (events.ClueClosed, events.ClueDeclined, events.FeedbackGiven, events.FeedbackRelayed,
         events.SatisfactionRated, events.ReopeningDecided, events.ClueReopened)  # fmt: skip
"""What happens at the end of a round."""


class Case(RuleBasedStateMachine):
    """One clue. What happened is kept, so that the order of things can be looked at.

    days, columns: what follows from it for limits and refunds (bookkeeping.py)
    """

    def __init__(self) -> None:
        super().__init__()
        self.story = Story(clue, Clue())
        self.happened: list[tuple[str, dt.date, Any]] = []
        self.days, self.columns = Days(), Columns()
        self.number, self.through_point = 500, False

    @initialize(through_point=st.booleans(), reached=st.sampled_from(REACHED))
    def begin(self, through_point: bool, reached: list[Any]) -> None:
        """Somewhere on the way, so that its end is looked at as often as its beginning."""
        self.through_point = through_point
        origin = example.THROUGH_POINT if through_point else Origin(example.Way.FORM)
        self._send(dataclasses.replace(example.FILE, origin=origin), OFFICER)
        for command in reached[1:]:
            self._send(command, OFFICER)

    def _send(self, command: Any, actor: str) -> None:
        try:
            decided = self.story.when(command, actor=actor)
        except (Refused, Invalid):
            return
        for event in decided:
            if isinstance(event, (events.ClueReferred, events.VerificationStarted)):
                assert (ClueLimit.OVERALL, None) not in self.days.waiting, "it waits"
            self.happened.append((actor, self.story.day, event))
            self.days.happen(event, self.story.day)
            self._look_at_money(event)
            self.columns.happen(event)

    def _look_at_money(self, event: Any) -> None:
        """As it closes: nothing is owed, and what is not ordered was left out with reasons."""
        if not isinstance(event, events.ClueClosed) or self._of(events.ClueJoined):
            return
        for its in self.columns.claims.values():
            assert its["paid"] == its["ordered"]
        left = self.columns.total("verified") - self.columns.total("ordered")
        before = self.happened[-2][2]
        said = before.amount if isinstance(before, events.RefundsLeftUnordered) else 0
        assert said == left

    @rule(command=st.sampled_from(_SENT), actor=st.sampled_from([OFFICER, "officer-2"]))
    def send(self, command: Any, actor: str) -> None:
        self._send(command, actor)

    @rule(choice=st.integers(0, 200))
    def do_what_is_possible(self, choice: int) -> None:
        """So that cases come far: one of the steps that are said to be possible."""
        its = context(noon_of(self.story.day), OFFICER)
        possible = {step.command for step in next_steps(self.story.state, its) if step.possible}
        fitting = [
            each
            for each in (*_SENT, *_END)
            if type(each).__name__ in possible and not isinstance(each, _ASIDE)
        ]
        if not fitting:
            return
        command, self.number = fitting[choice % len(fitting)], self.number + 1
        for name in _FRESH:
            if hasattr(command, name) and not isinstance(command, _ABOUT_WHAT_IS_THERE):
                command = dataclasses.replace(command, **{name: uid(self.number)})
        self._send(self._today(command), OFFICER)

    def _today(self, command: Any) -> Any:
        if not isinstance(command, commands.RelayFeedback):
            return command
        return dataclasses.replace(command, relayed_on=self.story.day, means=FeedbackMeans.BY_PHONE)

    @rule(first=st.integers(0, len(_MONEY) - 1), many=st.integers(1, len(_MONEY)))
    def book(self, first: int, many: int) -> None:
        """A part of a refund's way, one step after the other."""
        for command in _MONEY[first : first + many]:
            self._send(command, OFFICER)

    @rule(part=st.integers(1, len(_END)))
    def try_to_end_it(self, part: int) -> None:
        """Whether its turn or not."""
        for command in _END[:part]:
            self._send(self._today(command), OFFICER)

    @rule(days=st.integers(1, 25))
    def days_pass(self, days: int) -> None:
        """And the timekeeper raises all that is due, as after a downtime."""
        self.story.on(self.story.day + days * ONE_DAY)
        for name, about in list(self.story.state.limits):
            for _ in AlarmStage:
                if not self._due(name, about):
                    break
                command = commands.RaiseAlarm(stream=f"clue-{example.CLUE}", name=name, about=about)
                self._send(command, "system")

    @rule(days=st.integers(1, 40))
    def the_clock_is_set_back(self, days: int) -> None:
        """What was logged has happened: nothing of it is done again or taken back."""
        self.story.on(self.story.day - days * ONE_DAY)

    def _due(self, name: ClueLimit, about: str | None) -> bool:
        watch = self.story.state.limits[name, about]
        return watch.alarm is not None and has_passed(watch.alarm.span, self.story.day)

    @invariant()
    def nothing_is_owed_of_what_is_closed(self) -> None:
        if self.story.state.status in (ClueStatus.CLOSED, ClueStatus.FED_BACK, ClueStatus.TOLD):
            assert self.columns.total("paid") == self.columns.total("ordered")

    @invariant()
    def the_ledgers_totals_agree_with_what_happened(self) -> None:
        totals = dataclasses.asdict(self.story.state.ledger.totals)
        assert totals == {name: self.columns.total(name) for name in totals}
        for its in self.columns.claims.values():
            assert 0 <= its["paid"] <= its["ordered"] <= its["verified"] <= its["claimed"]

    @invariant()
    def what_is_closed_as_substantiated_has_led_to_something_in_its_round(self) -> None:
        """Of itself, or of the case that it was joined into; refunds by a document of the round."""
        done, numbers, with_main = set[Any](), set[str | None](), False
        for _, _, event in self.happened:
            match event:
                case events.ClueReopened():
                    done, numbers, with_main = set(), set(), False
                case events.ClueJoined():
                    with_main = True
                case events.OutcomeRecorded():
                    done.add(event.kind)
                    numbers.add(event.document_number)
                case events.RefundOrdered():
                    done.add(OutcomeKind.REFUND)
                    assert event.document_number in numbers
                case events.ClueClosed() if event.finding is not ClueFinding.UNSUBSTANTIATED:
                    assert event.outcomes
                    assert with_main or set(event.outcomes) <= done

    @invariant()
    def feedback_is_never_skipped(self) -> None:
        """Closed or declined, then fed back, then told by its point, then rated: each time."""
        before: Any = None
        for _, _, event in self._of(*_TOLD):
            match event:
                case events.FeedbackGiven():
                    assert isinstance(before, (events.ClueClosed, events.ClueDeclined))
                    assert (event.relaying is not None) == self.through_point
                case events.FeedbackRelayed():
                    assert isinstance(before, events.FeedbackGiven)
                    assert self.through_point
                case events.SatisfactionRated():
                    assert self._is_told(before)
                case events.ReopeningDecided():
                    assert isinstance(before, events.SatisfactionRated)
                    assert before.satisfaction is Satisfaction.NOT_SOLVED
                case events.ClueReopened():
                    assert isinstance(before, (events.SatisfactionRated, events.ReopeningDecided))
                case events.ClueClosed() | events.ClueDeclined():
                    assert before is None or isinstance(before, events.ClueReopened)
            before = event
        if self.story.state.status is ClueStatus.TOLD:
            assert self._is_told(before) or isinstance(before, events.SatisfactionRated)
        if self.story.state.status is ClueStatus.FED_BACK:
            assert isinstance(before, events.FeedbackGiven)

    def _is_told(self, before: Any) -> bool:
        last = events.FeedbackRelayed if self.through_point else events.FeedbackGiven
        return isinstance(before, last)

    def _of(self, *types: type) -> list[tuple[str, dt.date, Any]]:
        return [each for each in self.happened if isinstance(each[2], types)]

    @invariant()
    def not_solved_reopens_by_itself_within_its_days_alone(self) -> None:
        """rules.md section 2, feedback: 15 days after being told; later a leader decides."""
        told_on, before = None, None
        for _, day, event in self._of(*_TOLD):
            match event:
                case events.FeedbackGiven():
                    told_on = event.given_on
                case events.FeedbackRelayed():
                    told_on = event.relayed_on
                case events.ClueReopened() if isinstance(before, events.SatisfactionRated):
                    assert before.satisfaction is Satisfaction.NOT_SOLVED
                    assert told_on is not None
                    assert day <= told_on + 15 * ONE_DAY
            before = event

    @invariant()
    def limits_run_as_their_events_say_and_none_during_a_pause(self) -> None:
        state = self.story.state
        found = {key: (its.span.counted_from, its.span.days) for key, its in state.limits.items()}
        assert found == self.days.running
        left = {(name, None): days for name, (_, days) in state.paused.items()}
        left |= {key: days for key, (_, days) in state.stopped.items()}
        assert left == self.days.waiting
        if state.status is ClueStatus.PAUSED:
            assert ClueLimit.VERIFICATION in state.paused
        else:
            assert not state.paused

    @invariant()
    def every_alarm_is_raised_once_in_its_order(self) -> None:
        order = list(AlarmStage)
        for stages in self.days.raised.values():
            assert stages == sorted(set(stages), key=order.index)

    @invariant()
    def whoever_stays_out_does_nothing_more(self) -> None:
        out: set[str] = set()
        for actor, _, event in self.happened:
            assert actor not in out or isinstance(event, events.RecusalsCarried)
            if isinstance(event, events.OfficerRecused):
                out.add(event.account_id)
            if isinstance(event, events.RecusalsCarried):
                out |= set(event.recused)
        assert not out & set(self.story.state.handlers)

    @invariant()
    def what_ended_has_no_limit_but_those_of_telling_it(self) -> None:
        state = self.story.state
        names = {name for name, _ in state.limits}
        if state.status in (ClueStatus.CLOSED, ClueStatus.DECLINED):
            assert names == {ClueLimit.FEEDBACK}
        if state.status in (ClueStatus.TOLD, ClueStatus.JOINED):
            assert not names


Case.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestCase = Case.TestCase


def test_steps_say_of_every_command_what_the_table_says() -> None:
    """Possible only what the table has; and whatever it lacks is not possible for its state."""
    names = {"Flag": "FlagRetaliation"}
    table = {(s, names.get(it.__name__, it.__name__)) for s, it in clue.TRANSITIONS}
    story = Story(clue, Clue())
    for command in (example.FILE, example.ACCEPT, example.ASSIGN, example.START,
                    example.TAKE_STEP, example.CONCLUDE, example.DISCIPLINE, example.CLOSE,
                    example.GIVE_FEEDBACK, example.RELAY):  # fmt: skip
        story.when(command)
        for step in next_steps(story.state, context()):
            there = (story.state.status, step.command) in table
            assert there or (not step.possible and step.reason == "wrong_state")
            assert not there or step.possible or step.reason != "wrong_state"
