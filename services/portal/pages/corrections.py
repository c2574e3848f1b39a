"""Corrections of records in words: what is wrong, what is right, and why; nothing is erased."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from services.portal.pages.acts import Field, read
from services.portal.pages.asking import Part, ask_part
from services.portal.pages.command_form import Answer, CommandForm, after_of
from services.portal.pages.correcting import CORRECTING, READING
from services.portal.pages.form_page import FormPage
from services.portal.pages.forms import Form
from services.portal.pages.reading import after_asked
from services.portal.pages.records import PURPOSE, record_of
from services.portal.pages.submitting import Submitted, filled, new_form, whole
from services.portal.web.access import allow
from services.portal.web.visitor import current_visitor
from shared.contracts.errors import NotFound

pages = Blueprint("corrections", __name__)

CORRECT = CommandForm(
    "CorrectRecord",
    {"wrong": "原来的错误", "right": "正确内容", "reason": "理由"},
    {
        ("wrong", "missing"): "请写明原来的记录错在哪里。",
        ("right", "missing"): "请写明正确的内容。",
        ("reason", "missing"): "请写明为什么更正、依据什么。",
        **{(name, "bad_length"): "不超过 4000 个字。" for name in ("wrong", "right", "reason")},
    },
    "record_corrected",
)
_SEALED = "加密保存，不对外公开。"
_FIELDS = (
    Field("wrong", "原来的错误", "area", f"写明哪一处错了。{_SEALED}"),
    Field("right", "正确内容", "area"),
    Field("reason", "理由", "area", "写明为什么更正、依据什么。"),
)


@pages.get("/records/<stream>/corrections")
@allow(*READING)
def corrections(stream: str) -> str:
    """What a stream's events are, and what was said to be wrong in them. Raises NotFound."""
    after = after_asked(request.args)
    part, record = record_of(stream, after)
    return render_template(
        "office/corrections.html",
        part=part,
        stale=part.stale,
        record=record,
        made=Part() if part.away else _made(stream),
        purpose=PURPOSE,
        stream=stream,
        may_correct=current_visitor().role in CORRECTING,
    )


@pages.get("/records/<stream>/corrections/new")
@allow(*CORRECTING)
def correcting(stream: str) -> Answer:
    """Of the event that `?version=` names. Raises NotFound."""
    return _page(stream, request.args.get("version", ""), None)


@pages.post("/records/<stream>/corrections/new")
@allow(*CORRECTING)
def correct(stream: str) -> Response | Answer:
    """Raises NotFound."""
    typed = Form.of(request.form)
    given = read(_FIELDS, typed)
    payload = filled(stream=stream, version=whole(typed, "version"), **given)
    again = partial(_page, stream, typed.value("version"))
    return CORRECT.send(typed, payload, f"/records/{stream}/corrections", again)


def _made(stream: str) -> Part:
    """The corrections there are; an empty list for none."""
    try:
        return ask_part(
            "registry",
            "OpenCorrections",
            {"stream": stream, "purpose": PURPOSE},
            after_asked(request.args),
        )
    except NotFound:
        return Part({"items": []})


def _page(stream: str, version: str, shown: Submitted | None) -> Answer:
    part, record = record_of(stream, after_of(shown))
    title = record.title(int(version)) if record and _is_number(version) else None
    if record is not None and title is None:
        raise NotFound("record", stream)
    if shown is None:
        stands_on = str(record.version) if record else ""
        shown = Submitted(new_form(version=version, expected_version=stands_on))
    back = record.back if record else ("更正记录", f"/records/{stream}/corrections")
    page = FormPage(
        title="更正记录",
        action=f"/records/{stream}/corrections/new",
        button="登记更正",
        back=back,
        fields=_FIELDS,
        facts=[("对象", record.name), ("记录", title or "")] if record else (),
        says="原来的记录保留不变，更正附在其后。需要改变办理结果的，请按相应的程序办理。",
        kept=("version",),
    )
    return page.show(part, shown, {"version": record.version} if record else None)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 9
