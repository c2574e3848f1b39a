"""What every change of the settings says: from which day, and why; and who makes it."""

from __future__ import annotations

from services.portal.pages.acts import Field
from services.portal.pages.submitting import Words
from services.portal.web.visitor import current_visitor
from shared.contracts.roles import Role
from shared.contracts.scope import is_city

SETTING = (Role.LEADER, Role.ADMINISTRATOR)
BACK = ("设置", "/settings")
WHEN_AND_WHY = (
    Field("effective_from", "生效日期", "date"),
    Field("reason", "理由", "area", "写明为什么变更、依据什么。"),
    Field(
        "corrects",
        "更正说明",
        "area",
        "只在生效日期早于今天时填写：写明以前的设置错在哪里。",
        optional=True,
    ),
)
GOES_BY = (
    "变更从生效日期起执行：资格审查的各项要求和企业规模，按提交申报当天的设置办理；"
    "已经起算的期限不变；其他事项按办理当天的设置办理。"
)
"""Of which day the settings are, by which something is done."""
WORDS: Words = {
    ("effective_from", "missing"): "请填写生效日期。",
    ("effective_from", "bad_format"): "没有这一天，请核对日期。",
    ("effective_from", "backdated"): "生效日期早于今天的，请写明更正说明。",
    ("reason", "missing"): "请写明变更的理由。",
    ("reason", "bad_length"): "理由不超过 4000 个字。",
    ("corrects", "bad_length"): "更正说明不超过 4000 个字。",
}


def may_set() -> bool:
    """Whether the visitor may change what holds for the city and its districts."""
    visitor = current_visitor()
    return visitor.role in SETTING and is_city(visitor.division)


def why_not() -> str:
    """Why the visitor may not, "" for who may."""
    return "" if may_set() else "设置由市司法局统一管理，您的角色只限本行政区划。"
