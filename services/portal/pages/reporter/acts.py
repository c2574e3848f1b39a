"""What a reporter says to what came of it, and that they suffer for having told."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from services.portal.labels import label_choices
from services.portal.pages.acts import Act, Field
from services.portal.pages.clues.my_filings import FLAG, RATE
from services.portal.pages.command_form import Answer
from services.portal.pages.form_page import FormPage
from services.portal.pages.forms import Form
from services.portal.pages.reporter.case import ask_case
from services.portal.pages.submitting import Submitted, new_form
from services.portal.web.access import allow
from services.portal.web.reporting import AREA
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from shared.contracts.zh import REFUSALS

pages = Blueprint("reporter_acts", __name__)

BACK = ("办理进展", AREA)
RATING = Act(
    "RateSatisfaction",
    "satisfaction",
    "评价办理结果",
    "提交评价",
    (Role.REPORTER,),
    "rated_by_reporter",
    (
        Field(
            "satisfaction",
            "您是否满意",
            "choice",
            hint="选择“问题未解决”的，重新办理。只能评价一次。",
            choices=partial(label_choices, "satisfaction"),
        ),
        Field("comment", "还想说的", "area", hint="加密保存。", optional=True),
    ),
    words={**RATE.words, ("satisfaction", "missing"): "请选择是否满意。"},
    service="clues",
)
FLAGGING = Act(
    "FlagRetaliation",
    "retaliation",
    "报告打击报复",
    "报告",
    (Role.REPORTER,),
    "flagged_by_reporter",
    FLAG.fields,
    says="因为反映问题受到刁难、报复的，在这里告诉司法局，另立一件紧急线索专门办理。"
    "不告知代为反映的联系点。",
    words=FLAG.words,
    service="clues",
)
ACTS = (RATING, FLAGGING)


def _add(act: Act) -> None:
    address = f"{AREA}/{act.path}"

    @allow(*act.roles)
    def ask() -> Answer:
        """Raises NotFound."""
        return _page(act, None)

    @allow(*act.roles)
    def carry_out() -> Response | Answer:
        """Back to the case, whose address names nothing. Raises NotFound."""
        typed, part = Form.of(request.form), ask_case()
        if part.away:
            return _page(act, Submitted(typed, status=503))
        done = act.form.submit(typed, act.payload(typed, clue_id=part.result["id"]))
        if not done.is_done:
            return _page(act, done)
        return redirect(f"{AREA}?note={act.note}", 303)

    pages.add_url_rule(address, f"ask_{act.path}", ask, methods=["GET"])
    pages.add_url_rule(address, f"send_{act.path}", carry_out, methods=["POST"])


for _each in ACTS:
    _add(_each)


def _page(act: Act, shown: Submitted | None) -> Answer:
    part = ask_case()
    page = FormPage(
        title=act.title,
        action=f"{AREA}/{act.path}",
        button=act.button,
        back=BACK,
        fields=act.fields,
        says=act.says,
        why_not=why_not(act, part.result) if part.result else "",
    )
    return page.show(part, shown or Submitted(new_form()))


def why_not(act: Act, its: dict[str, dict[str, str | None]]) -> str:
    """Why the reporter cannot do it now, "" when they can."""
    if act.command not in its["may"]:
        return "这是一件意见建议，没有这一步。"
    reason = its["may"][act.command]
    if reason is None:
        return ""
    if reason == Reason.WRONG_STATE:
        return "结果告知以后才能评价。"
    return REFUSALS[Reason(reason)]
