"""For each write of the API what really succeeds: objects in the right state, and a whole body."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import itertools
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pyotp

from services.portal.accounts import totp
from shared.access.actor import Actor
from shared.contracts.errors import Refused
from shared.contracts.registry.vocabulary import UnitKind
from shared.contracts.roles import Role
from tests import files
from tests.portal.people import CONSOLE, FIRST, OWN, People
from tests.system.bureau import (
    ANYONE,
    APPLICANT,
    CITY,
    DISTRICT,
    LEADER,
    OFFICER,
    OTHER_DISTRICT,
    Bureau,
    application,
    batch,
    conclusion,
    deliberation,
    new_id,
    notice,
    objection,
    plan,
    recommended,
    review_check,
    supplement,
)

_KIND = UnitKind.CHAMBER
_SECRET = totp.new_secret()


@dataclass(frozen=True)
class Case:
    """What the address names, and the body."""

    ids: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] | bytes = field(default_factory=dict)


class Scene:
    """Makes objects in the state that a write needs, by the console."""

    def __init__(self, bureau: Bureau, people: People) -> None:
        self.bureau, self.people = bureau, people
        self.batch_id = bureau.open_batch()

    def submitted(self) -> str:
        return self.bureau.apply(self.batch_id, _KIND)

    def under_review(self) -> str:
        made = self.submitted()
        self.bureau.pass_form(made)
        return made

    def checked(self) -> str:
        made = self.under_review()
        self.bureau.check(made, _KIND)
        return made

    def qualified(self) -> str:
        made = self.submitted()
        self.bureau.qualify(made, _KIND)
        return made

    def listed(self) -> str:
        made = self.qualified()
        self.bureau.deliberate(self.batch_id, [made])
        return made

    def on_notice(self) -> tuple[str, str]:
        """Notice and application."""
        made = self.listed()
        return self.bureau.publish(self.batch_id, [made]), made

    def objected(self) -> tuple[str, str]:
        """Notice and objection."""
        notice_id, made = self.on_notice()
        raised = objection(notice_id, made)
        self.bureau.send(ANYONE, "ObjectToNotice", raised)
        return notice_id, str(raised["objection_id"])

    def over(self) -> tuple[str, str]:
        """Notice and application, after its days."""
        made = self.on_notice()
        self.bureau.let_notice_end()
        self.batch_id = self.bureau.open_batch()  # some days have passed for the old one
        return made

    def point(self) -> str:
        notice_id, made = self.over()
        self.bureau.designate(notice_id, [made])
        points = {its["application_id"]: its for its in self.bureau.read_all("ListPoints", {})}
        return str(points[made]["point_id"])

    def account(self, role: Role = Role.OFFICER) -> str:
        return self.people.account(role)[0]

    def act(self, command_type: str, actor: Actor = CONSOLE, **payload: Any) -> None:
        """About an account, by the console."""
        self.people.console.command(actor, "portal", command_type, payload)


def things(bureau: Bureau, people: People) -> dict[str, str]:
    """One of everything, of the city and shown already, by the name of its id."""
    scene = Scene(bureau, people)
    point_id = scene.point()
    notice_id, objection_id = scene.objected()
    application_id = scene.submitted()
    account_id, _ = people.account(Role.OFFICER)
    bureau.applications(scene.batch_id)
    bureau.notice(scene.batch_id)
    stream = f"application-{scene.submitted()}"
    bureau.send(OFFICER, "CorrectRecord", {"stream": stream, **_WRONG})
    meeting = _meeting(bureau.today)
    bureau.send(OFFICER, "RecordCoordinationMeeting", meeting)
    document = brought(bureau, OFFICER, application_id)
    bureau.send(OFFICER, "AttachDocument", {"application_id": application_id, **document})
    bureau.read("ListDocuments", {"application_id": application_id})
    return {
        "stream": stream,
        "document_id": document["document_id"],
        "meeting_id": meeting["meeting_id"],
        "batch_id": scene.batch_id,
        "application_id": application_id,
        "account_id": account_id,
        "notice_id": notice_id,
        "objection_id": objection_id,
        "point_id": point_id,
    }


_WRONG = {"version": 1, "wrong": "电话少一位", "right": "已核对", "reason": "录入时漏写"}


def _meeting(today: dt.date) -> dict[str, Any]:
    task = {"task_id": new_id(), "owner": "市司法局", "what": "编印手册", "due_on": "9990-01-01"}
    return {
        "meeting_id": new_id(),
        "division": CITY,
        "held_on": today.isoformat(),
        "subject": "联系点工作推进会",
        "bodies": ["市司法局"],
        "minutes": "会议研究了联系点工作。",
        "tasks": [task],
    }


_PDF = files.pdf()


def brought(bureau: Bureau, actor: Actor, application_id: str) -> dict[str, Any]:
    """A file that the actor has brought for an application; what AttachDocument says of it."""
    file_id, sha256 = new_id(), hashlib.sha256(_PDF).hexdigest()
    told = {"media_type": "application/pdf", "size": len(_PDF), "sha256": sha256}
    for transfer, payload in (
        ("BeginUpload", {"owner_id": application_id, **told}),
        ("PutChunk", {"index": 0, "data": base64.b64encode(_PDF).decode()}),
        ("FinishUpload", {}),
    ):
        bureau.client.transfer(actor, "registry", transfer, {"file_id": file_id, **payload})
    return {"document_id": file_id, **told, "kind": "other", "file_name": "材料.pdf"}


def _ones_own(scene: Scene, caller: str) -> tuple[Actor, str]:
    """The caller as applicant, and an application that it has filed."""
    actor = Actor(caller, Role.APPLICANT)
    payload = application(scene.batch_id, _KIND, DISTRICT)
    scene.bureau.send(actor, "SubmitApplication", payload)
    return actor, str(payload["application_id"])


def _documents(scene: Scene, caller: str) -> Case:
    actor, made = _ones_own(scene, caller)
    return Case({"application_id": made}, brought(scene.bureau, actor, made))


def _withdrawals(scene: Scene, caller: str) -> Case:
    actor, made = _ones_own(scene, caller)
    document = brought(scene.bureau, actor, made)
    scene.bureau.send(actor, "AttachDocument", {"application_id": made, **document})
    named = {"application_id": made, "document_id": document["document_id"]}
    return Case(named, {"reasons": "上传了错误的文件"})


def _contents(scene: Scene, caller: str) -> Case:
    _, made = _ones_own(scene, caller)
    return Case({"application_id": made, "document_id": new_id()}, _PDF)


Make = Callable[[Scene, str], Case]
"""With the id of the caller's account, for what one does with one's own."""


def without(payload: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: its for name, its in payload.items() if name not in names}


def _of_application(state: Callable[[Scene], str], body: Mapping[str, Any] | None = None) -> Make:
    return lambda scene, _: Case({"application_id": state(scene)}, body or {})


def _of_account(
    body: Callable[[], Mapping[str, Any]] = dict, before: Callable[[Scene, str], None] | None = None
) -> Make:
    """Somebody else's account, to which something has happened before."""

    def make(scene: Scene, _: str) -> Case:
        account_id = scene.account()
        if before is not None:
            before(scene, account_id)
        return Case({"account_id": account_id}, body())

    return make


def _identity() -> dict[str, str]:
    return {"issuer": "https://sso.example.gov.cn", "subject": new_id()}


def _is_closed(scene: Scene, account_id: str) -> None:
    scene.act("CloseAccount", account_id=account_id)


def _is_bound(scene: Scene, account_id: str) -> None:
    scene.act("BindIdentity", account_id=account_id, **_identity())


def _deliberations(scene: Scene, _: str) -> Case:
    payload = deliberation(scene.batch_id, [scene.qualified()], scene.bureau.today)
    return Case({"batch_id": scene.batch_id}, without(payload, "batch_id"))


def _notices(scene: Scene, _: str) -> Case:
    payload = notice(scene.batch_id, [scene.listed()])
    return Case({"batch_id": scene.batch_id}, without(payload, "batch_id"))


def _new_batch(scene: Scene) -> tuple[dict[str, str], dict[str, Any]]:
    """A batch over which nobody has deliberated: what an address names, and its command."""
    payload = batch(scene.bureau.today)
    scene.bureau.send(LEADER, "OpenBatch", payload)
    return {"batch_id": str(payload["batch_id"])}, payload


def _plans(scene: Scene, _: str) -> Case:
    ids, opened = _new_batch(scene)
    return Case(ids, without(plan(ids["batch_id"], opened["places"]), "batch_id"))


def _extensions(scene: Scene, _: str) -> Case:
    ids, opened = _new_batch(scene)
    later = dt.date.fromisoformat(opened["closes_on"]) + dt.timedelta(days=1)
    return Case(ids, {"closes_on": later.isoformat(), "reason": "申报单位较少。"})


def _recommended(body: Mapping[str, Any]) -> Make:
    """An application that waits for its recommender's word."""

    def make(scene: Scene, _: str) -> Case:
        payload = recommended(scene.batch_id, _KIND)
        scene.bureau.send(APPLICANT, "SubmitApplication", payload)
        return Case({"application_id": payload["application_id"]}, body)

    return make


def _filed(scene: Scene, caller: str) -> dict[str, str]:
    """An application that the caller has filed."""
    payload = application(scene.batch_id, _KIND)
    scene.bureau.send(Actor(caller, Role.APPLICANT), "SubmitApplication", payload)
    return {"application_id": str(payload["application_id"])}


def _supplements(scene: Scene, caller: str) -> Case:
    ids = _filed(scene, caller)
    scene.bureau.send(OFFICER, "RequestSupplement", {**ids, "missing": "请补交税务登记证明。"})
    return Case(ids, without(supplement(ids["application_id"], _KIND), "application_id"))


def _withdrawals(scene: Scene, caller: str) -> Case:
    return Case(_filed(scene, caller), {"reasons": "不再申报。"})


def _applications(scene: Scene, _: str) -> Case:
    return Case({}, application(scene.batch_id, _KIND))


def _objections(scene: Scene, _: str) -> Case:
    notice_id, made = scene.on_notice()
    return Case({"notice_id": notice_id}, without(objection(notice_id, made), "notice_id"))


def _decisions(scene: Scene, _: str) -> Case:
    notice_id, objection_id = scene.objected()
    body = {"outcome": "overruled", "reasons": "经核实，反映的情况不属实。"}
    return Case({"notice_id": notice_id, "objection_id": objection_id}, body)


def _designations(scene: Scene, _: str) -> Case:
    notice_id, made = scene.over()
    return Case({"notice_id": notice_id}, {"application_ids": [made]})


def _figures(_: Scene, __: str) -> Case:
    figure = {"division": DISTRICT, "market_entities": 52_000, "output_wan": None}
    return Case({"division": CITY, "year": "2024"}, {"figures": [figure]})


_LATER = "2091-03-01"
"""Settings hold for everybody: from a day that no other test reaches."""
_ANOTHER = itertools.count()
"""What is set already is refused."""


def _settings(_: Scene, __: str) -> Case:
    body = {
        "effective_from": _LATER,
        "figures": [{"name": "notice_days", "value": next(_ANOTHER) + 1}],
        "corrects": None,
        "reason": "按新的规定调整。",
    }
    return Case({}, body)


def _size_limits(_: Scene, __: str) -> Case:
    large = 1_000 + next(_ANOTHER)
    limits = [
        {"trade": "retail", "measure": "staff", "large": large, "medium": 50, "small": 10},
        {"trade": "retail", "measure": "revenue_wan", "large": 20_000, "medium": 500, "small": 100},
    ]
    body = {"effective_from": _LATER, "limits": limits, "corrects": None, "reason": "按新标准。"}
    return Case({}, body)


def _working_days(_: Scene, __: str) -> Case:
    monday = dt.date(2091, 1, 1) + dt.timedelta(weeks=next(_ANOTHER))
    body = {"off": [monday.isoformat()], "worked": [], "source": "有关节假日安排的通知"}
    return Case({"year": "2091"}, body)


def _corrections(scene: Scene, _: str) -> Case:
    return Case({"stream": f"application-{scene.submitted()}"}, _WRONG)


def _unit_data(scene: Scene, _: str) -> Case:
    body = {"address": "新址1号", "reason": "录入有误"}
    return Case({"application_id": scene.submitted()}, body)


def _appointment(scene: Scene) -> dict[str, Any]:
    """An appointment for a division that is left without a responsible leader."""
    asked = {"division": OTHER_DISTRICT, "in_office": True}
    for present in scene.bureau.read_all("ListResponsibleLeaders", asked):
        scene.bureau.send(LEADER, "EndAppointment", _ending(scene, present))
    return {
        "appointment_id": new_id(),
        "division": OTHER_DISTRICT,
        "leader_name": "王二",
        "office": "区司法局副局长",
        "since": scene.bureau.today.isoformat(),
    }


def _ending(scene: Scene, of: Mapping[str, Any]) -> dict[str, Any]:
    today = scene.bureau.today.isoformat()
    return {"appointment_id": of["appointment_id"], "ended_on": today, "reason": "工作调整"}


def _appointments(scene: Scene, _: str) -> Case:
    return Case({}, without(_appointment(scene), "appointment_id"))


def _ends_of_appointments(scene: Scene, _: str) -> Case:
    made = _appointment(scene)
    scene.bureau.send(LEADER, "AppointResponsibleLeader", made)
    ending = _ending(scene, made)
    return Case({"appointment_id": made["appointment_id"]}, without(ending, "appointment_id"))


def _partner() -> dict[str, Any]:
    return {"division": CITY, "name": new_id(), "kind": "other", "duties": "推荐申报单位"}


def _ends_of_partners(scene: Scene, _: str) -> Case:
    partner_id = new_id()
    scene.bureau.send(OFFICER, "RegisterPartnerBody", {"partner_id": partner_id, **_partner()})
    return Case({"partner_id": partner_id}, {"reason": "机构调整"})


def _meetings(scene: Scene, _: str) -> Case:
    return Case({}, without(_meeting(scene.bureau.today), "meeting_id"))


def _of_task(body: Mapping[str, Any]) -> Make:
    def make(scene: Scene, _: str) -> Case:
        held = _meeting(scene.bureau.today)
        scene.bureau.send(OFFICER, "RecordCoordinationMeeting", held)
        ids = {"meeting_id": held["meeting_id"], "task_id": held["tasks"][0]["task_id"]}
        return Case(ids, body)

    return make


def _accounts(_: Scene, __: str) -> Case:
    return Case({}, {"login": f"made.{new_id()[:8]}", "display_name": "赵六", "password": FIRST})


def _registrations(scene: Scene, caller: str) -> Case:
    return Case({}, {**_accounts(scene, caller).body, "division": DISTRICT})


def _revocations(scene: Scene, _: str) -> Case:
    account_id, grant_id = scene.account(), new_id()
    scene.act(
        "GrantRole",
        **{"account_id": account_id, "grant_id": grant_id, "role": "partner"},
        **{"division": CITY, "unit": None},
    )
    return Case({"account_id": account_id, "grant_id": grant_id})


def _own_password(scene: Scene, caller: str) -> Case:
    scene.act("ResetPassword", account_id=caller, password=FIRST)
    return Case({"account_id": caller}, {"old_password": FIRST, "new_password": OWN})


def _factor() -> dict[str, str]:
    code = pyotp.TOTP(_SECRET).now()
    return {"secret": _SECRET, "code": code, "recovery_hashes": totp.recovery_hashes(["one"])}


def _own_totp(scene: Scene, caller: str) -> Case:
    with suppress(Refused):  # it is off
        scene.act("DisableTotp", account_id=caller, password=None)
    return Case({"account_id": caller}, _factor())


def _own_totp_off(scene: Scene, caller: str) -> Case:
    with suppress(Refused):  # it is on
        holder = Actor(caller, Role.APPLICANT)
        scene.act("EnableTotp", holder, account_id=caller, **_factor())
    return Case({"account_id": caller}, {"password": OWN})


CASES: dict[str, Make] = {
    "POST /api/v1/batches": lambda scene, _: Case({}, batch(scene.bureau.today)),
    "POST /api/v1/batches/<batch_id>/plan": _plans,
    "POST /api/v1/batches/<batch_id>/extension": _extensions,
    "POST /api/v1/batches/<batch_id>/deliberations": _deliberations,
    "POST /api/v1/batches/<batch_id>/notices": _notices,
    "POST /api/v1/applications": _applications,
    "POST /api/v1/applications/<application_id>/recommendation/confirm": _recommended(
        {"document": "市工商联函〔2026〕12号"}
    ),
    "POST /api/v1/applications/<application_id>/recommendation/decline": _recommended(
        {"document": "市工商联函〔2026〕13号", "reasons": "没有推荐过该单位。"}
    ),
    "POST /api/v1/applications/<application_id>/supplement/request": _of_application(
        Scene.submitted, {"missing": "请补交税务登记证明。"}
    ),
    "POST /api/v1/applications/<application_id>/supplement": _supplements,
    "POST /api/v1/applications/<application_id>/withdrawal": _withdrawals,
    "POST /api/v1/applications/<application_id>/formal-check/pass": _of_application(
        Scene.submitted
    ),
    "POST /api/v1/applications/<application_id>/formal-check/fail": _of_application(
        Scene.submitted, {"grounds": ["documents_incomplete"], "reasons": "缺少营业执照。"}
    ),
    "POST /api/v1/applications/<application_id>/review/checks": _of_application(
        Scene.under_review, without(review_check("", "political_direction"), "application_id")
    ),
    "POST /api/v1/applications/<application_id>/review/conclusion": _of_application(
        Scene.checked, without(conclusion(""), "application_id")
    ),
    "POST /api/v1/applications/<application_id>/documents": _documents,
    "POST /api/v1/applications/<application_id>/documents/<document_id>/withdrawal": _withdrawals,
    "PUT /api/v1/applications/<application_id>/documents/<document_id>/content": _contents,
    "POST /api/v1/notices/<notice_id>/objections": _objections,
    "POST /api/v1/notices/<notice_id>/objections/<objection_id>/decision": _decisions,
    "POST /api/v1/notices/<notice_id>/designations": _designations,
    "PUT /api/v1/divisions/<division>/figures/<year>": _figures,
    "POST /api/v1/records/<stream>/corrections": _corrections,
    "POST /api/v1/applications/<application_id>/data": _unit_data,
    "POST /api/v1/responsible-leaders": _appointments,
    "POST /api/v1/responsible-leaders/<appointment_id>/end": _ends_of_appointments,
    "POST /api/v1/partners": lambda _, __: Case({}, _partner()),
    "POST /api/v1/partners/<partner_id>/end": _ends_of_partners,
    "POST /api/v1/meetings": _meetings,
    "POST /api/v1/meetings/<meeting_id>/tasks/<task_id>/completion": _of_task(
        {"result": "已完成。"}
    ),
    "POST /api/v1/meetings/<meeting_id>/tasks/<task_id>/extension": _of_task(
        {"due_on": "9999-01-01", "reason": "延期"}
    ),
    "POST /api/v1/settings": _settings,
    "POST /api/v1/settings/size-limits": _size_limits,
    "PUT /api/v1/working-days/<year>": _working_days,
    "POST /api/v1/registrations": _registrations,
    "POST /api/v1/accounts": _accounts,
    "POST /api/v1/accounts/<account_id>/close": _of_account(),
    "POST /api/v1/accounts/<account_id>/reopen": _of_account(dict, _is_closed),
    "PUT /api/v1/accounts/<account_id>/identity": _of_account(_identity),
    "DELETE /api/v1/accounts/<account_id>/identity": _of_account(dict, _is_bound),
    "POST /api/v1/accounts/<account_id>/password/reset": _of_account(lambda: {"password": FIRST}),
    "POST /api/v1/accounts/<account_id>/roles": _of_account(
        lambda: {"role": "partner", "division": CITY, "unit": None}
    ),
    "DELETE /api/v1/accounts/<account_id>/roles/<grant_id>": _revocations,
    "POST /api/v1/accounts/<account_id>/totp/enable": _own_totp,
    "POST /api/v1/accounts/<account_id>/totp/disable": _own_totp_off,
    "POST /api/v1/accounts/<account_id>/password/change": _own_password,
    "POST /api/v1/accounts/<account_id>/sessions/end": lambda _, caller: Case(
        {"account_id": caller}
    ),
    "POST /api/v1/parked/<service>/retry": lambda _, __: Case(),
}
"""By the names of the written table."""
