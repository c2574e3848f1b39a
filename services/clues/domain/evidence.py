"""The evidence of one case: files that were brought to it, each once, and no end of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from services.clues.domain.context import Context
from services.clues.domain.records import RecordStatus
from shared.contracts.clues import events
from shared.contracts.clues.evidence import EvidenceFile
from shared.contracts.clues.vocabulary import EvidenceSource
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.transitions import Transitions, decide_by

MOST_FILES = 50
MOST_BYTES = 500 * 1024 * 1024
"""Of all files of a case together, in clear."""


@dataclass(frozen=True)
class Evidence:
    """brought_by: of each file, by its id · size: bytes of all together"""

    status: RecordStatus = RecordStatus.ABSENT
    brought_by: Mapping[str, EvidenceSource] = field(default_factory=dict)
    size: int = 0


@dataclass(frozen=True)
class Attach:
    """A file for a case. account: who attaches it; None: the reporter

    payment_id: the payment that it proves
    """

    clue_id: str
    file: EvidenceFile
    brought_by: EvidenceSource
    account: str | None
    payment_id: str | None = None


def attach(state: Evidence, command: Attach, _: Context) -> list[Any]:
    its = command.file
    if its.file_id in state.brought_by:
        raise Refused(Reason.ALREADY_EXISTS, "that file is attached", ["file_id"])
    if len(state.brought_by) >= MOST_FILES or state.size + its.size > MOST_BYTES:
        most = f"{MOST_FILES} files and {MOST_BYTES} bytes"
        raise Refused(Reason.TOO_MUCH_EVIDENCE, f"a case has {most} at most")
    return [
        events.EvidenceAttached(
            clue_id=command.clue_id,
            file_id=its.file_id,
            brought_by=command.brought_by,
            attached_by=command.account,
            payment_id=command.payment_id,
            media_type=its.media_type,
            size=its.size,
            ciphertext_sha256=its.ciphertext_sha256,
            traces_kept=its.traces_kept,
            file_key=its.file_key,
            file_name=its.file_name,
        )
    ]


TRANSITIONS: Transitions = {(status, Attach): attach for status in RecordStatus}


def decide(state: Evidence, command: Any, context: Context) -> list[Any]:
    return decide_by(TRANSITIONS, state, command, context)


def evolve(state: Evidence, event: Any) -> Evidence:
    if isinstance(event, events.EvidenceAttached):
        brought_by = {**state.brought_by, event.file_id: event.brought_by}
        return Evidence(RecordStatus.KEPT, brought_by, state.size + event.size)
    raise TypeError(f"evidence knows nothing of {type(event).__name__}")
