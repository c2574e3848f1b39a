"""The diagrams in docs are those of the tables."""

from __future__ import annotations

from services.clues.domain import (
    box,
    clue,
    follow_ups,
    opinion,
    proposal,
    seal,
    symposium,
    theme,
)
from shared.contracts.clues import vocabulary
from tests.services.clues.drawing import CLUES
from tests.services.diagrams import every, kept, wanted
from tests.services.registry.drawing import REGISTRY
from tests.services.registry.test_transitions import STATES

_OF_CLUES = {
    clue: vocabulary.ClueStatus,
    opinion: vocabulary.OpinionStatus,
    box: vocabulary.BoxStatus,
    symposium: vocabulary.SymposiumStatus,
    proposal: vocabulary.ProposalStatus,
    seal: seal.SealStatus,
    theme: vocabulary.ThemeStatus,
    follow_ups: vocabulary.FollowUpStatus,
}
"""Aggregates of the clues service that have more than one step."""


def test_the_diagrams_in_docs_are_those_of_the_tables() -> None:
    """`make diagrams` writes them."""
    assert kept() == wanted(every())


def test_every_aggregate_has_a_diagram_and_every_status_its_place_in_it() -> None:
    of_registry = {module: its for module, _, its in STATES}
    for drawn, known in ((REGISTRY, of_registry), (CLUES, _OF_CLUES)):
        assert set(drawn.edges) == set(known)
        for module, its in known.items():
            shown = {status for pair in drawn.edges[module] for status in pair}
            assert shown == {str(status) for status in its}, module.__name__
