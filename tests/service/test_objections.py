"""Objections over a log: limits that pass, units that are corrected, what the objector learns."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from shared.access.actor import SYSTEM
from shared.contracts.errors import Invalid, NotFound, Refused
from shared.contracts.registry import commands, queries
from tests.service.test_lists import ask, everything
from tests.service.test_opened_application import opened, steps
from tests.service.test_reviews import asked
from tests.service.test_tasks import waiting
from tests.service.town import LEADER, OFFICER, PUBLIC, Town, fresh
from tests.services.registry import examples

CODE = "r7Kd-93Qm-wX2p-84Lt"
DAY = dt.timedelta(days=1)


def objected(town: Town, **instead: object) -> tuple[str, str, str]:
    """A unit on notice that somebody objects to: notice, unit, objection."""
    batch_id = town.batch()
    unit = town.qualified(batch_id)
    notice_id, objection_id = town.noticed(batch_id, unit), fresh()
    given = {"notice_id": notice_id, "objection_id": objection_id, "application_id": unit}
    town.send(replace(examples.OBJECT, **{**given, **instead}), PUBLIC)
    return notice_id, unit, objection_id


def follow(town: Town, objection_id: str, code: str = CODE) -> object:
    question = queries.FollowObjection(objection_id=objection_id, receipt_code=code)
    return asked(town, question, PUBLIC)


def test_whoever_holds_the_receipt_learns_the_outcome_and_its_reasons(town: Town) -> None:
    notice_id, _, objection_id = objected(town, receipt_code=CODE)
    told = follow(town, objection_id)
    assert (told["outcome"], told["reasons"], told["due_on"]) == (None, None, "2026-03-16")
    decision = replace(examples.OVERRULE, notice_id=notice_id, objection_id=objection_id)
    town.send(decision, OFFICER)
    told = follow(town, objection_id)
    assert (told["outcome"], told["reasons"]) == ("overruled", "经核实不影响")
    question = queries.OpenObjection(objection_id=objection_id, purpose="异议核实")
    assert asked(town, question, OFFICER)["reasons"] == "经核实不影响"


def test_an_objection_is_found_by_its_number_and_the_code_tells_which(town: Town) -> None:
    begin = fresh()[:8]
    ids = [begin + fresh()[8:] for _ in range(2)]
    codes = ["r7Kd-93Qm-wX2p-84Lt", "q7Kd-93Qm-wX2p-84Lt"]
    for objection_id, code in zip(ids, codes, strict=True):
        objected(town, receipt_code=code, objection_id=objection_id)
    for objection_id, code in zip(ids, codes, strict=True):
        told = asked(
            town, queries.FollowObjection(objection_number=begin, receipt_code=code), PUBLIC
        )
        assert told["objection_id"] == objection_id
    for number, code in ((begin, "x" * 19), (fresh()[:8], codes[0])):
        with pytest.raises(NotFound):
            asked(town, queries.FollowObjection(objection_number=number, receipt_code=code), PUBLIC)
    with pytest.raises(Invalid) as invalid:
        asked(town, queries.FollowObjection(receipt_code=codes[0]), PUBLIC)
    assert invalid.value.problems[0].path == "objection_number"


@pytest.mark.parametrize(("given", "code"), [(CODE, "r7Kd-93Qm-wX2p-84Lu"), (None, CODE)])
def test_without_the_right_receipt_there_is_no_such_objection(
    town: Town, given: str | None, code: str
) -> None:
    _, _, objection_id = objected(town, receipt_code=given)
    with pytest.raises(NotFound):
        follow(town, objection_id, code)


def test_a_limit_that_passes_is_on_record_and_extended_ones_later(town: Town) -> None:
    notice_id, unit, objection_id = objected(town)
    about = {"notice_id": notice_id, "objection_id": objection_id}
    town.send(replace(examples.EXTEND_VERIFICATION, **about), LEADER)
    town.show()
    (row,) = everything(town, queries.ListObjections(notice_id=notice_id))
    assert (row["due_on"], row["extended"], row["overdue"]) == ("2026-03-23", True, False)
    step = steps(opened(town, unit, LEADER))["ExtendVerification", None]
    assert step["reason"] == "extended_already"

    town.clock.time += 22 * DAY
    town.commands.act(commands.MarkObjectionOverdue(**about), fresh(), fresh(), None)
    town.show()
    (row,) = everything(town, queries.ListObjections(notice_id=notice_id))
    assert row["overdue"]
    assert town.last(f"notice-{notice_id}").role == str(SYSTEM.role)


def test_a_corrected_unit_waits_for_its_own_days_and_the_notice_runs_as_long(town: Town) -> None:
    batch_id = town.batch()
    units = [town.qualified(batch_id) for _ in range(2)]
    notice_id = town.noticed(batch_id, *units)
    town.clock.time += 4 * DAY
    correct = replace(examples.CORRECT_NOTICE, notice_id=notice_id, application_id=units[0])
    town.send(correct, OFFICER)
    town.show()
    told = ask(town, queries.ShowNotice(notice_id=notice_id), PUBLIC)
    assert (told["last_day"], told["runs_until"]) == ("2026-03-09", "2026-03-13")
    assert told["corrections"][0]["wrong"] == correct.wrong

    town.clock.time += 4 * DAY
    assert waiting(town, LEADER, notice_id) == [("designation", notice_id, 1)]
    reasons = {
        unit: steps(opened(town, unit, LEADER))["DesignatePoints", None]["reason"] for unit in units
    }
    assert list(reasons.values()) == ["notice_running", None]
    town.send(town.designation(notice_id, units[1]), LEADER)
    town.clock.time += 4 * DAY
    town.send(town.designation(notice_id, units[0]), LEADER)
    assert waiting(town, LEADER, notice_id) == []


def test_an_objection_id_is_used_once_over_all_notices(town: Town) -> None:
    notices = []
    for _ in range(2):
        batch_id = town.batch()
        unit = town.qualified(batch_id)
        notices.append((town.noticed(batch_id, unit), unit))
    objection_id = fresh()

    def objection(place: int) -> object:
        notice_id, unit = notices[place]
        return replace(
            examples.OBJECT, notice_id=notice_id, application_id=unit, objection_id=objection_id
        )

    town.send(objection(0), PUBLIC)
    with pytest.raises(Refused) as refusal:
        town.send(objection(1), PUBLIC)

    assert (refusal.value.reason, refusal.value.fields) == ("already_exists", ("objection_id",))
