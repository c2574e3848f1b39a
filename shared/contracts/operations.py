"""What operators can ask of every service, beside its own commands and queries."""

from __future__ import annotations

from shared.contracts.fields import Many, Whole
from shared.contracts.message import Vocabulary, define, public

OPERATIONS = Vocabulary("operations", "operation")


@define(OPERATIONS)
class ListParked:
    """Reactions that could not be carried out and wait."""


@define(OPERATIONS)
class RetryParked:
    """Have parked reactions tried again; all of them when `ids` is null.

    With each, everything of its stream that waits behind it.
    """

    ids: tuple[int, ...] | None = public(Many(Whole(1), least=1, distinct=True, allow_none=True))
