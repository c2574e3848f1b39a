"""Opinions that were asked of streets and enforcement bodies, and their answers."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from services.portal.pages import opening, reviewing
from services.portal.pages.asking import Part, ask_page, ask_part
from services.portal.pages.command_form import Answer, CommandForm, after_of, form_page
from services.portal.pages.forms import Form
from services.portal.pages.reading import cursor_asked, words_asked
from services.portal.pages.submitting import Submitted, filled, new_form, text
from services.portal.web.access import allow
from services.portal.web.visitor import current_visitor
from shared.contracts.errors import Invalid, NotFound
from shared.contracts.roles import Role

pages = Blueprint("opinions", __name__)

_BUREAU = (Role.OFFICER, Role.REVIEWER, Role.LEADER)
_BODIES = (Role.ENFORCEMENT_BODY, Role.PARTNER)
_PURPOSE = "答复征求意见"

ANSWER = CommandForm(
    "AnswerOpinion",
    {"view": "意见", "text": "具体意见", "document": "答复材料"},
    {
        ("view", "missing"): "请选择意见。",
        ("text", "missing"): "请写明具体意见和依据。",
        ("text", "bad_length"): "具体意见不超过 4000 个字。",
    },
    "opinion_answered",
)


@pages.get("/opinions")
@allow(*_BUREAU, *_BODIES, Role.AUDITOR)
def opinions() -> str:
    """The open ones unless `?open=no` asks for those that are answered."""
    is_open, cursor = request.args.get("open") != "no", cursor_asked(request.args)
    watches = current_visitor().role is Role.AUDITOR
    words = None if watches else words_asked(request.args)
    chosen = {} if is_open else {"open": "no"}
    if words:
        chosen["words"] = words
    purpose = None if watches else opening.OF_ROLE.get(current_visitor().role, _PURPOSE)
    asked = {"open": is_open, "words": words, "purpose": purpose}
    return render_template(
        "review/opinions.html",
        part=ask_page("ListOpinions", asked, cursor),
        cursor=cursor,
        chosen=chosen,
        form=Form({name: [value] for name, value in chosen.items()}),
        purpose=purpose,
        is_open=is_open,
    )


@pages.get("/opinions/<opinion_id>")
@allow(*_BUREAU, *_BODIES)
def opinion(opinion_id: str) -> Answer:
    """Raises NotFound."""
    return _page(opinion_id, None)


@pages.post("/opinions/<opinion_id>")
@allow(Role.OFFICER, *_BODIES)
def answer(opinion_id: str) -> Response | Answer:
    """By the body that was asked, or from its letter by an officer. Raises NotFound."""
    typed = Form.of(request.form)
    payload = filled(
        application_id=typed.value("application_id"),
        opinion_id=opinion_id,
        view=typed.value("view"),
        text=text(typed, "text"),
        document=typed.value("document") or None,
    )
    return ANSWER.send(typed, payload, f"/opinions/{opinion_id}", partial(_page, opinion_id))


def _page(opinion_id: str, shown: Submitted | None) -> Answer:
    part = _opened(opinion_id, shown)
    if shown is None:
        about = part.result["application_id"] if part.result else ""
        shown = Submitted(new_form(application_id=about))
    return form_page(
        "review/opinion_answer.html",
        part,
        shown,
        ANSWER.names,
        opinion_id=opinion_id,
        letters=_letters(part),
    )


def _letters(part: Part) -> list[tuple[str, str]]:
    """Documents of the review, of which an officer names the one that bears the answer."""
    if not part.result or current_visitor().role is not Role.OFFICER:
        return []
    return reviewing.evidence(part.result["application_id"])


def _opened(opinion_id: str, shown: Submitted | None) -> Part:
    purpose = opening.OF_ROLE.get(current_visitor().role, _PURPOSE)
    try:
        asked = {"opinion_id": opinion_id, "purpose": purpose}
        return ask_part("registry", "OpenOpinion", asked, after_of(shown))
    except Invalid:
        raise NotFound("opinion", opinion_id) from None
