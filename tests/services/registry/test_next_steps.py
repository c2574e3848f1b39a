"""Next steps agree with `decide`: possible is what it accepts, the reason why not is its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.registry.domain import application, batch, notice
from services.registry.domain.next_steps import Facts, Step, next_steps
from services.registry.domain.review import checks_for
from services.registry.handlers import ROUTES
from shared.contracts.days import business_date
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry.vocabulary import (
    ApplicationStatus,
    Channel,
    Check,
    Conclusion,
    Finding,
    LimitName,
    ObjectionOutcome,
    UnitKind,
)
from tests.services.registry import examples as example
from tests.services.registry.telling import context, uid

MODULES: dict[str, ModuleType] = {"application": application, "batch": batch, "notice": notice}
Part = tuple[str, Any]
"""One aggregate and what it is asked: the parts of a command happen all, or none."""


class World:
    """One application with its batch and its notice, as the handlers hold them together."""

    def __init__(
        self, kind: UnitKind, places: int, channel: Channel = Channel.SELF_NOMINATED
    ) -> None:
        self.now = example.NOW
        self.states: dict[str, Any] = {
            "application": application.Application(),
            "batch": batch.Batch(),
            "notice": notice.Notice(),
        }
        named = SUBMISSIONS[channel]
        submit = replace(named, unit_kind=kind)
        self.does([("batch", replace(example.OPEN_BATCH, places=places))])
        self.does([("application", replace(example.SUBMITTED, command=submit))])
        self.serial = 100
        self.supplement = replace(
            example.SUPPLY, unit_kind=kind, channel=channel, recommender=named.recommender
        )

    def fresh(self) -> str:
        self.serial += 1
        return uid(self.serial)

    def refusals(self, parts: Sequence[Part]) -> list[str]:
        """The reason of every part that is refused; none when the whole is accepted."""
        reasons = []
        for name, command in parts:
            try:
                MODULES[name].decide(self.states[name], command, context(self.now))
            except Refused as refused:
                reasons.append(refused.reason)
        return reasons

    def does(self, parts: Sequence[Part]) -> None:
        """Carry the command out if all of it is accepted."""
        if self.refusals(parts):
            return
        for name, command in parts:
            for event in MODULES[name].decide(self.states[name], command, context(self.now)):
                self.states[name] = MODULES[name].evolve(self.states[name], event)

    def facts(self) -> Facts:
        unit, of_batch, its_notice = (self.states[name] for name in MODULES)
        stands = its_notice.status is not notice.NoticeStatus.ABSENT
        limit = unit.limits.get((LimitName.SUPPLEMENT, None))
        return Facts(
            status=unit.status,
            recommendation=unit.recommendation,
            unit_kind=unit.unit_kind,
            findings=unit.findings,
            today=business_date(self.now),
            places_left=of_batch.places - len(of_batch.listed),
            notice_ends=its_notice.last_day if stands else None,
            objections=sum(its.outcome is None for its in its_notice.objections.values()),
            supplement_due=limit and limit.due_on,
        )

    # What may be sent ----------------------------------------------------------------------------

    def deliberation(self, listed: str = example.APPLICATION) -> list[Part]:
        command = replace(example.DELIBERATE, deliberation_id=self.fresh(), listed=(listed,))
        its = [("application", example.LIST)] if listed == example.APPLICATION else []
        return [("batch", command), *its]

    def supplied(self) -> application.Supplement:
        return replace(example.SUPPLIED, command=self.supplement)

    def decisions(self) -> list[list[Part]]:
        known = [*self.states["notice"].objections, self.fresh()]
        return [
            self.decision(objection_id, outcome)
            for objection_id in known
            for outcome in ObjectionOutcome
        ]

    def decision(self, objection_id: str, outcome: ObjectionOutcome) -> list[Part]:
        command = replace(example.OVERRULE, objection_id=objection_id, outcome=outcome)
        drops = [("application", example.DROP_OUT), ("batch", example.FREE_PLACE)]
        pending = example.APPLICATION in self.states["notice"].pending
        falls = outcome is ObjectionOutcome.SUSTAINED and pending
        return [("notice", command), *(drops if falls else [])]

    def payloads(self, step: Step) -> list[list[Part]]:
        """Well-formed commands of the step's kind, as good as its sender can make them."""
        match step.command, step.variant:
            case name, None if name in ALONE:
                return [[("application", ALONE[name])]]
            case "SubmitSupplement", None:
                return [[("application", self.supplied())]]
            case "RecordReviewCheck", None:
                checks = [replace(example.CHECK, check=check) for check in Check]
                return [[("application", check)] for check in checks]
            case "ConcludeReview", Conclusion.QUALIFIED:
                return [[("application", replace(example.CONCLUDE, reasons="经研究认为符合条件"))]]
            case "ConcludeReview", Conclusion.NOT_QUALIFIED:
                return [[("application", example.REJECT)]]
            case "RecordDeliberation", None:
                return [self.deliberation()]
            case "PublishNotice", None:
                return [PUBLICATION]
            case "DecideObjection", None:
                return self.decisions()
            case "DesignatePoints", None:
                return [DESIGNATION]
        raise AssertionError(f"no payload is known for {step}")


SUBMISSIONS = {
    Channel.SELF_NOMINATED: example.SUBMIT,
    Channel.RECOMMENDED: example.SUBMIT_RECOMMENDED,
}
ALONE: dict[str, Any] = {
    "ConfirmRecommendation": example.CONFIRM_RECOMMENDATION,
    "DeclineRecommendation": example.DECLINE_RECOMMENDATION,
    "PassFormalCheck": example.PASS,
    "FailFormalCheck": example.FAIL,
    "RequestSupplement": example.REQUEST_SUPPLEMENT,
    "WithdrawApplication": example.TAKE_BACK,
}
"""Commands that concern the application alone, one payload each."""
PUBLICATION: list[Part] = [
    ("application", example.PUT_ON_NOTICE),
    ("notice", example.PUBLISH),
]
DESIGNATION: list[Part] = [
    ("notice", example.DESIGNATE),
    ("application", example.DESIGNATE_APPLICATION),
]
Move = Callable[[World], None]


def _sends(*parts: Part) -> Move:
    return lambda world: world.does(parts)


def _checks(finding: Finding) -> Move:
    """All checks that are asked for, the last of them with this finding."""

    def move(world: World) -> None:
        kind = world.states["application"].unit_kind
        asked = sorted(checks_for(kind))
        for check in asked:
            its = finding if check == Check.VIOLATIONS_AND_PENALTIES else Finding.PASSED
            command = replace(example.CHECK, check=check, finding=its)
            world.does([("application", command)])

    return move


def _objects(world: World) -> None:
    world.does([("notice", replace(example.OBJECT, objection_id=world.fresh()))])


def _decides(outcome: ObjectionOutcome) -> Move:
    def move(world: World) -> None:
        for objection_id in list(world.states["notice"].objections)[:1]:
            world.does(world.decision(objection_id, outcome))

    return move


def _days_pass(days: int) -> Move:
    def move(world: World) -> None:
        world.now += dt.timedelta(days=days)

    return move


def _last_day_comes(world: World) -> None:
    last_day = world.states["notice"].last_day
    if business_date(world.now) < last_day:
        world.now += last_day - business_date(world.now)


MOVES: dict[str, Move] = {
    "is recommended": _sends(("application", example.CONFIRM_RECOMMENDATION)),
    "is not recommended": _sends(("application", example.DECLINE_RECOMMENDATION)),
    "is asked for a supplement": _sends(("application", example.REQUEST_SUPPLEMENT)),
    "is supplemented": lambda world: world.does([("application", world.supplied())]),
    "lapses": _sends(("application", example.LAPSE)),
    "is withdrawn": _sends(("application", example.TAKE_BACK)),
    "passes the formal check": _sends(("application", example.PASS)),
    "fails the formal check": _sends(("application", example.FAIL)),
    "is checked once": _sends(("application", example.CHECK)),
    "is checked": _checks(Finding.PASSED),
    "is flagged": _checks(Finding.FLAGGED),
    "fails a check": _checks(Finding.FAILED),
    "qualifies": lambda world: world.does(
        [("application", replace(example.CONCLUDE, reasons="经研究认为符合条件"))]
    ),
    "does not qualify": _sends(("application", example.REJECT)),
    "is listed": lambda world: world.does(world.deliberation()),
    "sees another listed": lambda world: world.does(world.deliberation(world.fresh())),
    "is put on notice": lambda world: world.does(PUBLICATION),
    "is objected to": _objects,
    "has an objection overruled": _decides(ObjectionOutcome.OVERRULED),
    "has an objection sustained": _decides(ObjectionOutcome.SUSTAINED),
    "sees the last day of its notice": _last_day_comes,
    "waits a day": _days_pass(1),
    "waits ten days": _days_pass(10),
    "is designated": lambda world: world.does(DESIGNATION),
}
QUALIFIED = ["passes the formal check", "is checked", "qualifies"]
NOTICED = [*QUALIFIED, "is listed", "is put on notice"]


def assert_agrees(world: World) -> None:
    for step in next_steps(world.facts()):
        told = [world.refusals(parts) for parts in world.payloads(step)]
        accepted = any(not refusals for refusals in told)
        assert step.possible == accepted, (step, told, world.states)
        if not step.possible:
            assert step.reason in {reason for refusals in told for reason in refusals}, step


def lived(
    moves: Sequence[str],
    kind: UnitKind = UnitKind.ENTERPRISE,
    places: int = 2,
    channel: Channel = Channel.SELF_NOMINATED,
) -> World:
    world = World(kind, places, channel)
    for move in moves:
        MOVES[move](world)
    return world


@settings(max_examples=300, deadline=None)
@given(
    kind=st.sampled_from(UnitKind),
    places=st.integers(1, 2),
    channel=st.sampled_from(Channel),
    begun=st.sampled_from([[], QUALIFIED[:1], QUALIFIED, NOTICED]),
    moves=st.lists(st.sampled_from(sorted(MOVES)), max_size=10),
)
def test_a_step_is_possible_when_decide_accepts_some_payload_and_only_then(
    kind: UnitKind, places: int, channel: Channel, begun: list[str], moves: list[str]
) -> None:
    world = World(kind, places, channel)
    assert_agrees(world)
    for move in [*begun, *moves]:
        MOVES[move](world)
        assert_agrees(world)


@pytest.mark.parametrize("status", [its for its in ApplicationStatus if its != "absent"])
def test_the_moves_reach_every_status(status: ApplicationStatus) -> None:
    ways = [
        [],
        ["passes the formal check"],
        QUALIFIED,
        [*QUALIFIED, "is listed"],
        NOTICED,
        [*NOTICED, "waits ten days", "is designated"],
        ["fails the formal check"],
        ["is asked for a supplement"],
        ["is asked for a supplement", "waits ten days", "lapses"],
        ["is withdrawn"],
    ]
    assert status in {lived(way).facts().status for way in ways}


def told(world: World, command: str, variant: str | None = None) -> Step:
    (step,) = (
        its for its in next_steps(world.facts()) if (its.command, its.variant) == (command, variant)
    )
    return step


@pytest.mark.parametrize(
    ("way", "command", "reason", "needs"),
    [
        (QUALIFIED[:1], "ConcludeReview", Reason.CHECKS_MISSING, 9),
        ([*QUALIFIED[:1], "fails a check"], "ConcludeReview", Reason.HARD_STOP, 1),
        (NOTICED, "DesignatePoints", Reason.NOTICE_RUNNING, 1),
        ([*NOTICED, "is objected to", "waits ten days"], "DesignatePoints",
         Reason.OBJECTION_OPEN, 0),
        ([*QUALIFIED, "sees another listed", "sees another listed"], "RecordDeliberation",
         Reason.TOO_FEW_PLACES, 0),
        ([], "DesignatePoints", Reason.WRONG_STATE, 0),
        (["is asked for a supplement", "waits ten days"], "SubmitSupplement",
         Reason.SUPPLEMENT_OVERDUE, 1),
    ],
)  # fmt: skip
def test_what_is_not_possible_says_why_and_what_is_missing(
    way: list[str], command: str, reason: Reason, needs: int
) -> None:
    variant = "qualified" if command == "ConcludeReview" else None
    step = told(lived(way), command, variant)
    assert (step.possible, step.reason, len(step.needs)) == (False, reason, needs)


def test_the_day_on_which_a_notice_ends_is_told() -> None:
    assert told(lived(NOTICED), "DesignatePoints").needs == ("2026-03-09",)


def test_a_flagged_unit_needs_reasons_to_qualify() -> None:
    step = told(lived([*QUALIFIED[:1], "is flagged"]), "ConcludeReview", "qualified")
    assert (step.possible, step.needs) == (True, ("reasons",))


def test_every_step_is_a_command_that_has_a_route() -> None:
    steps = {step.command for step in next_steps(lived([]).facts())}
    assert steps <= {command.__name__ for command in ROUTES}
