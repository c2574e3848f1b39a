"""Acts: a page with one form that carries out one command, told by one line of a table.

MOVE = Act(
    "MovePoint", "move", "登记迁移", "登记", (Role.OFFICER,), "point_changed",
    (Field("division", "迁入的区县", "choice", choices=…), Field("moved_on", "迁移日期", "date")),
)

What the act is about, and what its payload says besides the form, is its page's (point_acts.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from services.portal.pages.command_form import CommandForm
from services.portal.pages.confirming import Question, Told
from services.portal.pages.forms import Form
from services.portal.pages.submitting import Words, day, filled, text, whole, yuan
from services.portal.web.visitor import current_visitor
from shared.contracts.roles import Role

Choices = Callable[[], Sequence[tuple[str, ...]]]
"""Gives `(value, label)` or `(value, label, hint)` when a form is shown."""

Kind = Literal["text", "area", "date", "whole", "choice", "select", "flag", "many", "yuan", "file"]
YES, NO = "yes", "no"
_NO_MONEY = "请填写金额，单位为元，最多两位小数，例如 1200 或者 1200.50。"


@dataclass(frozen=True)
class Field:
    """One field of an act's form.

    kind: text, area (several lines), date, whole (a number), choice (one of a list), select (the
    same as a drop-down list), flag (yes or no, in the words of `choices`), many (boxes of which
    several may be ticked), yuan (an amount, which the contract has in fen), file (one of evidence,
    which its page takes: clues/enclosing.py)
    """

    name: str
    label: str
    kind: Literal[
        "text", "area", "date", "whole", "choice", "select", "flag", "many", "yuan", "file"
    ] = "text"
    hint: str | Callable[[], str] | None = None
    optional: bool = False
    choices: Choices = tuple
    width: str = "medium"

    @property
    def told(self) -> str | None:
        """The hint, asked for when the form is shown."""
        return self.hint() if callable(self.hint) else self.hint

    def read(self, typed: Form) -> Any:
        """What was typed, as the contract wants it; None for nothing."""
        match self.kind:
            case "date":
                return day(typed, self.name)
            case "whole":
                return whole(typed, self.name)
            case "flag":
                return {YES: True, NO: False}.get(typed.value(self.name))
            case "many":
                return typed.chosen(self.name)
            case "yuan":
                return yuan(typed, self.name)
            case "file":
                return None
            case "area" | "text":
                return text(typed, self.name)
            case _:
                return typed.value(self.name)


@dataclass(frozen=True)
class Act:
    """One command with the words of its page.

    path: the last part of the page's address; note: what is said once it is done (notes.py)
    says: a sentence above the form; warning: what cannot be undone
    turn: in which state of the point it is done, as a sentence
    for_point: what it is called where staff record what a point has said on paper
    of: whose id and version the command names: the point's own, or that of what is open about it
    variants: the steps of the registry that this one form can be (next_steps)
    makes: ids that the command gives to something new
    service: whose command it is
    """

    command: str
    path: str
    title: str
    button: str
    roles: tuple[Role, ...]
    note: str
    fields: tuple[Field, ...] = ()
    says: str = ""
    warning: str = ""
    turn: str = "联系点已经退出，不再办理。"
    for_point: str = ""
    of: Literal["point", "renewal", "retirement"] = "point"
    makes: tuple[str, ...] = ()
    words: Words = field(default_factory=dict)
    service: str = "registry"

    @property
    def name(self) -> str:
        """The title for who is here."""
        return self.for_point if self._on_paper else self.title

    @property
    def press(self) -> str:
        """What its button says to who is here."""
        return self.for_point if self._on_paper else self.button

    @property
    def _on_paper(self) -> bool:
        return bool(self.for_point) and current_visitor().role is not Role.POINT

    @property
    def form(self) -> CommandForm:
        """What cannot be undone is asked for once more."""
        asked = Question(self.title, self.warning, f"确认{self.button}") if self.warning else None
        words = {**words_of(self.fields), **self.words}
        return CommandForm(self.command, self.names, words, self.note, self.service, question=asked)

    def told(self, unit_name: str) -> Told:
        """For the question before it: whom it is about, and what the values of its fields are
        called.
        """
        return Told(called(self.fields), (("联系点", unit_name),))

    @property
    def names(self) -> Mapping[str, str]:
        return {its.name: its.label for its in self.fields}

    def payload(self, typed: Form, **about: Any) -> dict[str, Any]:
        """What the form says, with the ids that it is about and those that it gives."""
        return filled(
            **read(self.fields, typed), **{name: typed.value(name) for name in self.makes}, **about
        )


def called(fields: Iterable[Field]) -> dict[str, dict[str, str]]:
    """What the values of those fields are called that are chosen, by the field's name."""
    return {
        its.name: {choice[0]: choice[1] for choice in its.choices()}
        for its in fields
        if its.kind in ("choice", "select", "flag", "many")
    }


def read(fields: Iterable[Field], typed: Form) -> dict[str, Any]:
    """What was typed in each field, as the contract wants it."""
    return {its.name: its.read(typed) for its in fields}


def words_of(fields: Iterable[Field]) -> Words:
    """What is said better of a kind of field than in general."""
    return {
        (its.name, code): _NO_MONEY
        for its in fields
        if its.kind == "yuan"
        for code in ("wrong_type", "out_of_range", "missing")
    }
