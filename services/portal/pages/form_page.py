"""A page that is one form, told by a table of its fields (acts.py): facts, form, and the way back.

PAGE = FormPage("登记协作单位", "/organisation/partners/new", "登记", ("组织机构", "/organisation"),
                FIELDS)
return PAGE.show(part, shown)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.portal.pages.acts import Field
from services.portal.pages.asking import Part
from services.portal.pages.command_form import Answer, form_page
from services.portal.pages.submitting import Submitted


@dataclass(frozen=True)
class FormPage:
    """back: name and address of the page that the form is reached from
    up: pages above that one, as `parts.breadcrumb` has them
    facts: of what the form is about, `(name, value)`
    says: a sentence above the form; warning: what cannot be undone
    why_not: what stands in place of the form when it cannot be carried out now
    kept: hidden fields that the form carries along
    """

    title: str
    action: str
    button: str
    back: tuple[str, str]
    fields: Sequence[Field]
    up: Sequence[tuple[str, str]] = ()
    facts: Sequence[tuple[str, str]] = ()
    says: str = ""
    warning: str = ""
    why_not: str = ""
    kept: Sequence[str] = ()

    @property
    def names(self) -> Mapping[str, str]:
        return {its.name: its.label for its in self.fields}

    def show(self, part: Part, shown: Submitted, about: Mapping[str, Any] | None = None) -> Answer:
        """`about` is what the command changes, with its version; None for something new."""
        return form_page("office/form.html", part, shown, self.names, its=self, about=about)
