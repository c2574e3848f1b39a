"""Public notices, objections, designation."""

from __future__ import annotations

from shared.contracts.fields import Flag, Identifier, Many, OneOf, Text
from shared.contracts.message import define, internal, public, sealed
from shared.contracts.registry.commands.vocabulary import COMMANDS
from shared.contracts.registry.fields import LONG, phone
from shared.contracts.registry.vocabulary import (
    ObjectionOutcome,
)

RECEIPT_LENGTH = 16
"""Characters of the shortest receipt code: too many to be guessed."""


@define(COMMANDS)
class PublishNotice:
    """Show listed applications of a batch to the public; the period follows from the rules."""

    notice_id: str = public(Identifier())
    batch_id: str = public(Identifier())
    text: str = public(Text(LONG))
    application_ids: tuple[str, ...] = internal(Many(Identifier(), least=1, distinct=True))


@define(COMMANDS)
class ObjectToNotice:
    """Anyone may object: with name and phone, or anonymously with concrete facts.

    receipt_code: a secret of the objector's, with which it is told later what came of it
    """

    notice_id: str = public(Identifier())
    objection_id: str = public(Identifier())
    application_id: str = internal(Identifier())
    anonymous: bool = internal(Flag())
    facts: str = sealed(Text(LONG, shortest=10), under="objection_id")
    contact_name: str | None = sealed(Text(50, allow_none=True), under="objection_id")
    contact_phone: str | None = sealed(phone(allow_none=True), under="objection_id")
    receipt_code: str | None = sealed(
        Text(100, shortest=RECEIPT_LENGTH, allow_none=True), under="objection_id"
    )


@define(COMMANDS)
class DecideObjection:
    notice_id: str = public(Identifier())
    objection_id: str = public(Identifier())
    outcome: ObjectionOutcome = public(OneOf(ObjectionOutcome))
    reasons: str = sealed(Text(LONG), under="objection_id")


@define(COMMANDS)
class DesignatePoints:
    """Make units of a notice that has ended into points. All of them, or none."""

    notice_id: str = public(Identifier())
    application_ids: tuple[str, ...] = public(Many(Identifier(), least=1, distinct=True))


@define(COMMANDS)
class CorrectNotice:
    """Correct what a notice says of one unit, whose days begin anew on the next day.

    `wrong` and `correction` say it in words; where the unit's data were corrected before, the
    notice shows them from here on.
    """

    notice_id: str = public(Identifier())
    application_id: str = public(Identifier())
    wrong: str = public(Text(LONG))
    correction: str = public(Text(LONG))


@define(COMMANDS)
class ExtendVerification:
    """Give the verification of an objection more time, once, with reasons."""

    notice_id: str = public(Identifier())
    objection_id: str = public(Identifier())
    reasons: str = sealed(Text(LONG), under="objection_id")


@define(COMMANDS)
class MarkObjectionOverdue:
    """The limit of a verification has passed without a decision; the timekeeper sends it."""

    notice_id: str = public(Identifier())
    objection_id: str = public(Identifier())
