"""Opinions that were asked of streets and enforcement bodies, and their answers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from services.portal.pages import opening, reviewing
from services.portal.pages.acts import Field
from services.portal.pages.asking import Part, ask_page, ask_part
from services.portal.pages.command_form import Answer, CommandForm, after_of, form_page
from services.portal.pages.confirming import Question, Told
from services.portal.pages.form_page import FormPage
from services.portal.pages.forms import Form
from services.portal.pages.reading import cursor_asked, words_asked
from services.portal.pages.submitting import Submitted, filled, new_form, text
from services.portal.pages.wording import zh_date
from services.portal.web.access import allow
from services.portal.web.visitor import current_visitor
from shared.contracts.errors import Invalid, NotFound
from shared.contracts.roles import Role

pages = Blueprint("opinions", __name__)

_BUREAU = (Role.OFFICER, Role.REVIEWER, Role.LEADER)
_BODIES = (Role.ENFORCEMENT_BODY, Role.PARTNER)
_ASKING = (Role.OFFICER, Role.REVIEWER)
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


TAKE_BACK = CommandForm(
    "TakeBackOpinion",
    {"reasons": "理由"},
    {
        ("reasons", "missing"): "请写明为什么收回。",
        ("reasons", "bad_length"): "理由不超过 4000 个字。",
    },
    "opinion_taken_back",
    question=Question(
        "收回征求意见",
        "收回后不能恢复，不再等候答复；仍须征求意见的，请另行征求。",
        "确认收回",
    ),
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


@pages.get("/opinions/<opinion_id>/withdrawal")
@allow(*_ASKING)
def withdrawal(opinion_id: str) -> Answer:
    """Raises NotFound."""
    return _withdrawal_page(opinion_id, None)


@pages.post("/opinions/<opinion_id>/withdrawal")
@allow(*_ASKING)
def take_back(opinion_id: str) -> Response | Answer:
    """Nobody waits for the answer any more. Raises NotFound."""
    typed = Form.of(request.form)
    application_id = typed.value("application_id")
    payload = filled(
        application_id=application_id, opinion_id=opinion_id, reasons=text(typed, "reasons")
    )
    again = partial(_withdrawal_page, opinion_id)
    onwards = f"/applications/{application_id}/review"
    return TAKE_BACK.send(typed, payload, onwards, again, partial(_asked, opinion_id))


def _asked(opinion_id: str) -> Told:
    """For the question before it: who was asked, until when."""
    its = _opened(opinion_id, None).result
    return Told(facts=_facts(its) if its else ())


def _facts(opinion: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return (("被征求单位", opinion["body"]), ("答复期限", zh_date(opinion["due_on"])))


def _withdrawal_page(opinion_id: str, shown: Submitted | None) -> Answer:
    part = _opened(opinion_id, shown)
    its = part.result
    if shown is None:
        shown = Submitted(new_form(application_id=its["application_id"] if its else ""))
    is_open = its is None or (its["answered_on"] is None and its["taken_back_on"] is None)
    page = FormPage(
        title="收回征求意见",
        action=f"/opinions/{opinion_id}/withdrawal",
        button="收回",
        back=("征求意见", f"/opinions/{opinion_id}"),
        fields=(Field("reasons", "理由", "area", "例如征求错了单位。加密保存。"),),
        facts=_facts(its) if its else (),
        says="收回以后不再等候答复；仍须征求意见的，请另行征求。",
        why_not="" if is_open else "已经答复或者已经收回。",
        kept=("application_id",),
    )
    return page.show(part, shown)


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
