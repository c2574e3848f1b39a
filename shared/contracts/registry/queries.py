"""What the registry can be asked; answers come from its read models."""

from __future__ import annotations

from shared.contracts.fields import Identifier, Text
from shared.contracts.message import Vocabulary, define, internal, public
from shared.contracts.registry.fields import division

QUERIES = Vocabulary("registry", "query")


@define(QUERIES)
class ListApplications:
    """All applications of a batch, without personal data."""

    batch_id: str = public(Identifier())


@define(QUERIES)
class OpenApplication:
    """One application with its unit's name and contact, for a stated purpose."""

    application_id: str = public(Identifier())
    purpose: str = internal(Text(200, shortest=4))


@define(QUERIES)
class OpenObjection:
    """One objection with its facts and contact, for a stated purpose."""

    objection_id: str = public(Identifier())
    purpose: str = internal(Text(200, shortest=4))


@define(QUERIES)
class ListNotices:
    """The notices of a batch, open to everyone; the bureau sees their objections too."""

    batch_id: str = public(Identifier())


@define(QUERIES)
class ListPoints:
    """Points, of one division when given; retired ones too."""

    division: str | None = public(division(allow_none=True))
