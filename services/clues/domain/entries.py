"""What comes in, whichever way: how an entry becomes a clue or an opinion, and what it must say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from services.clues.domain.context import Context
from services.clues.domain.days import EARLIEST, refuse_day
from shared.contracts.clues import commands
from shared.contracts.clues.entries import entry_problems, reporter_problems
from shared.contracts.clues.fields import Entry
from shared.contracts.clues.vocabulary import Nature, Reporting, Way
from shared.contracts.errors import Invalid


@dataclass(frozen=True)
class Origin:
    """How something came in.

    point_id: the contact point that heard it · source_id: the emptying, symposium or import
    filed_by: the account that wrote it down; None: the reporter did
    """

    way: Way
    point_id: str | None = None
    source_id: str | None = None
    hotline_number: str | None = None
    filed_by: str | None = None


class Told(Protocol):
    """What says who reports."""

    @property
    def reporting(self) -> Reporting: ...
    @property
    def reporter_name(self) -> str | None: ...
    @property
    def reporter_phone(self) -> str | None: ...


def tells_for_itself(told: Told, origin: Origin) -> bool:
    """Whether a point tells what it has met itself, for nobody else."""
    nobody_behind = told.reporter_name is None and told.reporter_phone is None
    return origin.way is Way.POINT and told.reporting is Reporting.NAMED and nobody_behind


def refuse_half_known(told: Told, origin: Origin) -> None:
    """Raise Invalid unless the reporter is known as far as they say, and no further.

    A point that tells for itself gives no name; on a slip, a list of attendance or a work order
    a name without a phone is enough.
    """
    if tells_for_itself(told, origin):
        return
    problems = list(
        reporter_problems(
            told.reporting,
            told.reporter_name,
            told.reporter_phone,
            needs_phone=origin.source_id is None,
        )
    )
    if problems:
        raise Invalid(problems)


def refuse_own_receipt(command: commands.FileClue | commands.FileOpinion, origin: Origin) -> None:
    """Raise Invalid for a receipt of a point that tells for itself: it follows its account."""
    if command.receipt is not None and tells_for_itself(command, origin):
        raise Invalid.one("receipt", "not_allowed", "nobody is behind it who could be given one")


def refuse_strange_day(command: commands.FileClue, context: Context) -> None:
    if command.happened_on is not None:
        refuse_day("happened_on", command.happened_on, EARLIEST, context)


def filing_of(entry: Entry, way: Way, reporter_id: str) -> Any:
    """The command that an entry stands for. Raises Invalid with all that is wrong with it."""
    problems = list(entry_problems(entry))
    if problems:
        raise Invalid(problems)
    if entry.nature is Nature.OPINION:
        return _opinion(entry, way, reporter_id)
    assert entry.body is not None
    return commands.FileClue(
        clue_id=entry.entry_id,
        way=way,
        kinds=entry.kinds,
        division=entry.division,
        body=entry.body,
        happened_on=entry.happened_on,
        amount=entry.amount,
        urgent=entry.urgent,
        retaliation=entry.retaliation,
        reporting=entry.reporting,
        reporter_id=reporter_id,
        text=entry.text,
        place=entry.place,
        evidence=None,
        unit_concerned=entry.unit_concerned,
        reporter_name=entry.reporter_name,
        reporter_phone=entry.reporter_phone,
        receipt=None,
    )


def _opinion(entry: Entry, way: Way, reporter_id: str) -> commands.FileOpinion:
    return commands.FileOpinion(
        opinion_id=entry.entry_id,
        way=way,
        topics=entry.topics,
        division=entry.division,
        body=entry.body,
        reporting=entry.reporting,
        reporter_id=reporter_id,
        text=entry.text,
        reporter_name=entry.reporter_name,
        reporter_phone=entry.reporter_phone,
        receipt=None,
    )
