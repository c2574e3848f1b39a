"""Files that a form encloses: put into the store as they come, carried on by a form shown again.

A browser sends no file twice by itself, and without scripts a form that is wrong would lose them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask import request
from werkzeug.exceptions import TooManyRequests

from services.portal.pages.acts import Field
from services.portal.pages.forms import Form
from services.portal.web.evidence import Taken, from_form, kept_in_form, take
from services.portal.web.problems import problem_of
from shared.contracts.clues.evidence import MOST_AT_ONCE
from shared.contracts.errors import Refused
from shared.privacy.evidence.scanning import ScannerAway
from shared.privacy.evidence.store import StoreAway

KEEP_TRACES = "keep_traces"
"""The box that leaves in pictures what their cameras wrote into them."""
_TOO_MANY = f"一次最多 {MOST_AT_ONCE} 个文件，请减少后再提交，其余的以后再补充。"


@dataclass(frozen=True)
class Enclosed:
    """typed: what was typed, carrying on the files that are in the store by now
    wrong: what is wrong with them, at their field
    """

    typed: Form
    files: tuple[Taken, ...] = ()
    wrong: Mapping[str, str] = field(default_factory=dict)

    def plain(self) -> list[dict[str, Any]]:
        """As a command has them."""
        return [its.plain() for its in self.files]


def kept_name(name: str) -> str:
    """The boxes of a form that carry on the files of its field."""
    return f"{name}_kept"


def kept_files(form: Form, name: str) -> list[tuple[str, Taken]]:
    """The files that a form carries on, each with what it carries of it; without those too old."""
    carried = [(each, from_form(each)) for each in form.chosen(kept_name(name))[:MOST_AT_ONCE]]
    return [(each, taken) for each, taken in carried if taken is not None]


def enclosed(typed: Form, name: str, most: int = MOST_AT_ONCE) -> Enclosed:
    """The files of a field: those that the form carries on and is to keep, and those sent now."""
    kept = kept_files(typed, name)
    sent = [its for its in request.files.getlist(name) if its.filename]
    if len(kept) + len(sent) > most:
        return _carrying(typed, name, kept, _TOO_MANY if most > 1 else "只能附一个文件。")
    keep_traces, wrong = bool(typed.value(KEEP_TRACES)), []
    for each in sent:
        try:
            taken = take(each, keep_traces=keep_traces)
        except (Refused, StoreAway, ScannerAway, TooManyRequests) as error:
            wrong.append(f"“{(each.filename or '')[:60]}”：{problem_of(error).detail}")
        else:
            kept.append((kept_in_form(taken), taken))
    return _carrying(typed, name, kept, "".join(wrong))


def with_file(
    fields: Iterable[Field], typed: Form, payload: Mapping[str, Any]
) -> tuple[Form, dict[str, Any], Mapping[str, str]]:
    """Of a form that a table of fields tells: the form and its payload with the file of the field
    that takes one, and what is wrong with it, by field.
    """
    name = next((its.name for its in fields if its.kind == "file"), None)
    if name is None:
        return typed, dict(payload), {}
    given = enclosed(typed, name, most=1)
    file = {name: given.files[0].plain()} if given.files else {}
    return given.typed, {**payload, **file}, given.wrong


def _carrying(typed: Form, name: str, kept: list[tuple[str, Taken]], wrong: str = "") -> Enclosed:
    values = {**typed.values, kept_name(name): [carried for carried, _ in kept]}
    files = tuple(taken for _, taken in kept)
    return Enclosed(replace(typed, values=values), files, {name: wrong} if wrong else {})
