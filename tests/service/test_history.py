"""The log as auditors and operators read it: by position, filtered, sealed fields still sealed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from psycopg.rows import dict_row

from shared.access.actor import Actor
from shared.contracts.errors import Invalid, Refused
from shared.contracts.operations import ShowHistory
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from shared.contracts.stored import RecordedEvent, leaf
from shared.service.history import WINDOWS, show_history
from tests.service.town import APPLICANT, OFFICER, PUBLIC, Town, fresh
from tests.services.registry import examples

AUDITOR, OPERATOR = Actor("auditor-1", Role.AUDITOR), Actor("operator-1", Role.OPERATOR, "430200")
Item = Mapping[str, Any]


def everything(town: Town, asked: ShowHistory, actor: Actor = AUDITOR) -> list[Item]:
    """All that the filters leave, page by page."""
    items: list[Item] = []
    while True:
        found = town.operate(asked, actor)
        assert len(found["items"]) <= (asked.limit or 50)
        items += found["items"]
        if found["next"] is None:
            return items
        asked = replace(asked, after=found["next"])


def logged(town: Town) -> list[RecordedEvent]:
    return [recorded for page in town.log.pages() for recorded, _ in page]


def test_a_stream_is_told_whole_in_order_and_with_the_ids_of_who_acted(town: Town) -> None:
    unit = town.qualified(town.batch())
    town.number()
    items = everything(town, ShowHistory(stream=f"application-{unit}", limit=5))
    assert [its["type"] for its in items] == town.types(f"application-{unit}")
    assert [its["version"] for its in items] == list(range(1, len(items) + 1))
    assert [its["position"] for its in items] == sorted(its["position"] for its in items)
    first = items[0]
    assert (first["role"], first["actor_id"]) == ("applicant", "applicant-1")
    assert first["internal"]["filed_by"] == "applicant-1"
    assert first["correlation_id"] == first["command_id"]
    events = town.log.stream(f"application-{unit}")
    assert [its["leaf"] for its in items] == [leaf(event).hex() for event in events]


def test_what_is_sealed_stays_sealed(town: Town) -> None:
    unit = town.submitted(town.batch())
    town.number()
    (item,) = everything(town, ShowHistory(stream=f"application-{unit}"))
    assert item["sealed"] == [
        "address", "contact_name", "contact_phone", "credit_code", "unit_name",
    ]  # fmt: skip
    for secret in ("晨光", "李一", "13900001234", "工业路", "ciphertext"):
        assert secret not in str(item)


def test_whoever_objects_stays_unknown_to_auditors_too(town: Town) -> None:
    batch_id = town.batch()
    unit = town.qualified(batch_id)
    notice_id = town.noticed(batch_id, unit)
    town.send(
        replace(examples.OBJECT, notice_id=notice_id, objection_id=fresh(), application_id=unit),
        replace(PUBLIC, id="somebody-by-name"),
    )
    town.number()
    item = everything(town, ShowHistory(stream=f"notice-{notice_id}"))[-1]
    assert (item["type"], item["role"], item["actor_id"]) == ("NoticeObjected", "public", None)
    # Nor by its moment or its chain, which lead to somebody by the log lines of that moment.
    assert item["sequenced_at"].endswith("T00:00:00.000000Z")
    assert item["occurred_at"].endswith("T00:00:00.000000Z")
    assert item["correlation_id"] is None


def test_the_whole_log_comes_page_by_page_each_event_once(town: Town) -> None:
    town.qualified(town.batch())
    town.number()
    items = everything(town, ShowHistory(limit=200))
    assert [its["position"] for its in items] == [its.position for its in logged(town)]


def test_events_are_found_by_type_and_by_actor(town: Town) -> None:
    somebody = replace(APPLICANT, id=f"applicant-{fresh()}")
    submission = town.submission(town.batch())
    town.send(submission, somebody)
    town.send(replace(examples.PASS, application_id=submission.application_id), OFFICER)
    town.number()
    (by_actor,) = everything(town, ShowHistory(actor=somebody.id))
    assert by_actor["stream"] == f"application-{submission.application_id}"
    by_type = everything(town, ShowHistory(event_type="FormalCheckPassed", limit=200))
    assert {its["type"] for its in by_type} == {"FormalCheckPassed"}
    assert len(by_type) == sum(its.event.type == "FormalCheckPassed" for its in logged(town))
    assert everything(town, ShowHistory(event_type="NothingOfOurs")) == []


def test_days_are_those_of_shanghai_both_included(town: Town) -> None:
    somebody = f"applicant-{fresh()}"
    day = dt.date(2027, 5, 4)
    # The last second of one day and the first of the next, in Shanghai: 15:59:59Z and 16:00Z.
    for moment in (
        dt.datetime(2027, 5, 3, 15, 59, 59, tzinfo=dt.UTC),
        dt.datetime(2027, 5, 3, 16, 0, tzinfo=dt.UTC),
        dt.datetime(2027, 5, 4, 15, 59, 59, tzinfo=dt.UTC),
        dt.datetime(2027, 5, 4, 16, 0, tzinfo=dt.UTC),
    ):
        town.clock.time = moment
        command = town.submission(town.batch_on(moment))
        town.send(command, replace(APPLICANT, id=somebody))
        town.number()

    def count(**days: dt.date) -> int:
        return len(everything(town, ShowHistory(actor=somebody, **days)))

    before, behind = day - dt.timedelta(days=1), day + dt.timedelta(days=1)
    assert [count(), count(since=day, until=day)] == [4, 2]
    assert [count(since=day), count(until=day)] == [3, 3]
    assert [count(until=before), count(since=behind)] == [1, 1]


def test_what_is_seldom_is_looked_for_a_part_of_the_log_at_a_time(town: Town) -> None:
    """An answer that has looked through its part gives the position to go on behind."""
    somebody = f"applicant-{fresh()}"
    town.send(town.submission(town.batch()), replace(APPLICANT, id=somebody))
    while town.log.head() <= 2 * WINDOWS:
        town.submitted(town.batch())
        town.number()
    town.send(town.submission(town.batch()), replace(APPLICANT, id=somebody))
    town.number()
    with town.pool.connection() as connection, connection.cursor(row_factory=dict_row) as cursor:

        def rows(query: str, *parameters: Any, **named: Any) -> list[dict[str, Any]]:
            return cursor.execute(query.encode(), named or parameters).fetchall()

        asked, found, answers = ShowHistory(actor=somebody), [], 0
        while True:
            answer = show_history(rows, asked, window=1)
            answers += 1
            found += answer["items"]
            if answer["next"] is None:
                break
            assert answer["next"] > (asked.after or 0)
            asked = replace(asked, after=answer["next"])
    assert answers > 2
    assert found == everything(town, ShowHistory(actor=somebody))
    assert len(found) == 2


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
def test_history_is_for_auditors_and_operators(town: Town, role: Role) -> None:
    if role in (Role.AUDITOR, Role.OPERATOR):
        assert "items" in town.operate(ShowHistory(limit=1), Actor("somebody", role))
        return
    with pytest.raises(Refused) as refusal:
        town.operate(ShowHistory(), Actor("somebody", role))
    assert refusal.value.reason == Reason.WRONG_ROLE


def test_the_log_of_the_city_is_not_a_districts_to_read(town: Town) -> None:
    assert "items" in town.operate(ShowHistory(limit=1), OPERATOR)
    with pytest.raises(Refused) as refusal:
        town.operate(ShowHistory(), replace(AUDITOR, division="430211"))
    assert refusal.value.reason == Reason.OUT_OF_SCOPE


@pytest.mark.parametrize(
    ("field", "value"),
    [("limit", 0), ("limit", 201), ("after", -1), ("event_type", ""), ("since", "2026-02-30")],
)
def test_a_wrong_filter_is_told_at_its_path(town: Town, field: str, value: Any) -> None:
    message = {"id": fresh(), "type": "ShowHistory", "schema_version": 1, "payload": {field: value}}
    with pytest.raises(Invalid) as invalid:
        town.operations.execute(town.signed(message, AUDITOR))
    assert [its.path for its in invalid.value.problems] == [field]


def test_the_latest_comes_first_where_it_is_asked_for(town: Town) -> None:
    unit = town.qualified(town.batch())
    town.number()
    filters = {"event_type": "ReviewCheckRecorded", "limit": 5}
    forwards = everything(town, ShowHistory(**filters))
    assert backwards(town, ShowHistory(**filters, latest_first=True)) == forwards[::-1]
    stream = f"application-{unit}"
    latest = backwards(town, ShowHistory(stream=stream, limit=3, latest_first=True))
    assert [its["type"] for its in latest] == town.types(stream)[::-1]


@pytest.mark.parametrize("window", [7, 200])
def test_backwards_as_forwards_nothing_lies_between_two_windows(town: Town, window: int) -> None:
    town.qualified(town.batch())
    town.number()
    asked = ShowHistory(event_type="ReviewCheckRecorded", limit=4, latest_first=True)
    found: list[Item] = []
    with town.pool.connection() as connection, connection.cursor(row_factory=dict_row) as cursor:

        def rows(query: str, *parameters: Any, **named: Any) -> list[dict[str, Any]]:
            return cursor.execute(query.encode(), named or parameters).fetchall()

        while True:
            page = show_history(rows, asked, window)
            found += page["items"]
            if page["next"] is None:
                break
            asked = replace(asked, before=page["next"])
    assert found == everything(town, ShowHistory(event_type="ReviewCheckRecorded"))[::-1]


def backwards(town: Town, asked: ShowHistory) -> list[Item]:
    items: list[Item] = []
    while True:
        found = town.operate(asked, AUDITOR)
        items += found["items"]
        if found["next"] is None:
            return items
        asked = replace(asked, before=found["next"])
