"""What can be asked about erasures."""

from __future__ import annotations

from shared.contracts.erasure.vocabulary import ErasureStatus
from shared.contracts.fields import Identifier, OneOf, Text, Whole
from shared.contracts.message import Vocabulary, define, public
from shared.contracts.registry.fields import stream_name

ERASURE_QUERIES = Vocabulary("erasure", "query")

LARGEST_PAGE = 100


@define(ERASURE_QUERIES)
class ListErasures:
    """Requests in the asker's divisions, the latest first; of one stream, where it is named."""

    status: ErasureStatus | None = public(OneOf(ErasureStatus, allow_none=True))
    stream: str | None = public(stream_name(allow_none=True))
    cursor: str | None = public(Text(200, allow_none=True))
    limit: int | None = public(Whole(1, LARGEST_PAGE, allow_none=True))


@define(ERASURE_QUERIES)
class ShowErasure:
    """One request with all that was decided, and whether its keys are gone."""

    erasure_id: str = public(Identifier())
