"""What may be told of an error outside the log lines: to operators, on /readyz, in a table."""

from __future__ import annotations

import re

LONGEST = 300
"""Characters of an error's text that are told."""

_PASSWORD = re.compile(r"(?<=://)[^\s/@]*:[^\s/]*@")


def without_passwords(text: str) -> str:
    """The text with user and password of every URL in it left out."""
    return _PASSWORD.sub("…@", text)


def describe(error: BaseException) -> str:
    """The error's class and text in one line, cut short, without passwords.

    Of a database's error only the main message: its DETAIL shows rows.
    """
    diagnosis = getattr(error, "diag", None)
    text = getattr(diagnosis, "message_primary", None) or str(error)
    line = " ".join(f"{type(error).__name__}: {text}".split()).removesuffix(":")
    told = without_passwords(line)
    return told if len(told) <= LONGEST else f"{told[: LONGEST - 1]}…"
