"""What can be asked about openings of a reporter's identity, and about who reads a case."""

from __future__ import annotations

from shared.contracts.clues.queries.vocabulary import MOST, QUERIES
from shared.contracts.fields import Flag, Identifier, Text, Whole
from shared.contracts.message import define, public


@define(QUERIES)
class ListIdentityOpenings:
    """Requests to open an identity, the latest first, without anybody's words.

    pending: only those that wait for an approval, or only those that do not
    clue_id: only those of one clue
    """

    pending: bool | None = public(Flag(allow_none=True))
    clue_id: str | None = public(Identifier(allow_none=True))
    cursor: str | None = public(Text(1_000, allow_none=True))
    limit: int | None = public(Whole(1, MOST, allow_none=True))


@define(QUERIES)
class ShowIdentityOpening:
    """One request with its reason, who asked, and who has agreed so far."""

    clue_id: str = public(Identifier())
    opening_id: str = public(Identifier())


@define(QUERIES)
class ShowReporter:
    """A confidential reporter's name and phone, for whoever asked, while the opening lasts.

    Answers within a minute of ReadIdentity by the same person, and not otherwise.
    """

    clue_id: str = public(Identifier())
    opening_id: str = public(Identifier())
    purpose: str = public(Text())


@define(QUERIES)
class ListCaseReaders:
    """Who has read a case whose reporter is not named, or its reporter's identity; latest first."""

    clue_id: str = public(Identifier())
    cursor: str | None = public(Text(1_000, allow_none=True))
    limit: int | None = public(Whole(1, MOST, allow_none=True))
