"""Who stays out of a review is told so by its next steps, and only then."""

from __future__ import annotations

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.domain.next_steps import next_steps
from services.registry.domain.steps_of_review import kept_out
from services.registry.handlers import ROUTES, applications, notices, reviews
from shared.contracts.errors import Refused
from shared.contracts.registry.vocabulary import UnitKind
from shared.contracts.roles import Role
from tests.services.registry import examples as example
from tests.services.registry.step_moves import MOVES, QUALIFIED
from tests.services.registry.step_world import PANELS, SOMEBODY, World

PEOPLE = (*sorted(example.PANEL.members), SOMEBODY)
ROLES = (Role.OFFICER, Role.REVIEWER, Role.LEADER)
OF_REVIEW = [
    "is checked",
    "is flagged",
    "is voted for",
    "is voted against",
    "sees a member stay out",
    "has an opinion asked",
    "qualifies",
    "is withdrawn",
]
WITHOUT_TIES = (
    reviews.about_examination,
    applications.about_formal_check,
    applications.fail_formal_check,
    notices.extend_verification,
    notices.decide_objection,
)
COMMANDS = {command.__name__: route for command, route in ROUTES.items()}


@pytest.mark.parametrize("panel", sorted(PANELS))
@hypothesis.settings(max_examples=40)
@given(moves=st.lists(st.sampled_from(OF_REVIEW), max_size=6))
def test_what_is_offered_to_somebody_is_not_refused_for_who_they_are(
    panel: str, moves: list[str]
) -> None:
    world = World(UnitKind.ENTERPRISE, 2, PANELS[panel])
    for move in [*QUALIFIED[:1], *moves]:
        MOVES[move](world)
    for role in ROLES:
        for person in PEOPLE:
            assert_agrees(world, role, person)


def assert_agrees(world: World, role: Role, person: str) -> None:
    """Possible for the person is what some payload of theirs is accepted for."""
    facts = world.facts()
    for step in next_steps(facts):
        if role not in COMMANDS[step.command].roles:
            continue
        by_group = refused_by_group(world, step.command, role, person)
        told = [by_group | {*world.refusals(parts, person)} for parts in world.payloads(step)]
        kept = kept_out(facts, step.command, person, role)
        accepted = any(not reasons for reasons in told)
        assert (step.possible and kept is None) == accepted, (step, role, person, told)
        if not accepted:
            assert {step.reason, kept} & set().union(*told), (step, role, person, told)


def refused_by_group(world: World, command: str, role: Role, person: str) -> set[str]:
    """Why the batch's group has no place for the person there, as the handlers ask it."""
    handler = COMMANDS[command].handler
    by_members = handler in (reviews.cast_vote, reviews.conclude_review)
    asks = by_members or handler in WITHOUT_TIES
    if world.panel is None or not asks:
        return set()
    try:
        if by_members or role is Role.REVIEWER:
            world.panel.refuse(person)
        world.panel.refuse_tied(person)
        if handler is reviews.cast_vote:
            world.panel.refuse_silent(person)
    except Refused as refused:
        return {refused.reason}
    return set()
