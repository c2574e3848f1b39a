"""Lists of the registry: pages in order, filters, and how much of a row is for whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from services.registry.handlers.common import point_of
from shared.access.actor import Actor
from shared.contracts.errors import Invalid, NotFound
from shared.contracts.registry import queries
from shared.contracts.registry.vocabulary import (
    ApplicationStatus,
    Channel,
    IndustryGroup,
    Size,
    UnitKind,
)
from shared.contracts.roles import Role
from tests.service.town import APPLICANT, LEADER, OFFICER, PUBLIC, REVIEWER, Town, fresh
from tests.services.registry import examples

ALL = ("batches", "applications", "documents", "notices", "points", "reviews", "settings")
OTHER_DISTRICT = "430203"
AUDITOR = Actor("auditor-1", Role.AUDITOR)
Row = dict[str, Any]


def ask(town: Town, query: Any, actor: Actor = OFFICER) -> Any:
    return town.ask(query, actor)["result"]


def everything(town: Town, query: Any, actor: Actor = OFFICER) -> list[Row]:
    """All items, page by page."""
    items: list[Row] = []
    while True:
        found = ask(town, query, actor)
        assert len(found["items"]) <= (query.limit or 20)
        items += found["items"]
        if found["next"] is None:
            return items
        query = replace(query, cursor=found["next"])


def ids(items: Sequence[Row], name: str) -> list[str]:
    return [item[name] for item in items]


def designated(town: Town, number: int = 1, **instead: Any) -> tuple[str, str, list[str]]:
    """A batch, its notice that has ended, and its applications that are points."""
    batch_id = town.batch()
    units = [town.qualified(batch_id, **instead) for _ in range(number)]
    notice_id = town.noticed(batch_id, *units)
    town.after_the_notice()
    town.send(town.designation(notice_id, *units), LEADER)
    return batch_id, notice_id, units


@pytest.mark.parametrize(
    "query",
    [
        queries.ListBatches(),
        queries.ListApplications(),
        queries.ListNotices(),
        queries.ListObjections(),
        queries.ListPoints(),
        queries.ListTasks(),
    ],
    ids=lambda query: type(query).__name__,
)
@pytest.mark.parametrize("cursor", ["x", "W10", "WzVd", "WyJ4IiwieCJd", "WyJ4IiwieCIsIngiXQ"])
def test_a_cursor_that_no_page_gave_is_invalid_there(town: Town, query: Any, cursor: str) -> None:
    town.show()
    with pytest.raises(Invalid) as invalid:
        ask(town, replace(query, cursor=cursor))
    assert [(its.path, its.code) for its in invalid.value.problems] == [("cursor", "bad_cursor")]


def test_a_cursor_of_points_names_one_that_is_there(town: Town) -> None:
    town.show()
    with pytest.raises(Invalid) as invalid:
        ask(town, queries.ListPoints(cursor="WyJ4Il0"))  # ["x"]
    assert [its.code for its in invalid.value.problems] == ["bad_cursor"]


@pytest.mark.parametrize("limit", [0, 101, -1])
def test_a_page_has_one_to_a_hundred_items(town: Town, limit: int) -> None:
    with pytest.raises(Invalid) as invalid:
        ask(town, queries.ListBatches(limit=limit))
    assert [its.path for its in invalid.value.problems] == ["limit"]


def test_batches_come_the_latest_first_each_once(town: Town) -> None:
    made = {town.batch() for _ in range(5)}
    town.show()
    found = everything(town, queries.ListBatches(limit=2), PUBLIC)
    assert made <= set(ids(found, "batch_id"))
    assert len(found) == len({row["batch_id"] for row in found})
    assert ids(found, "opens_on") == sorted(ids(found, "opens_on"), reverse=True)


@pytest.mark.parametrize(
    ("day", "phase"),
    [
        (examples.DAY - dt.timedelta(days=1), "coming"),
        (examples.DAY, "open"),
        (examples.DAY + dt.timedelta(days=30), "open"),
        (examples.DAY + dt.timedelta(days=31), "closed"),
    ],
)
def test_whether_a_batch_is_open_is_as_of_the_askers_business_day(
    town: Town, day: dt.date, phase: str
) -> None:
    batch_id = town.batch()
    town.show()
    town.clock.time = dt.datetime.combine(day, dt.time(1), dt.UTC)
    assert ask(town, queries.ShowBatch(batch_id=batch_id), PUBLIC)["phase"] == phase


def test_the_bureau_sees_how_many_applications_of_a_batch_are_where(town: Town) -> None:
    batch_id = town.batch(places=3)
    town.submitted(batch_id)
    town.submitted(batch_id, division=OTHER_DISTRICT)
    listed = town.qualified(batch_id)
    town.listed(batch_id, listed)
    town.show()
    told = ask(town, queries.ShowBatch(batch_id=batch_id))
    assert told["applications"] == {"submitted": 2, "listed": 1}
    assert (told["places"], told["places_left"]) == (3, 2)
    assert (told["stream"], told["version"]) == (f"batch-{batch_id}", 3)
    assert told["deliberations"][0]["listed"] == [listed]

    district = replace(OFFICER, division=OTHER_DISTRICT)
    assert ask(town, queries.ShowBatch(batch_id=batch_id), district)["applications"] == {
        "submitted": 1
    }
    (row,) = (
        row
        for row in everything(town, queries.ListBatches(limit=100))
        if row["batch_id"] == batch_id
    )
    assert row["applications"] == {"submitted": 2, "listed": 1}
    for actor in (PUBLIC, APPLICANT):
        seen = ask(town, queries.ShowBatch(batch_id=batch_id), actor)
        assert seen.keys().isdisjoint({"applications", "deliberations", "places_left"})


def test_a_unit_that_drops_out_gives_its_place_back(town: Town) -> None:
    batch_id = town.batch(places=1)
    unit = town.qualified(batch_id)
    notice_id = town.noticed(batch_id, unit)
    objection = replace(
        examples.OBJECT, notice_id=notice_id, objection_id=fresh(), application_id=unit
    )
    town.send(objection, PUBLIC)
    town.show()
    assert ask(town, queries.ShowBatch(batch_id=batch_id))["places_left"] == 0
    sustain = replace(examples.SUSTAIN, notice_id=notice_id, objection_id=objection.objection_id)
    town.send(sustain, OFFICER)
    town.show()
    assert ask(town, queries.ShowBatch(batch_id=batch_id))["places_left"] == 1


def test_applications_are_filtered_by_batch_and_status(town: Town) -> None:
    batch_id, other = town.batch(), town.batch()
    submitted = {town.submitted(batch_id) for _ in range(3)}
    qualified = town.qualified(batch_id)
    town.submitted(other)
    town.show()
    of_batch = everything(town, queries.ListApplications(batch_id=batch_id, limit=2))
    assert set(ids(of_batch, "application_id")) == {*submitted, qualified}
    query = queries.ListApplications(batch_id=batch_id, status=ApplicationStatus.SUBMITTED)
    assert set(ids(everything(town, query), "application_id")) == submitted


def test_an_applicant_sees_its_own_over_all_batches_and_nothing_the_reviewers_found(
    town: Town,
) -> None:
    somebody = replace(APPLICANT, id=f"applicant-{fresh()}")
    own = []
    for _ in range(2):
        submission = town.submission(town.batch())
        town.send(submission, somebody)
        own.append(submission.application_id)
    town.send(replace(examples.PASS, application_id=own[0]), OFFICER)
    town.send(replace(examples.CHECK, application_id=own[0]), REVIEWER)
    town.show()
    found = everything(town, queries.ListApplications(limit=1), somebody)
    assert set(ids(found, "application_id")) == set(own)
    assert [row["findings"] for row in found] == [{}, {}]


def test_a_district_sees_the_applications_of_itself_alone(town: Town) -> None:
    batch_id = town.batch()
    here, there = town.submitted(batch_id), town.submitted(batch_id, division=OTHER_DISTRICT)
    town.show()
    for actor, seen in (
        (OFFICER, {here, there}),
        (AUDITOR, {here, there}),
        (replace(OFFICER, division=OTHER_DISTRICT), {there}),
        (replace(REVIEWER, division="430300"), set()),
    ):
        found = everything(town, queries.ListApplications(batch_id=batch_id), actor)
        assert set(ids(found, "application_id")) == seen


def test_notices_are_filtered_by_batch_and_by_whether_they_run(town: Town) -> None:
    batch_id = town.batch()
    unit = town.qualified(batch_id)
    notice_id = town.noticed(batch_id, unit)
    town.show()
    shown_now = ask(town, queries.ShowNotice(notice_id=notice_id), PUBLIC)
    assert (shown_now["running"], shown_now["days_left"]) == (True, 7)
    assert shown_now["stream"] == f"notice-{notice_id}"
    assert "objections" not in shown_now

    def listed(running: bool) -> list[str]:
        query = queries.ListNotices(batch_id=batch_id, running=running)
        return ids(everything(town, query, PUBLIC), "notice_id")

    assert (listed(True), listed(False)) == ([notice_id], [])
    town.after_the_notice()
    assert (listed(True), listed(False)) == ([], [notice_id])
    assert ask(town, queries.ShowNotice(notice_id=notice_id), PUBLIC)["days_left"] == 0


def test_objections_are_for_the_bureau_of_their_units_and_tell_nothing_of_who(town: Town) -> None:
    batch_id = town.batch()
    unit = town.qualified(batch_id)
    notice_id = town.noticed(batch_id, unit)
    objections = [
        replace(examples.OBJECT, notice_id=notice_id, objection_id=fresh(), application_id=unit)
        for _ in range(3)
    ]
    for objection in objections:
        town.send(objection, PUBLIC)
    decided = objections[0].objection_id
    town.send(replace(examples.OVERRULE, notice_id=notice_id, objection_id=decided), OFFICER)
    town.show()
    query = queries.ListObjections(notice_id=notice_id, limit=2)
    found = everything(town, query)
    assert {its["objection_id"] for its in found} == {its.objection_id for its in objections}
    assert all(its.keys().isdisjoint({"facts", "contact_name", "sealed"}) for its in found)
    assert ids(everything(town, replace(query, open=False)), "objection_id") == [decided]
    assert len(everything(town, replace(query, open=True))) == 2
    assert everything(town, query, replace(OFFICER, division="430300")) == []


def test_points_are_filtered_and_come_by_division_and_name(town: Town) -> None:
    batch_id, _, units = designated(town, 3)
    town.show()

    def mine(**filters: Any) -> list[Row]:
        found = everything(town, queries.ListPoints(limit=2, **filters), PUBLIC)
        return [row for row in found if row["batch_id"] == batch_id]

    assert set(ids(mine(), "application_id")) == set(units)
    for fits in (
        {"division": "430211"},
        {"division": "430200"},
        {"division": "430000"},
        {"industry_group": IndustryGroup.MANUFACTURING},
        {"size": Size.LARGE},
        {"unit_kind": UnitKind.ENTERPRISE},
        {"channel": Channel.SELF_NOMINATED},
        {"active": True},
    ):
        assert len(mine(**fits)) == 3, fits
    for fits_not in (
        {"division": OTHER_DISTRICT},
        {"division": "430300"},
        {"industry_group": IndustryGroup.RETAIL},
        {"size": Size.SMALL},
        {"unit_kind": UnitKind.CHAMBER},
        {"channel": Channel.RECOMMENDED},
        {"active": False},
    ):
        assert mine(**fits_not) == [], fits_not
    everyone = everything(town, queries.ListPoints(limit=3), PUBLIC)
    by_division = ids(everyone, "division")
    assert by_division == sorted(by_division)


def test_a_point_is_active_until_it_retires_also_when_its_term_is_over(town: Town) -> None:
    _, _, (unit,) = designated(town)
    town.show()
    point_id = point_of(unit)
    town.clock.time = dt.datetime(2032, 1, 1, tzinfo=dt.UTC)
    seen = ask(town, queries.ShowPoint(point_id=point_id), PUBLIC)
    assert (seen["active"], seen["term_over"]) == (True, True)
    assert "may_work" not in seen
    assert ask(town, queries.ShowPoint(point_id=point_id), LEADER)["may_work"] is True
    over = everything(town, queries.ListPoints(active=True, term_over=True, limit=100), PUBLIC)
    assert point_id in ids(over, "point_id")
    running = everything(town, queries.ListPoints(active=True, term_over=False, limit=100), PUBLIC)
    assert point_id not in ids(running, "point_id")
    assert seen["stream"] == f"point-{point_id}"
    town.to_retire(point_id)
    town.send(replace(examples.RETIRE, point_id=point_id), LEADER)
    town.show()
    seen = ask(town, queries.ShowPoint(point_id=point_id), PUBLIC)
    assert (seen["active"], seen["ground"]) == (False, "own_wish")
    assert "facts" not in seen


@pytest.mark.parametrize(
    "query",
    [
        queries.ShowBatch(batch_id=fresh()),
        queries.ShowNotice(notice_id=fresh()),
        queries.ShowPoint(point_id=fresh()),
        queries.OpenApplication(application_id=fresh(), purpose="形式审查"),
        queries.OpenObjection(objection_id=fresh(), purpose="核实异议"),
    ],
    ids=lambda query: type(query).__name__,
)
def test_what_is_not_there_is_not_found(town: Town, query: Any) -> None:
    town.show()
    with pytest.raises(NotFound):
        ask(town, query)
