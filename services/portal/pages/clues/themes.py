"""What comes up again and again: themes of clues, and what was done about them."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from services.portal.labels import KINDS, label
from services.portal.pages.acts import Field
from services.portal.pages.asking import ask_page
from services.portal.pages.clues.opening import ask_known
from services.portal.pages.command_form import Answer, CommandForm, after_of, version_of
from services.portal.pages.form_page import FormPage
from services.portal.pages.forms import Form
from services.portal.pages.layout import division_name
from services.portal.pages.reading import after_asked, cursor_asked
from services.portal.pages.submitting import Submitted, filled, new_form, text
from services.portal.pages.wording import zh_date
from services.portal.web.access import allow
from shared.contracts.clues.vocabulary import ThemeStatus
from shared.contracts.roles import Role

pages = Blueprint("themes", __name__)

CONCLUDE = CommandForm(
    "ConcludeTheme",
    {"measures": "处理措施"},
    {
        ("measures", "missing"): "请写明对这类问题采取了什么措施。",
        ("measures", "bad_length"): "处理措施不超过 4000 个字。",
    },
    "theme_concluded",
    "clues",
)


@pages.get("/themes")
@allow(Role.OFFICER, Role.LEADER, Role.AUDITOR)
def themes() -> str:
    """Those that wait for measures unless another `?status=` is asked for; `all`: every one."""
    asked, cursor = request.args.get("status", str(ThemeStatus.RAISED)), cursor_asked(request.args)
    chosen = {"status": asked} if asked in {str(its) for its in KINDS["theme_status"]} else {}
    part = ask_page("ListThemes", chosen, cursor, "clues", after_asked(request.args))
    return render_template(
        "clues/themes.html",
        part=part,
        stale=part.stale,
        cursor=cursor,
        status=asked if chosen else "all",
    )


@pages.get("/themes/<theme_id>/conclusion")
@allow(Role.OFFICER, Role.LEADER)
def concluding(theme_id: str) -> Answer:
    """Raises NotFound."""
    return _page(theme_id, None)


@pages.post("/themes/<theme_id>/conclusion")
@allow(Role.OFFICER, Role.LEADER)
def conclude(theme_id: str) -> Response | Answer:
    """Raises NotFound."""
    typed = Form.of(request.form)
    payload = filled(theme_id=theme_id, measures=text(typed, "measures"))
    again = partial(_page, theme_id)
    return CONCLUDE.send(typed, payload, "/themes", again, status=str(ThemeStatus.CONCLUDED))


def _page(theme_id: str, shown: Submitted | None) -> Answer:
    part = ask_known("ShowTheme", after_of(shown), theme_id=theme_id)
    its = part.result
    if shown is None:
        shown = Submitted(new_form(expected_version=version_of(part)))
    waits = its is None or its["status"] == ThemeStatus.RAISED
    facts = its and [
        ("反映的机关", its["body"]),
        ("问题类型", label(its["kind"], "clue_kind")),
        ("行政区划", division_name(its["division"])),
        ("线索", f"{len(its['clue_ids'])} 件"),
        ("最近一件", zh_date(its["last_on"])),
        ("状态", label(its["status"], "theme_status")),
    ]
    page = FormPage(
        title="处理共性问题",
        action=f"/themes/{theme_id}/conclusion",
        button="登记处理措施",
        back=("共性问题", "/themes"),
        fields=(Field("measures", "处理措施", "area", hint="例如：约谈负责人、开展专项检查。"),),
        up=[("问题线索", "/clues")],
        facts=facts or (),
        says="登记以后重新计数，同类问题再次达到规定的件数时再次提出。",
        why_not="" if waits else "该共性问题还没有达到规定的件数，或者已经处理。",
    )
    return page.show(part, shown, its)
