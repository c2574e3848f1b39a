"""Field types of the published language, strict where marshmallow's own are lenient.

marshmallow turns "5" into 5, "yes" into True and accepts any spelling of a UUID; in a log whose
leaves are hashed, a value has one spelling or is refused.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError, fields, validate

from shared.contracts.canonical import MAX_INTEGER, check_text
from shared.contracts.errors import Invalid
from shared.contracts.moments import instant, timestamp


@dataclass(frozen=True)
class Coded:
    """One thing wrong with a value: a code for machines, a sentence for people.

    A class of its own, since in marshmallow's nested messages a mapping stands for fields, and
    a field of any name (`code`, too) may be wrong.
    """

    code: str
    message: str


def coded(code: str, message: str) -> ValidationError:
    """A ValidationError that keeps a machine-readable code beside its sentence."""
    return ValidationError([Coded(code, message)])


class Text(fields.String):
    """Text of 1 to `longest` characters, trimmed by its sender, valid Unicode, no controls."""

    def __init__(self, longest: int = 200, *, shortest: int = 1, **kwargs: Any) -> None:
        self.longest, self.shortest = longest, shortest
        super().__init__(**kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        if not isinstance(value, str):
            raise coded("wrong_type", "must be text")
        try:
            check_text(value)
        except Invalid as invalid:
            raise coded("bad_text", invalid.problems[0].message) from None
        if any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in value):
            raise coded("bad_text", "contains control characters")
        if value != value.strip():
            raise coded("not_trimmed", "begins or ends with white space")
        if not self.shortest <= len(value) <= self.longest:
            raise coded("bad_length", f"must have {self.shortest} to {self.longest} characters")
        return value


class Pattern(Text):
    """Text that matches a regular expression as a whole."""

    def __init__(self, pattern: str, says: str, **kwargs: Any) -> None:
        self.regex, self.says = re.compile(pattern, re.ASCII), says
        super().__init__(**kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if not self.regex.fullmatch(text):
            raise coded("bad_format", self.says)
        return text


class Identifier(Pattern):
    """A UUID of version 4 or 5 in its canonical lower-case spelling, kept as text.

    Other versions tell when and on which machine they were made, and ids are public.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            r"[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
            "must be a UUID such as 0c9b8f0e-7f3d-4f4e-9a53-2f6d3c1b7a11 (lower case)",
            **kwargs,
        )


class Whole(fields.Field[int]):
    """An integer in [least, most]; a bool, a float or a numeral in quotes is not one."""

    def __init__(self, least: int = 0, most: int = MAX_INTEGER, **kwargs: Any) -> None:
        self.least, self.most = least, most
        super().__init__(**kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise coded("wrong_type", "must be a whole number")
        if not self.least <= value <= self.most:
            raise coded("out_of_range", f"must be from {self.least} to {self.most}")
        return value


class Flag(fields.Field[bool]):
    """true or false, nothing that merely looks like it."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> bool:
        if not isinstance(value, bool):
            raise coded("wrong_type", "must be true or false")
        return value


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Day(fields.Field[dt.date]):
    """A calendar day `YYYY-MM-DD`, in Asia/Shanghai."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> dt.date:
        try:
            # fromisoformat alone takes other spellings too, such as the week day 2026-W48-2.
            if not isinstance(value, str) or not _DAY.fullmatch(value):
                raise ValueError
            return dt.date.fromisoformat(value)
        except ValueError:
            raise coded("bad_format", "must be a day such as 2026-11-24") from None

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else value.isoformat()


class Moment(fields.Field[dt.datetime]):
    """An instant in UTC, `YYYY-MM-DDTHH:MM:SS.ffffffZ`, as the log spells it."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> dt.datetime:
        try:
            if not isinstance(value, str):
                raise ValueError
            return instant(value)
        except ValueError:
            raise coded(
                "bad_format", "must be an instant such as 2026-11-24T02:00:00.000000Z"
            ) from None

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else timestamp(value)


class OneOf(fields.String):
    """One word of a closed vocabulary (a StrEnum), of those alone that are not `without`."""

    def __init__(self, vocabulary: type, *, without: Collection[str] = (), **kwargs: Any) -> None:
        self.vocabulary = vocabulary
        told = (str(word) for word in vocabulary)  # type: ignore[attr-defined]
        self.words = [word for word in told if word not in without]
        super().__init__(**kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        if not isinstance(value, str) or value not in self.words:
            raise coded("not_in_vocabulary", f"must be one of {', '.join(self.words)}")
        return self.vocabulary(value)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else str(value)


MOST_ITEMS = 500
"""Of a list, unless its field says otherwise."""


class Many(fields.List[Any]):
    """A list of `least` to `most` items, loaded as a tuple, without doubles when `distinct`."""

    def __init__(
        self,
        item: fields.Field[Any],
        *,
        least: int = 0,
        most: int = MOST_ITEMS,
        distinct: bool = False,
        **kwargs: Any,
    ) -> None:
        self.least, self.most, self.distinct = least, most, distinct
        # Checked below, before the items are; kept as a validator too, for whoever reads schemas.
        super().__init__(item, validate=validate.Length(least, most), **kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        if not isinstance(value, (list, tuple)):
            raise coded("wrong_type", "must be a list")
        if not self.least <= len(value) <= self.most:
            raise coded("bad_length", f"must have {self.least} to {self.most} items")
        items = tuple(super()._deserialize(value, attr, data, **kwargs))
        if self.distinct and len(set(items)) < len(items):
            raise coded("duplicate", "names the same thing twice")
        return items
