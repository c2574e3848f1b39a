"""What can be asked about accounts."""

from __future__ import annotations

from collections.abc import Sequence

from shared.contracts.fields import Identifier, Many, Text, Whole
from shared.contracts.message import Vocabulary, define, internal, public
from shared.contracts.portal.fields import account_role
from shared.contracts.registry.fields import division
from shared.contracts.roles import Role

QUERIES = Vocabulary("portal", "query")


@define(QUERIES)
class ListAccounts:
    """Accounts with a role in the asker's divisions, a page at a time, with names and logins.

    The latest opened first. `words` are looked for in name, login and the units acted for.
    """

    words: str | None = internal(Text(100, allow_none=True))
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
class ListBodies:
    """Units for which open accounts can answer for something of this division, by name.

    role: of enforcement bodies or of partners alone
    """

    division: str = public(division())
    role: Role | None = public(account_role(allow_none=True))
    cursor: str | None = public(Text(200, allow_none=True))
    limit: int | None = public(Whole(1, 100, allow_none=True))


@define(QUERIES)
class NameAccounts:
    """Whose these accounts are, for who watches what was done with them: for a stated purpose."""

    account_ids: Sequence[str] = public(Many(Identifier(), least=1, most=100))
    purpose: str = internal(Text(200, shortest=4))


@define(QUERIES)
class ListPointsWithAccounts:
    """The points for which an open account acts, by id."""

    cursor: str | None = public(Text(200, allow_none=True))
    limit: int | None = public(Whole(1, 100, allow_none=True))


@define(QUERIES)
class ShowAccount:
    account_id: str = public(Identifier())
