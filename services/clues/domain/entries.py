"""What comes in, whichever way: how an entry becomes a clue or an opinion, and what it must say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from services.clues.domain.context import Context
from services.clues.domain.days import EARLIEST, refuse_day
from shared.contracts.clues import commands
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
    name, phone = told.reporter_name, told.reporter_phone
    if tells_for_itself(told, origin):
        return
    if told.reporting is Reporting.ANONYMOUS:
        for field, value in (("reporter_name", name), ("reporter_phone", phone)):
            if value is not None:
                raise Invalid.one(field, "not_allowed", "an anonymous reporter has neither")
        return
    if name is None:
        raise Invalid.one("reporter_name", "missing", "say who reports, or report anonymously")
    if phone is None and origin.source_id is None:
        raise Invalid.one("reporter_phone", "missing", "give a phone to be reached at")


def refuse_strange_day(command: commands.FileClue, context: Context) -> None:
    if command.happened_on is not None:
        refuse_day("happened_on", command.happened_on, EARLIEST, context)


def filing_of(entry: Entry, way: Way, reporter_id: str) -> Any:
    """The command that an entry stands for. Raises Invalid for what its nature needs or forbids."""
    if entry.nature is Nature.OPINION:
        return _opinion(entry, way, reporter_id)
    if not entry.kinds:
        raise Invalid.one("kinds", "missing", "say what is alleged")
    if entry.topics:
        raise Invalid.one("topics", "not_allowed", "a clue has kinds")
    if entry.body is None:
        raise Invalid.one("body", "missing", "say which body it is about")
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
        unit_concerned=entry.unit_concerned,
        reporter_name=entry.reporter_name,
        reporter_phone=entry.reporter_phone,
    )


_OF_CLUES = ("unit_concerned", "happened_on", "place", "amount")


def _opinion(entry: Entry, way: Way, reporter_id: str) -> commands.FileOpinion:
    if not entry.topics:
        raise Invalid.one("topics", "missing", "say what it is about")
    if entry.kinds:
        raise Invalid.one("kinds", "not_allowed", "an opinion has topics")
    for name in _OF_CLUES:
        if getattr(entry, name) is not None:
            raise Invalid.one(name, "not_allowed", "only a clue has it")
    for name in ("urgent", "retaliation"):
        if getattr(entry, name):
            raise Invalid.one(name, "not_allowed", "only a clue has it")
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
    )
