"""Who stays out of a review is told so by its next steps, and only then."""

from __future__ import annotations

from dataclasses import replace

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.domain.examining import refuse_recused
from services.registry.domain.next_steps import next_steps
from services.registry.domain.steps_of_review import kept_out
from services.registry.handlers import (
    ROUTES,
    applications,
    corrections,
    deliberation,
    entry,
    leaving,
    notices,
    reviews,
)
from shared.contracts.errors import Refused
from shared.contracts.registry.vocabulary import UnitKind
from shared.contracts.roles import Role
from tests.services.registry import examples as example
from tests.services.registry.step_moves import MOVES, QUALIFIED
from tests.services.registry.step_world import PANELS, SOMEBODY, World
from tests.services.registry.telling import context

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
    "is listed",
]
WITHOUT_TIES = (
    reviews.about_examination,
    applications.about_formal_check,
    applications.fail_formal_check,
    notices.extend_verification,
    notices.decide_objection,
    reviews.ask_opinion,
    reviews.answer_opinion,
    leaving.strike_off,
    corrections.correct_unit_data,
    deliberation.record_deliberation,
    deliberation.promote_reserve,
    notices.publish_notice,
    notices.correct_notice,
    notices.designate_points,
    leaving.withdraw_application,
    entry.submit_supplement,
    entry.speak_for_recommender,
)
COMMANDS = {command.__name__: route for command, route in ROUTES.items()}


SILENT = {"one silent": replace(example.PANEL, declared=example.PANEL.declared - {"reviewer-2"})}


@pytest.mark.parametrize("panel", sorted(PANELS | SILENT))
@hypothesis.settings(max_examples=40)
@given(moves=st.lists(st.sampled_from(OF_REVIEW), max_size=6))
def test_what_is_offered_to_somebody_is_not_refused_for_who_they_are(
    panel: str, moves: list[str]
) -> None:
    world = World(UnitKind.ENTERPRISE, 2, (PANELS | SILENT)[panel])
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
    """Why the person stays out or has no place in the group, as the handlers ask it."""
    handler = COMMANDS[command].handler
    by_members = handler in (reviews.cast_vote, reviews.conclude_review)
    if not by_members and handler not in WITHOUT_TIES:
        return set()
    try:
        refuse_recused(world.states["application"], replace(context(), actor_id=person))
        if world.panel is None:
            return set()
        if by_members or role is Role.REVIEWER:
            world.panel.refuse(person)
        world.panel.refuse_tied(person)
        world.panel.refuse_silent(person)
    except Refused as refused:
        return {refused.reason}
    return set()
