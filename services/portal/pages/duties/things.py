"""Lists and pages of publicity, trainings, quarterly reports, questions, and the table of funds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request

from services.portal.money import zh_yuan
from services.portal.pages.asking import Part, ask_page, ask_part
from services.portal.pages.duties.acts import BUREAU
from services.portal.pages.point_choices import points_in_office
from services.portal.pages.reading import after_asked, cursor_asked
from services.portal.web.access import allow
from services.portal.web.visitor import current_visitor
from shared.contracts.errors import Invalid, NotFound
from shared.contracts.publication.zh_names_duties import DUTY_EVENTS
from shared.contracts.roles import Role

pages = Blueprint("duty_things", __name__)

_WORDS = (*BUREAU, Role.POINT)
_SEES = (*_WORDS, Role.AUDITOR)
_YEAR_DIGITS = 4


def _listed(query: str, template: str, **more: Any) -> str:
    cursor, status = cursor_asked(request.args), request.args.get("status", "")
    known = more.pop("known", ())
    filters = {"status": status} if status in known else {}
    after = after_asked(request.args)
    part = ask_page(query, filters, cursor, service="assessment", after=after)
    return render_template(
        template,
        part=part,
        stale=part.stale,
        cursor=cursor,
        chosen=filters,
        role=str(current_visitor().role),
        **more,
    )


@pages.get("/publicity")
@allow(*_SEES)
def publicity() -> str:
    known = ("recorded", "returned", "confirmed")
    return _listed("ListPublicity", "duties/publicity.html", known=known)


@pages.get("/publicity/<publicity_id>")
@allow(*_WORDS)
def one_publicity(publicity_id: str) -> str:
    """Raises NotFound."""
    part = _opened("OpenPublicity", publicity_id=publicity_id)
    return _shown("duties/publicity_one.html", part)


@pages.get("/trainings")
@allow(*_SEES)
def trainings() -> str:
    known = ("planned", "held", "cancelled")
    names = dict(points_in_office()) if current_visitor().role is not Role.POINT else {}
    return _listed("ListTrainings", "duties/trainings.html", known=known, names=names)


@pages.get("/quarterly-reports")
@allow(*_SEES)
def reports() -> str:
    return _listed("ListQuarterlyReports", "duties/reports.html", known=("handed_in", "returned"))


@pages.get("/quarterly-reports/<report_id>")
@allow(*_WORDS)
def one_report(report_id: str) -> str:
    """Raises NotFound."""
    part = _opened("OpenQuarterlyReport", report_id=report_id)
    return _shown("duties/report.html", part)


@pages.get("/point-questions")
@allow(*_SEES)
def questions() -> str:
    return _listed("ListPointQuestions", "duties/questions.html", known=("asked", "answered"))


@pages.get("/point-questions/<question_id>")
@allow(*_WORDS)
def one_question(question_id: str) -> str:
    """Raises NotFound."""
    part = _opened("OpenPointQuestion", question_id=question_id)
    return _shown("duties/question.html", part)


@pages.get("/funding")
@allow(*_SEES)
def funding() -> str:
    typed = request.args.get("year", "")
    is_year = typed.isascii() and typed.isdigit() and len(typed) == _YEAR_DIGITS
    asked = {"year": int(typed)} if is_year else {}
    after = after_asked(request.args)
    try:
        part = ask_part("assessment", "ShowFunding", asked, after)
    except Invalid:
        part = ask_part("assessment", "ShowFunding", {}, after)
    return render_template(
        "duties/funding.html",
        part=part,
        stale=part.stale,
        role=str(current_visitor().role),
        yuan=zh_yuan,
    )


def _opened(query: str, **asked: str) -> Part:
    """Raises NotFound, also for what cannot be an id."""
    try:
        return ask_part("assessment", query, asked, after_asked(request.args))
    except Invalid:
        raise NotFound(query, next(iter(asked.values()))) from None


def _shown(template: str, part: Part) -> str:
    return render_template(
        template,
        part=part,
        stale=part.stale,
        role=str(current_visitor().role),
        events=[_event(its) for its in part.result["records"]] if part.result else [],
    )


_TEXTS = ("account", "text", "answer", "reasons")
"""What was written, by the fields of events."""


def _event(record: Mapping[str, Any]) -> dict[str, Any]:
    """As `parts.timeline` has them; what was written and erased since is said to be."""
    values = record["values"]
    texts = [values[name] or "（已依法删除）" for name in _TEXTS if name in values]
    return {
        "at": record["occurred_at"],
        "title": DUTY_EVENTS[record["type"]],
        "text": "\n".join(texts),
    }
