"""Telling of a wrong, or how things are done."""

from __future__ import annotations

import datetime as dt

from shared.contracts.clues.commands.vocabulary import COMMANDS
from shared.contracts.clues.evidence import MOST_AT_ONCE, EvidenceFile
from shared.contracts.clues.fields import amount, kinds, receipt, topics
from shared.contracts.clues.vocabulary import ClueKind, OpinionTopic, Reporting, Way
from shared.contracts.fields import Day, Flag, Identifier, Many, OneOf, Text
from shared.contracts.message import Part, define, internal, public, sealed
from shared.contracts.registry.fields import LONG, division, phone


@define(COMMANDS)
class FileClue:
    """Tell of misconduct of an enforcement body.

    reporter_id: a new id, under whose key alone the reporter's name lies
    reporter_name, reporter_phone: none for an anonymous reporter, nor for a point that tells for
    itself; both for every other one
    receipt: leads whoever holds its code to the clue; none where nobody was given one, as a point
    that tells for itself
    evidence: files whose ciphertext lies in the store; null for none
    """

    clue_id: str = public(Identifier())
    way: Way = internal(OneOf(Way))
    kinds: tuple[ClueKind, ...] = internal(kinds())
    division: str = internal(division())
    body: str = internal(Text())
    happened_on: dt.date | None = internal(Day(allow_none=True))
    amount: int | None = internal(amount(allow_none=True))
    urgent: bool = internal(Flag())
    retaliation: bool = internal(Flag())
    reporting: Reporting = internal(OneOf(Reporting))
    reporter_id: str = internal(Identifier())
    text: str = sealed(Text(LONG, shortest=5), under="clue_id")
    place: str | None = sealed(Text(allow_none=True), under="clue_id")
    unit_concerned: str | None = sealed(Text(allow_none=True), under="clue_id")
    reporter_name: str | None = sealed(Text(50, allow_none=True), under="reporter_id")
    reporter_phone: str | None = sealed(phone(allow_none=True), under="reporter_id")
    receipt: str | None = sealed(receipt(allow_none=True), under="clue_id")
    evidence: tuple[EvidenceFile, ...] | None = sealed(
        Many(Part(EvidenceFile), least=1, most=MOST_AT_ONCE, allow_none=True), under="clue_id"
    )


@define(COMMANDS)
class FlagRetaliation:
    """Say that the reporter suffers for having told; opens an urgent case of its own."""

    clue_id: str = public(Identifier())
    text: str = sealed(Text(LONG, shortest=5), under="clue_id")


@define(COMMANDS)
class TakeOpinionAsClue:
    """What was given as an opinion tells of misconduct: handled as a clue, in its own words.

    clue_id: a new id; who told it, how and where follows from the opinion
    """

    opinion_id: str = public(Identifier())
    clue_id: str = public(Identifier())
    kinds: tuple[ClueKind, ...] = internal(kinds())
    body: str = internal(Text())
    happened_on: dt.date | None = internal(Day(allow_none=True))
    amount: int | None = internal(amount(allow_none=True))
    urgent: bool = internal(Flag())
    unit_concerned: str | None = sealed(Text(allow_none=True), under="clue_id")


@define(COMMANDS)
class FileOpinion:
    """Say what is good or bad about how things are done, or propose a rule.

    reporter_id, reporter_name, reporter_phone, receipt: as in FileClue
    """

    opinion_id: str = public(Identifier())
    way: Way = internal(OneOf(Way))
    topics: tuple[OpinionTopic, ...] = internal(topics())
    division: str = internal(division())
    body: str | None = internal(Text(allow_none=True))
    reporting: Reporting = internal(OneOf(Reporting))
    reporter_id: str = internal(Identifier())
    text: str = sealed(Text(LONG, shortest=5), under="opinion_id")
    reporter_name: str | None = sealed(Text(50, allow_none=True), under="reporter_id")
    reporter_phone: str | None = sealed(phone(allow_none=True), under="reporter_id")
    receipt: str | None = sealed(receipt(allow_none=True), under="opinion_id")
