"""One declared table an aggregate: what it lacks is refused, what it has is taken by a story."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from services.clues.domain import (
    box,
    clue,
    dialogue,
    evidence,
    follow_ups,
    inspections,
    opinion,
    proposal,
    reading,
    records,
    seal,
    symposium,
    theme,
)
from services.clues.domain.settings import Schedule
from services.clues.handlers import ROUTES
from shared.contracts.clues import vocabulary
from shared.contracts.clues.commands import COMMANDS
from shared.contracts.errors import Refused
from shared.contracts.keeping.vocabulary import KnownStanding
from shared.contracts.reasons import Reason
from shared.keeping.domain import known_point, setting
from tests.services.clues import examples as example
from tests.services.clues.stories import CLUE_STORIES, play
from tests.services.clues.telling import context


@dataclass(frozen=True)
class Kind:
    """An aggregate as its table has it."""

    name: str
    initial: Any
    statuses: Any
    table: Any
    decide: Callable[..., Any]


def _of(module: Any, initial: Any, statuses: Any) -> Kind:
    name = module.__name__.rpartition(".")[2]
    return Kind(name, initial, statuses, module.TRANSITIONS, module.decide)


KINDS = [
    _of(clue, clue.Clue(), vocabulary.ClueStatus),
    _of(opinion, opinion.Opinion(), vocabulary.OpinionStatus),
    _of(box, box.Box(), vocabulary.BoxStatus),
    _of(symposium, symposium.Symposium(), vocabulary.SymposiumStatus),
    _of(proposal, proposal.Proposal(), vocabulary.ProposalStatus),
    _of(theme, theme.Theme(), vocabulary.ThemeStatus),
    _of(dialogue, dialogue.Dialogue(), vocabulary.DialogueStatus),
    _of(follow_ups, follow_ups.FollowUps(), vocabulary.FollowUpStatus),
    _of(inspections, inspections.Inspections(), inspections.InspectionsStatus),
    _of(seal, seal.Seal(), seal.SealStatus),
    _of(reading, reading.Reading(), reading.ReadingStatus),
    _of(setting, setting.Setting(Schedule()), setting.SettingStatus),
    Kind("import", records.Import(), records.RecordStatus, records.IMPORTING,
         records.decide_import),
    Kind("evidence", evidence.Evidence(), records.RecordStatus, evidence.TRANSITIONS,
         evidence.decide),
    Kind("baseline", records.Baseline(), records.RecordStatus, records.BASELINE,
         records.decide_baseline),
    Kind("point", known_point.KnownPoint(), KnownStanding, known_point.TRANSITIONS,
         known_point.decide),
    Kind("inspection", records.Inspection(), records.RecordStatus, records.INSPECTING,
         records.decide_inspection),
]  # fmt: skip

STATES = [
    pytest.param(kind, status, id=f"{kind.name}-{status}")
    for kind in KINDS
    for status in kind.statuses
]


@pytest.mark.parametrize(("kind", "status"), STATES)
def test_what_the_table_lacks_is_refused(kind: Kind, status: Any) -> None:
    state = replace(kind.initial, status=status)
    for command in example.COMMANDS:
        if (status, type(command)) not in kind.table:
            with pytest.raises(Refused) as refusal:
                kind.decide(state, command, context())
            assert refusal.value.reason in (Reason.WRONG_STATE, Reason.ALREADY_EXISTS), command


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_table_names_real_statuses_and_commands_only(kind: Kind) -> None:
    assert {status for status, _ in kind.table} <= set(kind.statuses)
    assert {command for _, command in kind.table} <= {type(its) for its in example.COMMANDS}


def test_every_pair_of_a_clues_table_is_taken_by_some_story() -> None:
    taken = {pair for story in CLUE_STORIES for pair in play(story)}
    assert set(clue.TRANSITIONS) - taken == set()


def test_every_command_of_the_language_has_a_route_and_an_example() -> None:
    assert {message_type.cls for message_type in COMMANDS} == set(ROUTES)
    assert all(route.roles for route in ROUTES.values())
