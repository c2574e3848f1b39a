"""The second batch's data: something at every station, and units that the rules let in."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from examples.first_batch.data import load as load_first
from examples.first_batch.second_data import LATE, Course, load
from examples.play import payloads
from examples.play.data import Applicant
from services.registry.domain.review import checks_for
from services.registry.unit_data import profile
from shared.contracts.days import ONE_DAY
from shared.contracts.registry.commands import COMMANDS, SubmitApplication
from shared.contracts.registry.vocabulary import UnitKind
from shared.reference import credit_code

BATCH, FIRST = load(), load_first()
UNITS = [its.applicant for its in BATCH.courses]
START = dt.date(2026, 12, 23)
SOME_ID = "0c9b8f0e-7f3d-4f4e-9a53-2f6d3c1b7a11"
OTHER_ID = "5f0e3a51-38a8-4c5e-8a25-1f1f3cbb0a3e"


def by_key(its: Course | Applicant) -> str:
    return its.applicant.key if isinstance(its, Course) else its.key


def test_units_stand_at_every_station_that_somebody_waits_at() -> None:
    stations = Counter(its.reaches for its in BATCH.courses)
    assert stations.keys() == {
        *("submitted", "under_review", "qualified", "reserve", "left_out", "listed"),
        *("notice", "designation", "rejected"),
    }


@pytest.mark.parametrize("unit", UNITS, ids=by_key)
def test_every_application_is_one_that_the_registry_takes(unit: Applicant) -> None:
    payload = payloads.application(unit, SOME_ID, OTHER_ID)
    command = COMMANDS.find("SubmitApplication").load(payload)
    assert isinstance(command, SubmitApplication)
    profile(command, BATCH.round.division, START)
    assert (command.recommender is None) == (command.channel == "self_nominated")
    if command.credit_code is not None:
        credit_code.validate(command.credit_code)


@pytest.mark.parametrize("course", BATCH.courses, ids=by_key)
def test_what_happens_to_a_unit_fits_how_far_it_comes(course: Course) -> None:
    unit = course.applicant
    assert {its.check for its in unit.checks} == {
        str(check) for check in checks_for(UnitKind(unit.application["unit_kind"]))
    }
    failed = course.applicant.formal_failure is not None or not unit.qualifies
    assert failed == (course.reaches == "rejected")
    if course.checks_made is not None:
        assert course.reaches == "under_review"
        assert course.checks_made < len(unit.checks)
    if course.votes_cast:
        assert course.reaches == "under_review"
        assert course.checks_made is None
    assert (course.left_out is not None) == (course.reaches == "left_out")


def test_no_unit_of_either_batch_shares_name_code_contact_or_phone_with_another() -> None:
    both = [*UNITS, *FIRST.batch.applicants]
    for field in ("unit_name", "credit_code", "address", "contact_name", "contact_phone"):
        values = [its.application[field] for its in both if its.application[field]]
        assert len(values) == len(set(values)), field
    keys = [its.key for its in both]
    assert len(keys) == len(set(keys))


def test_phone_numbers_are_such_as_nobody_can_have() -> None:
    phones = [str(its.application["contact_phone"]) for its in UNITS]
    phones += [its.contact_phone for its in BATCH.objections if its.contact_phone]
    assert all(phone.startswith("0731-00000") for phone in phones)


def test_the_last_notice_runs_and_the_one_before_is_over_while_the_batch_is_open() -> None:
    first, last = BATCH.sittings
    assert last.day > first.day + 7
    assert last.day < BATCH.round.days.closes
    assert first.noticed == {"designation"}
    assert "notice" in last.noticed


def test_sittings_list_what_was_examined_before_them_and_fit_the_places() -> None:
    listed = [unit for its in BATCH.sittings for unit in BATCH.that_reach(its.listed)]
    assert len(listed) == len({by_key(unit) for unit in listed}) <= BATCH.round.places
    for sitting in BATCH.sittings:
        assert sitting.noticed <= sitting.listed
        assert not sitting.listed & LATE
        assert sitting.deliberation.present * 2 > sitting.deliberation.members


def test_the_last_sitting_names_a_reserve_and_who_is_left_out_too() -> None:
    assert [its.closes for its in BATCH.sittings] == [False, True]
    assert len(BATCH.that_reach({"reserve"})) == 1


def test_both_batches_have_the_same_review_group() -> None:
    assert BATCH.group == FIRST.batch.group


def test_the_open_objection_is_to_a_unit_of_the_running_notice() -> None:
    (objection,) = BATCH.objections
    noticed = {unit.key for unit in BATCH.that_reach(BATCH.sittings[-1].noticed)}
    assert objection.applicant in noticed
    assert objection.outcome is None


def test_every_payload_is_one_that_its_command_s_schema_takes() -> None:
    found = [("OpenBatch", payloads.open_batch(BATCH.round, SOME_ID, START))]
    for its in BATCH.sittings:
        held_on = START + its.day * ONE_DAY
        meeting = payloads.deliberation(its.deliberation, SOME_ID, OTHER_ID, held_on, [SOME_ID])
        found.append(("RecordDeliberation", meeting))
        found.append(("PublishNotice", payloads.notice(its.notice, SOME_ID, OTHER_ID, [SOME_ID])))
    for objection in BATCH.objections:
        payload = payloads.objection(objection, SOME_ID, OTHER_ID, SOME_ID)
        found.append(("ObjectToNotice", payload))
    for command_type, payload in found:
        COMMANDS.find(command_type).load(payload)
