"""Field types that only registration data has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.contracts.fields import Pattern, Text, coded
from shared.reference.credit_code import is_valid

LONG = 4_000
"""Characters of the longest texts: reasons, minutes, facts."""


class CreditCode(Text):
    """A unified social credit code, its check character verified (GB 32100-2015)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(longest=18, shortest=18, **kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        code = super()._deserialize(value, attr, data, **kwargs)
        if not is_valid(code):
            raise coded(
                "bad_credit_code",
                "is not a unified social credit code: its check character does not fit",
            )
        return code


def division(**kwargs: Any) -> Pattern:
    """A six-digit division code (GB/T 2260)."""
    return Pattern(r"[1-9][0-9]{5}", "must be a division code of six digits", longest=6, **kwargs)


def section(**kwargs: Any) -> Pattern:
    """A section letter of the industry classification (GB/T 4754)."""
    return Pattern(r"[A-T]", "must be an industry section from A to T", longest=1, **kwargs)


def phone(**kwargs: Any) -> Pattern:
    """A Chinese mobile or landline number."""
    return Pattern(
        r"1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8}",
        "must be a phone number such as 13900001234 or 0731-12345678",
        longest=13,
        **kwargs,
    )


_UNSEEN = r"\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069"
_BARRED = r'/\\:*?"<>|'


def file_name(**kwargs: Any) -> Pattern:
    """A file's name without a folder, and without what shows it other than it is."""
    end = rf"[^{_BARRED}\x00-\x20{_UNSEEN}]"
    within = rf"[^{_BARRED}\x00-\x1f{_UNSEEN}]"
    return Pattern(
        rf"{end}(?:{within}{{0,118}}{end})?",
        "must be a file name without slashes, quotes and characters that cannot be seen",
        longest=120,
        **kwargs,
    )


def objection_number(**kwargs: Any) -> Pattern:
    """What an objection is called aloud: the eight digits and letters that its id begins with."""
    return Pattern(
        r"[0-9a-f]{8}", "must be a number such as 0c9b8f0e (lower case)", longest=8, **kwargs
    )


def stream_name(**kwargs: Any) -> Pattern:
    """The name of a stream: what kind of thing, and its id."""
    return Pattern(
        r"[a-z_]+-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        "must be a stream such as application-0c9b8f0e-7f3d-4f4e-9a53-2f6d3c1b7a11",
        **kwargs,
    )
