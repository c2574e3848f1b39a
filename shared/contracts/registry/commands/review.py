"""The review group, who stays out of it, and what it records, asks and votes."""

from __future__ import annotations

import datetime as dt

from shared.contracts.fields import Day, Flag, Identifier, Many, OneOf, Text
from shared.contracts.message import define, internal, public, sealed
from shared.contracts.registry.commands.vocabulary import COMMANDS
from shared.contracts.registry.fields import LONG, CreditCode, division
from shared.contracts.registry.vocabulary import (
    Check,
    Finding,
    FlagResolution,
    IndustryGroup,
    OpinionSource,
    OpinionView,
    PartyOrganisation,
)

LARGEST_GROUP = 50


@define(COMMANDS)
class AppointReviewGroup:
    """Set up a batch's review group (资格审查小组).

    `member_ids` are accounts that hold the role reviewer, `chair` is one of them.
    """

    batch_id: str = public(Identifier())
    member_ids: tuple[str, ...] = internal(Many(Text(), least=1, most=LARGEST_GROUP, distinct=True))
    chair: str = internal(Text())


@define(COMMANDS)
class ChangeReviewGroup:
    """Replace the members of a batch's review group; votes of who has left count no more."""

    batch_id: str = public(Identifier())
    member_ids: tuple[str, ...] = internal(Many(Text(), least=1, most=LARGEST_GROUP, distinct=True))
    chair: str = internal(Text())
    reasons: str = internal(Text(LONG))


@define(COMMANDS)
class DeclareInterests:
    """One's own statement of ties; it adds to what was said before.

    bodies: departments, chambers or streets that the member works for or speaks for
    industry_group, district: where the member, or its employer, competes
    """

    batch_id: str = public(Identifier())
    member_id: str = internal(Text())
    employer_name: str | None = sealed(Text(allow_none=True), under="member_id")
    employer_code: str | None = sealed(CreditCode(allow_none=True), under="member_id")
    bodies: tuple[str, ...] = sealed(Many(Text(), most=50), under="member_id")
    industry_group: IndustryGroup | None = internal(OneOf(IndustryGroup, allow_none=True))
    district: str | None = internal(division(allow_none=True))


@define(COMMANDS)
class DeclareRecusal:
    """Whoever sends it stays out of this application's review from here on."""

    application_id: str = public(Identifier())
    reasons: str = sealed(Text(LONG), under="application_id")


@define(COMMANDS)
class ExamineRecusals:
    """Compare the group's declared interests with the applicant and put on record who is tied."""

    application_id: str = public(Identifier())


@define(COMMANDS)
class ResolveFlag:
    """A person decides, with reasons, what a flagged check means."""

    application_id: str = public(Identifier())
    check: Check = public(OneOf(Check))
    resolution: FlagResolution = internal(OneOf(FlagResolution))
    reasons: str = sealed(Text(LONG), under="application_id")


@define(COMMANDS)
class RecordPoliticalDirection:
    """Party organisation and interview (政治方向), with the finding of that check."""

    application_id: str = public(Identifier())
    party_organisation: PartyOrganisation = internal(OneOf(PartyOrganisation))
    interviewed_on: dt.date = internal(Day())
    finding: Finding = internal(OneOf(Finding))
    interviewed: str = sealed(Text(), under="application_id")
    minutes: str = sealed(Text(LONG), under="application_id")


@define(COMMANDS)
class RecordGovernanceAbility:
    """How a village or chamber governs itself: three findings, of which the worst is the check's.

    self_discipline: its rules of self-discipline · mediation: of disputes · oversight: of members
    """

    application_id: str = public(Identifier())
    self_discipline: Finding = internal(OneOf(Finding))
    mediation: Finding = internal(OneOf(Finding))
    oversight: Finding = internal(OneOf(Finding))
    evidence: str = sealed(Text(LONG), under="application_id")


@define(COMMANDS)
class RecordVisit:
    """A visit to the applicant's site (走访)."""

    application_id: str = public(Identifier())
    visit_id: str = public(Identifier())
    held_on: dt.date = internal(Day())
    participants: str = sealed(Text(500), under="application_id")
    minutes: str = sealed(Text(LONG), under="application_id")
    documents: tuple[str, ...] | None = internal(Many(Identifier(), distinct=True, allow_none=True))


@define(COMMANDS)
class RecordTalk:
    """A talk about the applicant (座谈), with street, community or others."""

    application_id: str = public(Identifier())
    talk_id: str = public(Identifier())
    held_on: dt.date = internal(Day())
    participants: str = sealed(Text(500), under="application_id")
    minutes: str = sealed(Text(LONG), under="application_id")
    documents: tuple[str, ...] | None = internal(Many(Identifier(), distinct=True, allow_none=True))


@define(COMMANDS)
class AskOpinion:
    """Ask a street or an enforcement body for its opinion; the limit follows from the rules.

    body: its name · body_unit: the unit that its accounts act for, which may then answer itself
    """

    application_id: str = public(Identifier())
    opinion_id: str = public(Identifier())
    source: OpinionSource = internal(OneOf(OpinionSource))
    body: str = internal(Text())
    body_unit: str | None = internal(Text(allow_none=True))


@define(COMMANDS)
class AnswerOpinion:
    """The opinion, by the body's own account, or entered by an officer from its letter."""

    application_id: str = public(Identifier())
    opinion_id: str = public(Identifier())
    view: OpinionView = internal(OneOf(OpinionView))
    text: str = sealed(Text(LONG), under="application_id")
    document: str | None = internal(Identifier(allow_none=True))


@define(COMMANDS)
class TakeBackOpinion:
    """The bureau waits for that opinion no more: it asked the wrong body, or need not know."""

    application_id: str = public(Identifier())
    opinion_id: str = public(Identifier())
    reasons: str = sealed(Text(LONG), under="application_id")


@define(COMMANDS)
class MarkOpinionOverdue:
    """The limit of an opinion has passed without an answer; the timekeeper sends it."""

    application_id: str = public(Identifier())
    opinion_id: str = public(Identifier())


@define(COMMANDS)
class CastVote:
    """A member's vote on an application, once."""

    application_id: str = public(Identifier())
    in_favour: bool = internal(Flag())
    reasons: str | None = sealed(Text(LONG, allow_none=True), under="application_id")
