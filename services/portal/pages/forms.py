"""What a form shows again: what was typed, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict


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
