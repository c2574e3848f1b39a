"""Corrections in words: any aggregate's stream takes them, and its state stays as it was.

Whatever the state follows from is corrected by a command of its own, such as CorrectUnitData.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from services.registry.domain.context import Context
from shared.contracts.registry import commands, events
from shared.contracts.transitions import Transitions


@dataclass(frozen=True)
class Correct:
    """CorrectRecord with the division whose the stream is."""

    command: commands.CorrectRecord
    division: str


def correct(_: Any, command: Correct, __: Context) -> list[Any]:
    given = command.command
    return [
        events.RecordCorrected(
            stream=given.stream,
            version=given.version,
            division=command.division,
            wrong=given.wrong,
            right=given.right,
            reason=given.reason,
        )
    ]


def correcting(statuses: Iterable[Any]) -> Transitions:
    """The part of an aggregate's table by which its records are corrected, once it is there."""
    return {(status, Correct): correct for status in statuses if status != "absent"}
