"""What the header offers, by the role in which a visitor acts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shared.contracts.roles import Role


@dataclass(frozen=True)
class Item:
    """One link of the navigation. `path` begins the addresses of its whole area."""

    path: str
    text: str

    def is_current(self, path: str) -> bool:
        """Whether an address lies in this area."""
        return path == self.path or (self.path != "/" and path.startswith(self.path + "/"))


_HOME = Item("/", "首页")
_PUBLIC = (
    Item("/batches", "申报批次"),
    Item("/notices", "公示"),
    Item("/points", "联系点"),
    Item("/report", "反映问题"),
)
_FIGURES = Item("/figures", "区县数据")
_DESK = Item("/desk", "待办事项")
_APPLICATIONS = Item("/applications", "申报")
_RETIREMENTS = Item("/retirements", "退出程序")
_RENEWALS = Item("/renewals", "续期")
_OPINIONS = Item("/opinions", "征求意见")
_OPINIONS_FILED = Item("/opinions-filed", "意见建议")
_SYMPOSIA = Item("/symposia", "座谈会")
_HOTLINE = Item("/hotline-imports", "热线导入")
_MEETINGS = Item("/meetings", "协调会议")
_SETTINGS = Item("/settings", "设置")
_HISTORY = Item("/history", "事件记录")
_CLUES = Item("/clues", "问题线索")
_REFERRALS = Item("/referrals", "转办事项")

NAVIGATION: Mapping[Role, tuple[Item, ...]] = {
    Role.PUBLIC: (_HOME, *_PUBLIC),
    Role.APPLICANT: (_HOME, Item("/my/applications", "我的申报"), *_PUBLIC),
    Role.POINT: (
        *(_HOME, Item("/my/filings", "我的反映"), Item("/my/point", "我的联系点")),
        *(*_PUBLIC, _SYMPOSIA),
    ),
    Role.ENFORCEMENT_BODY: (_HOME, _REFERRALS, _OPINIONS, *_PUBLIC),
    Role.PARTNER: (_HOME, Item("/recommendations", "推荐确认"), _OPINIONS, _MEETINGS, *_PUBLIC),
    Role.OFFICER: (
        *(_DESK, _CLUES, _OPINIONS_FILED, _SYMPOSIA, _HOTLINE),
        *(_APPLICATIONS, _OPINIONS, *_PUBLIC),
        *(_RENEWALS, _RETIREMENTS, _MEETINGS, _FIGURES),
    ),
    Role.REVIEWER: (_DESK, _APPLICATIONS, *_PUBLIC, _MEETINGS),
    Role.LEADER: (
        *(_DESK, _CLUES, _OPINIONS_FILED, _SYMPOSIA, _APPLICATIONS, *_PUBLIC),
        *(_RENEWALS, _RETIREMENTS, _MEETINGS, _FIGURES, _SETTINGS),
    ),
    Role.AUDITOR: (
        *(_HOME, _CLUES, _OPINIONS_FILED, _SYMPOSIA, _HOTLINE, _APPLICATIONS),
        *(*_PUBLIC, _MEETINGS),
        *(_HISTORY, Item("/openings", "查阅记录")),
    ),
    Role.OPERATOR: (_HOME, *_PUBLIC, Item("/operations", "运行状态"), _HISTORY),
    Role.ADMINISTRATOR: (_HOME, *_PUBLIC, Item("/accounts", "账号管理"), _FIGURES, _SETTINGS),
}
"""Role → links, the most used first. Every role that a visitor can have has its own."""


def navigation(role: Role) -> tuple[Item, ...]:
    """The links for a role."""
    return NAVIGATION[role]
