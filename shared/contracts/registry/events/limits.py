"""Limits that were counted anew."""

from __future__ import annotations

from shared.contracts.fields import Identifier, OneOf
from shared.contracts.limits import TimeLimit
from shared.contracts.message import Part, define, public
from shared.contracts.registry.events.vocabulary import EVENTS
from shared.contracts.registry.vocabulary import LimitName


@define(EVENTS)
class LimitMoved:
    """A running limit of this stream was counted anew, since a year's working days were loaded.

    about: what within the stream the limit is of, such as an objection; null: the whole
    """

    name: LimitName = public(OneOf(LimitName))
    about: str | None = public(Identifier(allow_none=True))
    limit: TimeLimit = public(Part(TimeLimit))
