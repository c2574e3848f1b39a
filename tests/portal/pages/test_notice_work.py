"""What the bureau's pages about a notice offer, and why not, from what the registry tells."""

from __future__ import annotations

from typing import Any

import pytest

from services.portal.pages.notices_staff import may_extend, units_of

OBJECTION: dict[str, Any] = {
    "outcome": None,
    "due_on": "2027-01-08",
    "provisional": False,
    "extended": False,
}


@pytest.mark.parametrize(
    ("told", "day", "may"),
    [
        ({}, "2027-01-08", True),
        ({}, "2027-01-09", False),
        ({"provisional": True}, "2027-01-09", True),
        ({"provisional": True, "extended": True}, "2027-01-09", False),
        ({"provisional": True, "outcome": "overruled"}, "2027-01-09", False),
        ({"due_on": None, "provisional": None}, "2027-01-08", False),
    ],
)
def test_a_verification_is_extended_while_its_limit_has_not_passed_for_certain(
    told: dict[str, Any], day: str, may: bool
) -> None:
    assert may_extend({**OBJECTION, **told}, day) is may


@pytest.mark.parametrize(
    ("reason", "says"),
    [("notice_differs", "请先更正公示"), ("terms_used_up", "连任届数已达上限")],
)
def test_a_unit_that_the_registry_would_refuse_is_not_offered_and_the_page_says_why(
    reason: str, says: str
) -> None:
    notice = {
        "units": [{"application_id": "a"}],
        "objections": [],
        "designated": [],
        "departed": {},
        "held_back": {"a": reason},
    }
    (unit,) = units_of(notice)
    assert not unit.possible
    assert says in unit.says
