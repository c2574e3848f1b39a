"""What becomes of points as years go by: reminders, renewal, retirement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from shared.access.actor import Actor
from shared.contracts.days import ONE_DAY, start_of_day
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands, queries
from shared.contracts.registry.vocabulary import (
    PointStanding,
    Resolution,
    RetirementGround,
)
from shared.contracts.roles import Role
from tests.service.point_asking import ask, look, read, today, types
from tests.service.test_settings_in_the_log import ADMINISTRATOR, change
from tests.service.town import (
    LEADER,
    OFFICER,
    PUBLIC,
    Town,
    fresh,
)
from tests.services.registry import point_examples as example

FAR_AHEAD = dt.datetime(2093, 3, 5, 4, tzinfo=dt.UTC)
"""A day that no other test's settings reach."""

# Terms -------------------------------------------------------------------------------------------


def test_a_term_is_reminded_of_twice_and_its_end_opens_the_retirement(town: Town) -> None:
    point_id = town.point()
    ends_on = dt.date.fromisoformat(ask(town, queries.ShowPoint(point_id=point_id))["term_ends_on"])
    for days_left, count in ((91, 0), (90, 1), (31, 1), (30, 2), (1, 2)):
        town.clock.time = start_of_day(ends_on - (days_left - 1) * ONE_DAY)
        look(town)
        assert types(town, point_id).count("TermReminderDue") == count, days_left
    assert "PointProcedureOpened" not in types(town, point_id)
    assert point_id in _ids(town, ends_within=0)
    assert point_id not in _ids(town, standing=PointStanding.TERM_OVER)

    town.clock.time = start_of_day(ends_on + ONE_DAY)
    for _ in range(2):
        look(town)
    assert types(town, point_id).count("PointProcedureOpened") == 1
    assert point_id in _ids(town, standing=PointStanding.TERM_OVER)
    (row,) = ask(town, queries.ListRetirements(point_id=point_id))["items"]
    assert (row["ground"], row["status"]) == ("term_over", "opened")
    told = read(
        town, queries.ReadRetirement(retirement_id=row["retirement_id"], purpose="核对期限")
    )
    facts = told["history"][0]["opened"]["facts"]
    assert facts == f"管理期限已于{ends_on}届满，未办理续期。"


def test_a_timekeeper_that_was_down_for_years_loses_nothing_and_doubles_nothing(
    town: Town,
) -> None:
    point_id = town.point()
    town.show()
    town.clock.time += 4_000 * ONE_DAY
    for _ in range(4):
        look(town)
    its = types(town, point_id)
    assert its.count("TermReminderDue") == 2
    assert its.count("PointProcedureOpened") == 1


def _ids(town: Town, **filters: Any) -> set[str]:
    found: set[str] = set()
    for row in _pages(town, filters):
        found.add(row["point_id"])
    return found


def _pages(town: Town, filters: dict[str, Any]) -> Iterator[Any]:
    cursor = None
    while True:
        page = ask(town, queries.ListPoints(**filters, cursor=cursor, limit=100), PUBLIC)
        yield from page["items"]
        cursor = page["next"]
        if cursor is None:
            return


def _agreed(town: Town, point_id: str) -> str:
    """A renewal of the point that was agreed on."""
    renewal_id = fresh()
    for command, actor in (
        (replace(example.PROPOSE, renewal_id=renewal_id, point_id=point_id), OFFICER),
        (replace(example.RECORD_GRADE, renewal_id=renewal_id), OFFICER),
        (replace(example.AGREE, renewal_id=renewal_id, held_on=today(town)), LEADER),
    ):
        town.send(command, actor)
    return renewal_id


def _in_its_last_months(town: Town, point_id: str) -> dt.date:
    """Let the time come in which its term can be renewed; the term's last day."""
    told = ask(town, queries.ShowPoint(point_id=point_id))
    ends_on = dt.date.fromisoformat(told["term_ends_on"])
    town.clock.time = start_of_day(ends_on - 60 * ONE_DAY)
    look(town)
    return ends_on


def _step(town: Town, point_id: str, command: str) -> tuple[bool, str | None]:
    steps = ask(town, queries.ShowPoint(point_id=point_id))["steps"]
    its = next(step for step in steps if step["command"] == command)
    return its["possible"], its["reason"]


def test_a_renewed_point_goes_on_when_its_term_is_over_and_not_before(town: Town) -> None:
    point_id = town.point()
    assert _step(town, point_id, "ProposeRenewal") == (False, "renewal_too_early")
    with pytest.raises(Refused) as refused:
        _agreed(town, point_id)
    assert refused.value.reason == "renewal_too_early"
    ends_on = _in_its_last_months(town, point_id)
    assert _step(town, point_id, "ProposeRenewal") == (True, None)
    renewal_id = _agreed(town, point_id)
    assert town.send(commands.RenewPoint(renewal_id=renewal_id), LEADER)["events"] == [
        "RenewalCompleted", "NextTermSet", "PointProcedureClosed",
    ]  # fmt: skip
    assert _step(town, point_id, "ProposeRenewal") == (False, "renewed_already")
    told = ask(town, queries.ShowPoint(point_id=point_id), PUBLIC)
    assert (told["term_number"], told["term_ends_on"]) == (1, str(ends_on))
    assert told["next_term"]["first_day"] == str(ends_on + ONE_DAY)
    town.clock.time = start_of_day(ends_on - 10 * ONE_DAY)
    look(town)
    assert types(town, point_id).count("TermReminderDue") == 1  # of the second nobody has need

    town.clock.time = start_of_day(ends_on + ONE_DAY)
    for _ in range(2):
        look(town)
    told = ask(town, queries.ShowPoint(point_id=point_id))
    assert (told["term_number"], told["standing"]) == (2, "active")
    assert (told["next_term"], told["retirement"]) == (None, None)
    _in_its_last_months(town, point_id)
    with pytest.raises(Refused) as refused:
        _agreed(town, point_id)
    assert refused.value.reason == Reason.TERMS_USED_UP


def test_what_was_agreed_on_in_time_takes_effect_though_nobody_has_completed_it(
    town: Town,
) -> None:
    point_id = town.point()
    ends_on = _in_its_last_months(town, point_id)
    _agreed(town, point_id)
    town.clock.time = start_of_day(ends_on + ONE_DAY)
    for _ in range(2):
        look(town)
    told = ask(town, queries.ShowPoint(point_id=point_id))
    assert (told["term_number"], told["renewal"], told["retirement"]) == (2, None, None)
    assert types(town, point_id)[-3:] == ["NextTermSet", "PointProcedureClosed", "TermBegun"]


def test_what_was_agreed_on_takes_effect_though_fewer_terms_are_allowed_since(town: Town) -> None:
    town.clock.time = FAR_AHEAD
    point_id = town.point()
    ends_on = _in_its_last_months(town, point_id)
    _agreed(town, point_id)
    for day, most in ((ends_on, 1), (ends_on + 2 * ONE_DAY, 2)):
        town.send(change(day, most_terms=most), ADMINISTRATOR)
    town.clock.time = start_of_day(ends_on + ONE_DAY)
    for _ in range(2):
        look(town)
    told = ask(town, queries.ShowPoint(point_id=point_id))
    assert (told["term_number"], told["standing"]) == (2, "active")


@pytest.mark.parametrize("suspended", [False, True])
def test_a_point_cleared_of_an_accusation_goes_on_with_the_term_agreed_on_meanwhile(
    town: Town, suspended: bool
) -> None:
    """Also when it was suspended as a precaution: that costs it no term."""
    point_id, retirement_id = town.point(), fresh()
    ends_on = _in_its_last_months(town, point_id)
    its = {"retirement_id": retirement_id}
    town.send(replace(example.OPEN_RETIREMENT, point_id=point_id, **its), OFFICER)
    renewal_id = _agreed(town, point_id)
    assert _step(town, point_id, "RenewPoint") == (False, "retirement_open")
    with pytest.raises(Refused) as refused:
        town.send(commands.RenewPoint(renewal_id=renewal_id), LEADER)
    assert refused.value.reason == "retirement_open"
    if suspended:
        town.send(replace(example.SUSPEND, point_id=point_id), LEADER)
    town.send(replace(example.TELL, told_on=today(town), **its), OFFICER)
    town.send(replace(example.WAIVE, **its), OFFICER)
    town.clock.time = start_of_day(ends_on + 10 * ONE_DAY)
    look(town)
    cleared = {"facts_hold": False, "resolution": Resolution.KEEP, "held_on": today(town)}
    assert town.send(replace(example.DECIDE, **cleared, **its), LEADER)["events"] == [
        "RetirementDecided", "PointProcedureClosed", "RenewalCompleted", "NextTermSet",
        "PointProcedureClosed", "TermBegun",
    ]  # fmt: skip
    told = ask(town, queries.ShowPoint(point_id=point_id))
    assert (told["term_number"], told["term_began_on"]) == (2, str(ends_on + ONE_DAY))


def test_nothing_is_renewed_once_the_term_is_over(town: Town) -> None:
    point_id, renewal_id = town.point(), fresh()
    ends_on = _in_its_last_months(town, point_id)
    town.send(replace(example.PROPOSE, renewal_id=renewal_id, point_id=point_id), OFFICER)
    town.send(replace(example.RECORD_GRADE, renewal_id=renewal_id), OFFICER)
    town.clock.time = start_of_day(ends_on + ONE_DAY)
    look(town)
    late = replace(example.AGREE, renewal_id=renewal_id, held_on=ends_on)
    with pytest.raises(Refused) as refused:
        town.send(late, LEADER)
    assert refused.value.reason == "renewal_too_late"


def test_a_point_that_is_kept_after_its_term_ended_still_has_to_be_renewed(town: Town) -> None:
    point_id, retirement_id = town.point(), fresh()
    opening = replace(
        example.OPEN_RETIREMENT,
        retirement_id=retirement_id,
        point_id=point_id,
        ground=RetirementGround.INACTIVE_YEAR,
    )
    town.send(opening, OFFICER)
    town.send(replace(example.TELL, retirement_id=retirement_id, told_on=today(town)), OFFICER)
    town.show()
    town.clock.time += 1_100 * ONE_DAY
    look(town)  # leaves it to the procedure that is open
    assert types(town, point_id).count("PointProcedureOpened") == 1
    kept = replace(
        example.DECIDE,
        retirement_id=retirement_id,
        held_on=today(town),
        resolution=Resolution.KEEP,
    )
    assert town.send(kept, LEADER)["events"] == [
        "RetirementDecided", "PointProcedureClosed", "PointProcedureOpened", "RetirementOpened",
    ]  # fmt: skip


# Retirement --------------------------------------------------------------------------------------


def test_a_point_retires_told_heard_and_decided(town: Town) -> None:
    point_id, retirement_id = town.point(), fresh()
    _in_its_last_months(town, point_id)
    plaque = replace(example.GIVE_PLAQUE, plaque_number=fresh(), given_on=today(town))
    town.send(replace(plaque, point_id=point_id), OFFICER)
    renewal_id = _agreed(town, point_id)
    its = {"retirement_id": retirement_id}
    itself = Actor("point-1", Role.POINT, None, point_id)
    town.send(replace(example.OPEN_RETIREMENT, point_id=point_id, **its), OFFICER)
    told = ask(town, queries.ShowPoint(point_id=point_id))
    assert told["retirement"]["ground"] == "leaking"
    (step,) = [its for its in told["steps"] if its["command"] == "RetirePoint"]
    assert (step["possible"], step["reason"]) == (False, "wrong_state")
    for hidden in ("retirement", "renewal", "history", "steps", "bureau_liaisons"):
        assert hidden not in ask(town, queries.ShowPoint(point_id=point_id), PUBLIC)
    town.send(replace(example.TELL, told_on=today(town), **its), OFFICER)
    town.send(replace(example.STATE, made_on=today(town), **its), itself)
    early = replace(example.DECIDE, held_on=today(town), **its)
    with pytest.raises(Refused) as refused:
        town.send(early, LEADER)
    assert (refused.value.reason, refused.value.fields) == ("meeting_too_early", ("held_on",))
    for days in (0, 1):
        town.clock.time += days * ONE_DAY
        told = ask(town, queries.ShowPoint(point_id=point_id))
        decide = next(its for its in told["steps"] if its["command"] == "DecideRetirement")
        assert decide["reason"] == ["meeting_too_early", None][days]
    town.send(replace(example.DECIDE, held_on=today(town), **its), LEADER)
    retired = town.send(replace(example.RETIRE, point_id=point_id), LEADER)
    assert retired["events"] == [
        "PointRetired", "PlaqueReturnAsked", "RetirementCompleted", "RenewalLapsed",
    ]  # fmt: skip
    reading = queries.ReadRetirement(retirement_id=retirement_id, purpose="归档备查")
    history = {event["type"]: event["opened"] for event in read(town, reading)["history"]}
    assert history["StatementRecorded"] == {"statement": "我单位没有泄露反映人信息"}
    assert history["RetirementDecided"]["minutes"] == "会议研究决定退出"
    for_point = {its["type"]: its for its in read(town, reading, itself)["history"]}
    assert set(for_point["RetirementDecided"]["opened"]) == {"reasons"}
    (row,) = ask(town, queries.ListRetirements(point_id=point_id, plaque_open=True))["items"]
    assert row["plaque_limit"]["working_days"] == 10
    (renewal,) = ask(town, queries.ListRenewals(point_id=point_id))["items"]
    assert (renewal["renewal_id"], renewal["status"]) == (renewal_id, "lapsed")
