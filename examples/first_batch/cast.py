"""Who acts in the story. Each has an account of their own at the portal, with one role."""

from __future__ import annotations

from examples.play.data import Applicant
from examples.play.people import Cast, Person
from shared.contracts.roles import Role

CITY = "430200"


LEADER = Person("leader", "钟离岳", Role.LEADER, CITY)
CITY_OFFICER = Person("officer", "宗政明", Role.OFFICER, CITY)
REVIEW_GROUP = Person("reviewer", "公孙衡", Role.REVIEWER, CITY)
AUDITOR = Person("auditor", "澹台鉴", Role.AUDITOR, CITY)
OPERATOR = Person("operator", "司空巡", Role.OPERATOR)
ADMINISTRATOR = Person("administrator", "管一清", Role.ADMINISTRATOR)
ENFORCEMENT_BODY = Person(
    "enforcement", "尉迟正", Role.ENFORCEMENT_BODY, CITY, "市城市管理和综合执法局"
)
PARTNER = Person("partner", "联小合", Role.PARTNER, CITY, "市工商业联合会")

OFFICE = (LEADER, CITY_OFFICER, REVIEW_GROUP, AUDITOR, OPERATOR, ADMINISTRATOR)
"""Those whom the city bureau's administrator gives an account."""

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
    reviewer=REVIEW_GROUP,
    district_officers={
        division: Person(f"officer-{division}", name, Role.OFFICER, division)
        for division, name in _DISTRICT_OFFICERS.items()
    },
    partner=PARTNER,
)
"""Those of both batches."""


def point(unit: Applicant, point_id: str) -> Person:
    """Whoever acts for a unit since it has become a point."""
    name = str(unit.application["contact_name"])
    return Person("point", name, Role.POINT, unit.division, point_id)
