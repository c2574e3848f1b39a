"""The forms about points' duties: shown, sent, and gone on from, by one line of a table each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.portal.pages.acts import Act
from services.portal.pages.asking import NOTHING, ask_page, ask_part
from services.portal.pages.command_form import Answer, CommandForm
from services.portal.pages.duties import acts
from services.portal.pages.form_page import FormPage
from services.portal.pages.forms import Form
from services.portal.pages.layout import today
from services.portal.pages.submitting import Submitted, boxes_of, new_form, without_index
from services.portal.web.access import allow
from services.portal.web.visitor import current_visitor
from shared.contracts.errors import Invalid, NotFound

pages = Blueprint("duty_acts", __name__)

Ids = Mapping[str, str]
Payload = dict[str, Any]


@dataclass(frozen=True)
class Way:
    """An act with the address of its form.

    names: of an id that the command has, `{command's field: form's field}` whose problem it tells
    made: what the payload says besides the address, out of what the form says
    onwards: where one goes on to, a template over ids of the address and of what is made
    """

    act: Act
    address: str
    back: tuple[str, str]
    onwards: str
    made: Callable[[Payload], Payload] = lambda payload: payload
    names: Mapping[str, str] | None = None

    @property
    def form(self) -> CommandForm:
        if self.names is None:
            return self.act.form
        names = self.names
        return replace(self.act.form, field_of=lambda path: names.get(path, without_index(path)))


def _report(payload: Payload) -> Payload:
    quarter = payload.pop("quarter", "")
    return {**payload, "report_id": f"{quarter}-{current_visitor().unit}"}


def _funding(payload: Payload) -> Payload:
    year, point_id = payload.pop("year", ""), payload.pop("point_id", "")
    return {**payload, "funding_id": f"{year}-{point_id}"}


PUBLICITY = ("宣传活动", "/publicity")
TRAININGS = ("培训", "/trainings")
REPORTS = ("季度报告", "/quarterly-reports")
QUESTIONS = ("联系点提问", "/point-questions")
FUNDING = ("联系点经费", "/funding")

WAYS = (
    Way(acts.RECORD_PUBLICITY, "/publicity/new", PUBLICITY, "/publicity/{publicity_id}"),
    Way(
        acts.CONFIRM,
        "/publicity/<publicity_id>/confirmation",
        PUBLICITY,
        "/publicity/{publicity_id}",
    ),
    Way(
        acts.RETURN_PUBLICITY,
        "/publicity/<publicity_id>/return",
        PUBLICITY,
        "/publicity/{publicity_id}",
    ),
    Way(acts.PLAN_TRAINING, "/trainings/new", TRAININGS, "/trainings"),
    Way(acts.ATTENDANCE, "/trainings/<training_id>/attendance", TRAININGS, "/trainings"),
    Way(acts.CANCEL_TRAINING, "/trainings/<training_id>/cancellation", TRAININGS, "/trainings"),
    Way(
        acts.HAND_IN,
        "/quarterly-reports/new",
        REPORTS,
        "/quarterly-reports/{report_id}",
        _report,
        {"report_id": "quarter"},
    ),
    Way(
        acts.RETURN_REPORT,
        "/quarterly-reports/<report_id>/return",
        REPORTS,
        "/quarterly-reports/{report_id}",
    ),
    Way(acts.ASK, "/point-questions/new", QUESTIONS, "/point-questions/{question_id}"),
    Way(
        acts.ANSWER,
        "/point-questions/<question_id>/answer",
        QUESTIONS,
        "/point-questions/{question_id}",
    ),
    Way(acts.ALLOCATE, "/funding/new", FUNDING, "/funding", _funding, {"funding_id": "point_id"}),
    Way(acts.TAKE_BACK, "/funding/<funding_id>/taking-back", FUNDING, "/funding"),
    Way(acts.SPEND, "/funding/<funding_id>/spending", FUNDING, "/funding"),
)
"""Every form of these pages."""


def _add(way: Way) -> None:
    @allow(*way.act.roles)
    def ask(**ids: str) -> Answer:
        return _page(way, ids, None)

    @allow(*way.act.roles)
    def carry_out(**ids: str) -> Response | Answer:
        """Raises NotFound."""
        typed = Form.of(request.form)
        payload = {**way.made(way.act.payload(typed)), **ids}
        onwards = way.onwards.format_map(
            defaultdict(str, payload)
        )  # a form without its ids is wrong
        return way.form.send(typed, payload, onwards, lambda shown: _page(way, ids, shown))

    pages.add_url_rule(way.address, f"ask_{way.act.command}", ask, methods=["GET"])
    pages.add_url_rule(way.address, way.act.command, carry_out, methods=["POST"])


_OPENED = {
    "publicity_id": "OpenPublicity",
    "report_id": "OpenQuarterlyReport",
    "question_id": "OpenPointQuestion",
}
"""By which query somebody reads what a form is about."""


def _refuse_unknown(ids: Ids) -> None:
    """Raise NotFound for what is not there, or is not the visitor's to read."""
    for name, identifier in ids.items():
        try:
            if name in _OPENED:
                ask_part("assessment", _OPENED[name], {name: identifier})
            elif not _is_listed(name, identifier):
                raise NotFound(name, identifier)
        except Invalid:
            raise NotFound(name, identifier) from None


def _is_listed(name: str, identifier: str) -> bool:
    """Trainings and funds have no page of their own: whether a list that the visitor has names it.

    A service that is away says nothing against it.
    """
    if name == "funding_id":
        year = identifier.partition("-")[0]
        asked = {"year": int(year)} if year.isdigit() else {}
        part = ask_part("assessment", "ShowFunding", asked)
        return bool(part.away) or any(its[name] == identifier for its in part.result["items"])
    cursor = None
    while True:
        part = ask_page("ListTrainings", {}, cursor, service="assessment")
        if part.away or any(its[name] == identifier for its in part.result["items"]):
            return True
        cursor = part.result["next"]
        if cursor is None:
            return False


def _page(way: Way, ids: Ids, shown: Submitted | None) -> Answer:
    act = way.act
    _refuse_unknown(ids)
    if shown is None:
        made = {name: new_form().value("command_id") for name in act.makes}
        days: dict[str, str] = {}
        for its in act.fields:
            if its.kind == "date":
                days |= boxes_of(its.name, today().isoformat())
        shown = Submitted(new_form(**made, **days))
    action = way.address
    for name, identifier in ids.items():
        action = action.replace(f"<{name}>", identifier)
    page = FormPage(
        title=act.title,
        action=action,
        button=act.button,
        back=way.back,
        fields=act.fields,
        says=act.says,
        warning=act.warning,
        kept=act.makes,
    )
    return page.show(NOTHING, shown)


for _way in WAYS:
    _add(_way)
