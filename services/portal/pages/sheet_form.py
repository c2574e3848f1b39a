"""A form that sends a table (CSV) as a command: whole or not at all, faults told by their lines.

A view that takes one is marked `@takes_files`; the file's field is called `file`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from flask import request
from werkzeug.wrappers import Response

from services.portal.pages.command_form import Answer, CommandForm
from services.portal.pages.forms import Form
from services.portal.pages.submitting import Submitted, Words
from shared.contracts.errors import Invalid, Problem
from shared.contracts.sheets import Sheet, SheetForm
from shared.contracts.zh_fields import field_sentence

LARGEST_SHEET = 1024 * 1024
"""Bytes: a table of a hundred districts takes a few thousand."""
_MOST_FAULTS = 10
_LINE = re.compile(r"line\[([0-9]+)\](?:\.(.+))?")


@dataclass(frozen=True)
class SheetUpload:
    """titles: the table's columns by the names that faults have
    names: fields of the form beside the file, with their labels, that are fields of the command
    note, words: as in CommandForm; what is wrong with the table is said at `file`
    """

    command: str
    sheet: SheetForm
    titles: Mapping[str, str]
    note: str
    names: Mapping[str, str] = field(default_factory=dict)
    words: Words = field(default_factory=dict)
    service: str = "registry"

    @property
    def labels(self) -> Mapping[str, str]:
        """Every field of the form with its label."""
        return {**self.names, "file": "表格"}

    def send(
        self,
        typed: Form,
        beside: Mapping[str, Any],
        onwards: str,
        again: Callable[[Submitted], Answer],
        **more: str,
    ) -> Response | Answer:
        """As CommandForm.send, for what the table says with what is said `beside` it."""
        sheet = self.read(typed)
        if isinstance(sheet, Submitted):
            return again(sheet)
        return self.form(sheet).send(typed, {**sheet.said, **beside}, onwards, again, **more)

    def read(self, typed: Form) -> Sheet | Submitted:
        """The table that the request brought; the form with what is wrong with it."""
        file = request.files.get("file")
        if file is None or not file.filename:
            return _unread(typed, "请选择 CSV 文件。")
        raw = file.stream.read(LARGEST_SHEET + 1)
        if len(raw) > LARGEST_SHEET:
            return _unread(typed, "文件过大，请确认选择的是这张表格。")
        try:
            return self.sheet.read(raw)
        except Invalid as invalid:
            return _unread(typed, self._faults(invalid.problems))

    def form(self, sheet: Sheet) -> CommandForm:
        """What sends a table's message, and tells what is wrong with it by the table's lines."""
        return CommandForm(
            self.command,
            self.labels,
            self.words,
            self.note,
            service=self.service,
            tell=partial(self._tell, sheet),
        )

    def _tell(self, sheet: Sheet, typed: Form, invalid: Invalid) -> Form:
        """What is wrong with the command: at the form's own fields, all else at the file."""
        problems = sheet.at_lines(invalid).problems
        errors = {
            its.path: self._sentence(its.path, its) for its in problems if its.path in self.names
        }
        of_table = [its for its in problems if its.path not in self.names]
        if of_table:
            errors["file"] = self._faults(of_table)
        return Form(typed.values, errors)

    def _faults(self, problems: Sequence[Problem]) -> str:
        """Each fault with its line and column, the first of them."""
        told = [self._place(its) + self._sentence("file", its) for its in problems[:_MOST_FAULTS]]
        more = len(problems) - len(told)
        return " ".join(told) + (f" 另有 {more} 处。" if more > 0 else "")

    def _place(self, problem: Problem) -> str:
        found = _LINE.fullmatch(problem.path)
        if found is None:
            return ""
        column = found[2] or ""
        return f"第 {found[1]} 行{self.titles.get(column, column)}："

    def _sentence(self, name: str, problem: Problem) -> str:
        return self.words.get((name, problem.code)) or field_sentence(problem)


def _unread(typed: Form, sentence: str) -> Submitted:
    return Submitted(Form(typed.values, {"file": sentence}), status=422)
