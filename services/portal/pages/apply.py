"""Applying, step by step: save and go on, look at it all, hand it in."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from services.portal.labels import label
from services.portal.pages import application_form, drafting
from services.portal.pages.application_form import CHECK, NAMES, STEP_OF, STEPS, WORDS, Step
from services.portal.pages.asking import Part, ask_one
from services.portal.pages.districts import Choice, districts
from services.portal.pages.drafting import Draft
from services.portal.pages.forms import Form
from services.portal.pages.industries import industry_choices
from services.portal.pages.layout import division_name
from services.portal.pages.submitting import Submitted, go_on, new_form, submit
from services.portal.web.access import allow
from services.portal.web.edge import edge
from services.portal.web.visitor import current_visitor
from shared.contracts.errors import NotFound
from shared.contracts.roles import Role
from shared.contracts.scope import covers
from shared.reference.industry import SECTIONS

pages = Blueprint("apply", __name__)

_LATER = "later"
_BY_KEY = {step.key: step for step in STEPS}
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LABELLED = {
    "channel": "channel",
    "unit_kind": "unit_kind",
    "trade": "trade",
    "declared_size": "size",
}


@pages.get("/apply/<batch_id>/<any(unit,industry,contact):key>")
@allow(Role.APPLICANT)
def step(batch_id: str, key: str) -> Response | tuple[str, int]:
    """Raises NotFound."""
    its, draft = _BY_KEY[key], drafting.draft_of(_me(), batch_id)
    if its is not STEPS[0] and not draft.values.get("unit_kind"):
        return redirect(_path(batch_id, STEPS[0].key), 303)
    told = {name: draft.errors[name] for name in its.names if name in draft.errors}
    return _step_page(batch_id, its, draft, told)


@pages.post("/apply/<batch_id>/<any(unit,industry,contact):key>")
@allow(Role.APPLICANT)
def save(batch_id: str, key: str) -> Response | tuple[str, int]:
    """Keeps what was typed, right or wrong, and goes on when it is right. Raises NotFound."""
    its = _BY_KEY[key]
    _batch(batch_id)
    typed = {
        name: application_form.tidy(name, request.form[name])
        for name in its.names
        if name in request.form
    }
    # A radio button that is not chosen is not sent: then nothing is said of it.
    draft = drafting.draft_of(_me(), batch_id).with_values(typed)
    drafting.keep(_me(), batch_id, draft)
    if request.form.get("go") == _LATER:
        return redirect(f"/my/applications?{urlencode({'note': 'draft_saved'})}", 303)
    wrong = application_form.problems(draft.values, its)
    if wrong:
        return _step_page(batch_id, its, draft, wrong, status=422)
    to_check = request.form.get("back") == CHECK
    return redirect(_path(batch_id, CHECK if to_check else _next(its)), 303)


@pages.get("/apply/<batch_id>/check")
@allow(Role.APPLICANT)
def check(batch_id: str) -> Response | tuple[str, int]:
    """Raises NotFound."""
    draft = drafting.draft_of(_me(), batch_id)
    if not draft.application_id:
        return redirect(_path(batch_id, STEPS[0].key), 303)
    return _check_page(batch_id, draft, Submitted(new_form()))


@pages.post("/apply/<batch_id>/check")
@allow(Role.APPLICANT)
def hand_in(batch_id: str) -> Response | tuple[str, int]:
    """The same command however often it is sent, until it is carried out. Raises NotFound."""
    draft = drafting.draft_of(_me(), batch_id)
    if not draft.application_id:
        return _handed_in_before(batch_id)
    if application_form.problems(draft.values):
        return _check_page(batch_id, draft, Submitted(new_form(), status=422))
    typed = new_form(command_id=drafting.command_id(_me(), batch_id))
    payload = application_form.payload(draft.values, batch_id, draft.application_id)
    done = submit(typed, "SubmitApplication", payload, NAMES, words=WORDS)
    here = f"/my/applications/{draft.application_id}"
    if done.is_done:
        drafting.drop(_me(), batch_id)
        return go_on(here, done, "applied")
    if done.changed:  # handed in before, as another try told too late
        drafting.drop(_me(), batch_id)
        return redirect(f"{here}?{urlencode({'note': 'applied_before'})}", 303)
    if done.form.errors:
        draft = Draft(draft.application_id, draft.values, done.form.errors)
        drafting.keep(_me(), batch_id, draft)
    return _check_page(batch_id, draft, done)


@pages.route("/apply/<batch_id>/discard", methods=["GET", "POST"])
@allow(Role.APPLICANT)
def discard(batch_id: str) -> Response | str:
    """Asks first: what was typed is gone then."""
    if request.method == "POST":
        drafting.drop(_me(), batch_id)
        return redirect(f"/my/applications?{urlencode({'note': 'draft_discarded'})}", 303)
    return render_template("apply/discard.html", part=_batch(batch_id), batch_id=batch_id)


def _me() -> str:
    account_id = current_visitor().account_id
    assert account_id is not None
    return account_id


def _batch(batch_id: str) -> Part:
    """The batch, or that the registry is away: what was typed can be kept all the same."""
    if not _UUID.fullmatch(batch_id):
        raise NotFound("batch", batch_id)
    return ask_one("ShowBatch", "batch_id", batch_id)


def _path(batch_id: str, key: str) -> str:
    return f"/apply/{batch_id}/{key}"


def _next(its: Step) -> str:
    following = STEPS[STEPS.index(its) + 1 :]
    return following[0].key if following else CHECK


def _handed_in_before(batch_id: str) -> Response:
    """A second press of the button, when the first has been carried out already."""
    identifier = request.form.get("application_id", "")
    if not _UUID.fullmatch(identifier):
        return redirect(_path(batch_id, STEPS[0].key), 303)
    return redirect(f"/my/applications/{identifier}?{urlencode({'note': 'applied'})}", 303)


def _step_page(
    batch_id: str, its: Step, draft: Draft, errors: dict[str, str], status: int = 200
) -> tuple[str, int]:
    part = _batch(batch_id)
    choices = _districts(part)
    page = render_template(
        f"apply/{its.key}.html",
        part=part,
        batch_id=batch_id,
        step=its,
        line=_line(batch_id, draft, its.key),
        names=its.names,
        asked=application_form.asked(draft.values),
        form=Form({name: [value] for name, value in _begun(draft, choices).items()}, errors),
        back=request.values.get("back", ""),
        districts=choices,
        sections=industry_choices(),
    )
    return page, status


def _begun(draft: Draft, choices: list[Choice]) -> dict[str, str]:
    """What was typed; the district is chosen already where there is only one."""
    only = {"division": choices[0][0]} if len(choices) == 1 else {}
    return {**only, **draft.values}


def _districts(part: Part) -> list[Choice]:
    """Those of the batch that lie within the applicant's own: nobody applies for elsewhere."""
    bureau = part.result["division"] if part.result else edge().settings.city
    return [its for its in districts(bureau) if covers(current_visitor().division, its[0])]


def _check_page(batch_id: str, draft: Draft, shown: Submitted) -> tuple[str, int]:
    wrong = {**application_form.problems(draft.values), **shown.form.errors}
    page = render_template(
        "apply/check.html",
        part=_batch(batch_id),
        batch_id=batch_id,
        application_id=draft.application_id,
        draft=draft.values,
        line=_line(batch_id, draft, CHECK),
        groups=[(step, _rows(step, draft, wrong)) for step in STEPS],
        wrong=[(NAMES[name], _edit(batch_id, name), told) for name, told in wrong.items()],
        form=shown.form,
        unknown=shown.unknown,
    )
    return page, shown.status


def _rows(step: Step, draft: Draft, wrong: dict[str, str]) -> list[dict[str, Any]]:
    asked = application_form.asked(draft.values)
    return [
        {
            "name": name,
            "word": word,
            "value": _shown(name, draft.values.get(name, "")),
            "error": wrong.get(name),
        }
        for name, word in step.names.items()
        if name in asked
    ]


def _shown(name: str, value: str) -> str:
    if not value:
        return ""
    if name in _LABELLED:
        return _word(value, _LABELLED[name])
    if name == "division":
        return division_name(value)
    return SECTIONS.get(value, value) if name == "industry_section" else value


def _word(value: str, kind: str) -> str:
    try:
        return label(value, kind)
    except ValueError:
        return value


def _edit(batch_id: str, name: str) -> str:
    return f"{_path(batch_id, STEP_OF[name].key)}?back={CHECK}#field-{name}"


def _line(batch_id: str, draft: Draft, here: str) -> list[dict[str, Any]]:
    """The steps above the form; those that were filled in lead back to theirs."""
    told = [(step.key, step.title) for step in STEPS] + [(CHECK, "核对并提交")]
    begun = bool(draft.values.get("unit_kind"))
    return [
        {
            "title": title,
            "path": _path(batch_id, key) if begun and key != here else None,
            "is_here": key == here,
        }
        for key, title in told
    ]
