"""Next steps agree with `decide`: possible is what it accepts, the reason why not is its own."""

from __future__ import annotations

from dataclasses import replace

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.domain.next_steps import next_steps
from services.registry.domain.settings import Settings
from services.registry.domain.step_facts import Step
from services.registry.handlers import ROUTES
from shared.contracts.reasons import Reason
from shared.contracts.registry.vocabulary import ApplicationStatus, Channel, UnitKind
from tests.services.registry import telling
from tests.services.registry.step_moves import EXAMINED, MOVES, NOTICED, QUALIFIED, lived
from tests.services.registry.step_world import PANELS, World


def assert_agrees(world: World) -> None:
    for step in next_steps(world.facts()):
        told = [world.refusals(parts) for parts in world.payloads(step)]
        accepted = any(not refusals for refusals in told)
        assert step.possible == accepted, (step, told, world.states)
        if not step.possible:
            assert step.reason in {reason for refusals in told for reason in refusals}, step


RULES = {
    "usual": Settings(),
    "documents required": replace(telling.RULES, documents_required=1),
    "two papers of a trader's": replace(telling.RULES, documents_required=1, licence_covers_tax=0),
    "two thirds vote": replace(telling.RULES, quorum_percent=67),
}


@hypothesis.settings(max_examples=300)
@given(
    kind=st.sampled_from(UnitKind),
    places=st.integers(1, 2),
    panel=st.sampled_from(sorted(PANELS)),
    channel=st.sampled_from(Channel),
    rules=st.sampled_from(sorted(RULES)),
    begun=st.sampled_from(
        [[], QUALIFIED[:1], QUALIFIED, NOTICED, [QUALIFIED[0], *EXAMINED, QUALIFIED[-1]]]
    ),
    moves=st.lists(st.sampled_from(sorted(MOVES)), max_size=10),
)
def test_a_step_is_possible_when_decide_accepts_some_payload_and_only_then(
    kind: UnitKind,
    places: int,
    panel: str,
    channel: Channel,
    rules: str,
    begun: list[str],
    moves: list[str],
) -> None:
    world = World(kind, places, PANELS[panel], channel, RULES[rules])
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


@pytest.mark.parametrize(("licence_covers_tax", "also"), [(1, ()), (0, ("tax_registration",))])
def test_a_formal_check_says_which_documents_are_missing_where_the_bureau_requires_them(
    licence_covers_tax: int, also: tuple[str, ...]
) -> None:
    """The licence is the tax registration too, unless the settings keep them apart."""
    required = replace(RULES["documents required"], licence_covers_tax=licence_covers_tax)
    step = told(lived([], settings=required), "PassFormalCheck")
    assert (step.reason, step.needs) == (
        Reason.DOCUMENTS_MISSING,
        ("business_licence", *also, "commitment"),
    )
    way = ["has its documents attached"]
    assert told(lived(way, settings=required), "PassFormalCheck").possible
    way.append("has a document taken back")
    assert told(lived(way, settings=required), "PassFormalCheck").needs == ("business_licence",)
    assert told(lived([]), "PassFormalCheck").possible


def test_the_day_on_which_a_notice_ends_is_told() -> None:
    assert told(lived(NOTICED), "DesignatePoints").needs == ("2026-03-09",)


def test_a_vote_waits_for_the_checks_but_not_after_a_hard_stop() -> None:
    step = told(lived(QUALIFIED[:1], panel=PANELS["three"]), "CastVote")
    assert (step.possible, step.reason) == (False, Reason.CHECKS_MISSING)
    stopped = lived([*QUALIFIED[:1], "meets a hard stop"], panel=PANELS["three"])
    assert told(stopped, "CastVote").possible


def test_a_flagged_unit_qualifies_once_a_person_has_cleared_it() -> None:
    way = [*QUALIFIED[:1], "is flagged"]
    step = told(lived(way), "ConcludeReview", "qualified")
    assert (step.reason, step.needs) == (Reason.FLAG_OPEN, ("violations_and_penalties",))
    assert told(lived([*way, "has its flag cleared"]), "ConcludeReview", "qualified").possible
    upheld = told(lived([*way, "has its flag upheld"]), "ConcludeReview", "qualified")
    assert upheld.reason is Reason.FLAG_UPHELD


def test_a_unit_whose_flag_was_upheld_does_not_qualify_even_with_every_vote_for_it() -> None:
    way = [QUALIFIED[0], "is flagged", "has its flag upheld", "is voted for"]
    assert told(lived(way, panel=PANELS["three"]), "ConcludeReview", "not_qualified").possible


def test_a_reserve_that_is_not_the_next_moves_up_with_reasons() -> None:
    way = [*QUALIFIED, "is kept as the second reserve"]
    step = told(lived(way), "PromoteReserve")
    assert (step.possible, step.needs) == (True, ("reasons",))
    assert told(lived([*way, "sees another listed", "sees another listed"]),
                "PromoteReserve").reason is Reason.TOO_FEW_PLACES  # fmt: skip


def test_a_unit_whose_terms_are_used_up_goes_no_further_than_it_could_be_designated() -> None:
    used_up = {
        step.command
        for way in (QUALIFIED, [*QUALIFIED, "is kept as a reserve"], [*QUALIFIED, "is listed"],
                    [*NOTICED, "waits ten days"])
        for step in next_steps(replace(lived(way).facts(), terms_used_up=True))
        if step.reason is Reason.TERMS_USED_UP
    }  # fmt: skip
    assert used_up == {"RecordDeliberation", "PromoteReserve", "PublishNotice", "DesignatePoints"}


def test_every_step_is_a_command_that_has_a_route() -> None:
    steps = {step.command for step in next_steps(lived([]).facts())}
    assert steps <= {command.__name__ for command in ROUTES}
