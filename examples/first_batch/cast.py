"""Who acts in the story. Each has an account of their own at the portal, with one role."""

from __future__ import annotations

from dataclasses import dataclass

from examples.first_batch.data import Applicant
from shared.contracts.roles import Role

CITY = "430200"


@dataclass(frozen=True)
class Person:
    """One person of the cast; without a login a member of the public, who has no account.

    name: what the portal shows in the header
    division: what the role is held for; None for the whole city and all below it
    unit: for whom the role is held, where it is held for a unit
    """

    login: str
    name: str
    role: Role
    division: str | None = None
    unit: str | None = None


PUBLIC = Person("", "", Role.PUBLIC)

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


def district_officer(division: str) -> Person:
    """An officer of a district's justice bureau, who reaches that district alone."""
    return Person(f"officer-{division}", _DISTRICT_OFFICERS[division], Role.OFFICER, division)


def district_officers() -> tuple[Person, ...]:
    return tuple(district_officer(division) for division in _DISTRICT_OFFICERS)


def applicant(unit: Applicant) -> Person:
    """Whoever files for a unit, with an account they opened themselves."""
    name = str(unit.application["contact_name"])
    return Person(unit.key, name, Role.APPLICANT, unit.division)


def point(unit: Applicant, point_id: str) -> Person:
    """Whoever acts for a unit since it has become a point."""
    name = str(unit.application["contact_name"])
    return Person("point", name, Role.POINT, unit.division, point_id)
