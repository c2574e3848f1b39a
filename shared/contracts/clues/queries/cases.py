"""What can be asked about clues and opinions, how they came in, and what came of them."""

from __future__ import annotations

import datetime as dt

from shared.contracts.clues.queries.vocabulary import MOST, QUERIES
from shared.contracts.clues.vocabulary import (
    AlarmStage,
    ClueKind,
    ClueStatus,
    Nature,
    OpinionStatus,
    ThemeStatus,
)
from shared.contracts.erasure.queries import ListErasures as ListErasures
from shared.contracts.erasure.queries import ShowErasure as ShowErasure
from shared.contracts.fields import Day, Flag, Identifier, OneOf, Text, Whole
from shared.contracts.message import define, public
from shared.contracts.registry.fields import division


@define(QUERIES)
class ListClues:
    """The work list, without anybody's words: urgent ones first, then by what is due next.

    A point gets its own. mine: only those that the asker handles
    open: only those of which something is to be done yet, or of which nothing is
    late, raised: only those of which a limit has passed, or an alarm has got so far
    body: a part of the body's name · district: a division with all that lies in it
    """

    status: ClueStatus | None = public(OneOf(ClueStatus, allow_none=True))
    kind: ClueKind | None = public(OneOf(ClueKind, allow_none=True))
    mine: bool | None = public(Flag(allow_none=True))
    open: bool | None = public(Flag(allow_none=True))
    late: bool | None = public(Flag(allow_none=True))
    raised: AlarmStage | None = public(OneOf(AlarmStage, allow_none=True))
    body: str | None = public(Text(allow_none=True))
    district: str | None = public(division(allow_none=True))
    cursor: str | None = public(Text(1_000, allow_none=True))
    limit: int | None = public(Whole(1, MOST, allow_none=True))


@define(QUERIES)
class OpenClue:
    """One clue with all that happened, opened for a purpose that is kept."""

    clue_id: str = public(Identifier())
    purpose: str = public(Text())


@define(QUERIES)
class FollowReceipt:
    """What whoever holds a receipt may know of the case; which it is follows from who asks."""


@define(QUERIES)
class SearchCases:
    """Clues and opinions in whose text all the words stand, the latest first; none of the text.

    words: parted by spaces, of two characters at least · the rest as in ListClues; the text is
    opened for it, so the purpose is kept
    """

    words: str = public(Text(100))
    purpose: str = public(Text())
    nature: Nature | None = public(OneOf(Nature, allow_none=True))
    status: ClueStatus | None = public(OneOf(ClueStatus, allow_none=True))
    kind: ClueKind | None = public(OneOf(ClueKind, allow_none=True))
    district: str | None = public(division(allow_none=True))
    body: str | None = public(Text(allow_none=True))


@define(QUERIES)
class SuggestSimilarClues:
    """Clues that may be about the same: the same body, and a kind, district or day in common."""

    clue_id: str = public(Identifier())


@define(QUERIES)
class ShowRefundLedger:
    """The ledger of one clue by its claims, with totals; amounts in fen."""

    clue_id: str = public(Identifier())


@define(QUERIES)
class ListEvidence:
    """The files of one clue, without their names; point and reporter get those they brought."""

    clue_id: str = public(Identifier())


@define(QUERIES)
class OpenEvidence:
    """One file, opened for a purpose that is kept: what its object is called, and its key."""

    clue_id: str = public(Identifier())
    file_id: str = public(Identifier())
    purpose: str = public(Text())


@define(QUERIES)
class ListReferrals:
    """What authorities were asked; its own for a body, all for the bureau.

    open: of which an answer or an ordered refund is still to come, or of which nothing is
    """

    open: bool | None = public(Flag(allow_none=True))
    cursor: str | None = public(Text(1_000, allow_none=True))
    limit: int | None = public(Whole(1, MOST, allow_none=True))


@define(QUERIES)
class OpenReferral:
    """What the bureau wrote to the authority, what came back, and what the body is to refund."""

    referral_id: str = public(Identifier())


@define(QUERIES)
class ListOpinionsFiled:
    """Opinions by the day on which an answer is due; a point gets its own."""

    status: OpinionStatus | None = public(OneOf(OpinionStatus, allow_none=True))
    cursor: str | None = public(Text(1_000, allow_none=True))
    limit: int | None = public(Whole(1, MOST, allow_none=True))


@define(QUERIES)
class OpenOpinionFiled:
    """One opinion with its text and its answer, opened for a purpose that is kept.

    entry_id: the opinion's id, under which it was filed
    """

    entry_id: str = public(Identifier())
    purpose: str = public(Text())


@define(QUERIES)
class ListBoxes:
    """Opinion boxes: where they are and whom to ask; open to everyone."""

    cursor: str | None = public(Text(1_000, allow_none=True))
    limit: int | None = public(Whole(1, MOST, allow_none=True))


@define(QUERIES)
class ShowBox:
    """One box; whoever keeps it gets its emptyings with what the slips became."""

    box_id: str = public(Identifier())


@define(QUERIES)
class OpenSymposium:
    """One symposium with its minutes and what was said, opened for a purpose that is kept."""

    symposium_id: str = public(Identifier())
    purpose: str = public(Text())


@define(QUERIES)
class ListSymposia:
    """Symposia by their day."""

    cursor: str | None = public(Text(1_000, allow_none=True))
    limit: int | None = public(Whole(1, MOST, allow_none=True))


@define(QUERIES)
class ListHotlineImports:
    """Imports of the hotline's work orders, the latest first."""

    cursor: str | None = public(Text(1_000, allow_none=True))
    limit: int | None = public(Whole(1, MOST, allow_none=True))


@define(QUERIES)
class ListThemes:
    """What comes up again and again."""

    status: ThemeStatus | None = public(OneOf(ThemeStatus, allow_none=True))
    cursor: str | None = public(Text(1_000, allow_none=True))
    limit: int | None = public(Whole(1, MOST, allow_none=True))


@define(QUERIES)
class ShowTheme:
    theme_id: str = public(Identifier())


@define(QUERIES)
class ListFrequentInspections:
    """Units that were inspected more often in a year than the figure allows, opened for a purpose.

    With their names, and which bodies inspected them; those of the latest year first, the most
    often inspected before the others.
    """

    purpose: str = public(Text())
    cursor: str | None = public(Text(1_000, allow_none=True))
    limit: int | None = public(Whole(1, MOST, allow_none=True))


@define(QUERIES)
class ListProposals:
    """Proposals for improvement, those that are open first."""

    cursor: str | None = public(Text(1_000, allow_none=True))
    limit: int | None = public(Whole(1, MOST, allow_none=True))


@define(QUERIES)
class ShowProposal:
    proposal_id: str = public(Identifier())


@define(QUERIES)
class ShowBaseline:
    """What was counted of earlier years, the latest first."""


@define(QUERIES)
class ShowClueSettings:
    """The figures of a day, of today without one; to come included."""

    day: dt.date | None = public(Day(allow_none=True))
