"""Who acts in the story. Each has an account of their own at the portal, with one role."""

from __future__ import annotations

from examples.play.data import Applicant
from examples.play.people import ADMINISTRATOR as ADMINISTRATOR
from examples.play.people import Cast, Person
from shared.contracts.roles import Role

CITY = "430200"


LEADER = Person("leader", "钟离岳", Role.LEADER, CITY)
CITY_OFFICER = Person("officer", "宗政明", Role.OFFICER, CITY)
REVIEWERS = {
    key: Person(key, name, Role.REVIEWER, CITY)
    for key, name in (("reviewer", "公孙衡"), ("reviewer-2", "仲孙平"), ("reviewer-3", "南宫谨"))
}
CHAIR = REVIEWERS["reviewer"]
"""Of the review group."""
AUDITOR = Person("auditor", "澹台鉴", Role.AUDITOR, CITY)
OPERATOR = Person("operator", "司空巡", Role.OPERATOR)
ENFORCEMENT_BODY = Person(
    "enforcement", "尉迟正", Role.ENFORCEMENT_BODY, CITY, "市城市管理和综合执法局"
)
ENVIRONMENT = Person("environment", "令狐清", Role.ENFORCEMENT_BODY, CITY, "市生态环境局")
"""Answers for a fine that it imposed."""
PARTNER = Person("partner", "联小合", Role.PARTNER, CITY, "市工商业联合会")

_DISTRICT_OFFICERS = {
    "430211": "元知远",
    "430203": "芦静文",
    "430223": "攸若水",
    "430224": "茶致和",
    "430204": "石守正",
    "430225": "炎思齐",
    "430202": "荷映清",
}


CAST = Cast(
    leader=LEADER,
    officer=CITY_OFFICER,
    reviewers=REVIEWERS,
    district_officers={
        division: Person(f"officer-{division}", name, Role.OFFICER, division)
        for division, name in _DISTRICT_OFFICERS.items()
    },
    partner=PARTNER,
    bodies=(ENFORCEMENT_BODY,),
)
"""Those of both batches."""

OFFICE = (*CAST.office, AUDITOR, OPERATOR)
"""Those whom the administrator gives an account."""


def point(name: str, unit: Applicant, point_id: str) -> Person:
    """Whoever acts for a unit since it has become a point."""
    return Person(f"point-{unit.key}", name, Role.POINT, unit.division, point_id)
