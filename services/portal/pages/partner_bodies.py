"""Partner bodies: they read along and recommend within a division, until that ends."""

from __future__ import annotations

import uuid
from functools import partial

from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.portal.labels import label, label_choices
from services.portal.pages.acts import Field, read
from services.portal.pages.asking import NOTHING, ask_all
from services.portal.pages.command_form import Answer, CommandForm, after_of
from services.portal.pages.districts import areas, bureau
from services.portal.pages.form_page import FormPage
from services.portal.pages.forms import Form
from services.portal.pages.layout import division_name
from services.portal.pages.own_rows import row_within, version_of_row
from services.portal.pages.submitting import Submitted, filled, new_form
from services.portal.web.access import allow
from shared.contracts.roles import Role

pages = Blueprint("partner_bodies", __name__)

REGISTERING = (Role.OFFICER, Role.LEADER)
PARTNERS = "ListPartnerBodies"
_BACK = ("组织机构", "/organisation")

REGISTER = CommandForm(
    "RegisterPartnerBody",
    {"division": "行政区划", "name": "单位名称", "kind": "类型", "duties": "职责"},
    {
        ("division", "missing"): "请选择行政区划。",
        ("division", "bad_format"): "请选择行政区划。",
        ("name", "missing"): "请填写单位名称。",
        ("name", "already_exists"): "该行政区划已经登记了同名的协作单位。",
        ("kind", "missing"): "请选择类型。",
        ("kind", "not_in_vocabulary"): "请选择类型。",
        ("duties", "missing"): "请写明承担什么职责。",
        ("duties", "bad_length"): "职责不超过 4000 个字。",
    },
    "partner_registered",
)
END_PARTNERSHIP = CommandForm(
    "EndPartnership",
    {"reason": "原因"},
    {
        ("reason", "missing"): "请写明为什么结束协作关系。",
        ("reason", "bad_length"): "原因不超过 4000 个字。",
    },
    "partnership_ended",
)


@pages.get("/organisation/partners/new")
@allow(*REGISTERING)
def registering() -> Answer:
    return _registering(None)


@pages.post("/organisation/partners/new")
@allow(*REGISTERING)
def register() -> Response | Answer:
    typed = Form.of(request.form)
    payload = filled(partner_id=typed.value("partner_id"), **read(_partner_fields(), typed))
    return REGISTER.send(typed, payload, "/organisation", _registering)


@pages.get("/organisation/partners/<partner_id>/end")
@allow(*REGISTERING)
def parting(partner_id: str) -> Answer:
    """Raises NotFound."""
    return _parting(partner_id, None)


@pages.post("/organisation/partners/<partner_id>/end")
@allow(*REGISTERING)
def part_with(partner_id: str) -> Response | Answer:
    """Raises NotFound."""
    typed = Form.of(request.form)
    payload = filled(partner_id=partner_id, **read(_PARTING_FIELDS, typed))
    return END_PARTNERSHIP.send(typed, payload, "/organisation", partial(_parting, partner_id))


_PARTING_FIELDS = (Field("reason", "原因", "area"),)


def _registering(shown: Submitted | None) -> Answer:
    if shown is None:
        shown = Submitted(new_form(partner_id=str(uuid.uuid4()), division=bureau()))
    page = FormPage(
        title="登记协作单位",
        action="/organisation/partners/new",
        button="登记",
        back=_BACK,
        fields=_partner_fields(),
        says="协作单位在本行政区划内可以查阅、推荐，名称和职责对所有人公开。",
        kept=("partner_id",),
    )
    return page.show(NOTHING, shown)


def _partner_fields() -> tuple[Field, ...]:
    return (
        Field("division", "行政区划", "select", choices=lambda: areas(bureau())),
        Field("name", "单位名称", width="full"),
        Field("kind", "类型", "choice", choices=lambda: label_choices("partner_kind")),
        Field("duties", "职责", "area", hint="例如“推荐申报单位，参加协调会议”。"),
    )


def _parting(partner_id: str, shown: Submitted | None) -> Answer:
    part = ask_all(PARTNERS, {}, after_of(shown))
    its = row_within(part, "partner_id", partner_id)
    if shown is None:
        shown = Submitted(new_form(expected_version=version_of_row(its)))
    facts = [] if its is None else [
        ("协作单位", its["name"]),
        ("类型", label(its["kind"], "partner_kind")),
        ("行政区划", division_name(its["division"])),
    ]  # fmt: skip
    page = FormPage(
        title="结束协作关系",
        action=f"/organisation/partners/{partner_id}/end",
        button="结束协作关系",
        back=_BACK,
        fields=_PARTING_FIELDS,
        facts=facts,
        warning="结束后需要再次协作的，重新登记。",
        why_not="协作关系已经结束。" if its and its["ended_on"] else "",
    )
    return page.show(part, shown, its)
