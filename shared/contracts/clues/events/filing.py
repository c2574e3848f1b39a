"""Clues and opinions as they come in, whichever way."""

from __future__ import annotations

import datetime as dt

from shared.contracts.clues.events.vocabulary import EVENTS
from shared.contracts.clues.fields import WatchedLimit, amount, hotline_number, kinds, topics
from shared.contracts.clues.vocabulary import ClueKind, OpinionTopic, Reporting, Way
from shared.contracts.fields import Day, Flag, Identifier, OneOf, Text
from shared.contracts.message import Part, Precision, Sealable, define, internal, public, sealed
from shared.contracts.registry.fields import LONG, division, phone


@define(EVENTS, precision=Precision.DAY, anonymous=True, unpublished_with="of_clue")
class ClueFiled:
    """Somebody alleges misconduct of an enforcement body.

    A case of retaliation is opened beside its clue, so that it is not published with it.

    source_id: the emptying, symposium or import it came with
    filed_by: the account of the point or officer that wrote it down; null: the reporter did
    of_clue: of a case of retaliation, the clue whose reporter suffers it
    by_point: whether the point tells for itself, so that nobody is behind it
    concerns_unit: whether it is about a unit that could be named with its consent
    """

    clue_id: str = public(Identifier())
    kinds: tuple[ClueKind, ...] = public(kinds())
    division: str = public(division())
    way: Way = internal(OneOf(Way))
    point_id: str | None = internal(Identifier(allow_none=True))
    source_id: str | None = internal(Identifier(allow_none=True))
    hotline_number: str | None = internal(hotline_number(allow_none=True))
    filed_by: str | None = internal(Text(allow_none=True))
    of_clue: str | None = internal(Identifier(allow_none=True))
    by_point: bool = internal(Flag())
    concerns_unit: bool = internal(Flag())
    body: str = internal(Text())
    happened_on: dt.date | None = internal(Day(allow_none=True))
    amount: int | None = internal(amount(allow_none=True))
    urgent: bool = internal(Flag())
    retaliation: bool = internal(Flag())
    reporting: Reporting = internal(OneOf(Reporting))
    reporter_id: str = internal(Identifier())
    text: Sealable[str] = sealed(Text(LONG), under="clue_id")
    place: Sealable[str | None] = sealed(Text(allow_none=True), under="clue_id")
    unit_concerned: Sealable[str | None] = sealed(Text(allow_none=True), under="clue_id")
    reporter_name: Sealable[str | None] = sealed(Text(50, allow_none=True), under="reporter_id")
    reporter_phone: Sealable[str | None] = sealed(phone(allow_none=True), under="reporter_id")
    acceptance: WatchedLimit = internal(Part(WatchedLimit))


@define(EVENTS, precision=Precision.DAY, anonymous=True, unpublished=True)
class RetaliationFlagged:
    """The reporter suffers for having told; an urgent case of its own is opened for that.

    Often part of the filing; that of the case keeps which account of point or bureau said so.
    """

    clue_id: str = public(Identifier())
    retaliation_clue_id: str = internal(Identifier())


@define(EVENTS, precision=Precision.DAY, anonymous=True)
class OpinionFiled:
    """Somebody says what is good or bad about how things are done, or proposes a rule.

    source_id, filed_by, by_point: as in ClueFiled
    """

    opinion_id: str = public(Identifier())
    topics: tuple[OpinionTopic, ...] = public(topics())
    division: str = public(division())
    way: Way = internal(OneOf(Way))
    point_id: str | None = internal(Identifier(allow_none=True))
    source_id: str | None = internal(Identifier(allow_none=True))
    hotline_number: str | None = internal(hotline_number(allow_none=True))
    filed_by: str | None = internal(Text(allow_none=True))
    by_point: bool = internal(Flag())
    body: str | None = internal(Text(allow_none=True))
    reporting: Reporting = internal(OneOf(Reporting))
    reporter_id: str = internal(Identifier())
    text: Sealable[str] = sealed(Text(LONG), under="opinion_id")
    reporter_name: Sealable[str | None] = sealed(Text(50, allow_none=True), under="reporter_id")
    reporter_phone: Sealable[str | None] = sealed(phone(allow_none=True), under="reporter_id")
    answering: WatchedLimit = internal(Part(WatchedLimit))
