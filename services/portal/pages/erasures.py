"""Erasing what is known of somebody: who asks for it, who decides, and what was kept instead."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from services.portal.labels import label, label_choices
from services.portal.pages.account_names import namer
from services.portal.pages.acts import Field, read
from services.portal.pages.asking import Part, ask_page, ask_part
from services.portal.pages.clues.case_act import officers
from services.portal.pages.command_form import Answer, CommandForm, after_of, version_of
from services.portal.pages.confirming import Question, Told
from services.portal.pages.erasure_forms import ACTS, ErasureAct
from services.portal.pages.form_page import FormPage
from services.portal.pages.forms import Form
from services.portal.pages.layout import division_name
from services.portal.pages.reading import after_asked, cursor_asked
from services.portal.pages.submitting import Submitted, filled, new_form
from services.portal.pages.wording import zh_date
from services.portal.web.access import allow
from services.portal.web.visitor import current_visitor
from shared.contracts.erasure.vocabulary import ErasureScope, ErasureStatus
from shared.contracts.errors import Invalid, NotFound
from shared.contracts.roles import Role

pages = Blueprint("erasures", __name__)

HOLDERS: Mapping[str, str] = {"clues": "线索和意见建议", "registry": "申报和联系点"}
"""Services that hold what may be erased, by what people know of them."""
OF: Mapping[str, tuple[str, str, str]] = {
    "clue": ("clues", "线索", "/clues/{}"),
    "opinion": ("clues", "意见建议", "/opinions-filed/{}"),
    "application": ("registry", "申报", "/applications/{}"),
    "point": ("registry", "联系点", "/points/{}"),
}
"""Kind of stream → whose it is, what it is called, and its page."""
_AT = "/erasures/<any(clues, registry):service>"
_ONE = f"{_AT}/<erasure_id>"
_BACK = ("删除与封存", "/erasures")
_SCOPE = Field("scope", "删除什么", "choice", choices=partial(label_choices, "erasure_scope"))
_REASON = Field("reason", "申请的经过", "area", hint="谁在什么时候以什么方式提出，怎样核对了身份。")
_FIELDS = (_SCOPE, _REASON)
_INVOLVED = ("requested_by", "refused_by", "locked_by", "allowed_by")
_INVOLVED_TOO = ("approved_by", "readers")
_NAMING_PURPOSE = "查看删除申请由谁提出、由谁决定"
_REQUEST_QUESTION = Question(
    "申请删除个人信息",
    "两名负责人都批准以后，密钥被销毁，内容谁也不能再看到，也不能恢复。",
    "确认申请",
)


@pages.get("/erasures")
@allow(Role.OFFICER, Role.LEADER, Role.AUDITOR)
def erasures() -> str:
    """`?of=` the service, `?status=`; those that wait for a decision are the first."""
    service = request.args.get("of", "clues")
    service = service if service in HOLDERS else "clues"
    status, cursor = request.args.get("status", ""), cursor_asked(request.args)
    chosen = {"status": status} if status in {str(its) for its in ErasureStatus} else {}
    part = ask_page("ListErasures", chosen, cursor, service, after_asked(request.args))
    return render_template(
        "office/erasures.html",
        part=part,
        stale=part.stale,
        service=service,
        holders=HOLDERS,
        status=status if chosen else "",
        cursor=cursor,
        about=about,
    )


@pages.get(_ONE)
@allow(Role.OFFICER, Role.LEADER, Role.AUDITOR)
def erasure(service: str, erasure_id: str) -> str:
    """Raises NotFound."""
    part = _shown(service, erasure_id, after_asked(request.args))
    its = part.result
    return render_template(
        "office/erasure.html",
        part=part,
        stale=part.stale,
        service=service,
        about=about,
        name=_names(its or {}),
        acts=[act for act in ACTS if its and act.is_due(its)],
        may_decide=current_visitor().role is Role.LEADER,
    )


@pages.get(f"{_AT}/new")
@allow(Role.OFFICER, Role.LEADER)
def requesting(service: str) -> Answer:
    """Of what `?stream=` names. Raises NotFound for what nobody's data lies in."""
    return _requesting(service, request.args.get("stream", ""), None)


@pages.post(f"{_AT}/new")
@allow(Role.OFFICER, Role.LEADER)
def ask(service: str) -> Response | Answer:
    typed = Form.of(request.form)
    erasure_id, stream = typed.value("erasure_id"), typed.value("stream")
    payload = filled(erasure_id=erasure_id, stream=stream, **_asked(service, typed))
    form = CommandForm(
        "RequestErasure",
        {its.name: its.label for its in _fields(service)},
        note="erasure_requested",
        service=service,
        question=_REQUEST_QUESTION,
    )
    again = partial(_requesting, service, stream)
    return form.send(typed, payload, f"/erasures/{service}/{erasure_id}", again)


def _asked(service: str, typed: Form) -> dict[str, Any]:
    """The registry has no reporters, so there is nothing to choose."""
    told = {} if service == "clues" else {"scope": str(ErasureScope.WHOLE)}
    return {**told, **read(_fields(service), typed)}


def _fields(service: str) -> tuple[Field, ...]:
    return _FIELDS if service == "clues" else (_REASON,)


def _requesting(service: str, stream: str, shown: Submitted | None) -> Answer:
    kind = stream.partition("-")[0]
    if kind not in OF or OF[kind][0] != service:
        abort(404)
    name, path = about(stream)
    if shown is None:
        shown = Submitted(new_form(erasure_id=str(uuid.uuid4()), stream=stream))
    page = FormPage(
        title="申请删除个人信息",
        action=f"/erasures/{service}/new",
        button="提交申请",
        back=(name, path),
        fields=_fields(service),
        facts=(("删除的对象", name),),
        says="个人信息的本人要求删除的，由经办人登记，须由两名负责人分别批准。"
        "统计数字、办理阶段和事件的次序不受影响。",
        kept=("erasure_id", "stream"),
    )
    return page.show(Part(), shown)


def _decided(act: ErasureAct) -> None:
    """A page with the form of one decision, and what it is sent to."""

    @allow(Role.LEADER)
    def shown(service: str, erasure_id: str) -> Answer:
        return _deciding(act, service, erasure_id, None)

    @allow(Role.LEADER)
    def sent(service: str, erasure_id: str) -> Response | Answer:
        typed = Form.of(request.form)
        payload = filled(erasure_id=erasure_id, **read(act.fields, typed))
        again = partial(_deciding, act, service, erasure_id)
        told = partial(_told, service, erasure_id)
        onwards = f"/erasures/{service}/{erasure_id}"
        return act.form(service).send(typed, payload, onwards, again, told)

    path = f"{_ONE}/{act.path}"
    pages.add_url_rule(path, f"{act.path}_form", shown, methods=["GET"])
    pages.add_url_rule(path, act.path, sent, methods=["POST"])


for _act in ACTS:
    _decided(_act)


def _deciding(act: ErasureAct, service: str, erasure_id: str, shown: Submitted | None) -> Answer:
    part = _shown(service, erasure_id, after_of(shown))
    its = part.result
    if shown is None:
        shown = Submitted(new_form(expected_version=version_of(part)))
    page = FormPage(
        title=act.title,
        action=f"/erasures/{service}/{erasure_id}/{act.path}",
        button=act.button,
        back=("删除申请", f"/erasures/{service}/{erasure_id}"),
        fields=act.fields,
        up=[_BACK],
        facts=() if its is None else _facts(its),
        says=act.says,
        warning=act.warning,
        why_not="" if its is None or act.is_due(its) else act.turn,
    )
    return page.show(part, shown, its)


def _told(service: str, erasure_id: str) -> Told:
    """What the question before a decision says of it. Raises NotFound."""
    its = _shown(service, erasure_id, None).result
    choices = {"ground": dict(label_choices("lock_ground"))}
    return Told(choices, () if its is None else tuple(_facts(its)))


def _facts(its: Mapping[str, Any]) -> list[tuple[str, str]]:
    name = _names(its)
    agreed = "、".join(name(each) for each in its["approved_by"])
    return [
        ("删除的对象", about(its["stream"])[0]),
        ("删除什么", label(its["scope"], "erasure_scope")),
        ("理由", label(its["ground"], "erasure_ground")),
        ("申请的经过", its["reason"] or "—"),
        ("申请人", name(its["requested_by"]) if its["requested_by"] else "系统按保存期限提出"),
        ("申请日期", zh_date(its["requested_at"])),
        ("已经批准的人", agreed or "还没有"),
        ("行政区划", division_name(its["division"])),
    ]


def about(stream: str) -> tuple[str, str]:
    """What a stream is of, and its page."""
    kind, _, identifier = stream.partition("-")
    _, word, path = OF[kind]
    return f"{word} {identifier[:8]}", path.format(identifier)


def _names(its: Mapping[str, Any]) -> Callable[[str], str]:
    """A function that names whoever has to do with a request, as `namer` does; to an officer, the
    officers.
    """
    involved = {str(its[role]) for role in _INVOLVED if its.get(role)}
    involved |= {each for roles in _INVOLVED_TOO for each in its.get(roles, ())}
    name = namer(involved, _NAMING_PURPOSE)
    known = dict(officers()) if current_visitor().role is Role.OFFICER else {}
    return lambda account: known.get(account) or name(account)


def _shown(service: str, erasure_id: str, after: Mapping[str, Any] | None) -> Part:
    """Raises NotFound, also for what cannot be an id."""
    try:
        return ask_part(service, "ShowErasure", {"erasure_id": erasure_id}, after)
    except Invalid:
        raise NotFound("erasure", erasure_id) from None
