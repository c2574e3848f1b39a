"""Opinion boxes: where they hang, for everybody; their emptyings, for whoever keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from services.portal.pages.acts import Act, Field
from services.portal.pages.asking import NOTHING, Part, ask_page
from services.portal.pages.clues.collecting import Collecting
from services.portal.pages.clues.opening import ask_known
from services.portal.pages.clues.telling import districts_told
from services.portal.pages.command_form import Answer, after_of, version_of
from services.portal.pages.confirming import Told
from services.portal.pages.districts import bureau
from services.portal.pages.form_page import FormPage
from services.portal.pages.forms import Form
from services.portal.pages.layout import today
from services.portal.pages.reading import after_asked, cursor_asked
from services.portal.pages.submitting import Submitted, boxes_of, new_form
from services.portal.web.access import allow, everyone
from services.portal.web.visitor import current_visitor
from shared.contracts.clues.vocabulary import Reporting
from shared.contracts.errors import NotFound
from shared.contracts.roles import Role

pages = Blueprint("boxes", __name__)

KEEPING = (Role.OFFICER, Role.LEADER, Role.POINT)
LIST = ("意见箱", "/opinion-boxes")
PLACE = Act(
    "PlaceBox",
    "new",
    "登记意见箱",
    "登记",
    KEEPING,
    "box_placed",
    (
        Field("division", "所在区县", "select", choices=districts_told),
        Field("place", "具体位置", hint="例如“嵩山路街道办事处一楼大厅”，对外公布。", width="full"),
        Field("contact", "联系方式", hint="电话或者联系人，对外公布。"),
        Field("placed_on", "启用日期", "date"),
    ),
    words={
        ("division", "missing"): "请选择所在区县。",
        ("place", "missing"): "请填写具体位置。",
        ("contact", "missing"): "请填写联系方式。",
        ("contact", "bad_length"): "联系方式不超过 100 个字。",
        ("placed_on", "missing"): "请填写启用日期。",
        ("placed_on", "bad_format"): "没有这一天，请核对日期。",
        ("placed_on", "out_of_range"): "启用日期不能晚于今天。",
    },
    makes=("box_id",),
    service="clues",
)
REMOVE = Act(
    "RemoveBox",
    "removal",
    "撤除意见箱",
    "撤除",
    KEEPING,
    "box_removed",
    (Field("removed_on", "撤除日期", "date"), Field("reasons", "理由", "area")),
    says="箱内还有意见的，请先登记开箱。",
    warning="撤除后不能恢复；需要时另行登记一个意见箱。",
    words={
        ("removed_on", "missing"): "请填写撤除日期。",
        ("removed_on", "bad_format"): "没有这一天，请核对日期。",
        ("removed_on", "out_of_range"): "撤除日期不能早于最近一次开箱，也不能晚于今天。",
        ("reasons", "missing"): "请写明为什么撤除。",
        ("reasons", "bad_length"): "理由不超过 4000 个字。",
    },
    service="clues",
)
EMPTY = Collecting(
    "EmptyBox",
    "登记开箱",
    "登记开箱",
    (
        Field("emptied_on", "开箱日期", "date"),
        Field("opened_by", "开箱人员", "area", hint="至少两人，一行一个。"),
    ),
    {
        ("emptied_on", "missing"): "请填写开箱日期。",
        ("emptied_on", "bad_format"): "没有这一天，请核对日期。",
        ("emptied_on", "out_of_range"): "开箱日期不能早于启用或者上一次开箱，也不能晚于今天。",
        ("opened_by", "missing"): "开箱至少两人，请一行填写一个。",
        ("opened_by", "bad_length"): "开箱至少两人、最多十人，请一行填写一个。",
        ("opened_by", "duplicate"): "同一个人写了两次，请删除重复的。",
    },
    "box_emptied",
    Reporting.ANONYMOUS,
    "两人以上一起开箱，把每一条意见照原话登记。箱内没有意见的，直接登记开箱。",
    split=("opened_by",),
    makes=("emptying_id",),
)


@pages.get("/opinion-boxes")
@everyone
def boxes() -> str:
    """Those that are there."""
    cursor = cursor_asked(request.args)
    return render_template(
        "clues/boxes.html",
        part=ask_page("ListBoxes", cursor=cursor, service="clues"),
        cursor=cursor,
        keeps=_keeps(),
    )


@pages.get("/opinion-boxes/new")
@allow(*KEEPING)
def placing() -> Answer:
    return _placing(None)


@pages.post("/opinion-boxes/new")
@allow(*KEEPING)
def place() -> Response | Answer:
    typed = Form.of(request.form)
    onwards = f"{LIST[1]}/{typed.value('box_id')}"
    return PLACE.form.send(typed, PLACE.payload(typed), onwards, _placing)


@pages.get("/opinion-boxes/<box_id>")
@everyone
def box(box_id: str) -> str:
    """Raises NotFound."""
    part = _shown(box_id, after_asked(request.args))
    return render_template(
        "clues/box.html",
        part=part,
        stale=part.stale,
        keeps=_keeps() and _is_kept(part),
        mine=current_visitor().role is Role.POINT,
    )


@pages.get("/opinion-boxes/<box_id>/emptying")
@allow(*KEEPING)
def emptying(box_id: str) -> Answer:
    """Raises NotFound."""
    return _emptying(box_id, None)


@pages.post("/opinion-boxes/<box_id>/emptying")
@allow(*KEEPING)
def empty(box_id: str) -> Response | Answer:
    """Raises NotFound."""
    return EMPTY.send({"box_id": box_id}, f"{LIST[1]}/{box_id}", partial(_emptying, box_id))


@pages.get("/opinion-boxes/<box_id>/removal")
@allow(*KEEPING)
def removing(box_id: str) -> Answer:
    """Raises NotFound."""
    return _removing(box_id, None)


@pages.post("/opinion-boxes/<box_id>/removal")
@allow(*KEEPING)
def remove(box_id: str) -> Response | Answer:
    """Raises NotFound."""
    typed = Form.of(request.form)
    payload = REMOVE.payload(typed, box_id=box_id)
    again = partial(_removing, box_id)
    told = partial(_told, box_id)
    return REMOVE.form.send(typed, payload, f"{LIST[1]}/{box_id}", again, told)


def _placing(shown: Submitted | None) -> Answer:
    if shown is None:
        box_id = new_form().value("command_id")
        first = {"box_id": box_id, "division": bureau()}
        shown = Submitted(new_form(**first, **boxes_of("placed_on", today().isoformat())))
    page = FormPage(
        PLACE.title, f"{LIST[1]}/new", PLACE.button, LIST, PLACE.fields, kept=PLACE.makes
    )
    return page.show(NOTHING, shown)


def _emptying(box_id: str, shown: Submitted | None) -> Answer:
    part = _kept(box_id, shown)
    first = boxes_of("emptied_on", today().isoformat())
    address = f"{LIST[1]}/{box_id}"
    return EMPTY.page(
        part, shown, f"{address}/emptying", ("意见箱详情", address), [LIST], _why_not(part), **first
    )


def _told(box_id: str) -> Told:
    """For the question before its removal. Raises NotFound."""
    return Told(facts=_facts(_kept(box_id, None)))


def _facts(part: Part) -> tuple[tuple[str, str], ...]:
    return (("位置", str(part.result["place"])),) if part.result else ()


def _removing(box_id: str, shown: Submitted | None) -> Answer:
    part = _kept(box_id, shown)
    if shown is None:
        day = boxes_of("removed_on", today().isoformat())
        shown = Submitted(new_form(expected_version=version_of(part), **day))
    page = FormPage(
        REMOVE.title,
        f"{LIST[1]}/{box_id}/removal",
        REMOVE.button,
        ("意见箱详情", f"{LIST[1]}/{box_id}"),
        REMOVE.fields,
        up=(LIST,),
        facts=_facts(part),
        says=REMOVE.says,
        warning=REMOVE.warning,
        why_not=_why_not(part),
    )
    return page.show(part, shown, part.result)


def _why_not(part: Part) -> str:
    return "意见箱已经撤除。" if part.result and part.result["removed_on"] else ""


def _keeps() -> bool:
    return current_visitor().role in KEEPING


def _is_kept(part: Part) -> bool:
    """Whether the answer is as whoever keeps the box gets it."""
    return bool(part.result) and "emptyings_told" in part.result


def _kept(box_id: str, shown: Submitted | None) -> Part:
    """A box to whoever keeps it. Raises NotFound for somebody else's."""
    part = _shown(box_id, after_of(shown))
    if part.result and not _is_kept(part):
        raise NotFound("box", box_id)
    return part


def _shown(box_id: str, after: Mapping[str, Any] | None) -> Part:
    """Raises NotFound, also for what cannot be an id."""
    return ask_known("ShowBox", after, box_id=box_id)
