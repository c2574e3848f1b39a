"""Requests of the first version, whose words were in clear, are read as they were decided."""

from __future__ import annotations

from typing import Any

import pytest

from shared.contracts.clues.events import EVENTS as CLUES
from shared.contracts.registry.events import EVENTS as REGISTRY
from shared.erasure import domain
from shared.erasure.domain import Erasure
from tests.services.erasure import examples as example

_REQUESTED = {
    "erasure_id": example.ERASURE,
    "stream": example.STREAM,
    "scope": "whole",
    "division": "430211",
    "ground": "subject_asks",
    "reason": "本人到窗口提出",
    "requested_by": "officer-1",
}


@pytest.mark.parametrize("vocabulary", [CLUES, REGISTRY])
def test_a_request_of_the_first_version_waits_as_it_did(vocabulary: Any) -> None:
    values = vocabulary.upcast("ErasureRequested", 1, _REQUESTED)
    event = vocabulary.find("ErasureRequested").restore(values, {})
    state = domain.evolve(Erasure(), event)
    assert (state.requested_by, state.stream) == ("officer-1", example.STREAM)


@pytest.mark.parametrize("name", ["ErasureRefused", "SubjectLocked", "ReadingAllowed"])
def test_so_is_what_was_decided_about_it(name: str) -> None:
    message_type = CLUES.find(name)
    (event,) = (its for its in example.DECIDED_EVENTS if type(its).__name__ == name)
    values = CLUES.upcast(name, 1, message_type.dump(event))
    assert message_type.restore(values, {}) == event
