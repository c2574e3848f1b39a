"""What an applicant has begun and handed in, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request

from services.portal.pages import drafting, opening
from services.portal.pages.application_form import CHECK, STEPS, problems
from services.portal.pages.asking import Part, ask_all, ask_page, ask_part
from services.portal.pages.entry import WITHDRAWABLE
from services.portal.pages.reading import after_asked, cursor_asked
from services.portal.web.access import allow
from services.portal.web.visitor import current_visitor
from shared.contracts.publication.zh_names import zh_name
from shared.contracts.registry.vocabulary import ApplicationStatus
from shared.contracts.roles import Role

pages = Blueprint("my_applications", __name__)

_PURPOSE = "查看本单位申报"
_MOST = 100
_APPLIES_ANEW = (ApplicationStatus.WITHDRAWN, ApplicationStatus.LAPSED)
"""After which the same unit may apply in the same batch again."""

NEXT = {
    ApplicationStatus.SUBMITTED: "司法局正在进行形式审查。需要您补充说明的，会按所留电话联系。",
    ApplicationStatus.SUPPLEMENTING: "请按下面的要求补正；逾期未补正的，申报失效。",
    ApplicationStatus.UNDER_REVIEW: "资格审查小组正在核查各项条件，可能实地走访或者约谈。",
    ApplicationStatus.QUALIFIED: "审查合格，等待司法局集体研究确定拟定名单。",
    ApplicationStatus.LISTED: "已列入拟定名单，等待向社会公示。",
    ApplicationStatus.RESERVE: "已列为候补，有名额空出时按顺序递补。",
    ApplicationStatus.LEFT_OUT: "审查合格，但本批次没有列入名单。",
    ApplicationStatus.ON_NOTICE: "正在公示。公示期满且没有成立的异议，即可确定为联系点。",
    ApplicationStatus.DESIGNATED: "您单位已经是行政执法监督联系点，授牌和履职事宜由司法局联系。",
    ApplicationStatus.WITHDRAWN: "申报已经撤回。批次仍在申报期的，可以重新申报。",
    ApplicationStatus.LAPSED: "没有在期限内补正，申报已经失效。批次仍在申报期的，可以重新申报。",
    ApplicationStatus.REJECTED: "本次申报未通过，原因见下。对结果有疑问的，请联系司法局。",
}
"""Status → what an applicant can expect."""


@pages.get("/my/applications")
@allow(Role.APPLICANT)
def mine() -> str:
    visitor = current_visitor()
    assert visitor.account_id is not None
    cursor = cursor_asked(request.args)
    batches = ask_part("registry", "ListBatches", {"limit": _MOST})
    begun = {
        batch_id: f"/apply/{batch_id}/{_open_step(visitor.account_id, batch_id)}"
        for batch_id in drafting.batches_begun(visitor.account_id)
    }
    rows = (batches.result or {"items": []})["items"]
    part = ask_page("ListApplications", {"purpose": _PURPOSE}, cursor)
    return render_template(
        "my/applications.html",
        part=part,
        names=_names(part),
        applied=applied(),
        cursor=cursor,
        begun=begun,
        open_batches=[
            row for row in rows if row["phase"] == "open" and row["batch_id"] not in begun
        ],
        batches={row["batch_id"]: row for row in rows},
    )


def applied(batch_id: str | None = None) -> Mapping[str, list[str]]:
    """Batch → the visitor's applications in it, without those after which one applies anew."""
    asked = {"batch_id": batch_id} if batch_id else {}
    found: dict[str, list[str]] = {}
    for row in ask_all("ListApplications", asked).result or ():
        if row["status"] not in _APPLIES_ANEW:
            found.setdefault(row["batch_id"], []).append(row["application_id"])
    return found


def _names(part: Part) -> dict[str, str]:
    """Application → its unit's name, of those that a list shows; none while they cannot be told."""
    rows = part.result["items"] if part.result else ()
    return {its["application_id"]: its["unit_name"] for its in rows if its["unit_name"]}


@pages.get("/my/applications/<application_id>")
@allow(Role.APPLICANT)
def one(application_id: str) -> str:
    """Raises NotFound."""
    part = opening.opened(application_id, _PURPOSE, after_asked(request.args))
    its: Any = part.result
    return render_template(
        "my/application.html",
        part=part,
        stale=part.stale,
        withdrawable=WITHDRAWABLE,
        next=NEXT[its["status"]] if its else "",
        batch=ask_part("registry", "ShowBatch", {"batch_id": its["batch_id"]}) if its else None,
        events=[
            {"at": event["occurred_at"], "title": zh_name("registry", "event", event["type"])}
            for event in (its["history"] if its else ())
        ],
    )


def _open_step(account_id: str, batch_id: str) -> str:
    """The first step of a draft that is not complete, else the last of all."""
    values = drafting.draft_of(account_id, batch_id).values
    unfinished = (step.key for step in STEPS if problems(values, step))
    return next(unfinished, CHECK)
