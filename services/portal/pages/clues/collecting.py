"""A form that writes down something with several entries: an emptying, a symposium's minutes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import request
from werkzeug.wrappers import Response

from services.portal.pages.acts import Field, read
from services.portal.pages.asking import Part
from services.portal.pages.clues import entry_rows
from services.portal.pages.command_form import Answer, CommandForm, form_page, version_of
from services.portal.pages.districts import bureau
from services.portal.pages.forms import Form
from services.portal.pages.submitting import Submitted, Words, filled, new_form
from shared.contracts.clues.vocabulary import Reporting


@dataclass(frozen=True)
class Collecting:
    """fields: beside the entries · split: of these, every line is an item of a list
    reporting: how what is collected this way is usually told
    makes: ids that the command gives
    """

    command: str
    title: str
    button: str
    fields: tuple[Field, ...]
    words: Words
    note: str
    reporting: Reporting
    says: str
    split: tuple[str, ...] = ()
    makes: tuple[str, ...] = ()

    def send(
        self, about: Mapping[str, str], onwards: str, again: Callable[[Submitted], Answer]
    ) -> Response | Answer:
        """`more` asks for more rows and sends nothing. Raises NotFound."""
        typed = Form.of(request.form)
        if typed.value("more"):
            return again(Submitted(entry_rows.more(typed, self.reporting)))
        given = entry_rows.given(typed)
        form = CommandForm(
            self.command,
            self.names(typed),
            {**self.words, **entry_rows.words(typed)},
            self.note,
            service="clues",
            field_of=partial(entry_rows.field_of, given),
        )
        payload = {**self._said(typed), **about, "entries": entry_rows.entries(typed, given)}
        return form.send(typed, payload, onwards, again)

    def _said(self, typed: Form) -> dict[str, Any]:
        said = filled(**read(self.fields, typed), **{n: typed.value(n) for n in self.makes})
        for name in self.split:
            said[name] = [line.strip() for line in said.get(name, "").split("\n") if line.strip()]
        return said

    def page(
        self,
        part: Part,
        shown: Submitted | None,
        action: str,
        back: tuple[str, str],
        up: Sequence[tuple[str, str]],
        why_not: str = "",
        **first: str,
    ) -> Answer:
        """The form about `part`. `first`: what a new one holds."""
        if shown is None:
            shown = self._new(part, first)
        form = shown.form
        return form_page(
            "clues/collecting.html",
            part,
            shown,
            self.names(form),
            its=self,
            action=action,
            back=back,
            up=up,
            why_not=why_not,
            most=entry_rows.MOST,
            rows=[
                (
                    row,
                    entry_rows.in_row(entry_rows.ALWAYS, row),
                    entry_rows.in_row(entry_rows.OF_CLUES, row),
                )
                for row in range(entry_rows.rows_of(form))
            ],
        )

    def _new(self, part: Part, first: Mapping[str, str]) -> Submitted:
        ids = {name: new_form().value("command_id") for name in self.makes}
        form = new_form(expected_version=version_of(part), **ids, **first)
        division = part.result["division"] if part.result else bureau()
        return Submitted(entry_rows.with_rows(form, entry_rows.FIRST, division, self.reporting))

    def names(self, form: Form) -> dict[str, str]:
        return {**{its.name: its.label for its in self.fields}, **entry_rows.names(form)}
