"""Figures of the rules as settings: each with its default, its limits and its name for people.

A service declares its figures as a frozen dataclass of `figure(...)` fields; how they hold from
one day to the next is the same for all. A case is judged by the figures of its own day; what was
decided by them is written into the events, so a later change alters no past.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Generic, Protocol, Self, TypeVar

from shared.contracts.errors import Invalid, Problem, Refused
from shared.contracts.fields import Pattern, Whole
from shared.contracts.message import part, value
from shared.contracts.reasons import Reason

LARGEST_FIGURE = 1_000_000

T = TypeVar("T")


def figure_name() -> Pattern:
    """The name of a figure; which there are, ShowSettings tells."""
    return Pattern(r"[a-z][a-z_]*", "must be the name of a figure, such as notice_days", longest=60)


class Basis(StrEnum):
    """Where a figure's default comes from (how each is said to people: labels)."""

    PRACTICE = "practice"
    PUBLISHED = "published"
    JUDGEMENT = "judgement"
    LAW = "law"


@value
class FigureSet:
    """One figure's new value. A closed list of names would be a new language with each figure."""

    name: str = part(figure_name())
    value: int = part(Whole(0, LARGEST_FIGURE))


def figure(
    default: int, least: int, most: int, zh: str, about: str = "", basis: Basis | None = None
) -> Any:
    """A figure with what it is where nobody has set it, its limits, and its name for people.

    about: what it does, in a sentence for people; basis: where its default comes from
    """
    told = {"least": least, "most": most, "zh": zh, "about": about, "basis": basis}
    return dataclasses.field(default=default, metadata=told)


@dataclass(frozen=True)
class Figure:
    """What is known of a figure besides its value: see `figure`."""

    name: str
    default: int
    least: int
    most: int
    zh: str
    about: str = ""
    basis: Basis | None = None


def figures_of(settings: type) -> Mapping[str, Figure]:
    """Every figure that a service's settings declare, by name."""
    return {
        field.name: Figure(
            field.name,
            int(str(field.default)),
            field.metadata["least"],
            field.metadata["most"],
            field.metadata["zh"],
            field.metadata["about"],
            field.metadata["basis"],
        )
        for field in dataclasses.fields(settings)
    }


@dataclass(frozen=True)
class Change:
    """Figures that hold from the day `since` on, until a later day sets them again."""

    since: dt.date
    figures: Mapping[str, int]


@dataclass(frozen=True)
class Schedule(Generic[T]):
    """All changes, by their day and for one day as they were made; before them holds `base`."""

    base: T
    changes: tuple[Change, ...] = ()

    def on(self, day: dt.date) -> T:
        """The settings that hold on a day: of each figure, what was set last up to it."""
        known = figures_of(type(self.base))
        values: dict[str, int] = {}
        for change in self.changes:
            if change.since <= day:
                values |= {name: its for name, its in change.figures.items() if name in known}
        return replace(self.base, **values)  # type: ignore[type-var]

    def with_change(self, change: Change) -> Self:
        # The sort keeps the order in which changes for one day were made.
        return replace(self, changes=tuple(sorted((*self.changes, change), key=lambda c: c.since)))


class SaysChange(Protocol):
    """A command that gives figures new values from a day on."""

    @property
    def effective_from(self) -> dt.date: ...
    @property
    def figures(self) -> Sequence[FigureSet]: ...
    @property
    def corrects(self) -> str | None: ...


def refuse_change(
    known: Mapping[str, Figure], schedule: Schedule[Any], said: SaysChange, today: dt.date
) -> None:
    """Raise Invalid for values that are none, Refused for a past day without what it corrects
    (BACKDATED) and for values that hold on that day already (NOTHING_CHANGES)."""
    problems = list(problems_of(known, said.figures))
    if problems:
        raise Invalid(problems)
    refuse_backdated(said.effective_from, said.corrects, today)
    in_force = schedule.on(said.effective_from)
    if all(getattr(in_force, each.name) == each.value for each in said.figures):
        raise Refused(Reason.NOTHING_CHANGES, "they hold on that day already", ["figures"])


def refuse_backdated(day: dt.date, corrects: str | None, today: dt.date) -> None:
    """Raise Refused for a past day without what it corrects."""
    if day < today and corrects is None:
        raise Refused(
            Reason.BACKDATED, f"{day} lies behind: say what it corrects", ["effective_from"]
        )


def change_of(event: SaysChange) -> Change:
    """What an event of such a command has changed."""
    return Change(event.effective_from, {each.name: each.value for each in event.figures})


def problems_of(known: Mapping[str, Figure], given: Sequence[FigureSet]) -> Iterator[Problem]:
    """What is wrong with new values of figures, by paths such as `figures[2].value`."""
    seen: set[str] = set()
    for index, each in enumerate(given):
        path, figure = f"figures[{index}]", known.get(each.name)
        if figure is None:
            yield Problem(f"{path}.name", "not_in_vocabulary", f"one of {', '.join(known)}")
        elif each.name in seen:
            yield Problem(f"{path}.name", "duplicate", "is named twice")
        elif not figure.least <= each.value <= figure.most:
            yield Problem(
                f"{path}.value", "out_of_range", f"must be from {figure.least} to {figure.most}"
            )
        seen.add(each.name)
