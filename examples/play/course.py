"""What a batch's data say will become of each of its units. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from examples.play.data import Applicant, Batch, Meeting


@dataclass(frozen=True)
class Decision:
    """What one meeting decides; applicants in the order of the data, reserves in their own.

    number: the meeting's, from 1
    promoted: reserves, of this meeting or one before, that move up after its notice
    """

    number: int
    meeting: Meeting
    listed: tuple[Applicant, ...] = ()
    reserves: tuple[Applicant, ...] = ()
    left_out: tuple[Applicant, ...] = ()
    promoted: tuple[Applicant, ...] = ()


def decisions(batch: Batch) -> Sequence[Decision]:
    """Of every meeting, those without a quorum too, in order."""
    units = {its.key: its for its in batch.applicants}
    dropped = sustained(batch)
    settled: set[str] = set()
    waiting: list[str] = []
    found = []
    for number, its in enumerate(batch.meetings, 1):
        if its.adjourned:
            found.append(Decision(number, its))
            continue
        listed = its.listed if its.listed is not None else _rest(batch, its, settled, waiting)
        settled |= {*listed, *its.left_out}
        waiting = [key for key in (*waiting, *its.reserves) if key not in settled]
        freed = sum(1 for key in listed if key in dropped)
        promoted = waiting[:freed] if its.reserves_notice is not None else []
        settled |= set(promoted)
        waiting = waiting[len(promoted) :]
        keys = (listed, its.reserves, its.left_out, promoted)
        found.append(Decision(number, its, *(tuple(units[key] for key in part) for part in keys)))
    return found


def sustained(batch: Batch) -> frozenset[str]:
    """Keys of the units that a sustained objection brings down."""
    return frozenset(its.applicant for its in batch.objections if its.outcome == "sustained")


def expected(batch: Batch) -> dict[str, str]:
    """The status in which each unit ends, by its key."""
    found = {its.key: _before_deliberation(its) for its in batch.applicants}
    dropped = sustained(batch)
    for decision in decisions(batch):
        found |= {its.key: "left_out" for its in decision.left_out}
        found |= {its.key: "reserve" for its in decision.reserves}
        for its in (*decision.listed, *decision.promoted):
            found[its.key] = "rejected" if its.key in dropped else "designated"
    return found


def _rest(batch: Batch, meeting: Meeting, settled: set[str], waiting: list[str]) -> tuple[str, ...]:
    """Every candidate that the meeting has not put elsewhere, and no meeting before it."""
    elsewhere = {*settled, *waiting, *meeting.reserves, *meeting.left_out}
    return tuple(
        its.key for its in batch.applicants if its.is_candidate and its.key not in elsewhere
    )


def _before_deliberation(its: Applicant) -> str:
    if its.withdrawal is not None and (its.leaves_at_once or its.qualifies):
        return "withdrawn"
    if its.lapses:
        return "lapsed"
    return "qualified" if its.qualifies else "rejected"
