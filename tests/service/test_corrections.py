"""Corrections: an event of its own says what was wrong, and what follows from it follows anew."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from services.registry.handlers.common import point_of
from shared.access.actor import Actor
from shared.contracts.days import ONE_DAY
from shared.contracts.errors import Invalid, NotFound, Refused
from shared.contracts.registry import commands, events, queries
from shared.contracts.registry.vocabulary import Measure, Size, Trade, UnitKind
from shared.contracts.roles import Role
from shared.privacy.transit import open_value
from shared.service.query_bus import reply_context
from tests.service.town import (
    APPLICANT,
    CITY,
    LEADER,
    OFFICER,
    PUBLIC,
    Town,
    credit_code,
    fresh,
    reply_key,
)
from tests.services.registry import examples

ELSEWHERE = Actor("officer-9", Role.OFFICER, "430203")
NOTHING = commands.CorrectUnitData(
    application_id=examples.APPLICATION,
    division=None,
    industry_section=None,
    trade=None,
    staff=None,
    revenue_wan=None,
    assets_wan=None,
    declared_size=None,
    unit_name=None,
    credit_code=None,
    address=None,
    contact_name=None,
    contact_phone=None,
    reason="录入有误，已与营业执照核对",
)


def correction(stream: str, version: int = 1) -> commands.CorrectRecord:
    return replace(examples.CORRECT.command, stream=stream, version=version)


def data(application_id: str, **right: Any) -> commands.CorrectUnitData:
    return replace(NOTHING, application_id=application_id, **right)


def opened(town: Town, query: Any, actor: Actor, key: X25519PrivateKey) -> Any:
    """The answer as its asker reads it, personal data opened."""
    query_id = fresh()
    answer = town.ask(query, actor, id=query_id, reply_key=reply_key(key))["result"]

    def clear(value: Any) -> Any:
        match value:
            case {"sealed": str()} if len(value) == 1:
                return open_value(value, key, reply_context(query_id))
            case dict():
                return {name: clear(its) for name, its in value.items()}
            case list():
                return [clear(item) for item in value]
        return value

    return clear(answer)


def test_every_kind_of_thing_takes_a_correction_and_stays_what_it_was(town: Town) -> None:
    batch_id = town.batch()
    unit = town.qualified(batch_id)
    notice_id = town.noticed(batch_id, unit)
    town.after_the_notice()
    town.send(town.designation(notice_id, unit), LEADER)
    point_id = town.last(f"application-{unit}").clear()["point_id"]
    for stream in (
        f"batch-{batch_id}",
        f"review_group-{batch_id}",
        f"application-{unit}",
        f"notice-{notice_id}",
        f"point-{point_id}",
    ):
        town.send(correction(stream), OFFICER)
        event = town.last(stream)
        assert event.type == "RecordCorrected"
        assert event.sealed["wrong"]["subject"] == stream.replace("-", ":", 1)


def test_a_correction_names_an_event_that_is_there(town: Town) -> None:
    unit = town.submitted(town.batch())
    with pytest.raises(Invalid) as invalid:
        town.send(correction(f"application-{unit}", 2), OFFICER)
    assert invalid.value.problems[0].path == "version"
    for stream in (f"application-{fresh()}", f"sundries-{fresh()}"):
        with pytest.raises(NotFound):
            town.send(correction(stream), OFFICER)


def test_anothers_record_is_not_there_to_be_corrected(town: Town) -> None:
    unit = town.submitted(town.batch())
    with pytest.raises(NotFound):
        town.send(correction(f"application-{unit}"), ELSEWHERE)
    with pytest.raises(NotFound):
        town.send(data(unit, staff=5), ELSEWHERE)
    with pytest.raises(Refused, match="role"):
        town.send(correction(f"application-{unit}"), APPLICANT)


def test_what_was_corrected_is_opened_for_a_purpose_by_whoever_works_on_it(town: Town) -> None:
    unit = town.submitted(town.batch())
    town.send(correction(f"application-{unit}"), OFFICER)
    town.show()
    asked = queries.OpenCorrections(stream=f"application-{unit}", purpose="核对记录")
    key = X25519PrivateKey.generate()
    (item,) = opened(town, asked, OFFICER, key)["items"]
    given = examples.CORRECT.command
    assert (item["wrong"], item["right"], item["reason"]) == (
        given.wrong,
        given.right,
        given.reason,
    )
    assert (item["version"], item["corrects"]) == (2, 1)
    with pytest.raises(NotFound):
        town.ask(asked, ELSEWHERE)


def test_a_units_data_are_corrected_and_its_size_worked_out_anew(town: Town) -> None:
    unit = town.submitted(town.batch())
    town.send(data(unit, staff=400, unit_name="晨光精密机械有限公司"), OFFICER)
    event = town.last(f"application-{unit}").clear()
    assert event["corrected"] == ["staff", "unit_name"]
    assert (event["size"], event["revenue_wan"]) == (Size.MEDIUM, examples.SUBMIT.revenue_wan)

    town.show()
    key = X25519PrivateKey.generate()
    asked = queries.OpenApplication(application_id=unit, purpose="资格审查")
    told = opened(town, asked, OFFICER, key)
    assert (told["unit_name"], told["size"]) == ("晨光精密机械有限公司", Size.MEDIUM)
    assert told["contact_phone"] == examples.SUBMIT.contact_phone


def test_a_corrected_code_is_taken_in_the_batch_and_the_wrong_one_is_free(town: Town) -> None:
    batch_id, wrong, right = town.batch(), credit_code(), credit_code()
    unit = town.submitted(batch_id, credit_code=wrong)
    town.send(data(unit, credit_code=right), OFFICER)
    with pytest.raises(Refused, match="application_in_batch"):
        town.submitted(batch_id, credit_code=right)
    other = town.submitted(batch_id, credit_code=wrong)
    with pytest.raises(Refused, match="application_in_batch"):
        town.send(data(other, credit_code=right), OFFICER)
    town.send(data(unit, address="天元区工业路18号"), OFFICER)


def test_what_does_not_fit_a_unit_is_no_correction(town: Town) -> None:
    batch_id = town.batch()
    unit = town.submitted(batch_id)
    with pytest.raises(Refused) as refusal:
        town.send(data(unit), OFFICER)
    assert refusal.value.reason == "nothing_changes"
    with pytest.raises(Invalid):
        town.send(data(unit, declared_size=Size.SMALL), OFFICER)
    chamber = town.submitted(
        batch_id, unit_kind=UnitKind.CHAMBER, declared_size=Size.SMALL, unit_name=f"商会{fresh()}"
    )
    town.send(data(chamber, declared_size=Size.MICRO), OFFICER)
    assert town.last(f"application-{chamber}").clear()["size"] == Size.MICRO


@pytest.mark.parametrize("way", ["supplementing", "reserve"])
def test_data_are_corrected_wherever_the_unit_still_stands(town: Town, way: str) -> None:
    batch_id = town.batch()
    if way == "supplementing":
        unit = town.submitted(batch_id)
        town.send(replace(examples.REQUEST_SUPPLEMENT, application_id=unit), OFFICER)
    else:
        unit = town.qualified(batch_id)
        town.send(replace(town.deliberation(batch_id), reserves=(unit,)), LEADER)
    town.send(data(unit, staff=400), OFFICER)
    assert town.last(f"application-{unit}").clear()["size"] == Size.MEDIUM


def test_another_credit_code_puts_the_unit_on_notice_anew(town: Town) -> None:
    """Another code is another legal person, and the notice does not show it."""
    batch_id = town.batch_on(town.clock.time)
    code = credit_code()
    unit = town.qualified(batch_id, credit_code=code)
    notice_id = town.noticed(batch_id, unit)
    town.clock.time += 9 * ONE_DAY
    town.send(data(unit, credit_code=code), OFFICER)
    assert town.types(f"notice-{notice_id}") == ["NoticePublished"]

    town.send(data(unit, credit_code=credit_code()), OFFICER)

    with pytest.raises(Refused) as refusal:
        town.send(town.designation(notice_id, unit), LEADER)
    assert refusal.value.reason == "notice_running"
    assert _designating(town, unit)["reason"] == "notice_running"
    town.clock.time += 8 * ONE_DAY
    assert town.send(town.designation(notice_id, unit), LEADER)


def test_a_unit_whose_data_were_corrected_is_designated_as_the_corrected_notice_shows_it(
    town: Town,
) -> None:
    batch_id = town.batch()
    unit = town.qualified(batch_id)
    notice_id = town.noticed(batch_id, unit)
    town.send(data(unit, staff=400, unit_name="晨光精密机械有限公司"), OFFICER)
    town.after_the_notice()
    with pytest.raises(Refused) as refusal:
        town.send(town.designation(notice_id, unit), LEADER)
    assert (refusal.value.reason, refusal.value.fields) == (
        "notice_differs",
        ("application_ids[0]",),
    )
    assert _designating(town, unit)["reason"] == "notice_differs"
    shows = queries.ShowNotice(notice_id=notice_id)
    assert town.ask(shows, OFFICER)["result"]["held_back"] == {unit: "notice_differs"}
    assert "held_back" not in town.ask(shows, PUBLIC)["result"]

    correct = replace(examples.CORRECT_NOTICE, notice_id=notice_id, application_id=unit)
    assert town.send(correct, OFFICER)["events"] == ["NoticeCorrected", "NoticedUnitReplaced"]
    town.show()
    told = town.ask(shows, OFFICER)["result"]
    assert told["runs_from"] == told["corrections"][-1]["first_day"]
    assert told["days_left"] == 7  # from tomorrow: the day of the correction is none of them
    assert told["held_back"] == {}
    (shown,), first = told["units"], told["first_shown"][unit]
    assert (shown["unit_name"], shown["size"]) == ("晨光精密机械有限公司", "medium")
    assert (first["unit_name"] == shown["unit_name"], first["size"]) == (False, "large")
    assert _designating(town, unit)["reason"] == "notice_running"  # the days began anew
    town.clock.time += 8 * ONE_DAY
    town.send(town.designation(notice_id, unit), LEADER)
    assert town.log.stream(f"point-{point_of(unit)}")[0].clear()["unit_name"] == shown["unit_name"]


def test_a_correction_in_words_alone_changes_nothing_that_is_shown(town: Town) -> None:
    batch_id = town.batch()
    unit = town.qualified(batch_id)
    notice_id = town.noticed(batch_id, unit)
    correct = replace(examples.CORRECT_NOTICE, notice_id=notice_id, application_id=unit)
    assert town.send(correct, OFFICER)["events"] == ["NoticeCorrected"]


def _designating(town: Town, unit: str) -> dict[str, object]:
    town.show()
    asked = queries.OpenApplication(application_id=unit, purpose="确定联系点")
    told = opened(town, asked, LEADER, X25519PrivateKey.generate())
    (step,) = (its for its in told["steps"] if its["command"] == "DesignatePoints")
    return dict(step)


@pytest.mark.parametrize("way", ["correction", "supplement"])
def test_a_units_size_goes_by_the_limits_of_the_day_on_which_it_was_filed(
    town: Town, way: str
) -> None:
    """900 and 40 of staff make a hotel large; from the next day on it takes 5000."""
    begins = examples.NOW + 6_000 * ONE_DAY
    higher = replace(
        examples.SET_SIZE_LIMITS,
        effective_from=(begins + ONE_DAY).date(),
        limits=tuple(
            events.SizeLimits(
                trade=Trade.HOTEL_CATERING, measure=measure, large=50_000, medium=900, small=90
            )
            for measure in (Measure.STAFF, Measure.REVENUE_WAN)
        ),
    )
    town.send(higher, Actor("administrator-1", Role.ADMINISTRATOR, CITY))
    town.clock.time = begins
    hotel = {
        "industry_section": "H",
        "trade": Trade.HOTEL_CATERING,
        "staff": 900,
        "revenue_wan": 20_000,
    }
    unit = town.submitted(town.batch_on(begins), **hotel)
    town.clock.time = begins + 2 * ONE_DAY
    if way == "correction":
        town.send(data(unit, staff=901), OFFICER)
    else:
        town.send(replace(examples.REQUEST_SUPPLEMENT, application_id=unit), OFFICER)
        code = credit_code()
        supply = replace(examples.SUPPLY, application_id=unit, **hotel, credit_code=code)
        town.send(supply, APPLICANT)
    assert town.last(f"application-{unit}").clear()["size"] == Size.LARGE
