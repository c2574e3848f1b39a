"""The diagrams in docs are those of the tables."""

from __future__ import annotations

from tests.services.registry.diagrams import FOLDER, edges, wanted
from tests.services.registry.test_transitions import STATES


def test_the_diagrams_in_docs_are_those_of_the_tables() -> None:
    """`make diagrams` writes them."""
    kept = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.md")}
    assert kept == wanted()


def test_every_aggregate_has_a_diagram_and_every_status_its_place_in_it() -> None:
    found = edges()
    assert set(found) == {module for module, _, _ in STATES}
    for module, _, statuses in STATES:
        shown = {status for pair in found[module] for status in pair}
        assert shown == {str(status) for status in statuses}, module.__name__  # type: ignore[attr-defined]
