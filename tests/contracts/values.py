"""Values drawn from the schemas themselves, so that a new message is tested the day it is made."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st
from marshmallow import fields as marshmallow_fields
from marshmallow.validate import Length

from shared.contracts.catalogue import CATALOGUE
from shared.contracts.fields import (
    Day,
    Flag,
    Identifier,
    Many,
    Moment,
    OneOf,
    Pattern,
    Text,
    Whole,
)
from shared.contracts.message import MessageType, Part
from shared.contracts.moments import timestamp
from shared.contracts.registry.fields import CreditCode
from shared.reference.credit_code import ALPHABET, complete

Strategy = st.SearchStrategy[Any]

MESSAGE_TYPES = [
    message_type
    for language in CATALOGUE.values()
    for vocabulary in (language.events, language.commands, language.queries)
    for message_type in vocabulary
]
EVENT_TYPES = [its for language in CATALOGUE.values() for its in language.events]
PUBLISHED_TYPES = [its for its in EVENT_TYPES if not its.unpublished]
"""Events that others get, unless a field keeps one of them."""

IDS = st.uuids(version=4).map(str)
_CHARACTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])


def named(message_type: MessageType) -> str:
    """Which message a parametrised test is about."""
    return f"{message_type.cls.__module__.split('.')[2]}.{message_type.name}"


def payloads(message_type: MessageType, **instead: Strategy) -> Strategy:
    """Plain JSON objects that the message's schema takes; `instead` replaces single fields."""
    return st.fixed_dictionaries(
        {
            name: instead.get(name, value_of(field))
            for name, field in message_type.schema.fields.items()
        }
    )


def instances(message_type: MessageType, **instead: Strategy) -> Strategy:
    return payloads(message_type, **instead).map(message_type.load)


def value_of(field: marshmallow_fields.Field[Any]) -> Strategy:
    """Plain JSON values that a field takes."""
    drawn = _present(field)
    return st.none() | drawn if field.allow_none else drawn


def _present(field: marshmallow_fields.Field[Any]) -> Strategy:
    match field:
        case Identifier():
            return IDS
        case CreditCode():
            return st.text(ALPHABET, min_size=17, max_size=17).map(complete)
        case Pattern():
            return st.from_regex(field.regex, fullmatch=True).filter(str.isascii)
        case Text():
            return texts(field.shortest, min(field.longest, 40))
        case Whole():
            return st.integers(field.least, field.most)
        case Flag():
            return st.booleans()
        case Day():
            return st.dates(dt.date(1900, 1, 1)).map(dt.date.isoformat)
        case Moment():
            return st.datetimes(timezones=st.just(dt.UTC)).map(timestamp)
        case OneOf():
            return st.sampled_from(field.words)
        case Part():
            return st.fixed_dictionaries(
                {name: value_of(inner) for name, inner in field.inner.fields.items()}
            )
        case Many():
            return _lists(field)
    raise TypeError(f"no values are known for {type(field).__name__}")


def texts(shortest: int = 1, longest: int = 40) -> Strategy:
    """Text as a careful sender trims it."""
    drawn = st.text(_CHARACTERS, min_size=shortest, max_size=longest)
    return drawn.filter(lambda text: text == text.strip() and len(text) >= shortest)


def _lists(field: Many) -> Strategy:
    limits = [its for its in field.validators if isinstance(its, Length)]
    least = max((its.min or 0 for its in limits), default=0)
    most = min((its.max or 4 for its in limits), default=4)
    unique_by = repr if field.distinct else None
    return st.lists(
        value_of(field.inner), min_size=least, max_size=min(4, most), unique_by=unique_by
    )
