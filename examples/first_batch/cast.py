"""Who acts in the story, each in one role and for one division."""

from __future__ import annotations

from shared.access.actor import Actor
from shared.contracts.roles import Role

CITY = "430200"

LEADER = Actor("demo.leader", Role.LEADER, CITY)
CITY_OFFICER = Actor("demo.officer.city", Role.OFFICER, CITY)
REVIEW_GROUP = Actor("demo.reviewer.city", Role.REVIEWER, CITY)


def district_officer(division: str) -> Actor:
    """An officer of a district's justice bureau, who reaches that district alone."""
    return Actor(f"demo.officer.{division}", Role.OFFICER, division)


def applicant(key: str, division: str) -> Actor:
    """Whoever files for a unit."""
    return Actor(f"demo.applicant.{key}", Role.APPLICANT, division)


def objector(key: str) -> Actor:
    """A member of the public who objects."""
    return Actor(f"demo.citizen.{key}", Role.PUBLIC)
