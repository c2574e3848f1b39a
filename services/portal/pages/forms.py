"""What a form shows again: what was typed, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from shared.contracts.catalogue import CATALOGUE
from shared.contracts.errors import Invalid, Problem
from shared.contracts.zh_fields import field_sentence


@dataclass(frozen=True)
class Form:
    """Everything that the field macros need (templates/macros/fields.html).

    values: name → what was typed, as typed; a box or a list has several
    errors: name → the sentence at that field
    problem: a sentence about the whole, above the fields' own
    """

    values: Mapping[str, list[str]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    problem: str | None = None

    @classmethod
    def of(cls, typed: MultiDict[str, str], **more: object) -> Form:
        """What a request brought."""
        return cls({name: typed.getlist(name) for name in typed}, **more)  # type: ignore[arg-type]

    def value(self, name: str) -> str:
        """The first value of a field, "" for none."""
        return next(iter(self.values.get(name, ())), "")

    def chosen(self, name: str) -> list[str]:
        """All values of a field."""
        return list(self.values.get(name, ()))

    def error(self, name: str) -> str | None:
        return self.errors.get(name)

    @property
    def is_wrong(self) -> bool:
        return bool(self.errors) or self.problem is not None


def messages(problems: Iterable[Problem], own: Mapping[tuple[str, str], str]) -> dict[str, str]:
    """Field → sentence, of a service's problems.

    `own` has better words for `(field, code)` than the general ones.
    """
    return {
        its.path: own.get((its.path, its.code)) or field_sentence(its)
        for its in reversed([*problems])
    }


def contract_problems(
    service: str, command_type: str, payload: Mapping[str, Any]
) -> tuple[Problem, ...]:
    """What the contract finds wrong with a payload, all at once and before anything is sent."""
    try:
        CATALOGUE[service].commands.find(command_type).load(dict(payload))
    except Invalid as invalid:
        return invalid.problems
    return ()
