"""A whole case under whatever is sent in whatever order, by whomever, as days go by."""

from __future__ import annotations

import dataclasses
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
    ClueFinding,
    ClueLimit,
    ClueStatus,
    FeedbackMeans,
    OutcomeKind,
)
from shared.contracts.days import ONE_DAY
from shared.contracts.errors import Invalid, Refused
from tests.services.clues import examples as example
from tests.services.clues.stories import (
    CLOSED,
    FILED,
    PAUSED,
    REFERRED,
    TOLD,
    VERIFIED,
    VERIFYING,
)
from tests.services.clues.telling import OFFICER, Story, context, noon_of, uid

_SENT = [
    its
    for its in (
        *example.COMMANDS,
        *(example.ANSWER_BADLY, example.UNFOUNDED, example.GIVE_OPINION, example.GIVE_DECISION),
        *(example.PAY_REST, example.NOT_SOLVED),
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
_MONEY = [example.CLAIM_REFUND, example.VERIFY_REFUND, example.ORDER_REFUND]
REACHED: list[list[Any]] = [
    *(FILED, REFERRED, VERIFYING, PAUSED, CLOSED, TOLD),
    [*VERIFIED, *_MONEY],
    [*VERIFIED, *_MONEY, example.PAY, example.GIVE_OPINION],
]
_FRESH = ("step_id", "payment_id", "outcome_id")


class Case(RuleBasedStateMachine):
    """One clue. What happened is kept, so that the order of things can be looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.story = Story(clue, Clue())
        self.happened: list[tuple[str, Any]] = []
        self.number = 500

    @initialize(through_point=st.booleans(), reached=st.sampled_from(REACHED))
    def begin(self, through_point: bool, reached: list[Any]) -> None:
        """Somewhere on the way, so that its end is looked at as often as its beginning."""
        origin = example.THROUGH_POINT if through_point else Origin(example.Way.FORM)
        self._send(dataclasses.replace(example.FILE, origin=origin), OFFICER)
        for command in reached[1:]:
            self._send(command, OFFICER)

    def _send(self, command: Any, actor: str) -> None:
        try:
            decided = self.story.when(command, actor=actor)
        except (Refused, Invalid):
            return
        self.happened += [(actor, event) for event in decided]

    @rule(command=st.sampled_from(_SENT), actor=st.sampled_from([OFFICER, "officer-2"]))
    def send(self, command: Any, actor: str) -> None:
        self._send(command, actor)

    @rule(choice=st.integers(0, 200))
    def do_what_is_possible(self, choice: int) -> None:
        """So that cases come far: one of the steps that are said to be possible."""
        its = context(noon_of(self.story.day), OFFICER)
        possible = {step.command for step in next_steps(self.story.state, its) if step.possible}
        fitting = [each for each in _SENT if type(each).__name__ in sorted(possible)]
        if not fitting:
            return
        command, self.number = fitting[choice % len(fitting)], self.number + 1
        for name in _FRESH:
            if hasattr(command, name) and not isinstance(command, commands.RecordCompliance):
                command = dataclasses.replace(command, **{name: uid(self.number)})
        if isinstance(command, commands.RelayFeedback):
            command = dataclasses.replace(
                command, relayed_on=self.story.day, means=FeedbackMeans.BY_PHONE
            )
        self._send(command, OFFICER)

    @rule(days=st.integers(1, 25))
    def days_pass(self, days: int) -> None:
        """And the timekeeper raises all that is due, as after a downtime."""
        self.story.on(self.story.day + days * ONE_DAY)
        for name, about in list(self.story.state.limits):
            while self._due(name, about):
                command = commands.RaiseAlarm(stream=f"clue-{example.CLUE}", name=name, about=about)
                self._send(command, "system")

    @rule(days=st.integers(1, 40))
    def the_clock_is_set_back(self, days: int) -> None:
        """What was logged has happened: nothing of it is done again or taken back."""
        self.story.on(self.story.day - days * ONE_DAY)

    def _due(self, name: ClueLimit, about: str | None) -> bool:
        watch = self.story.state.limits[name, about]
        return watch.alarm is not None and has_passed(watch.alarm.span, self.story.day)

    def _of(self, *types: type) -> list[Any]:
        return [event for _, event in self.happened if isinstance(event, types)]

    @invariant()
    def no_case_is_closed_with_an_unpaid_refund(self) -> None:
        ended = (ClueStatus.CLOSED, ClueStatus.FED_BACK, ClueStatus.TOLD)
        if self.story.state.status in ended:
            assert self.story.state.ledger.settled

    @invariant()
    def what_is_closed_as_substantiated_has_led_to_something_in_its_round(self) -> None:
        """Of itself, or of the case that it was joined into."""
        done, with_main = set[Any](), False
        for _, event in self.happened:
            match event:
                case events.ClueReopened():
                    done, with_main = set(), False
                case events.ClueJoined():
                    with_main = True
                case events.OutcomeRecorded():
                    done.add(event.kind)
                case events.RefundOrdered():
                    done.add(OutcomeKind.REFUND)
                case events.ClueClosed() if event.finding is not ClueFinding.UNSUBSTANTIATED:
                    assert event.outcomes
                    assert with_main or set(event.outcomes) <= done

    @invariant()
    def feedback_is_never_skipped(self) -> None:
        """Closed or declined, then fed back, then told by its point, then rated: each time."""
        order = [
            event
            for _, event in self.happened
            if isinstance(
                event,
                (
                    events.ClueClosed,
                    events.ClueDeclined,
                    events.FeedbackGiven,
                    events.FeedbackRelayed,
                    events.SatisfactionRated,
                    events.ClueReopened,
                ),
            )
        ]
        before: Any = None
        for event in order:
            match event:
                case events.FeedbackGiven():
                    assert isinstance(before, (events.ClueClosed, events.ClueDeclined))
                case events.FeedbackRelayed():
                    assert isinstance(before, events.FeedbackGiven)
                    assert before.relaying is not None
                case events.SatisfactionRated():
                    directly = isinstance(before, events.FeedbackGiven) and not before.relaying
                    assert directly or isinstance(before, events.FeedbackRelayed)
                case events.ClueReopened():
                    assert isinstance(before, events.SatisfactionRated)
                case events.ClueClosed():
                    assert before is None or isinstance(before, events.ClueReopened)
            before = event

    @invariant()
    def no_limit_of_the_verification_runs_while_it_is_paused(self) -> None:
        state = self.story.state
        if state.status is ClueStatus.PAUSED:
            assert (ClueLimit.VERIFICATION, None) not in state.limits
            assert ClueLimit.VERIFICATION in state.paused
        else:
            assert not state.paused

    @invariant()
    def every_alarm_is_raised_once(self) -> None:
        raised = [
            (its.name, its.about, its.stage, its.watch.span) for its in self._of(events.AlarmRaised)
        ]
        reopened = self._of(events.RefundPaymentReversed, events.AnswerReturned)
        assert len(raised) == len(set(raised)) or reopened

    @invariant()
    def whoever_stays_out_does_nothing_more(self) -> None:
        out: set[str] = set()
        for actor, event in self.happened:
            recusing = isinstance(event, (events.OfficerRecused, events.RecusalsCarried))
            assert actor not in out or recusing
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


Case.TestCase.settings = settings(max_examples=60, stateful_step_count=30)
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
