"""What can be asked about conversations with reporters, and about those who suffer retaliation."""

from __future__ import annotations

from shared.contracts.clues.queries.vocabulary import MOST, QUERIES
from shared.contracts.fields import Flag, Identifier, Text, Whole
from shared.contracts.message import define, public


@define(QUERIES)
class OpenDialogue:
    """A case's conversation, notes and follow-ups, opened for a purpose that is kept."""

    clue_id: str = public(Identifier())
    purpose: str = public(Text())


@define(QUERIES)
class ListDialogues:
    """Cases with something new from their reporter, the longest unread first; none of the words.

    mine: only of those that the asker handles, and of those that nobody handles yet
    """

    mine: bool | None = public(Flag(allow_none=True))
    cursor: str | None = public(Text(1_000, allow_none=True))
    limit: int | None = public(Whole(1, MOST, allow_none=True))


@define(QUERIES)
class ListFollowUps:
    """Cases of retaliation by the day on which their reporter is to be asked how they fare.

    mine: as in ListDialogues
    """

    mine: bool | None = public(Flag(allow_none=True))
    cursor: str | None = public(Text(1_000, allow_none=True))
    limit: int | None = public(Whole(1, MOST, allow_none=True))


@define(QUERIES)
class ShowConversation:
    """What a reporter and the bureau have said to each other; which case, the receipt says."""
