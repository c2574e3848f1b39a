"""Working on a point: a page for each act, and its retirement and renewal opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from services.portal.labels import label
from services.portal.pages.acts import Act
from services.portal.pages.asking import Part, ask_one, ask_page, ask_part
from services.portal.pages.command_form import Answer, after_of, form_page
from services.portal.pages.confirming import Told
from services.portal.pages.correcting import marked
from services.portal.pages.event_words import rows_of
from services.portal.pages.forms import Form
from services.portal.pages.past import timeline
from services.portal.pages.point_acts import ACTS, RETIRE
from services.portal.pages.reading import after_asked, cursor_asked
from services.portal.pages.steps import why_not
from services.portal.pages.submitting import Submitted, new_form
from services.portal.web.access import allow
from services.portal.web.visitor import current_visitor
from shared.contracts.errors import Invalid, NotFound
from shared.contracts.publication.zh_names import zh_name
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role

pages = Blueprint("point_work", __name__)

PURPOSE = "办理联系点事项"
_BUREAU = (Role.OFFICER, Role.REVIEWER, Role.LEADER)
_SOON = {
    Reason.STATEMENT_OPEN,
    Reason.MEETING_TOO_EARLY,
    Reason.LIMIT_PROVISIONAL,
    Reason.GRADE_MISSING,
    Reason.GRADE_TOO_LOW,
    Reason.FACTS_NOT_TOLD,
}
"""Why an act whose turn it is must wait."""


@dataclass(frozen=True)
class ShownAct:
    """`path` leads to its form, None when it is not possible now; `soon` as in steps.Shown."""

    act: Act
    path: str | None = None
    why_not: str | None = None
    soon: bool = False


def shown_acts(point: Mapping[str, Any]) -> list[ShownAct]:
    """What may be done about a point that is worked on, in the order of the page."""
    return [_shown(point, act) for act in ACTS]


def _shown(point: Mapping[str, Any], act: Act) -> ShownAct:
    steps = [its for its in point["steps"] if its["command"] == act.command]
    if any(its["possible"] for its in steps):
        return ShownAct(act, path=f"/points/{point['point_id']}/{act.path}")
    first = steps[0]
    reason = Reason(first["reason"])
    turn = reason in _SOON or (reason is Reason.WRONG_ROLE and act.of != "point")
    told = act.turn if reason is Reason.WRONG_STATE else why_not(first)
    return ShownAct(act, why_not=told, soon=turn)


def _add(act: Act) -> None:
    """The page of an act: `/points/<point_id>/` and its path."""

    @allow(*act.roles)
    def show(point_id: str) -> Answer:
        """Raises NotFound."""
        return _page(act, point_id, None)

    @allow(*act.roles)
    def carry_out(point_id: str) -> Response | Answer:
        """Raises NotFound."""
        typed = Form.of(request.form)
        about = {f"{act.of}_id": point_id if act.of == "point" else typed.value("about_id")}
        payload = act.payload(typed, **{**about, **_point_of_new(act, point_id)})
        again = partial(_page, act, point_id)
        return act.form.send(
            typed, payload, f"/points/{point_id}", again, partial(_told, act, point_id)
        )

    address = f"/points/<point_id>/{act.path}"
    pages.add_url_rule(address, f"show_{act.command}", show, methods=["GET"])
    pages.add_url_rule(address, act.command, carry_out, methods=["POST"])


def _told(act: Act, point_id: str) -> Told:
    point = ask_one("ShowPoint", "point_id", point_id).result
    return act.told(point["unit_name"] if point else "—")


def _point_of_new(act: Act, point_id: str) -> dict[str, str]:
    return {"point_id": point_id} if act.makes else {}


for _act in ACTS:
    _add(_act)


def _page(act: Act, point_id: str, shown: Submitted | None) -> Answer:
    """Raises NotFound for a point that is not worked on here, though everybody may see it."""
    part = ask_one("ShowPoint", "point_id", point_id, after_of(shown))
    if part.result and "steps" not in part.result:
        raise NotFound("point", point_id)
    about = _about(act, part)
    if shown is None:
        shown = Submitted(_new(act, part, about))
    return form_page(
        "desk/act.html",
        part,
        shown,
        act.names,
        act=act,
        about=about,
        point_id=point_id,
        step=_shown(part.result, act) if part.result else None,
    )


def _about(act: Act, part: Part) -> Mapping[str, Any] | None:
    """What the command names: the point, or what is open about it."""
    if part.result is None:
        return None
    about: Mapping[str, Any] | None = part.result if act.of == "point" else part.result[act.of]
    return about


def _new(act: Act, part: Part, about: Mapping[str, Any] | None) -> Form:
    """A form as it is first shown, for the version of what it is about."""
    if about is None:
        return new_form()
    values = {"expected_version": str(about["version"]), "about_id": about[f"{act.of}_id"]}
    form = new_form(**values)
    if act.makes:
        # What begins is new: it has no version to go on from, and an id that the form gives it.
        fresh = {name: new_form().values["command_id"] for name in act.makes}
        form = Form({**form.values, **fresh, "expected_version": [""]})
    if act is RETIRE and part.result["retirement"]:
        form = Form({**form.values, "ground": [part.result["retirement"]["ground"]]})
    return form


@pages.get("/points/<point_id>/contacts")
@allow(*_BUREAU, Role.POINT)
def contacts(point_id: str) -> str:
    """Address, contact and liaison officer. Raises NotFound."""
    part = _opened("OpenPoint", "point_id", point_id)
    return render_template("desk/point_contacts.html", part=part, stale=part.stale, purpose=PURPOSE)


@pages.get("/retirements")
@allow(*_BUREAU, Role.AUDITOR)
def retirements() -> str:
    """Retirements that are open, or all with `?all=1`."""
    everything = request.args.get("all") == "1"
    cursor = cursor_asked(request.args)
    filters = {} if everything else {"open": True}
    part = ask_page("ListRetirements", filters, cursor)
    return render_template("desk/retirements.html", part=part, cursor=cursor, everything=everything)


@pages.get("/renewals")
@allow(*_BUREAU, Role.AUDITOR)
def renewals() -> str:
    cursor = cursor_asked(request.args)
    part = ask_page("ListRenewals", {}, cursor)
    return render_template("desk/renewals.html", part=part, cursor=cursor)


@pages.get("/retirements/<retirement_id>")
@allow(*_BUREAU, Role.POINT)
def retirement(retirement_id: str) -> str:
    """Raises NotFound."""
    part = _opened("ReadRetirement", "retirement_id", retirement_id)
    return _procedure("退出程序", part)


@pages.get("/renewals/<renewal_id>")
@allow(*_BUREAU, Role.POINT)
def renewal(renewal_id: str) -> str:
    """Raises NotFound."""
    part = _opened("ReadRenewal", "renewal_id", renewal_id)
    return _procedure("续期", part)


@pages.get("/my/point")
@allow(Role.POINT)
def my_point() -> Response:
    """On to the point that the visitor speaks for. Raises NotFound where that is none."""
    own = current_visitor().actor.unit
    if own is None:
        raise NotFound("point", "")
    return redirect(f"/points/{own}", 303)


def work_of(part: Part) -> dict[str, Any]:
    """What the page of a point says besides what everybody sees, for who works on it."""
    if part.result is None or "steps" not in part.result:
        return {"acts": [], "events": []}
    its = part.result
    events = marked(timeline(its), its["stream"], its["history"])
    return {"acts": shown_acts(its), "events": events}


def _procedure(name: str, part: Part) -> str:
    its = part.result
    events = (
        marked([_said(e) for e in its["history"]], its["stream"], its["history"]) if its else []
    )
    return render_template(
        "desk/procedure.html",
        name=name,
        part=part,
        stale=part.stale,
        purpose=PURPOSE,
        events=events,
    )


def _said(event: Mapping[str, Any]) -> dict[str, Any]:
    """An event of a procedure, with what it says in rows."""
    values = {**event["changed"], **event["opened"]}
    return {
        "at": event["occurred_at"],
        "title": zh_name("registry", "event", event["type"]),
        "who": label(event["role"], "role") if event["role"] else "",
        "rows": rows_of("registry", event["type"], values),
    }


def _opened(query: str, name: str, identifier: str) -> Part:
    """Raises NotFound, also for what cannot be an id."""
    asked = {name: identifier, "purpose": PURPOSE}
    try:
        return ask_part("registry", query, asked, after_asked(request.args))
    except Invalid:
        raise NotFound(query, identifier) from None
