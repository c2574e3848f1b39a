"""What a bureau's certificate numbers begin with: shown, and set by its leader."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.portal.pages.acts import Field
from services.portal.pages.asking import ask_part
from services.portal.pages.command_form import Answer, CommandForm, after_of, version_of
from services.portal.pages.districts import bureau
from services.portal.pages.form_page import FormPage
from services.portal.pages.forms import Form
from services.portal.pages.layout import bureau_name
from services.portal.pages.setting_fields import BACK
from services.portal.pages.submitting import Submitted, filled, new_form, text
from services.portal.web.access import allow
from shared.contracts.roles import Role

pages = Blueprint("certificate_prefix", __name__)

_FIELDS = (
    Field("prefix", "新的字号", hint="例如：株司监联。不超过 20 个字。"),
    Field("reason", "理由", "area", "写明为什么变更、依据什么。"),
)
SET = CommandForm(
    "SetCertificatePrefix",
    {field.name: field.label for field in _FIELDS},
    {
        ("prefix", "missing"): "请填写字号。",
        ("prefix", "bad_length"): "字号不超过 20 个字。",
        ("prefix", "nothing_changes"): "现在就是这个字号，不需要变更。",
        ("prefix", "certificate_prefix_taken"): "与其他司法局的字号重复，请换一个。",
        ("reason", "missing"): "请写明变更的理由。",
        ("reason", "bad_length"): "理由不超过 4000 个字。",
    },
    "certificate_prefix_set",
)


@pages.get("/certificate-prefix")
@allow(Role.LEADER)
def certificate_prefix() -> Answer:
    return _page(None)


@pages.post("/certificate-prefix")
@allow(Role.LEADER)
def set_prefix() -> Response | Answer:
    typed = Form.of(request.form)
    given = filled(prefix=text(typed, "prefix"), reason=text(typed, "reason"))
    return SET.send(typed, {"division": bureau(), **given}, "/certificate-prefix", _page)


def _page(shown: Submitted | None) -> Answer:
    part = ask_part("registry", "ShowCertificateNumbering", {"division": bureau()}, after_of(shown))
    if shown is None:
        shown = Submitted(new_form(expected_version=version_of(part)))
    its = part.result
    page = FormPage(
        title="证书字号",
        action="/certificate-prefix",
        button="变更字号",
        back=BACK,
        fields=_FIELDS,
        facts=[
            ("司法局", bureau_name(bureau())),
            ("现行字号", its["prefix"] + ("（默认）" if its["usual"] else "")),
            *((f"{last['year']}年已编到", f"{last['serial']:03}号") for last in its["last"]),
        ]
        if its
        else (),
        says="以后确定的联系点按新的字号编证书号，已经编的证书号不变。",
    )
    return page.show(part, shown, its)
