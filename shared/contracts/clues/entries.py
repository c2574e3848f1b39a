"""What an entry must say by its nature, and how far its reporter is known: all that is wrong.

The service holds what comes in to it, and whoever reads a table of entries asks it beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator

from shared.contracts.clues.fields import Entry
from shared.contracts.clues.vocabulary import Nature, Reporting
from shared.contracts.errors import Problem

_OF_CLUES = ("unit_concerned", "happened_on", "place", "amount")


def entry_problems(entry: Entry) -> Iterator[Problem]:
    """Of what a box, a symposium or the hotline brings, where a name without a phone is enough."""
    yield from _of_opinion(entry) if entry.nature is Nature.OPINION else _of_clue(entry)
    yield from reporter_problems(entry.reporting, entry.reporter_name, entry.reporter_phone)


def reporter_problems(
    reporting: Reporting, name: str | None, phone: str | None, *, needs_phone: bool = False
) -> Iterator[Problem]:
    """Unless the reporter is known as far as they say, and no further."""
    if reporting is Reporting.ANONYMOUS:
        for field, value in (("reporter_name", name), ("reporter_phone", phone)):
            if value is not None:
                yield Problem(field, "not_allowed", "an anonymous reporter has neither")
        return
    if name is None:
        yield Problem("reporter_name", "missing", "say who reports, or report anonymously")
    if phone is None and needs_phone:
        yield Problem("reporter_phone", "missing", "give a phone to be reached at")


def _of_clue(entry: Entry) -> Iterator[Problem]:
    if not entry.kinds:
        yield Problem("kinds", "missing", "say what is alleged")
    if entry.topics:
        yield Problem("topics", "not_allowed", "a clue has kinds")
    if entry.body is None:
        yield Problem("body", "missing", "say which body it is about")


def _of_opinion(entry: Entry) -> Iterator[Problem]:
    if not entry.topics:
        yield Problem("topics", "missing", "say what it is about")
    if entry.kinds:
        yield Problem("kinds", "not_allowed", "an opinion has topics")
    for name in _OF_CLUES:
        if getattr(entry, name) is not None:
            yield Problem(name, "not_allowed", "only a clue has it")
    for name in ("urgent", "retaliation"):
        if getattr(entry, name):
            yield Problem(name, "not_allowed", "only a clue has it")
