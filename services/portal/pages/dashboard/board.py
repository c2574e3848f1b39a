"""What a board of the leader's dashboard is: figures that are read first, then charts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from services.portal.charts import Chart, Figure
from services.portal.pages.asking import Part, all_items
from services.portal.web.calls import ServiceAway
from shared.contracts.publication.zh_names import zh_service


@dataclass(frozen=True)
class Told:
    """What a board has to say now; `message` is the one sentence to remember.

    away: the service that could not be asked, by its Chinese name; then there is nothing else
    """

    message: str = ""
    figures: tuple[Figure, ...] = ()
    charts: tuple[Chart, ...] = ()
    away: str | None = None


@dataclass(frozen=True)
class Board:
    """name: in its address · title, asks: what it is called, and the question that it answers

    service: that is asked for what it tells
    """

    name: str
    title: str
    asks: str
    service: str
    tell: Callable[[], Told] = field(repr=False)

    def whole(self) -> Told:
        """What it tells, for files, of which no part may be missing. Raises ServiceAway."""
        told = self.tell()
        if told.away:
            raise ServiceAway(self.service)
        return told

    @property
    def path(self) -> str:
        return f"/dashboard/{self.name}"


def everything(service: str, query_type: str, asked: Mapping[str, Any] | None = None) -> Part:
    """Every item of a paged query as a list, or which service is away."""
    try:
        return Part(list(all_items(service, query_type, asked or {})))
    except ServiceAway as away:
        return Part(away=zh_service(away.service))


def most_first(counts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Names by their number, the most first, those of the same number by name."""
    return sorted(counts, key=lambda its: (-its[1], its[0]))
