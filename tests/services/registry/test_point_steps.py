"""Next steps of a point agree with `decide`, whatever has become of it before."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.registry.domain import point, renewal, retirement
from services.registry.domain.point_state import PointStatus
from services.registry.domain.point_steps import (
    OpenRenewal,
    OpenRetirement,
    PointFacts,
    point_steps,
)
from services.registry.domain.settings import Change, Schedule
from services.registry.domain.step_facts import Step
from services.registry.handlers import ROUTES
from shared.contracts.days import business_date
from shared.contracts.errors import Refused
from shared.contracts.registry.vocabulary import (
    Grade,
    RenewalStatus,
    Resolution,
    RetirementGround,
    RetirementStatus,
)
from tests.services.registry import examples
from tests.services.registry import point_examples as example
from tests.services.registry.telling import context

G = RetirementGround
Part = tuple[str, Any]
"""One aggregate and what it is asked: the parts of a command happen all, or none."""


class World:
    """One point with what is open about it, as the handlers hold them together."""

    def __init__(self) -> None:
        self.now = examples.NOW
        self.states: dict[str, Any] = {"point": point.Point()}
        self.does([("point", examples.DESIGNATE_POINT)])

    @property
    def today(self) -> dt.date:
        return business_date(self.now)

    def module(self, name: str) -> ModuleType:
        return {"point": point, "renewal": renewal, "retirement": retirement}[name]

    def state(self, name: str) -> Any:
        empty = {"renewal": renewal.Renewal(), "retirement": retirement.Retirement()}
        return self.states.get(name) or empty[name]

    def refusals(self, parts: Sequence[Part]) -> list[str]:
        reasons = []
        for name, command in parts:
            try:
                self.module(name).decide(self.state(name), command, context(self.now))
            except Refused as refused:
                reasons.append(refused.reason)
        return reasons

    def does(self, parts: Sequence[Part]) -> None:
        if self.refusals(parts):
            return
        for name, command in parts:
            for event in self.module(name).decide(self.state(name), command, context(self.now)):
                self.states[name] = self.module(name).evolve(self.state(name), event)
        # A procedure that is over is looked at no more: another one has a stream of its own.
        its = self.states["point"]
        if not its.renewal_id:
            self.states.pop("renewal", None)
        if not its.retirement_id:
            self.states.pop("retirement", None)

    def facts(self) -> PointFacts:
        its = self.states["point"]
        open_renewal, open_retirement = self.states.get("renewal"), self.states.get("retirement")
        return PointFacts(
            status=its.status,
            today=self.today,
            schedule=Schedule(),
            has_plaque=bool(its.plaque),
            term_number=its.term_number,
            term_ends_on=its.term_ends_on,
            renewed=its.next_term is not None,
            renewal=open_renewal
            and OpenRenewal(
                open_renewal.status,
                open_renewal.grade,
                max(open_renewal.proposed_on, open_renewal.graded_on),
            ),
            retirement=open_retirement
            and OpenRetirement(
                open_retirement.status,
                open_retirement.ground,
                open_retirement.statement_limit,
                open_retirement.heard_on if open_retirement.heard_on > dt.date.min else None,
            ),
        )

    # What may be sent ----------------------------------------------------------------------------

    def opening(self, ground: RetirementGround) -> list[Part]:
        return [
            ("point", replace(example.BEGIN_RETIREMENT, ground=ground)),
            ("retirement", replace(example.OPENED, ground=ground)),
        ]

    def merging(self) -> list[Part]:
        opened = replace(example.OPENED, ground=G.WOUND_UP)
        return [("point", replace(example.MERGE, merged_on=self.today)), ("retirement", opened)]

    def deciding(self, resolution: Resolution, facts_hold: bool) -> list[Part]:
        command = replace(
            example.DECIDE, held_on=self.today, resolution=resolution, facts_hold=facts_hold
        )
        keep = point.EndRetirement(facts_hold)
        kept = [("point", keep)] if resolution is Resolution.KEEP else []
        return [("retirement", command), *kept]

    def renewing(self) -> list[Part]:
        return [("renewal", example.RENEW), ("point", point.Renew())]

    def declining(self) -> list[Part]:
        return [("renewal", self.decision(agreed=False)), ("point", point.EndRenewal())]

    def decision(self, agreed: bool) -> renewal.Decide:
        command = replace(example.AGREE, agreed=agreed, held_on=self.today)
        its = self.states["point"]
        return renewal.Decide(command, its.term_ends_on, its.term_number)

    def retiring(self) -> list[Part]:
        ground = self.states["point"].ground or G.OWN_WISH
        lapse: list[Part] = [("renewal", renewal.Lapse())] if "renewal" in self.states else []
        return [
            ("point", replace(example.RETIRE, ground=ground)),
            ("retirement", retirement.Complete()),
            *lapse,
        ]

    def payloads(self, step: Step) -> list[list[Part]]:
        """Well-formed commands of the step's kind, as good as its sender can make them."""
        simple = {
            "ChangePointDetails": ("point", replace(example.CHANGE_DETAILS, unit_name="新名称")),
            "MovePoint": ("point", replace(example.MOVE, moved_on=self.today)),
            "AppointPointLiaison": ("point", example.APPOINT_POINT_LIAISON),
            "AppointBureauLiaison": ("point", example.APPOINT_BUREAU_LIAISON),
            "GivePlaque": ("point", replace(example.GIVE_PLAQUE, given_on=self.today)),
            "ReturnPlaque": ("point", replace(example.RETURN_PLAQUE, returned_on=self.today)),
            "SuspendPoint": ("point", example.SUSPEND),
            "ResumePoint": ("point", example.RESUME),
            "MergePoint": ("point", replace(example.MERGE, merged_on=self.today)),
            "RecordRenewalGrade": ("renewal", example.RECORD_GRADE),
            "TellRetirementFacts": ("retirement", replace(example.TELL, told_on=self.today)),
            "WaiveStatement": ("retirement", example.WAIVE),
        }
        if step.command in simple:
            return [[simple[step.command]]]
        match step.command, step.variant:
            case "ProposeRenewal", None:
                return [PROPOSAL]
            case "DecideRenewal", "agreed":
                return [[("renewal", self.decision(agreed=True))]]
            case "DecideRenewal", "declined":
                return [self.declining()]
            case "RenewPoint", None:
                return [self.renewing()]
            case "OpenRetirement", None:
                return [self.opening(G.OWN_WISH)]
            case "RecordStatement", None:
                made_on = self.state("retirement").told_on
                return [[("retirement", replace(example.STATE, made_on=made_on))]]
            case "DecideRetirement", variant:
                resolution = Resolution(str(variant))
                return [self.deciding(resolution, holds) for holds in (True, False)]
            case "RetirePoint", None:
                return [self.retiring()]
        raise AssertionError(f"no payload is known for {step}")


PROPOSAL: list[Part] = [
    ("renewal", example.PROPOSE),
    ("point", point.BeginRenewal(example.RENEWAL)),
]
Move = Callable[[World], None]


def _opens(ground: RetirementGround) -> Move:
    return lambda world: world.does(world.opening(ground))


def _term_ends(world: World) -> None:
    ends_on = world.states["point"].term_ends_on
    if world.today <= ends_on:
        world.now += ends_on - world.today + dt.timedelta(days=1)
    retirement_id = point.term.retirement_after(example.POINT, ends_on)
    opened = replace(example.OPENED, retirement_id=retirement_id, ground=G.TERM_OVER)
    follows = world.states["point"].next_term is not None
    world.does(
        [
            ("point", replace(example.END_TERM, last_day=ends_on)),
            *([] if follows else [("retirement", opened)]),
        ]
    )


def _days_pass(days: int) -> Move:
    def move(world: World) -> None:
        world.now += dt.timedelta(days=days)

    return move


def _until(day: dt.date) -> Move:
    """To a day whose limits reach into a year without its table."""

    def move(world: World) -> None:
        world.now += max(day - world.today, dt.timedelta(0))

    return move


MOVES: dict[str, Move] = {
    "is suspended": lambda world: world.does([("point", example.SUSPEND)]),
    "is resumed": lambda world: world.does([("point", example.RESUME)]),
    "gets a plaque": lambda world: world.does(
        [("point", replace(example.GIVE_PLAQUE, given_on=world.today))]
    ),
    "returns its plaque": lambda world: world.does(
        [("point", replace(example.RETURN_PLAQUE, returned_on=world.today))]
    ),
    "is to be renewed": lambda world: world.does(PROPOSAL),
    "is graded": lambda world: world.does([("renewal", example.RECORD_GRADE)]),
    "is graded badly": lambda world: world.does(
        [("renewal", replace(example.RECORD_GRADE, grade=Grade.INCOMPETENT))]
    ),
    "is agreed on": lambda world: world.does([("renewal", world.decision(agreed=True))]),
    "is declined": lambda world: world.does(world.declining()),
    "is renewed": lambda world: world.does(world.renewing()),
    "is merged": lambda world: world.does(world.merging()),
    "leaked": _opens(G.LEAKING),
    "wishes to go": _opens(G.OWN_WISH),
    "sees its term end": _term_ends,
    "is told": lambda world: world.does(
        [("retirement", replace(example.TELL, told_on=world.today))]
    ),
    "states its case": lambda world: world.does(
        [("retirement", replace(example.STATE, made_on=world.today))]
    ),
    "waives its case": lambda world: world.does([("retirement", example.WAIVE)]),
    "is to retire": lambda world: world.does(world.deciding(Resolution.RETIRE, True)),
    "is kept": lambda world: world.does(world.deciding(Resolution.KEEP, False)),
    "retires": lambda world: world.does(world.retiring()),
    "waits a day": _days_pass(1),
    "waits ten days": _days_pass(10),
    "comes to its last months": lambda world: _until(
        world.states["point"].term_ends_on - dt.timedelta(days=100)
    )(world),
    "waits until the end of 2026": _until(dt.date(2026, 12, 30)),
}
TO_RENEW = ["comes to its last months", "is to be renewed"]
GRADED = [*TO_RENEW, "is graded"]
AGREED = [*GRADED, "is agreed on"]
TOLD = ["leaked", "is told"]
HEARD = [*TOLD, "states its case"]
UNCERTAIN = ["waits until the end of 2026", *TOLD]
TO_RETIRE = [*HEARD, "waits a day", "is to retire"]


def assert_agrees(world: World) -> None:
    for step in point_steps(world.facts()):
        told = [world.refusals(parts) for parts in world.payloads(step)]
        accepted = any(not refusals for refusals in told)
        assert step.possible == accepted, (step, told, world.states)
        if not step.possible:
            assert step.reason in {reason for refusals in told for reason in refusals}, step


def lived(moves: Sequence[str]) -> World:
    world = World()
    for move in moves:
        MOVES[move](world)
    return world


@settings(max_examples=300)
@given(
    begun=st.sampled_from(
        [[], GRADED, AGREED, TOLD, HEARD, TO_RETIRE, UNCERTAIN, ["sees its term end"]]
    ),
    moves=st.lists(st.sampled_from(sorted(MOVES)), max_size=10),
)
def test_a_step_is_possible_when_decide_accepts_some_payload_and_only_then(
    begun: list[str], moves: list[str]
) -> None:
    world = World()
    assert_agrees(world)
    for move in [*begun, *moves]:
        MOVES[move](world)
        assert_agrees(world)


@pytest.mark.parametrize(
    ("way", "status"),
    [
        ([], PointStatus.ACTIVE),
        (["is suspended"], PointStatus.SUSPENDED),
        ([*TO_RETIRE, "retires"], PointStatus.RETIRED),
        (GRADED, RenewalStatus.PROPOSED),
        (AGREED, RenewalStatus.AGREED),
        (["leaked"], RetirementStatus.OPENED),
        (TOLD, RetirementStatus.FACTS_TOLD),
        (HEARD, RetirementStatus.HEARD),
        (TO_RETIRE, RetirementStatus.TO_RETIRE),
    ],
)
def test_the_moves_reach_every_status_in_which_something_is_open(
    way: list[str], status: Any
) -> None:
    facts = lived(way).facts()
    assert status in (
        facts.status,
        facts.renewal and facts.renewal.status,
        facts.retirement and facts.retirement.status,
    )


def told(world: World, command: str, variant: str | None = None) -> Step:
    (step,) = (
        its
        for its in point_steps(world.facts())
        if (its.command, its.variant) == (command, variant)
    )
    return step


@pytest.mark.parametrize(
    ("way", "command", "variant", "reason"),
    [
        ([], "RetirePoint", None, "retirement_not_open"),
        (["leaked"], "DecideRetirement", "retire", "facts_not_told"),
        (TOLD, "DecideRetirement", "retire", "statement_open"),
        (HEARD, "DecideRetirement", "retire", "meeting_too_early"),
        ([*UNCERTAIN, "waits ten days"], "DecideRetirement", "retire", "limit_provisional"),
        (["sees its term end", "is told", "states its case", "waits a day"], "DecideRetirement",
         "keep", "must_retire"),
        (TO_RENEW, "DecideRenewal", "agreed", "grade_missing"),
        ([*TO_RENEW, "is graded badly"], "DecideRenewal", "agreed", "grade_too_low"),
        ([*AGREED, "leaked"], "RenewPoint", None, "retirement_open"),
        ([], "ProposeRenewal", None, "renewal_too_early"),
        (["sees its term end"], "ProposeRenewal", None, "renewal_too_late"),
        ([*GRADED, "sees its term end"], "DecideRenewal", "agreed", "renewal_too_late"),
        ([*AGREED, "is suspended"], "ProposeRenewal", None, "wrong_state"),
        ([*AGREED, "is renewed"], "ProposeRenewal", None, "renewed_already"),
        ([*AGREED, "is renewed", "sees its term end", "comes to its last months"],
         "ProposeRenewal", None, "terms_used_up"),
        (["gets a plaque"], "GivePlaque", None, "plaque_held"),
    ],
)  # fmt: skip
def test_what_is_not_possible_says_why(
    way: list[str], command: str, variant: str | None, reason: str
) -> None:
    step = told(lived(way), command, variant)
    assert (step.possible, step.reason) == (False, reason)


def test_terms_are_asked_for_as_a_renewal_is_agreed_on_and_not_as_it_is_made() -> None:
    def step(way: list[str], command: str) -> Step:
        fewer = Schedule(changes=(Change(dt.date.min, {"most_terms": 1}),))
        facts = replace(lived(way).facts(), schedule=fewer)
        return next(its for its in point_steps(facts) if its.command == command)

    assert step(GRADED, "DecideRenewal").reason == "terms_used_up"
    assert step(AGREED, "RenewPoint").possible


@pytest.mark.parametrize("most_terms", [(2, 1), (1, 2)])
@pytest.mark.parametrize("changed_after", [0, 1, 9, 10, 11])
def test_a_renewal_can_be_agreed_on_by_the_figures_of_any_day_on_which_a_meeting_may_have_been(
    changed_after: int, most_terms: tuple[int, int]
) -> None:
    """Ten days have passed since it was graded, and on one of them the figure changed."""
    world = lived([*GRADED, "waits ten days"])
    graded_on = world.today - dt.timedelta(days=10)
    before, since = most_terms
    schedule = Schedule(
        changes=(
            Change(dt.date.min, {"most_terms": before}),
            Change(graded_on + dt.timedelta(days=changed_after), {"most_terms": since}),
        )
    )
    steps = point_steps(replace(world.facts(), schedule=schedule))
    (step,) = (its for its in steps if (its.command, its.variant) == ("DecideRenewal", "agreed"))
    accepted = []
    for days in range(11):
        held_on = graded_on + dt.timedelta(days=days)
        asked = world.decision(agreed=True)
        asked = replace(asked, command=replace(asked.command, held_on=held_on))
        knowing = replace(context(world.now), schedule=schedule)
        with contextlib.suppress(Refused):
            accepted += renewal.decide(world.state("renewal"), asked, knowing)
    assert step.possible == bool(accepted)


def test_the_day_until_which_a_point_may_state_its_case_is_told() -> None:
    assert told(lived(TOLD), "RecordStatement").needs == ("2026-03-09",)
    assert told(lived(TOLD), "DecideRetirement", "retire").needs == ("2026-03-09",)


def test_every_step_is_a_command_that_has_a_route() -> None:
    steps = {step.command for step in point_steps(lived([]).facts())}
    assert steps <= {command.__name__ for command in ROUTES}
