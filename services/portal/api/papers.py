"""Papers to print: what a query tells, set as a PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response
from flask_smorest import Blueprint

from services.portal.api.documents import described
from services.portal.api.openapi import add, new_blueprint
from services.portal.api.printing import paper_document, printed
from services.portal.papers import contents
from services.portal.papers.review_opinion import review_opinion as review_opinion_of
from services.portal.papers.setting import Paper
from services.portal.web.access import allow, everyone
from services.portal.web.edge import edge, services
from services.portal.web.reading import query_values
from shared.contracts.days import business_date
from shared.contracts.errors import NotFound
from shared.contracts.registry.queries import QUERIES, OpenApplication
from shared.contracts.roles import Role

_PURPOSE = {"purpose": QUERIES.find(OpenApplication.__name__).schema.fields["purpose"]}
_MOST = 100
"""Items of a page of a list."""


def blueprint() -> Blueprint:
    """`…/papers/…`, below what each is about."""
    made = new_blueprint("papers", "可打印的文书")
    application, notice = "/applications/<id:application_id>", "/notices/<id:notice_id>"
    point = "/points/<id:point_id>"
    for path, view, summary, personal in (
        (f"{application}/papers/application-form", application_form, "打印申报表", True),
        (f"{application}/papers/review-opinion", review_opinion, "打印资格审查意见", True),
        (f"{notice}/papers/notice", notice_paper, "打印公示", False),
        (f"{notice}/papers/designation", designation, "打印确定决定", False),
        ("/objections/<id:objection_id>/papers/report", objection_report, "打印异议核实报告", True),
        (f"{point}/papers/certificate", certificate, "打印证书", False),
        (f"{point}/papers/retirement", retirement, "打印退出决定", False),
    ):
        name = "Print" + view.__name__.title().replace("_", "")
        add(
            made,
            path,
            "GET",
            name,
            view,
            described(view, name, **paper_document(summary, personal)),
        )
    return made


@allow(Role.OFFICER, Role.REVIEWER, Role.LEADER, Role.APPLICANT)
def application_form(application_id: str) -> Response:
    """申报表, with the unit's name and contact: for a purpose."""
    told = _ask("OpenApplication", application_id=application_id, **query_values(_PURPOSE))
    listed = _ask("ListDocuments", application_id=application_id, limit=_MOST)["items"]
    return printed(
        Paper.APPLICATION_FORM, contents.application_form(told, _batch(told), listed), told
    )


@allow(Role.OFFICER, Role.REVIEWER, Role.LEADER)
def review_opinion(application_id: str) -> Response:
    """资格审查意见, once the review has concluded: for a purpose."""
    told = _ask("OpenApplication", application_id=application_id, **query_values(_PURPOSE))
    return printed(
        Paper.REVIEW_OPINION, review_opinion_of(told, _batch(told), _review(application_id)), told
    )


def _review(application_id: str) -> Mapping[str, Any] | None:
    """What is on record of the review; None before it began."""
    try:
        review: Mapping[str, Any] = _ask(
            "OpenReview", application_id=application_id, **query_values(_PURPOSE)
        )
    except NotFound:
        return None
    return review


@everyone
def notice_paper(notice_id: str) -> Response:
    """公示."""
    query_values({})
    told = _ask("ShowNotice", notice_id=notice_id)
    return printed(Paper.NOTICE, contents.notice(told, _batch(told), _page_of(notice_id)), told)


def _page_of(notice_id: str) -> str:
    """The address of a notice's page, as it is read on paper."""
    return f"{edge().settings.url}/notices/{notice_id}"


@everyone
def designation(notice_id: str) -> Response:
    """确定决定, once units of the notice are points."""
    query_values({})
    told = _ask("ShowNotice", notice_id=notice_id)
    points = _points(told["designated"])
    return printed(Paper.DESIGNATION, contents.designation(told, _batch(told), points), told)


@allow(Role.OFFICER, Role.LEADER)
def objection_report(objection_id: str) -> Response:
    """异议核实报告, once the objection is decided: for a purpose."""
    told = _ask("OpenObjection", objection_id=objection_id, **query_values(_PURPOSE))
    today = business_date(edge().clock.now())
    return printed(Paper.OBJECTION_REPORT, contents.objection_report(told, today), told)


@everyone
def certificate(point_id: str) -> Response:
    """证书 of a point in office."""
    query_values({})
    told = _ask("ShowPoint", point_id=point_id)
    return printed(Paper.CERTIFICATE, contents.certificate(told, _batch(told)), told)


@everyone
def retirement(point_id: str) -> Response:
    """退出决定 of a point that has retired."""
    query_values({})
    told = _ask("ShowPoint", point_id=point_id)
    return printed(Paper.RETIREMENT, contents.retirement(told, _batch(told)), told)


def _ask(query: str, **payload: Any) -> Any:
    return services().query("registry", query, payload).result


def _batch(told: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = _ask("ShowBatch", batch_id=told["batch_id"])
    return found


def _points(application_ids: Sequence[str]) -> list[Mapping[str, Any]]:
    """The points that came of these applications."""
    wanted, found, cursor = set(application_ids), [], None
    while wanted:
        page = _ask("ListPoints", limit=_MOST, **({"cursor": cursor} if cursor else {}))
        found += [row for row in page["items"] if row["application_id"] in wanted]
        cursor = page["next"]
        if cursor is None or len(found) == len(wanted):
            break
    return found
