"""What an applicant fills in: steps, their fields, what must be there for which kind of unit.

The registry decides; here an applicant is told step by step what it would say at the end.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.portal.pages.forms import Form
from services.portal.pages.submitting import Words, filled, whole
from shared.contracts.errors import Invalid
from shared.contracts.registry.commands import COMMANDS
from shared.contracts.registry.vocabulary import Channel, Measure, UnitKind
from shared.contracts.zh_fields import field_sentence
from shared.reference.enterprise_size import trades_judged_by

Values = Mapping[str, str]
"""Field → what was typed."""

CHECK = "check"
"""The last step: one looks at it all and hands it in."""

_COMMAND = COMMANDS.find("SubmitApplication")
_ORGANISATIONS = frozenset({UnitKind.VILLAGE_COMMUNITY, UnitKind.CHAMBER})
OF_ASSETS = trades_judged_by(Measure.ASSETS_WAN)
"""Trades in which a size goes by assets too."""
_FIGURES = ("staff", "revenue_wan", "assets_wan")


@dataclass(frozen=True)
class Step:
    """One page of the form. `names` are its fields with their labels, in order."""

    key: str
    title: str
    names: Mapping[str, str]


STEPS = (
    Step(
        "unit",
        "申报单位",
        {
            "channel": "申报渠道",
            "recommender": "推荐单位",
            "unit_kind": "单位类型",
            "unit_name": "单位名称",
            "credit_code": "统一社会信用代码",
            "division": "所在区县",
            "address": "地址",
        },
    ),
    Step(
        "industry",
        "行业和规模",
        {
            "industry_section": "行业门类",
            "trade": "划型行业",
            "staff": "从业人员",
            "revenue_wan": "年营业收入（万元）",
            "assets_wan": "资产总额（万元）",
            "declared_size": "规模",
        },
    ),
    Step("contact", "联系人", {"contact_name": "姓名", "contact_phone": "联系电话"}),
)
STEP_OF = {name: step for step in STEPS for name in step.names}
"""Field → the step it stands in."""
NAMES = {name: word for step in STEPS for name, word in step.names.items()}

WORDS: Words = {
    ("channel", "missing"): "请选择申报渠道。",
    ("recommender", "missing"): "请填写推荐单位的名称。",
    ("unit_kind", "missing"): "请选择单位类型。",
    ("unit_name", "missing"): "请填写单位名称，与证照上的一致。",
    ("credit_code", "missing"): "请填写统一社会信用代码。",
    ("credit_code", "bad_length"): "统一社会信用代码为 18 位，请核对。",
    ("credit_code", "unit_applied_already"): "该单位在本批次已经申报，不能重复申报。",
    ("unit_name", "unit_applied_already"): "该单位在本批次已经申报，不能重复申报。",
    ("division", "missing"): "请选择单位所在的区县。",
    ("division", "out_of_range"): "请选择本批次范围内的区县。",
    ("address", "missing"): "请填写地址。",
    ("industry_section", "missing"): "请选择行业门类。",
    ("industry_section", "not_eligible"): "国家机关、国际组织等不能申报为联系点，请核对行业门类。",
    ("trade", "missing"): "请选择划型行业。",
    ("staff", "missing"): "请填写从业人员人数。",
    ("revenue_wan", "missing"): "请填写年营业收入。",
    ("assets_wan", "missing"): "该行业按资产总额划分规模，请填写资产总额。",
    ("declared_size", "missing"): "请选择规模。",
    ("contact_name", "missing"): "请填写联系人姓名。",
    ("contact_name", "bad_length"): "姓名不超过 50 个字。",
    ("contact_phone", "missing"): "请填写联系电话。",
    ("contact_phone", "bad_format"): "电话号码格式不对，例如 13900001234 或 0731-12345678。",
    ("contact_phone", "bad_length"): "电话号码格式不对，例如 13900001234 或 0731-12345678。",
    **{(name, "wrong_type"): "请填写整数，例如 12。" for name in _FIGURES},
    **{(name, "out_of_range"): "请填写 0 或者更大的整数。" for name in _FIGURES},
}


def asked(values: Values) -> dict[str, bool]:
    """Field → whether it must be filled, of those that are asked of this unit.

    Rules of selection, unit data: businesses have a credit code; an enterprise's size follows
    from its figures, villages and chambers state theirs.
    """
    kind = values.get("unit_kind", "")
    its: dict[str, bool] = dict.fromkeys(("channel", "unit_kind", "unit_name"), True)
    if values.get("channel") == Channel.RECOMMENDED:
        its["recommender"] = True
    its["credit_code"] = kind not in _ORGANISATIONS
    its |= dict.fromkeys(("division", "address"), True)
    if kind in _ORGANISATIONS:
        its["declared_size"] = True
    else:
        its["industry_section"] = True
    if kind == UnitKind.ENTERPRISE:
        its |= dict.fromkeys(("trade", "staff", "revenue_wan"), True)
        if values.get("trade") in OF_ASSETS:
            its["assets_wan"] = True
    its |= dict.fromkeys(("contact_name", "contact_phone"), True)
    return {name: its[name] for name in NAMES if name in its}


def stated(application: Mapping[str, Any]) -> dict[str, str]:
    """The fields as an opened application has them, in the words of the form."""
    size = {"declared_size": application["size"]}
    said = {**application, **(application.get("stated") or {}), **size}
    return {name: str(said[name]) for name in NAMES if said.get(name) is not None}


def payload(values: Values, batch_id: str, application_id: str) -> dict[str, Any]:
    """SubmitApplication of what was typed; what is not asked of the unit is left out."""
    form = Form({name: [value] for name, value in values.items()})
    given = {name: _value(form, name) for name in asked(values)}
    return filled(application_id=application_id, batch_id=batch_id, **given)


def problems(values: Values, step: Step | None = None) -> dict[str, str]:
    """Field → sentence of what is missing or wrong, in a step or in all of them."""
    some_id = "00000000-0000-4000-8000-000000000000"
    its = payload(values, some_id, some_id)
    told = {
        name: WORDS[name, "missing"]
        for name, needed in asked(values).items()
        if needed and name not in its
    }
    try:
        _COMMAND.load(its)
    except Invalid as invalid:
        for problem in invalid.problems:
            words = WORDS.get((problem.path, problem.code)) or field_sentence(problem)
            told.setdefault(problem.path, words)
    names = NAMES if step is None else step.names
    return {name: told[name] for name in names if name in told}


def tidy(name: str, typed: str) -> str:
    """As a person means it: digits and letters of any width, codes without blanks."""
    text = typed.replace("\r\n", "\n").strip()
    if name in ("credit_code", "contact_phone"):
        text = "".join(unicodedata.normalize("NFKC", text).split())
    if name in _FIGURES:
        return str(whole(Form({name: [text]}), name) or text)
    return text.upper() if name == "credit_code" else text


def _value(form: Form, name: str) -> str | int | None:
    return whole(form, name) if name in _FIGURES else form.value(name)
