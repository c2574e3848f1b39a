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

from services.registry.domain import application, asking_opinions, batch, examining, notice
from services.registry.domain.next_steps import next_steps
from services.registry.domain.recusal import Panel
from services.registry.domain.review import checks_for
from services.registry.domain.step_facts import Facts, OpenObjection, Step
from services.registry.domain.steps_of_review import kept_out
from services.registry.handlers import ROUTES
from shared.contracts.days import business_date
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands
from shared.contracts.registry.vocabulary import (
    ApplicationStatus,
    Channel,
    Check,
    Conclusion,
    Finding,
    FlagResolution,
    LimitName,
    ObjectionOutcome,
    RecusalGround,
    UnitKind,
)
from shared.contracts.roles import Role
from tests.services.registry import examples as example
from tests.services.registry.telling import context, uid

MODULES: dict[str, ModuleType] = {"application": application, "batch": batch, "notice": notice}
Part = tuple[str, Any]
"""One aggregate and what it is asked: the parts of a command happen all, or none.

The part `group` asks that the batch has a review group, as the handlers do.
"""
SOMEBODY = "somebody-else"
"""An actor who has not voted and is not recused."""
TIED = "reviewer-3"
PANELS = {
    "none": None,
    "three": example.PANEL,
    "one tied": Panel(example.PANEL.members, {TIED: RecusalGround.COMPETITOR}),
}


class World:
    """One application with its batch, group and notice, as the handlers hold them together."""

    def __init__(
        self,
        kind: UnitKind,
        places: int,
        panel: Panel | None = None,
        channel: Channel = Channel.SELF_NOMINATED,
    ) -> None:
        self.now, self.panel = example.NOW, panel
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

    def refusals(self, parts: Sequence[Part], actor: str = SOMEBODY) -> list[str]:
        """The reason of every part that is refused; none when the whole is accepted."""
        reasons: list[str] = []
        acting = replace(context(self.now), actor_id=actor)
        for name, command in parts:
            if name == "group":
                reasons += [Reason.NO_REVIEW_GROUP] if self.panel is None else []
                continue
            try:
                MODULES[name].decide(self.states[name], command, acting)
            except Refused as refused:
                reasons.append(refused.reason)
        return reasons

    def does(self, parts: Sequence[Part], actor: str = SOMEBODY) -> None:
        """Carry the command out if all of it is accepted."""
        if self.refusals(parts, actor):
            return
        acting = replace(context(self.now), actor_id=actor)
        for name, command in (its for its in parts if its[0] != "group"):
            for event in MODULES[name].decide(self.states[name], command, acting):
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
            notice_ends=its_notice.last_day_of(example.APPLICATION) if stands else None,
            objections=tuple(
                OpenObjection(_due(its_notice, key), its.extended)
                for key, its in its_notice.objections.items()
                if its.outcome is None
            ),
            examination=unit.examination,
            panel=self.panel,
            reserves_before=sum(its != example.APPLICATION for its in of_batch.reserves[:1]),
            supplement_due=limit and limit.due_on,
        )

    # What may be sent ----------------------------------------------------------------------------

    def deliberation(self, listed: str = example.APPLICATION) -> list[Part]:
        command = replace(example.DELIBERATE, deliberation_id=self.fresh(), listed=(listed,))
        its = [("application", example.LIST)] if listed == example.APPLICATION else []
        return [("batch", command), *its]

    def supplied(self) -> application.Supplement:
        return replace(example.SUPPLIED, command=self.supplement)

    def reserving(self, *reserves: str) -> list[Part]:
        """A meeting that keeps these as reserves; the application's own part, if it is one."""
        command = replace(example.RESERVING, deliberation_id=self.fresh(), reserves=reserves)
        its = [("application", example.RESERVE)] if example.APPLICATION in reserves else []
        return [("batch", command), *its]

    def conclusion(self, command: Any) -> list[Part]:
        its: Any = command
        if self.panel is not None:
            uncounted = replace(command, votes_for=None, votes_against=None)
            its = application.ConcludeByVote(uncounted, self.panel)
        qualifies = command.conclusion is Conclusion.QUALIFIED
        noted = [("batch", example.NOTE_QUALIFIED)] if qualifies else []
        return [("application", its), *noted]

    def objections(self) -> list[str]:
        return [*self.states["notice"].objections, self.fresh()]

    def opinions(self) -> list[str]:
        return [*self.states["application"].examination.opinions, self.fresh()]

    def decisions(self) -> list[list[Part]]:
        return [
            self.decision(objection_id, outcome)
            for objection_id in self.objections()
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
                return [self.conclusion(example.CONCLUDE)]
            case "ConcludeReview", Conclusion.NOT_QUALIFIED:
                return [self.conclusion(example.REJECT)]
            case "ResolveFlag", None:
                flags = [replace(example.RESOLVE, check=check) for check in Check]
                return [[("application", flag)] for flag in flags]
            case "AskOpinion", None:
                asked = replace(example.ASK_OPINION, opinion_id=self.fresh())
                return [[("application", asked)]]
            case "AnswerOpinion", None:
                return [[("application", _answer(its))] for its in self.opinions()]
            case "ExamineRecusals", None:
                panel = self.panel or example.PANEL
                return [[("group", None), ("application", examining.Examine(panel))]]
            case "CastVote", None:
                return [[("group", None), ("application", example.VOTE)]]
            case "PromoteReserve", None:
                return [_promotion("先列候补放弃递补")]
            case "CorrectNotice", None:
                return [[("notice", example.CORRECT_NOTICE)]]
            case "ExtendVerification", None:
                extensions = [
                    replace(example.EXTEND_VERIFICATION, objection_id=its)
                    for its in self.objections()
                ]
                return [[("notice", its)] for its in extensions]
            case name, None if name in RECORDS:
                record = RECORDS[name]
                fresh = {f: self.fresh() for f in ("visit_id", "talk_id") if hasattr(record, f)}
                return [[("application", replace(record, **fresh))]]
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


def _due(its_notice: notice.Notice, objection_id: str) -> dt.date | None:
    limit = its_notice.limits.get((LimitName.OBJECTION_VERIFICATION, objection_id))
    return None if limit is None else limit.due_on


def _answer(opinion_id: str) -> asking_opinions.Answer:
    return replace(example.ANSWER, command=replace(example.ANSWER_OPINION, opinion_id=opinion_id))


def _promotion(reasons: str | None) -> list[Part]:
    command = replace(example.PROMOTE, application_id=example.APPLICATION, reasons=reasons)
    return [("batch", command), ("application", example.MOVE_UP)]


RECORDS: dict[str, Any] = {
    "DeclareRecusal": example.DECLARE_RECUSAL,
    "RecordPoliticalDirection": example.POLITICAL,
    "RecordGovernanceAbility": example.GOVERNANCE,
    "RecordVisit": example.VISIT,
    "RecordTalk": example.TALK,
}
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


def _votes(in_favour: bool, *members: str) -> Move:
    def move(world: World) -> None:
        for member in members:
            vote = replace(example.VOTE, in_favour=in_favour)
            world.does([("group", None), ("application", vote)], member)

    return move


def _recuses(member: str) -> Move:
    return lambda world: world.does([("application", example.DECLARE_RECUSAL)], member)


def _answers(world: World) -> None:
    for opinion_id in list(world.states["application"].examination.opinions)[:1]:
        world.does([("application", _answer(opinion_id))])


def _extends(world: World) -> None:
    for objection_id in list(world.states["notice"].objections)[:1]:
        world.does([("notice", replace(example.EXTEND_VERIFICATION, objection_id=objection_id))])


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
    "has its flag cleared": _sends(("application", example.RESOLVE)),
    "has its flag upheld": _sends(
        ("application", replace(example.RESOLVE, resolution=FlagResolution.UPHELD))
    ),
    "is voted for": _votes(True, "officer-1", "reviewer-2"),
    "is voted against": _votes(False, "reviewer-2", TIED),
    "sees a member stay out": _recuses("reviewer-2"),
    "has an opinion asked": lambda world: world.does(
        [("application", replace(example.ASK_OPINION, opinion_id=world.fresh()))]
    ),
    "has an opinion answered": _answers,
    "qualifies": lambda world: world.does(world.conclusion(example.CONCLUDE)),
    "does not qualify": lambda world: world.does(world.conclusion(example.REJECT)),
    "is kept as a reserve": lambda world: world.does(world.reserving(example.APPLICATION)),
    "is kept as the second reserve": lambda world: world.does(
        world.reserving(world.fresh(), example.APPLICATION)
    ),
    "is left out": lambda world: world.does(
        [("batch", _closing(world)), ("application", example.LEAVE_OUT)]
    ),
    "moves up": lambda world: world.does(_promotion("先列候补放弃递补")),
    "has its notice corrected": _sends(("notice", example.CORRECT_NOTICE)),
    "has a verification extended": _extends,
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


def _closing(world: World) -> Any:
    left = commands.LeftOut(application_id=example.APPLICATION, reasons="本区名额已满")
    return replace(example.DELIBERATE, deliberation_id=world.fresh(), listed=(), left_out=(left,))


QUALIFIED = ["passes the formal check", "is checked", "is voted for", "qualifies"]
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
    panel: Panel | None = None,
    channel: Channel = Channel.SELF_NOMINATED,
) -> World:
    world = World(kind, places, panel, channel)
    for move in moves:
        MOVES[move](world)
    return world


@settings(max_examples=300, deadline=None)
@given(
    kind=st.sampled_from(UnitKind),
    places=st.integers(1, 2),
    panel=st.sampled_from(sorted(PANELS)),
    channel=st.sampled_from(Channel),
    begun=st.sampled_from([[], QUALIFIED[:1], QUALIFIED, NOTICED]),
    moves=st.lists(st.sampled_from(sorted(MOVES)), max_size=10),
)
def test_a_step_is_possible_when_decide_accepts_some_payload_and_only_then(
    kind: UnitKind,
    places: int,
    panel: str,
    channel: Channel,
    begun: list[str],
    moves: list[str],
) -> None:
    world = World(kind, places, PANELS[panel], channel)
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
        [*QUALIFIED, "is kept as a reserve"],
        [*QUALIFIED, "is left out"],
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


def test_a_flagged_unit_qualifies_once_a_person_has_cleared_it() -> None:
    way = [*QUALIFIED[:1], "is flagged"]
    step = told(lived(way), "ConcludeReview", "qualified")
    assert (step.reason, step.needs) == (Reason.FLAG_OPEN, ("violations_and_penalties",))
    assert told(lived([*way, "has its flag cleared"]), "ConcludeReview", "qualified").possible
    upheld = told(lived([*way, "has its flag upheld"]), "ConcludeReview", "qualified")
    assert upheld.reason is Reason.FLAG_UPHELD


def test_a_reserve_that_is_not_the_next_moves_up_with_reasons() -> None:
    way = [*QUALIFIED, "is kept as the second reserve"]
    step = told(lived(way), "PromoteReserve")
    assert (step.possible, step.needs) == (True, ("reasons",))
    assert told(lived([*way, "sees another listed", "sees another listed"]),
                "PromoteReserve").reason is Reason.TOO_FEW_PLACES  # fmt: skip


@pytest.mark.parametrize("panel", ["three", "one tied"])
@pytest.mark.parametrize("command", ["CastVote", "RecordReviewCheck", "RecordVisit"])
def test_who_stays_out_of_a_review_is_who_the_rules_refuse(panel: str, command: str) -> None:
    way = [*QUALIFIED[:1], "is voted for", "sees a member stay out"]
    world = lived(way, panel=PANELS[panel])
    for actor in (*sorted(example.PANEL.members), "an outsider"):
        parts = world.payloads(told(world, command))[0]
        refused = {*world.refusals(parts, actor)} | _by_panel(world, actor)
        reason = kept_out(world.facts(), command, actor, Role.REVIEWER)
        assert (reason is None) == (not refused)
        assert reason is None or reason in refused


def _by_panel(world: World, actor: str) -> set[str]:
    assert world.panel is not None
    try:
        world.panel.refuse(actor)
    except Refused as refused:
        return {refused.reason}
    return set()


def test_every_step_is_a_command_that_has_a_route() -> None:
    steps = {step.command for step in next_steps(lived([]).facts())}
    assert steps <= {command.__name__ for command in ROUTES}
