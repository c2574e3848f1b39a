"""The code that a form of telling is given when it is shown, and its one page once it was sent.

It is drawn here, carried by the form in a shape that we alone can read, so that a form sent twice
is one command, and shown to the person it is for. Services get its receipt and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from services.portal.pages.forms import Form
from services.portal.receipts.codes import new_code
from services.portal.web.edge import edge

CARRIED = "carried_code"
"""The form's hidden field."""


@dataclass(frozen=True)
class Drawn:
    """known: whether the form brought it; a new one leads nowhere yet, whatever was sent before"""

    code: str
    known: bool


def drawn_into(form: Form, about: str) -> Form:
    """The form with a new code for what it is about."""
    carried = edge().receipts.into_form(new_code(), about)
    return replace(form, values={**form.values, CARRIED: [carried]})


def drawn_of(form: Form, about: str) -> tuple[Form, Drawn]:
    """The code of a form that was sent; of one without, or too old, a new one, which it carries."""
    code = edge().receipts.from_form(form.value(CARRIED), about)
    if code is not None:
        return form, Drawn(code, known=True)
    form = drawn_into(form, about)
    code = edge().receipts.from_form(form.value(CARRIED), about)
    assert code is not None
    return form, Drawn(code, known=False)


def may_show(form: Form, behalf: bool) -> bool:
    """Whether the form's code is shown now: once, where somebody tells for another."""
    return not behalf or edge().shown_codes.is_first(form.value(CARRIED))


def receipt_of(drawn: Drawn) -> str:
    """What the services know it by. Raises Busy."""
    return edge().receipts.receipt_of(drawn.code)
