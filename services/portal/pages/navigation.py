"""What the header offers, by the role in which a visitor acts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from shared.contracts.roles import Role


@dataclass(frozen=True)
class Item:
    """One link of the navigation. `path` begins the addresses of its area, `also` further ones."""

    path: str
    text: str
    also: tuple[str, ...] = ()

    def reach(self, path: str) -> int:
        """How much of an address tells that it lies in this area; 0: it does not."""
        return max(len(area) if _lies_in(path, area) else 0 for area in (self.path, *self.also))


def _lies_in(path: str, area: str) -> bool:
    return path == area or (area != "/" and path.startswith(area + "/"))


_HOME = Item("/", "首页")
_PUBLIC = (
    Item("/batches", "申报批次"),
    Item("/notices", "公示", ("/objections", "/objection-outcome")),
    Item("/points", "联系点"),
    Item("/report", "反映问题"),
)
_FIGURES = Item("/figures", "区县数据")
_DASHBOARD = Item("/dashboard", "领导看板")
_DESK = Item("/desk", "待办事项")
_APPLICATIONS = Item("/applications", "申报")
_RETIREMENTS = Item("/retirements", "退出程序")
_RENEWALS = Item("/renewals", "续期")
_OPINIONS = Item("/opinions", "征求意见")
_OPINIONS_FILED = Item("/opinions-filed", "意见建议")
_SYMPOSIA = Item("/symposia", "座谈会")
_HOTLINE = Item("/hotline-imports", "热线导入")
_MEETINGS = Item("/meetings", "协调会议")
_SETTINGS = Item("/settings", "设置", ("/working-days", "/certificate-prefix"))
_HISTORY = Item("/history", "事件记录")
_CLUES = Item("/clues", "问题线索")
_OPENINGS = Item("/identity-openings", "身份查看审批")
_REFERRALS = Item("/referrals", "转办事项")
_ERASURES = Item("/erasures", "删除与封存")
_DUTIES = Item(
    "/my/duties",
    "履职记录",
    ("/publicity", "/quarterly-reports", "/point-questions", "/trainings", "/funding"),
)
_TRAININGS = Item("/trainings", "培训")
_FUNDING = Item("/funding", "经费")
_OWN_POINT = Item("/my/point", "我的联系点", ("/retirements", "/renewals"))

NAVIGATION: Mapping[Role, tuple[Item, ...]] = {
    Role.PUBLIC: (_HOME, *_PUBLIC),
    Role.REPORTER: (_HOME, *_PUBLIC),
    Role.APPLICANT: (
        _HOME,
        Item("/my/applications", "我的申报", ("/apply", "/applications")),
        *_PUBLIC,
    ),
    Role.POINT: (_HOME, Item("/my/filings", "我的反映"), _DUTIES, _OWN_POINT, *_PUBLIC, _SYMPOSIA),
    Role.ENFORCEMENT_BODY: (_HOME, _REFERRALS, _OPINIONS, *_PUBLIC),
    Role.PARTNER: (
        *(_HOME, Item("/recommendations", "推荐确认", ("/applications",))),
        *(_OPINIONS, _MEETINGS, *_PUBLIC),
    ),
    Role.OFFICER: (
        *(_DESK, _CLUES, _DASHBOARD, _OPINIONS_FILED, _SYMPOSIA, _HOTLINE),
        *(_APPLICATIONS, _OPINIONS, *_PUBLIC),
        *(_TRAININGS, _FUNDING, _RENEWALS, _RETIREMENTS, _MEETINGS, _FIGURES, _ERASURES),
    ),
    Role.REVIEWER: (_DESK, _APPLICATIONS, *_PUBLIC, _MEETINGS),
    Role.LEADER: (
        *(_DESK, _DASHBOARD, _CLUES, _OPENINGS, _OPINIONS_FILED, _SYMPOSIA, _APPLICATIONS),
        *_PUBLIC,
        *(_TRAININGS, _FUNDING, _RENEWALS, _RETIREMENTS, _MEETINGS, _FIGURES),
        *(_ERASURES, _SETTINGS),
    ),
    Role.AUDITOR: (
        *(_HOME, _DASHBOARD, _CLUES, _OPENINGS, _OPINIONS_FILED, _SYMPOSIA, _HOTLINE),
        _APPLICATIONS,
        *(*_PUBLIC, _MEETINGS),
        *(_HISTORY, Item("/openings", "查阅记录"), _ERASURES),
    ),
    Role.OPERATOR: (_HOME, *_PUBLIC, Item("/operations", "运行状态"), _HISTORY),
    Role.ADMINISTRATOR: (_HOME, *_PUBLIC, Item("/accounts", "账号管理"), _FIGURES, _SETTINGS),
}
"""Role → links, the most used first. Every role that a visitor can have has its own."""


def navigation(role: Role, unit: str | None = None) -> tuple[Item, ...]:
    """The links for a role; a point's own page, of the `unit` it acts for, lies in its own area."""
    if role is not Role.POINT or unit is None:
        return NAVIGATION[role]
    own = replace(_OWN_POINT, also=(*_OWN_POINT.also, f"/points/{unit}"))
    return tuple(own if its is _OWN_POINT else its for its in NAVIGATION[role])


def current(items: Sequence[Item], path: str) -> Item | None:
    """The link in whose area an address lies, the closest of several; None for none."""
    closest = max(items, key=lambda its: its.reach(path))
    return closest if closest.reach(path) else None
