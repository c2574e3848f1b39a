"""What an applicant supplies: the unit's data as they now are, and an answer to what was asked."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.portal.pages import application_form, whose
from services.portal.pages.application_form import NAMES, WORDS
from services.portal.pages.command_form import Answer, CommandForm
from services.portal.pages.districts import districts
from services.portal.pages.forms import Form
from services.portal.pages.industries import industry_choices
from services.portal.pages.submitting import Submitted, go_on, text
from services.portal.web.access import allow
from services.portal.web.edge import edge
from shared.contracts.registry.vocabulary import ApplicationStatus
from shared.contracts.roles import Role

pages = Blueprint("supplement", __name__)

SUPPLEMENT = CommandForm(
    "SubmitSupplement",
    {"answer": "补正说明", **NAMES},
    {
        **WORDS,
        ("answer", "missing"): "请写明补正了什么。",
        ("answer", "bad_length"): "补正说明不超过 4000 个字。",
    },
    "supplemented",
)


@pages.get("/applications/<application_id>/supplement")
@allow(Role.APPLICANT, Role.OFFICER)
def supplement(application_id: str) -> Answer:
    """Raises NotFound."""
    return _page(application_id, None)


@pages.post("/applications/<application_id>/supplement")
@allow(Role.APPLICANT, Role.OFFICER)
def submit_supplement(application_id: str) -> Response | Answer:
    """Raises NotFound."""
    typed = Form.of(request.form)
    values = {name: application_form.tidy(name, typed.value(name)) for name in NAMES}
    payload = application_form.payload(values, "", application_id)
    payload.pop("batch_id", None)
    answer = text(typed, "answer")
    if answer:
        payload["answer"] = answer
    wrong = {} if answer else {"answer": SUPPLEMENT.words["answer", "missing"]}
    wrong |= application_form.problems(values)
    again = partial(_page, application_id)
    done = SUPPLEMENT.submit(typed, payload, also=wrong)
    if done.is_done:
        return go_on(whose.home(application_id), done, SUPPLEMENT.note)
    return again(done)


def _page(application_id: str, shown: Submitted | None) -> Answer:
    part = whose.opened(application_id, shown)
    return whose.shared_form(
        "entry/supplement.html",
        application_id,
        shown,
        [ApplicationStatus.SUPPLEMENTING],
        SUPPLEMENT.names,
        part,
        application_form.stated(part.result) if part.result else {},
        districts=districts(edge().settings.city),
        sections=industry_choices(),
    )
