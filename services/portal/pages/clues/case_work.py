"""Working on a clue: a page with a form for each act (acts.py)."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.portal.labels import label
from services.portal.money import typed_yuan, zh_yuan
from services.portal.pages.acts import Field, called
from services.portal.pages.asking import Part
from services.portal.pages.clues.acts import ACTS
from services.portal.pages.clues.acts_entry import ASSIGN, JOIN, RECUSE, REFER
from services.portal.pages.clues.acts_outcome import ORDER, PAY, VERIFY
from services.portal.pages.clues.acts_waiting import PAUSE_LIMITS
from services.portal.pages.clues.case import story_of
from services.portal.pages.clues.case_act import CaseAct, body_units
from services.portal.pages.clues.enclosing import with_file
from services.portal.pages.clues.opening import opened
from services.portal.pages.clues.steps import statuses, why_not
from services.portal.pages.clues.story import Story
from services.portal.pages.command_form import Answer, after_of, version_of
from services.portal.pages.confirming import Told
from services.portal.pages.districts import Choice
from services.portal.pages.form_page import FormPage
from services.portal.pages.forms import Form
from services.portal.pages.layout import division_name, today
from services.portal.pages.submitting import Submitted, boxes_of, new_form
from services.portal.web.access import allow
from services.portal.web.uploads import takes_files
from services.portal.web.visitor import current_visitor
from shared.contracts.clues.vocabulary import PAUSABLE

pages = Blueprint("clue_work", __name__)


def _add(act: CaseAct) -> None:
    """The page of an act: `/clues/<clue_id>/` and its path."""

    @allow(*act.roles)
    def show(clue_id: str) -> Answer:
        """`?about=` names what within the clue it is about. Raises NotFound."""
        return _page(act, clue_id, None)

    @takes_files
    @allow(*act.roles)
    def carry_out(clue_id: str) -> Response | Answer:
        """Raises NotFound."""
        typed = Form.of(request.form)
        names = (act.about, "claim_id") if act.about == "payment_id" else (act.about,)
        within = {name: typed.value(name) for name in names if name}
        payload = act.payload_of(typed, clue_id, **within)
        typed, payload, wrong = with_file(act.fields, typed, payload)
        again, told = partial(_page, act, clue_id), partial(_told, act, clue_id, typed)
        return act.form.send(typed, payload, _onwards(act, clue_id, typed), again, told, wrong)

    address, name = f"/clues/<clue_id>/{act.path}", act.path.replace("-", "_")
    pages.add_url_rule(address, f"show_{name}", show, methods=["GET"])
    pages.add_url_rule(address, f"send_{name}", carry_out, methods=["POST"])


for _act in ACTS:
    _add(_act)


def _onwards(act: CaseAct, clue_id: str, typed: Form) -> str:
    """The clue's page; the list for who has just left the case, and may read it no more."""
    myself = typed.value("account_id") == current_visitor().account_id
    return "/clues" if act is RECUSE and myself else f"/clues/{clue_id}"


def _told(act: CaseAct, clue_id: str, typed: Form) -> Told:
    """For the question before it: which clue it is about. Raises NotFound."""
    its = opened(clue_id, None).result
    facts = _facts(act, its, story_of(its), typed.value(act.about)) if its else []
    return Told(called(_fields(act, its)), tuple(facts))


def _page(act: CaseAct, clue_id: str, shown: Submitted | None) -> Answer:
    """Raises NotFound."""
    part = opened(clue_id, after_of(shown))
    its, story = part.result, story_of(part.result)
    about = request.args.get("about", "") if shown is None else shown.form.value(act.about)
    if shown is None:
        shown = Submitted(_new(act, part, about))
    page = FormPage(
        title=act.title,
        action=f"/clues/{clue_id}/{act.path}",
        button=act.button,
        back=("线索详情", f"/clues/{clue_id}"),
        fields=_fields(act, its),
        up=[("问题线索", "/clues")],
        facts=_facts(act, its, story, about) if its else (),
        says=act.says,
        warning=act.warning,
        why_not=_why_not(act, its, about) if its else "",
        kept=(*act.makes, *([act.about] if act.about else []), *_claim(act)),
    )
    return page.show(part, shown, None if act.makes else its)


def _fields(act: CaseAct, clue: Mapping[str, Any] | None) -> tuple[Field, ...]:
    """The act's fields, with the choices that this clue gives some of them."""
    own = _CHOICES.get(act.path)
    if own is None or clue is None:
        return act.fields
    name, choices = own
    given = partial(choices, clue)
    return tuple(replace(its, choices=given) if its.name == name else its for its in act.fields)


def _body_units(clue: Mapping[str, Any]) -> list[Choice]:
    """Bodies whose accounts reach this clue."""
    return body_units(clue["division"])


def _documents(clue: Mapping[str, Any]) -> list[Choice]:
    return [(number, number) for number in story_of(clue).documents]


def _stoppable(clue: Mapping[str, Any]) -> list[Choice]:
    """Limits that run and have not passed, of those that may wait."""
    names = {its["name"] for its in clue["limits"] if its["tone"] != "red"}
    return [(str(its), label(its, "clue_limit")) for its in PAUSABLE if its in names]


_CHOICES: Mapping[str, tuple[str, Callable[[Mapping[str, Any]], list[Choice]]]] = {
    REFER.path: ("unit", _body_units),
    ORDER.path: ("document_number", _documents),
    PAUSE_LIMITS.path: ("limits", _stoppable),
}
"""Acts of which a field has the clue's own choices."""


def _claim(act: CaseAct) -> tuple[str, ...]:
    return ("claim_id",) if act.about == "payment_id" else ()


def _why_not(act: CaseAct, clue: Mapping[str, Any], about: str) -> str:
    """Why the act is not possible now, "" when it is."""
    own = [its for its in clue["steps"] if act.is_step(its)]
    if act.about:
        own = [its for its in own if its["about"] == about]
    if any(its["possible"] for its in own):
        return ""
    return why_not(own[0], act) if own else f"线索处于{statuses(act)}时办理。"


def _facts(
    act: CaseAct, clue: Mapping[str, Any], story: Story, about: str
) -> list[tuple[str, str]]:
    facts = [
        ("反映的机关", clue["body"]),
        ("问题类型", "、".join(label(kind, "clue_kind") for kind in clue["kinds"])),
        ("行政区划", division_name(clue["division"])),
        ("阶段", label(clue["status"], "clue_status")),
    ]
    claim = _claim_row(clue, story.claim_of(about) if act.about == "payment_id" else about)
    if claim and act.about in ("claim_id", "payment_id"):
        facts.append(("款项", story.name_of("claim_id", claim["claim_id"])))
        facts += [
            (word, zh_yuan(claim[name]))
            for word, name in (
                ("主张", "claimed"),
                ("核实", "verified"),
                ("责令退还", "ordered"),
                ("已退还", "paid"),
            )
        ]
    if act.about == "payment_id" and claim:
        facts.append(("冲销的付款", story.name_of("payment_id", about)))
    if act.about == "outcome_id" and any(its["outcome_id"] == about for its in story.outcomes):
        facts.append(("处理结果", story.name_of("outcome_id", about)))
    return facts


def _claim_row(clue: Mapping[str, Any], claim_id: str) -> Mapping[str, Any] | None:
    claims = clue["ledger"]["claims"]
    return next((its for its in claims if its["claim_id"] == claim_id), None)


_PROPOSED = {VERIFY.path: "claimed", ORDER.path: "verified", PAY.path: "unpaid"}
"""Acts on a claim → the amount that stands in a new form."""


def _new(act: CaseAct, part: Part, about: str) -> Form:
    """A form as it is first shown, for the version of the clue."""
    values: dict[str, Any] = {"expected_version": "" if act.makes else version_of(part)}
    values |= {name: str(uuid.uuid4()) for name in act.makes}
    for its in act.fields:
        if its.kind == "date":
            values |= boxes_of(its.name, today().isoformat())
    if act.about:
        values[act.about] = about
    clue = part.result
    if clue is None:
        return new_form(**values)
    if act.about == "payment_id":
        values["claim_id"] = story_of(clue).claim_of(about)
    claim = _claim_row(clue, about)
    if act.path in _PROPOSED and claim and claim[_PROPOSED[act.path]]:
        values["amount"] = typed_yuan(claim[_PROPOSED[act.path]])
    if act is ORDER:
        values["document_number"] = next(iter(story_of(clue).documents), "")
    if act is JOIN:
        values["into_clue_id"] = request.args.get("into", "")[:100]
    if act is ASSIGN:
        values["handlers"] = list(clue["handlers"])
    return new_form(**values)
