"""Tables of an office, as CSV: read whole or not at all, each fault told by line and column.

UTF-8 with or without its mark, or GBK as Chinese spreadsheets write it; a title row in Chinese or
English; rows that are empty are passed over. Faults are problems whose path is
`line[3].market_entities`: the line of the file, from 1 on, and the column's English name.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shared.contracts.errors import Invalid, Problem
from shared.contracts.spelling import without_marks

MOST_ROWS = 5_000
_WHOLE = re.compile(r"[0-9]{1,16}|[0-9]{1,3}(,[0-9]{3}){1,5}", re.ASCII)
_ITEM = re.compile(r"([a-z_]+)\[([0-9]+)\](?:\.(?:[a-z_]+\.)*([a-z_]+))?")
"""An item's path; of what lies deeper in it, the column is named as the last part is."""


@dataclass(frozen=True)
class Column:
    """A column, by its English name and by the titles that it may have; `needed`: in every row."""

    name: str
    titles: frozenset[str]
    read: Callable[[str], Any]
    needed: bool = True


@dataclass(frozen=True)
class Row:
    """A row of a table: the line on which it ends, and its cells by the columns' names."""

    line: int
    cells: Mapping[str, Any]


@dataclass(frozen=True)
class Sheet:
    """What a table says, as fields of a message; of the lists among them, each item's line."""

    said: Mapping[str, Any]
    lines: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, field: str, rows: Sequence[Row]) -> Sheet:
        """A table whose rows become the items of one field."""
        return cls(
            {field: [dict(row.cells) for row in rows]}, {field: tuple(row.line for row in rows)}
        )

    def at_lines(self, invalid: Invalid) -> Invalid:
        """What is wrong with the message, told by the lines that its items come from."""
        return Invalid(
            Problem(self._at_line(its.path), its.code, its.message) for its in invalid.problems
        )

    def _at_line(self, path: str) -> str:
        found = _ITEM.fullmatch(path)
        lines = () if found is None else self.lines.get(found[1], ())
        if found is None or int(found[2]) >= len(lines):
            return path
        return place(lines[int(found[2])], found[3])


@dataclass(frozen=True)
class SheetForm:
    """A message that may also be sent as a table: what reads it, and what one looks like."""

    read: Callable[[bytes], Sheet]
    example: str


def whole(cell: str) -> int:
    """A number as an office writes it: 52000 or 52,000. Raises ValueError."""
    if not _WHOLE.fullmatch(cell):
        raise ValueError("wrong_type")
    return int(cell.replace(",", ""))


def read_rows(raw: bytes, columns: Sequence[Column]) -> list[Row]:
    """The rows of a CSV file. Raises Invalid with every fault there is; then nothing is read.

    A column's `read` raises ValueError whose text is the problem's code.
    """
    lines = _lines(_decoded(raw))
    if not lines:
        raise Invalid.one("line[1]", "missing", "the file is empty")
    (number, titles), *body = lines
    places = _columns(titles, columns, number)
    if not body:
        raise Invalid.one(place(number + 1), "missing", "there are no rows below the titles")
    problems: list[Problem] = []
    rows = [Row(line, _cells(cells, places, len(titles), line, problems)) for line, cells in body]
    if problems:
        raise Invalid(problems)
    return rows


def _decoded(raw: bytes) -> str:
    """UTF-8 if it is that, else GBK: hardly a Chinese text in one of them is valid in the other."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Invalid.one("", "bad_encoding", "is neither UTF-8 nor GBK")


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """Rows that are not empty, each with the line on which it ends."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    found = []
    try:
        for cells in reader:
            trimmed = [without_marks(cell).strip() for cell in cells]
            if any(trimmed):
                found.append((reader.line_num, trimmed))
            if len(found) > MOST_ROWS:
                raise Invalid.one(place(reader.line_num), "bad_length", f"over {MOST_ROWS} rows")
    except csv.Error as error:
        raise Invalid.one(place(reader.line_num), "bad_format", f"is no CSV: {error}") from None
    return found


def _columns(titles: Sequence[str], columns: Sequence[Column], line: int) -> dict[int, Column]:
    problems: list[Problem] = []
    places: dict[int, Column] = {}
    for index, title in enumerate(titles):
        known = next((its for its in columns if title.lower() in its.titles), None)
        if known is None:
            name = title or str(index + 1)
            problems.append(Problem(place(line, name), "unknown_field", "is no column of this"))
        elif known in places.values():
            problems.append(Problem(place(line, known.name), "duplicate", "stands twice"))
        else:
            places[index] = known
    for column in columns:
        if column.needed and column not in places.values() and not problems:
            problems.append(Problem(place(line, column.name), "missing", "is a needed column"))
    if problems:
        raise Invalid(problems)
    return places


def _cells(
    cells: Sequence[str],
    places: Mapping[int, Column],
    width: int,
    line: int,
    problems: list[Problem],
) -> dict[str, Any]:
    if len(cells) > width and any(cells[width:]):
        problems.append(Problem(place(line), "bad_length", f"has more than {width} cells"))
    row: dict[str, Any] = {}
    for index, column in places.items():
        cell = cells[index] if index < len(cells) else ""
        if not cell:
            row[column.name] = None
            if column.needed:
                problems.append(Problem(place(line, column.name), "missing", "is empty"))
            continue
        try:
            row[column.name] = column.read(cell)
        except ValueError as error:
            problems.append(Problem(place(line, column.name), str(error), f"{cell!r} is wrong"))
    return row


def place(line: int, column: str | None = None) -> str:
    """The path of a problem in a table."""
    return f"line[{line}]" if column is None else f"line[{line}].{column}"
