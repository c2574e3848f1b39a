"""Asking once more before what cannot be undone: what was filled in, to be checked, then yes.

Without JavaScript. The first sending of a form is answered with a page that shows what it says and
carries all of it along; there it is sent as it is, or comes back to be changed. So nothing typed is
lost, and whoever sends twice still sends the same command.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import render_template, request

from services.portal.pages.forms import Form
from services.portal.pages.submitting import day
from services.portal.pages.wording import zh_date

_SURE = "sure"
_YES, _BACK = "yes", "back"
_OURS = frozenset({_SURE, "csrf_token"})

Choices = Mapping[str, Mapping[str, str]]
"""Field → what its values are called."""


@dataclass(frozen=True)
class Told:
    """What a question's page says beside the form's own words.

    facts: what the form is about, `(name, value)`
    """

    choices: Choices = field(default_factory=dict)
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Question:
    """What is asked before a form is carried out.

    heading: what is about to be done
    consequence: what cannot be undone of it
    button: the yes
    """

    heading: str
    consequence: str
    button: str


def is_sure(typed: Form) -> bool:
    """Whether the form comes from the question's page, with a yes."""
    return typed.value(_SURE) == _YES


def goes_back(typed: Form) -> bool:
    """Whether the form comes from the question's page, to be changed."""
    return typed.value(_SURE) == _BACK


def as_typed(typed: Form) -> Form:
    """The form as it was filled in, without the answer to the question."""
    return Form({name: its for name, its in typed.values.items() if name not in _OURS})


def ask_page(
    question: Question, typed: Form, names: Mapping[str, str], told: Told
) -> tuple[str, int]:
    """The page that asks; it is sent to where the form goes."""
    page = render_template(
        "layout/confirm.html",
        question=question,
        rows=[*told.facts, *_rows(typed, names, told.choices)],
        typed=as_typed(typed).values,
        action=request.path,
    )
    return page, 200


def _rows(typed: Form, names: Mapping[str, str], choices: Choices) -> list[tuple[str, str]]:
    """What was filled in, by the fields' labels; nothing of what was left empty."""
    told = [(label, _said(typed, name, choices.get(name, {}))) for name, label in names.items()]
    return [(label, said) for label, said in told if said]


def _said(typed: Form, name: str, words: Mapping[str, str]) -> str:
    if f"{name}-year" in typed.values:
        return zh_date(day(typed, name))
    return "、".join(words.get(value, value).strip() for value in typed.chosen(name))
