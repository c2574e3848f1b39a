"""Several slips or sayings in one form: a few rows, more on demand, those that are empty left out.

A row's fields have its number behind their names: `text-0`. Every row carries the id of what it
may become, so the form sent twice makes nothing twice.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from services.portal.labels import label_choices
from services.portal.pages.acts import Field, read
from services.portal.pages.clues import telling
from services.portal.pages.forms import Form
from services.portal.pages.submitting import Words
from shared.contracts.clues.fields import MOST_ENTRIES
from shared.contracts.clues.vocabulary import Nature, Reporting

FIRST, MORE = 2, 3
MOST = min(50, MOST_ENTRIES)
"""Rows of one form; what comes in larger numbers comes by the hotline's table."""

_PATH = re.compile(r"entries\[([0-9]+)\](?:\.([a-z_]+).*)?")
_NATURE = Field("nature", "类别", "choice", choices=partial(label_choices, "nature"))
ALWAYS: tuple[Field, ...] = (
    _NATURE,
    replace(telling.TOPICS, hint="是意见建议的，选择这里。"),
    replace(telling.KINDS, hint="是问题线索的，选择这里。"),
    replace(telling.BODY_OF_OPINION, hint="是问题线索的必须填写。"),
    replace(telling.DIVISION, label="发生在哪里"),
    replace(telling.TEXT, hint="照原话登记。加密保存，不对外公开。"),
    *telling.REPORTER,
)
OF_CLUES: tuple[Field, ...] = (
    telling.HAPPENED_ON,
    telling.PLACE,
    telling.AMOUNT,
    telling.UNIT_CONCERNED,
    telling.SPECIAL,
)
"""Asked only of clues; folded away until somebody needs them."""
_SAYS_SOMETHING = ("topics", "kinds", "body", "text", "reporter_name", "reporter_phone")


def rows_of(form: Form) -> int:
    typed = form.value("rows")
    return min(int(typed), MOST) if re.fullmatch("[0-9]{1,2}", typed) else 0


def with_rows(form: Form, rows: int, division: str, reporting: Reporting) -> Form:
    """The form with so many rows, new ones with their ids and with what is usual there."""
    rows = min(rows, MOST)
    fresh: dict[str, list[str]] = {}
    for row in range(rows):
        fresh |= {
            f"entry_id-{row}": [str(uuid.uuid4())],
            f"nature-{row}": [str(Nature.OPINION)],
            f"division-{row}": [division],
            f"reporting-{row}": [str(reporting)],
        }
    return Form({**fresh, **form.values, "rows": [str(rows)]}, form.errors, form.problem)


def more(form: Form, reporting: Reporting) -> Form:
    """With a few more rows, which begin as the last one does."""
    rows = rows_of(form)
    division = form.value(f"division-{rows - 1}") if rows else ""
    return with_rows(form, rows + MORE, division, reporting)


def in_row(fields: Sequence[Field], row: int) -> tuple[Field, ...]:
    return tuple(replace(its, name=f"{its.name}-{row}") for its in fields)


def given(typed: Form) -> list[int]:
    """The rows that say something."""
    return [
        row
        for row in range(rows_of(typed))
        if any(value.strip() for n in _SAYS_SOMETHING for value in typed.chosen(f"{n}-{row}"))
    ]


def entries(typed: Form, rows: Sequence[int]) -> list[dict[str, Any]]:
    """Each as Entry has it; the service says what is wrong with it."""
    return [_entry(typed, row) for row in rows]


def _entry(typed: Form, row: int) -> dict[str, Any]:
    said = read(in_row((*ALWAYS, *OF_CLUES), row), typed)
    plain = telling.as_told({name.rpartition("-")[0]: its for name, its in said.items()})
    ticked = telling.special(typed, f"{telling.SPECIAL.name}-{row}")
    del plain[telling.SPECIAL.name]
    return {"entry_id": typed.value(f"entry_id-{row}"), **plain, **ticked}


def names(form: Form) -> dict[str, str]:
    """Every row's fields with their labels and its number."""
    return {
        f"{field.name}-{row}": f"第 {row + 1} 条的{field.label.removesuffix('（选填）')}"
        for row in range(rows_of(form))
        for field in (*ALWAYS, *OF_CLUES)
    }


def words(form: Form) -> Words:
    told: dict[tuple[str, str], str] = {}
    for row in range(rows_of(form)):
        told |= telling.told_words(f"-{row}")
        told |= {
            (f"kinds-{row}", "not_allowed"): "意见建议不填问题类型；是问题的，类别请选择问题线索。",
            (f"topics-{row}", "not_allowed"): "问题线索不填意见方面。",
        }
        for field in OF_CLUES:
            told[f"{field.name}-{row}", "not_allowed"] = "只有问题线索才填，请清空。"
    return told


def field_of(rows: Sequence[int], path: str) -> str:
    """`entries[1].text` is in the second row that was filled in."""
    found = _PATH.fullmatch(path)
    if found is None or int(found[1]) >= len(rows):
        return path.partition("[")[0]
    name = found[2] or "nature"
    if name in (telling.URGENT, telling.RETALIATION):
        name = telling.SPECIAL.name
    if name == "entry_id":
        name = "nature"
    return f"{name}-{rows[int(found[1])]}"
