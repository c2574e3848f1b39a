"""What is asked of whoever tells of a wrong or gives an opinion: one table of fields for every way.

The names of a table's fields may end in a row's number, where a form has several entries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from services.portal.labels import label_choices
from services.portal.pages.acts import Field
from services.portal.pages.districts import areas
from services.portal.pages.forms import Form
from services.portal.pages.submitting import Words
from services.portal.web.edge import edge

Choice = tuple[str, ...]

URGENT, RETALIATION = "urgent", "retaliation"
_SPECIAL: Sequence[Choice] = (
    (URGENT, "情况紧急", "正在发生、不及时制止会扩大损失的，一个工作日内决定是否受理。"),
    (RETALIATION, "反映人正在遭受打击报复", "将另立一件紧急线索专门办理。"),
)
_REPORTING_HINTS: Mapping[str, str] = {
    "named": "办理本件的人员和负责人可以看到姓名和电话，其他人看不到。",
    "confidential": "姓名和电话封存，经两名负责人分别同意才能限时查看，不告知被反映单位。",
    "anonymous": "不留姓名和电话；没有具体线索的匿名反映可能不予受理。",
}


def reporting_choices() -> list[Choice]:
    """How the reporter wants to be known, each with what it means."""
    return [(value, word, _REPORTING_HINTS[value]) for value, word in label_choices("reporting")]


def districts_told() -> list[Choice]:
    """Where it happened: the city and its districts, whoever tells."""
    return list(areas(edge().settings.city))


_choices = partial(partial, label_choices)
"""`_choices("clue_kind")()` asks for the words when a form is shown."""

KINDS = Field("kinds", "问题类型", "many", hint="可以选择多项。", choices=_choices("clue_kind"))
TOPICS = Field(
    "topics", "意见方面", "many", hint="可以选择多项。", choices=_choices("opinion_topic")
)
BODY = Field("body", "被反映的行政执法机关", hint="例如“市生态环境局”。", width="full")
BODY_OF_OPINION = Field(
    "body", "涉及的行政执法机关", hint="不针对某一机关的可以不填。", width="full", optional=True
)
DIVISION = Field("division", "发生在哪里", "select", choices=districts_told)
TEXT = Field(
    "text", "具体内容", "area", hint="时间、经过、有什么依据或者证据。加密保存，不对外公开。"
)
TEXT_OF_OPINION = Field("text", "意见内容", "area", hint="加密保存，不对外公开。")
HAPPENED_ON = Field("happened_on", "发生日期（选填）", "date")
PLACE = Field("place", "具体地点", width="full", optional=True)
AMOUNT = Field("amount", "涉及金额（元）", "yuan", hint="例如 50000 或者 50000.50。", optional=True)
UNIT_CONCERNED = Field(
    "unit_concerned",
    "涉及的企业或者单位",
    hint="加密保存。未经同意，转办时不写明是哪一家。",
    width="full",
    optional=True,
)
SPECIAL = Field("special", "特别情况（选填）", "many", choices=lambda: _SPECIAL)
REPORTING = Field("reporting", "反映方式", "choice", choices=reporting_choices)
NAME = Field("reporter_name", "反映人姓名", hint="匿名的不填。", optional=True)
PHONE = Field(
    "reporter_phone",
    "反映人电话",
    hint="匿名的不填。例如 13900001234 或者 0731-12345678。",
    optional=True,
)
REPORTER = (REPORTING, NAME, PHONE)

CLUE: tuple[Field, ...] = (
    *(KINDS, BODY, DIVISION, TEXT),
    *(HAPPENED_ON, PLACE, AMOUNT, UNIT_CONCERNED, SPECIAL),
)
OPINION: tuple[Field, ...] = (TOPICS, BODY_OF_OPINION, DIVISION, TEXT_OF_OPINION)


def told_words(suffix: str = "") -> Words:
    """Better sentences for the fields of both tables; of a row whose names end in `suffix`."""
    return {(f"{name}{suffix}", code): said for (name, code), said in _WORDS.items()}


def special(typed: Form, name: str = SPECIAL.name) -> dict[str, bool]:
    """What was ticked of the special circumstances, as the command has it."""
    ticked = typed.chosen(name)
    return {URGENT: URGENT in ticked, RETALIATION: RETALIATION in ticked}


_WORDS: dict[tuple[str, str], str] = {
    ("kinds", "missing"): "请选择问题类型，可以选择多项。",
    ("kinds", "bad_length"): "请选择问题类型，可以选择多项。",
    ("topics", "missing"): "请选择意见涉及哪些方面，可以选择多项。",
    ("topics", "bad_length"): "请选择意见涉及哪些方面，可以选择多项。",
    ("body", "missing"): "请填写被反映的行政执法机关。",
    ("body", "bad_length"): "机关名称不超过 200 个字。",
    ("division", "missing"): "请选择发生在哪里。",
    ("division", "out_of_scope"): "请选择本局管辖的区县。",
    ("text", "missing"): "请写明具体内容。",
    ("text", "bad_length"): "内容不少于 5 个字，不超过 4000 个字。",
    ("happened_on", "bad_format"): "没有这一天，请核对日期。",
    ("happened_on", "out_of_range"): "发生日期不能晚于今天。",
    ("amount", "wrong_type"): "请填写以元为单位的数字，最多两位小数，例如 50000 或者 50000.50。",
    ("amount", "out_of_range"): "金额应大于 0，不超过 100 亿元。没有涉及金额的不填。",
    ("amount", "number_too_large"): "金额应大于 0，不超过 100 亿元。没有涉及金额的不填。",
    ("place", "bad_length"): "地点不超过 200 个字。",
    ("unit_concerned", "bad_length"): "名称不超过 200 个字。",
    ("reporting", "missing"): "请选择反映方式。",
    ("reporter_name", "missing"): "请填写反映人姓名；不愿留下姓名的，请选择匿名。",
    ("reporter_name", "not_allowed"): "选择匿名的，请清空姓名。",
    ("reporter_name", "bad_length"): "姓名不超过 50 个字。",
    ("reporter_phone", "missing"): "请填写反映人电话；不愿留下电话的，请选择匿名。",
    ("reporter_phone", "not_allowed"): "选择匿名的，请清空电话。",
    ("reporter_phone", "bad_format"): "请填写手机号码或者固定电话，例如 0731-12345678。",
}


def as_told(read: Mapping[str, Any], *without: str) -> dict[str, Any]:
    """What was read, without the fields of the form alone, and null for what was left empty."""
    return {
        name: None if value == "" else value for name, value in read.items() if name not in without
    }
