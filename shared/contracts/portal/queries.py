"""What can be asked about accounts."""

from __future__ import annotations

from shared.contracts.fields import Identifier, Text, Whole
from shared.contracts.message import Vocabulary, define, public

QUERIES = Vocabulary("portal", "query")


@define(QUERIES)
class ListAccounts:
    """Accounts with a role in the asker's divisions, a page at a time, with names and logins."""

    cursor: str | None = public(Text(200, allow_none=True))
    limit: int | None = public(Whole(1, 100, allow_none=True))


@define(QUERIES)
class ListReviewers:
    """Who can be appointed to a review group in the asker's divisions, with their names."""

    cursor: str | None = public(Text(200, allow_none=True))
    limit: int | None = public(Whole(1, 100, allow_none=True))


@define(QUERIES)
class ListOfficers:
    """Who can be made to handle a clue in the asker's divisions, with their names."""

    cursor: str | None = public(Text(200, allow_none=True))
    limit: int | None = public(Whole(1, 100, allow_none=True))


@define(QUERIES)
class ListBodyUnits:
    """Units of the enforcement bodies that have an account, in the asker's divisions."""


@define(QUERIES)
class ShowAccount:
    account_id: str = public(Identifier())
