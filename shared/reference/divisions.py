"""Administrative divisions (GB/T 2260), in tables that each hold from a year on.

A table is a CSV file `divisions-YYYY.csv` with the columns code, name, parent, level; it is
whole, so a code that it leaves out does not exist from that year on. Tables in the folder that
JIANDU_DIVISIONS_DIR names come before those that we bring along, so another city needs no code.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DIRECTORY = "JIANDU_DIVISIONS_DIR"
COLUMNS = ["code", "name", "parent", "level"]
LEVELS = ("province", "city", "county")
"""From the highest down. A county may stand directly under a province."""

_OURS = Path(__file__).with_name("data")
_FILE = re.compile(r"divisions-([0-9]{4})\.csv", re.ASCII)
_CODE = re.compile(r"[1-9][0-9]{5}", re.ASCII)


class UnknownDivision(LookupError):
    """The year's table has no such code."""


class NoDivisionTable(LookupError):
    """No table is as old as the year that is asked for."""


class BadDivisionTable(ValueError):
    """A table that cannot be relied on; the text names file and line."""


@dataclass(frozen=True)
class Division:
    """One row. `parent` is None for a province, else the code it stands under."""

    code: str
    name: str
    parent: str | None
    level: str


@dataclass(frozen=True)
class Divisions:
    """The divisions of one table, which holds from `year` on."""

    year: int
    by_code: Mapping[str, Division]

    @classmethod
    def for_year(cls, year: int, environ: Mapping[str, str] = os.environ) -> Divisions:
        """The newest table not later than `year`, from JIANDU_DIVISIONS_DIR if it has one.

        Raises NoDivisionTable, BadDivisionTable, or FileNotFoundError when the folder is
        missing. A file is read once a process.
        """
        theirs = environ.get(DIRECTORY, "").strip()
        for directory in [Path(theirs), _OURS] if theirs else [_OURS]:
            tables = {of: path for of, path in _tables(directory).items() if of <= year}
            if tables:
                newest = max(tables)
                return _load(newest, tables[newest])
        raise NoDivisionTable(
            f"no table of divisions holds in {year}; "
            f"put a divisions-{year}.csv into the folder that {DIRECTORY} names"
        )

    def is_known(self, code: str) -> bool:
        """Whether the code exists in this table."""
        return code in self.by_code

    def name(self, code: str) -> str:
        """The division's Chinese name. Raises UnknownDivision."""
        return self._get(code).name

    def within(self, code: str, parent: str) -> bool:
        """Whether `code` is `parent` or lies in it; what is unknown lies in nothing."""
        at: str | None = code if code in self.by_code else None
        while at is not None and at != parent:
            at = self.by_code[at].parent
        return at is not None

    def children(self, code: str) -> tuple[str, ...]:
        """Codes directly under `code`, in order. Raises UnknownDivision."""
        parent = self._get(code).code
        return tuple(sorted(its.code for its in self.by_code.values() if its.parent == parent))

    def leaves(self, code: str) -> tuple[str, ...]:
        """Codes in `code` that nothing lies below, in order; itself where nothing does.

        Raises UnknownDivision.
        """
        below = self.children(code)
        return tuple(leaf for its in below for leaf in self.leaves(its)) or (code,)

    def _get(self, code: str) -> Division:
        try:
            return self.by_code[code]
        except KeyError:
            raise UnknownDivision(f"{code} is no division of {self.year}") from None


def _tables(directory: Path) -> dict[int, Path]:
    found = ((_FILE.fullmatch(path.name), path) for path in directory.iterdir())
    return {int(match[1]): path for match, path in found if match}


@cache
def _load(year: int, path: Path) -> Divisions:
    by_code: dict[str, Division] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:  # Excel writes the mark
            reader = csv.DictReader(file)
            if reader.fieldnames != COLUMNS:
                raise BadDivisionTable(f"{path}:1: the columns are {','.join(COLUMNS)}")
            for row in reader:
                where = f"{path}:{reader.line_num}"
                division = _division(row, where)
                if division.code in by_code:
                    raise BadDivisionTable(f"{where}: {division.code} is there twice")
                by_code[division.code] = division
    except UnicodeDecodeError:
        raise BadDivisionTable(f"{path}: is not UTF-8") from None
    for division in by_code.values():
        _check_parent(division, by_code, path)
    return Divisions(year, by_code)


def _division(row: Mapping[str, str | None], where: str) -> Division:
    if set(row) != set(COLUMNS) or None in row.values():
        raise BadDivisionTable(f"{where}: a row has {len(COLUMNS)} columns")
    code, name, parent, level = (str(row[column]).strip() for column in COLUMNS)
    if not _CODE.fullmatch(code):
        raise BadDivisionTable(f"{where}: {code!r} is not a code of six digits")
    if not name:
        raise BadDivisionTable(f"{where}: {code} has no name")
    if level not in LEVELS:
        raise BadDivisionTable(f"{where}: {level!r} is not one of {', '.join(LEVELS)}")
    return Division(code, name, parent or None, level)


def _check_parent(division: Division, by_code: Mapping[str, Division], path: Path) -> None:
    """A province stands under nothing, all else under something higher of its province."""
    top = division.level == LEVELS[0]
    parent = by_code.get(division.parent) if division.parent else None
    if top and division.parent is None:
        return
    if (
        top
        or parent is None
        or LEVELS.index(parent.level) >= LEVELS.index(division.level)
        or parent.code[:2] != division.code[:2]
    ):
        raise BadDivisionTable(f"{path}: {division.code} cannot stand under {division.parent}")
