"""Points, renewals and retirements of others are as if they were not there."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from shared.access.actor import Actor
from shared.contracts.days import start_of_day
from shared.contracts.errors import Invalid, NotFound, Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry.vocabulary import RetirementGround
from shared.contracts.roles import Role
from tests.service.test_refusals import nothing_logged
from tests.service.town import LEADER, OFFICER, Town, fresh
from tests.services.registry import point_examples as example

TO_RENEW = start_of_day(example.RENEWED_ON) + dt.timedelta(hours=12)
"""When terms of points designated today can be renewed."""
ELSEWHERE = ("430300", "430204", "440000")


class Situation:
    """A point with a plaque, a renewal and a retirement that are open, and another point."""

    def __init__(self, town: Town) -> None:
        self.point_id, self.other_id = town.point(), town.point()
        self.renewal_id, self.retirement_id = fresh(), fresh()
        town.clock.time = TO_RENEW
        for command, actor in (
            (replace(example.PROPOSE, renewal_id=self.renewal_id, point_id=self.point_id), OFFICER),
            (
                replace(
                    example.OPEN_RETIREMENT,
                    retirement_id=self.retirement_id,
                    point_id=self.point_id,
                ),
                OFFICER,
            ),
        ):
            town.send(command, actor)
        self.today = town.clock.time.date()

    def about_point(self) -> list[tuple[Any, Actor]]:
        point_id, today = self.point_id, self.today
        return [
            (replace(example.CHANGE_DETAILS, point_id=point_id), OFFICER),
            (replace(example.MOVE, point_id=point_id, moved_on=today), OFFICER),
            (replace(example.MERGE, point_id=point_id, into_point_id=self.other_id), LEADER),
            (replace(example.APPOINT_POINT_LIAISON, point_id=point_id), OFFICER),
            (replace(example.APPOINT_BUREAU_LIAISON, point_id=point_id), OFFICER),
            (replace(example.GIVE_PLAQUE, point_id=point_id, given_on=today), OFFICER),
            (replace(example.RETURN_PLAQUE, point_id=point_id), OFFICER),
            (replace(example.SUSPEND, point_id=point_id), LEADER),
            (replace(example.RESUME, point_id=point_id), LEADER),
            (replace(example.PROPOSE, renewal_id=fresh(), point_id=point_id), OFFICER),
            (
                replace(example.OPEN_RETIREMENT, retirement_id=fresh(), point_id=point_id),
                OFFICER,
            ),
            (replace(example.RETIRE, point_id=point_id), LEADER),
        ]

    def about_procedures(self) -> list[tuple[Any, Actor]]:
        renewal, retirement = {"renewal_id": self.renewal_id}, {"retirement_id": self.retirement_id}
        today = self.today
        return [
            (replace(example.RECORD_GRADE, **renewal), OFFICER),
            (replace(example.AGREE, held_on=today, **renewal), LEADER),
            (replace(example.RENEW, **renewal), LEADER),
            (replace(example.TELL, told_on=today, **retirement), OFFICER),
            (replace(example.STATE, made_on=today, **retirement), OFFICER),
            (replace(example.WAIVE, **retirement), OFFICER),
            (replace(example.DECIDE, held_on=today, **retirement), LEADER),
        ]


@pytest.mark.parametrize("division", ELSEWHERE)
def test_another_division_reaches_nothing_of_a_point(town: Town, division: str) -> None:
    its = Situation(town)
    for command, actor in (*its.about_point(), *its.about_procedures()):
        with nothing_logged(town), pytest.raises(NotFound):
            town.send(command, replace(actor, division=division))


def test_a_point_reaches_itself_and_no_other(town: Town) -> None:
    its = Situation(town)
    itself = Actor("point-1", Role.POINT, None, its.point_id)
    other = Actor("point-2", Role.POINT, None, its.other_id)
    theirs = [
        replace(example.APPOINT_POINT_LIAISON, point_id=its.point_id),
        replace(example.PROPOSE, renewal_id=fresh(), point_id=its.point_id),
        replace(
            example.OPEN_RETIREMENT,
            retirement_id=fresh(),
            point_id=its.point_id,
            ground=RetirementGround.OWN_WISH,
        ),
        replace(example.STATE, made_on=its.today, retirement_id=its.retirement_id),
        replace(example.WAIVE, retirement_id=its.retirement_id),
    ]
    for command in theirs:
        with nothing_logged(town), pytest.raises(NotFound):
            town.send(command, other)
    assert town.send(theirs[0], itself)["events"] == ["PointLiaisonAppointed"]
    town.send(replace(example.TELL, told_on=its.today, retirement_id=its.retirement_id), OFFICER)
    backdated = its.today.replace(day=1)
    with nothing_logged(town), pytest.raises(Invalid) as invalid:  # no statement of another day
        town.send(replace(theirs[3], made_on=backdated), itself)
    assert invalid.value.problems[0].path == "made_on"
    assert town.send(theirs[3], itself)["events"] == ["StatementRecorded"]


def test_a_point_asks_to_retire_by_its_own_wish_alone(town: Town) -> None:
    point_id = town.point()
    itself = Actor("point-1", Role.POINT, None, point_id)
    opening = replace(example.OPEN_RETIREMENT, retirement_id=fresh(), point_id=point_id)
    with nothing_logged(town), pytest.raises(Refused) as refused:
        town.send(opening, itself)
    assert (refused.value.reason, refused.value.fields) == (Reason.WRONG_ROLE, ("ground",))
    wish = replace(opening, ground=RetirementGround.OWN_WISH)
    assert town.send(wish, itself)["events"] == ["PointProcedureOpened", "RetirementOpened"]


def test_a_district_does_not_move_a_point_into_another(town: Town) -> None:
    point_id = town.point()
    today = town.clock.time.date()
    move = replace(example.MOVE, point_id=point_id, moved_on=today)
    with nothing_logged(town), pytest.raises(Refused) as refused:
        town.send(move, replace(OFFICER, division="430211"))
    assert refused.value.reason == Reason.OUT_OF_SCOPE
    for wrong, code in (("999999", "unknown_division"), ("430200", "out_of_range")):
        officer = replace(OFFICER, division=None) if wrong == "999999" else OFFICER
        with nothing_logged(town), pytest.raises(Invalid) as invalid:
            town.send(replace(move, division=wrong), officer)
        assert invalid.value.problems[0].code == code
    assert town.send(move, OFFICER)["events"] == ["PointMoved"]
