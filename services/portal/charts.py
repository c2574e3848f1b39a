"""A chart and its table as one thing: pages, CSV, workbooks and papers are all made of it.

Amounts stay whole until somebody looks: a share is in hundredths of a percent, money in fen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from services.portal.money import typed_yuan

Cell = str | int | None
"""None: there is nothing to tell, which is not the same as 0."""

DRAWN_MOST = 12
"""Rows that are drawn; the table has all of them."""


class Kind(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    NUMBER = "number"
    SHARE = "share"
    MONEY = "money"


class Form(StrEnum):
    """How a chart is drawn. `stacked` is for parts of a whole, `line` for months in their order."""

    BAR = "bar"
    STACKED = "stacked"
    LINE = "line"


@dataclass(frozen=True)
class Column:
    """unit: in which its numbers are · on_page: else it stands in files alone, as a code does"""

    heading: str
    kind: Kind = Kind.NUMBER
    unit: str = "件"
    on_page: bool = True

    @property
    def drawn_unit(self) -> str:
        return {Kind.SHARE: "%", Kind.MONEY: "元"}.get(self.kind, self.unit)

    @property
    def full_heading(self) -> str:
        """With the unit, where a file has nothing else to say it."""
        unit = {Kind.TEXT: "", Kind.SHARE: "%", Kind.MONEY: "元"}.get(self.kind, self.unit)
        return f"{self.heading}（{unit}）" if unit else self.heading


@dataclass(frozen=True)
class Chart:
    """`drawn` are the columns whose numbers are drawn, all of one unit, by the column `names`.

    name: in addresses and of the sheet's file · says: what it tells, in a sentence
    tones: good, near or late for each drawn column, where colours mean something
    links: where each row leads, as many as rows, or none · empty, hint: said when there is no row
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    drawn: tuple[int, ...] = (1,)
    names: int = 0
    form: Form = Form.BAR
    says: str = ""
    tones: tuple[str, ...] = ()
    links: Sequence[str | None] = ()
    empty: str = "还没有数据。"
    hint: str = ""

    @property
    def drawn_rows(self) -> Sequence[tuple[Cell, ...]]:
        """All months of a line, the first rows of bars."""
        return self.rows if self.form is Form.LINE else self.rows[:DRAWN_MOST]


@dataclass(frozen=True)
class Figure:
    """One number that is read first: what it counts and in which unit; `href` leads to the rest."""

    value: str
    unit: str
    about: str
    href: str | None = None
    tone: str = "plain"


def shown(cell: Cell, column: Column) -> str:
    """As people read it: 12,345, 48.5%, 50,000.00 元; "—" for none."""
    if cell is None:
        return "—"
    if isinstance(cell, str):
        return cell
    match column.kind:
        case Kind.SHARE:
            return zh_percent(cell)
        case Kind.MONEY:
            return f"{typed_yuan(cell)} 元"
    return f"{cell:,}"


def zh_percent(hundredths: int | None) -> str:
    """A share in hundredths of a percent with one decimal, rounded half up: 48.5%."""
    if hundredths is None:
        return "—"
    tenths = (hundredths + 5) // 10
    return f"{tenths // 10}.{tenths % 10}%"


def written(cell: Cell, column: Column) -> str:
    """As a spreadsheet reads it: no separators, no unit, nothing for none."""
    if cell is None or isinstance(cell, str):
        return cell or ""
    if column.kind in (Kind.SHARE, Kind.MONEY):
        sign, whole = ("-", -cell) if cell < 0 else ("", cell)
        return f"{sign}{whole // 100}.{whole % 100:02}"
    return str(cell)


def measured(cell: Cell, column: Column) -> float | int | None:
    """The number in its drawn unit: percent, yuan, or as it is counted."""
    if cell is None or isinstance(cell, str):
        return None
    return cell / 100 if column.kind in (Kind.SHARE, Kind.MONEY) else cell


def share(part: int, whole: int) -> int | None:
    """Part of the whole in hundredths of a percent, rounded half up; None of nothing."""
    return None if whole == 0 else (part * 20_000 + whole) // (2 * whole)


def drawing(chart: Chart) -> dict[str, Any]:
    """What static/charts.js and the papers draw: categories, and series of numbers in a unit."""
    return {
        "title": chart.title,
        "unit": chart.columns[chart.drawn[0]].drawn_unit,
        "form": str(chart.form),
        "categories": [str(row[chart.names]) for row in chart.drawn_rows],
        "series": [
            {
                "name": chart.columns[index].heading,
                "values": [measured(row[index], chart.columns[index]) for row in chart.drawn_rows],
                **({"tone": chart.tones[number]} if chart.tones else {}),
            }
            for number, index in enumerate(chart.drawn)
        ],
    }


def page_columns(chart: Chart) -> list[tuple[int, str, str]]:
    """Columns as templates/macros/tables.html takes them, the naming one first."""
    told = [
        (number, column.heading, "short" if column.kind is Kind.TEXT else "number")
        for number, column in enumerate(chart.columns)
        if column.on_page
    ]
    return sorted(told, key=lambda its: its[0] != chart.names)


def csv_table(chart: Chart) -> tuple[list[str], list[list[str]]]:
    """Head and rows of the CSV file, every column of them."""
    rows = [
        [written(cell, column) for cell, column in zip(row, chart.columns, strict=True)]
        for row in chart.rows
    ]
    return [column.full_heading for column in chart.columns], rows
