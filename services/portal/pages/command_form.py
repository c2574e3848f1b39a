"""A form that carries out a command: sent, gone on from, or shown again with what is wrong.

RETIRE = CommandForm("RetirePoint", {"ground": "退出情形", "facts": "事实"}, words, "retired")

@pages.post("/points/<point_id>/retirement")
@allow(Role.LEADER)
def retire(point_id: str) -> Response | Answer:
    typed = Form.of(request.form)
    payload = filled(point_id=point_id, ground=typed.value("ground"), …)
    return RETIRE.send(typed, payload, f"/points/{point_id}", partial(_page, point_id))
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from services.portal.pages.asking import Part
from services.portal.pages.confirming import (
    Question,
    Told,
    as_typed,
    ask_page,
    goes_back,
    is_sure,
)
from services.portal.pages.forms import Form
from services.portal.pages.reading import after_asked
from services.portal.pages.submitting import (
    Submitted,
    Tell,
    Words,
    contract_problems,
    go_on,
    submit,
    without_index,
)

Answer = tuple[str, int]
"""A page and its status."""


@dataclass(frozen=True)
class CommandForm:
    """names: fields with their labels, in the order of the form
    words, field_of, tell: as in `submit`
    note: what the page says on top that one goes on to (notes.py)
    question: what is asked before it is carried out, of what cannot be undone
    """

    command: str
    names: Mapping[str, str] = field(default_factory=dict)
    words: Words = field(default_factory=dict)
    note: str | None = None
    service: str = "registry"
    field_of: Callable[[str], str] = without_index
    tell: Tell | None = None
    question: Question | None = None

    def send(
        self,
        typed: Form,
        payload: Mapping[str, Any],
        onwards: str,
        again: Callable[[Submitted], Answer],
        told: Callable[[], Told] = Told,
        also: Mapping[str, str] | None = None,
        /,
        **more: str,
    ) -> Response | Answer:
        """On to the page at `onwards`, `more` in its address; else the form `again`.

        told: what the page says that asks whether one is sure · also: as in `submit`
        Raises NotFound.
        """
        first = self.ask_first(typed, payload, again, told)
        if first is not None:
            return first
        done = self.submit(typed, payload, also)
        return self.onwards(onwards, done, **more) if done.is_done else again(done)

    def ask_first(
        self,
        typed: Form,
        payload: Mapping[str, Any],
        again: Callable[[Submitted], Answer],
        told: Callable[[], Told] = Told,
    ) -> Answer | None:
        """The page to show in place of carrying it out: the question, or the form to be changed.

        None for what asks nothing, was answered with yes, or is wrong and will be told so.
        """
        if self.question is None or is_sure(typed):
            return None
        if goes_back(typed):
            return again(Submitted(as_typed(typed)))
        if contract_problems(self.service, self.command, payload):
            return None
        return ask_page(self.question, typed, self.names, told())

    def onwards(self, path: str, done: Submitted, **more: str) -> Response:
        """On to the page at `path`, which must show what was done and says the form's note."""
        return go_on(path, done, self.note, **more)

    def submit(
        self, typed: Form, payload: Mapping[str, Any], also: Mapping[str, str] | None = None
    ) -> Submitted:
        """For pages that do something of their own once it is done. Raises NotFound."""
        return submit(
            typed,
            self.command,
            payload,
            self.names,
            words=self.words,
            also=also,
            field_of=self.field_of,
            service=self.service,
            tell=self.tell,
        )


def after_of(shown: Submitted | None) -> Mapping[str, Any] | None:
    """What a page must show: as its form came out, else as its address says."""
    return after_asked(request.args) if shown is None else shown.after


def form_page(
    template: str, part: Part, shown: Submitted, names: Mapping[str, str], **more: Any
) -> Answer:
    """A form with what it is about, `part` of a service's answer."""
    page = render_template(
        template,
        part=part,
        stale=part.stale,
        submitted=shown,
        form=shown.form,
        names=names,
        **more,
    )
    return page, shown.status


def version_of(part: Part) -> str:
    """The version that a new form stands on, "" when its service is away."""
    return str(part.result["version"]) if part.result else ""
