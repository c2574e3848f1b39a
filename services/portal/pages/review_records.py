"""Everything that a review puts on record beside its checks: a form for each kind of record.

One table tells the forms (`RECORDS`); they look and behave alike.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from services.portal.labels import label
from services.portal.pages import opening, reviewing
from services.portal.pages.application_work import application_form, of_unit
from services.portal.pages.asking import Part
from services.portal.pages.command_form import Answer, after_of
from services.portal.pages.forms import Form
from services.portal.pages.reading import after_asked
from services.portal.pages.review_forms import EXAMINE, RECORDS, Record
from services.portal.pages.steps import shown_steps
from services.portal.pages.submitting import Submitted, filled, go_on
from services.portal.web.access import allow
from shared.contracts.roles import Role

pages = Blueprint("review_records", __name__)

_BUREAU = (Role.OFFICER, Role.REVIEWER, Role.LEADER)


@pages.get("/applications/<application_id>/review")
@allow(*_BUREAU)
def review(application_id: str) -> Answer:
    """Raises NotFound."""
    return _review_page(application_id, None)


@pages.post("/applications/<application_id>/review/recusals")
@allow(*_BUREAU)
def examine(application_id: str) -> Response | Answer:
    """Who of the group is tied to the applicant is put on record. Raises NotFound."""
    typed = Form.of(request.form)
    done = EXAMINE.submit(typed, {"application_id": application_id})
    if done.is_done:
        return go_on(f"/applications/{application_id}/review", done, EXAMINE.note)
    return _review_page(application_id, done)


def _review_page(application_id: str, shown: Submitted | None) -> Answer:
    after = after_asked(request.args) if shown is None else shown.after
    its = opening.opened(application_id, reviewing.purpose(), after)
    part = Part(away=its.away) if its.away else reviewing.opened_review(application_id, after)
    names = reviewing.reviewers()
    group = Part() if its.result is None else reviewing.group_of(its.result["batch_id"])
    record = part.result or {"records": ()}
    shown = shown or Submitted(Form())
    page = render_template(
        "review/review.html",
        part=part,
        its=its.result,
        stale=part.stale,
        submitted=shown,
        form=shown.form,
        command_id=str(uuid.uuid4()),
        steps=[] if its.result is None else shown_steps(its.result),
        group=group.result,
        named=lambda member: reviewing.name_of(member, names),
        records=[reviewing.told(each, names) for each in record["records"]],
        application_id=application_id,
        purpose=reviewing.purpose(),
    )
    return page, shown.status


def _page(record: Record, application_id: str, shown: Submitted | None) -> Answer:
    part = opening.opened(application_id, reviewing.purpose(), after_of(shown))
    flags = [] if part.result is None else _flags(part.result)
    return application_form(
        f"review/{record.name}.html",
        application_id,
        shown,
        reviewing.purpose(),
        commands=[record.form.command],
        first={**record.fresh(), **_asked_check(record, flags)},
        names=record.form.names,
        part=part,
        action=f"/applications/{application_id}/review/{record.name}",
        flags=flags,
        bodies=(
            reviewing.bodies(part.result["division"])
            if part.result and "body_unit" in record.form.names
            else []
        ),
        evidence=reviewing.evidence(application_id) if "documents" in record.form.names else [],
    )


def _asked_check(record: Record, flags: list[tuple[str, str]]) -> Mapping[str, str]:
    """The only open flag is chosen already."""
    return {"check": flags[0][0]} if record.name == "flag" and len(flags) == 1 else {}


def _flags(application: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Checks that were flagged, to choose from."""
    return [
        (row["check"], label(row["check"], "check"))
        for row in application["checks"]
        if row["finding"] == "flagged"
    ]


def _install(record: Record) -> None:
    """The two routes of a form."""

    @allow(*record.roles)
    def show(application_id: str) -> Answer:
        return _page(record, application_id, None)

    @allow(*record.roles)
    def send(application_id: str) -> Response | Answer:
        typed = Form.of(request.form)
        payload = filled(application_id=application_id, **record.read(typed))
        onwards = f"/applications/{application_id}{record.onwards}"
        again = partial(_page, record, application_id)
        about = partial(of_unit, application_id, reviewing.purpose(), record.choices)
        return record.form.send(typed, payload, onwards, again, about)

    rule, name = f"/applications/<application_id>/review/{record.name}", record.name
    pages.add_url_rule(rule, f"show_{name}", show, methods=["GET"])
    pages.add_url_rule(rule, f"send_{name}", send, methods=["POST"])


for _each in RECORDS:
    _install(_each)
