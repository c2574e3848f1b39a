"""Units that leave after deliberation, over a log: their place, their rank, their notice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.contracts.errors import NotFound, Refused
from shared.contracts.registry import queries
from shared.contracts.registry.vocabulary import ObjectionOutcome
from tests.service.test_deliberation import decided
from tests.service.test_lists import ask
from tests.service.test_objections import objected
from tests.service.test_opened_application import opened, possible
from tests.service.test_reviews import asked
from tests.service.town import APPLICANT, LEADER, OFFICER, PUBLIC, Town, fresh
from tests.services.registry import examples


def striking(application_id: str, **instead: object) -> object:
    given = {"application_id": application_id, "deliberation_id": fresh()}
    return replace(examples.STRIKE_OFF, **{**given, **instead})


def take_back(application_id: str) -> object:
    return replace(examples.TAKE_BACK, application_id=application_id)


def test_the_place_of_a_listed_unit_that_withdraws_goes_to_the_next_reserve(town: Town) -> None:
    batch_id, listed, first, second, _ = decided(town)
    town.send(take_back(listed), APPLICANT)
    assert opened(town, listed)["status"] == "withdrawn"
    town.send(replace(examples.PROMOTE, batch_id=batch_id, application_id=first), LEADER)
    town.show()
    told = ask(town, queries.ShowBatch(batch_id=batch_id))
    assert (told["reserves"], told["places_left"]) == ([second], 0)


def test_a_reserve_that_is_struck_off_moves_up_no_more(town: Town) -> None:
    batch_id, listed, first, second, _ = decided(town)
    town.send(striking(first), LEADER)
    town.show()
    assert ask(town, queries.ShowBatch(batch_id=batch_id))["reserves"] == [second]
    town.send(striking(listed), LEADER)
    promote = replace(examples.PROMOTE, batch_id=batch_id, application_id=first)
    with pytest.raises(Refused) as refusal:
        town.send(promote, LEADER)
    assert refusal.value.reason == "not_a_reserve"


def test_the_applicant_reads_why_and_the_bureau_the_minutes(town: Town) -> None:
    batch_id, listed, *_ = decided(town)
    command = striking(listed)
    town.send(command, LEADER)
    told = opened(town, listed, APPLICANT)
    assert (told["status"], told["rejection_stage"], told["reasons"]) == (
        "rejected", "striking_off", "审查合格后被列入失信被执行人名单",
    )  # fmt: skip
    question = queries.OpenDeliberation(
        batch_id=batch_id,
        deliberation_id=command.deliberation_id,  # type: ignore[attr-defined]
        purpose="查看记录",
    )
    held = asked(town, question, LEADER)
    assert (held["decided"], held["struck_off"], held["minutes"]) == (
        True, [listed], "会议研究同意取消资格",
    )  # fmt: skip
    assert [unit["application_id"] for unit in held["units"]] == [listed]
    _, latest = ask(town, queries.ShowBatch(batch_id=batch_id))["deliberations"]
    assert latest["struck_off"] == [listed]


def test_a_unit_on_notice_that_withdraws_stands_there_as_gone_and_is_not_designated(
    town: Town,
) -> None:
    notice_id, unit, objection_id = objected(town)
    town.send(take_back(unit), APPLICANT)
    town.show()
    told = ask(town, queries.ShowNotice(notice_id=notice_id), PUBLIC)
    assert told["departed"] == {unit: "2026-03-02"}
    sustained = replace(
        examples.OVERRULE,
        notice_id=notice_id,
        objection_id=objection_id,
        outcome=ObjectionOutcome.SUSTAINED,
    )
    town.send(sustained, OFFICER)
    assert opened(town, unit)["status"] == "withdrawn"


def test_a_point_is_not_struck_off_it_retires(town: Town) -> None:
    batch_id = town.batch()
    unit = town.qualified(batch_id)
    notice_id = town.noticed(batch_id, unit)
    town.after_the_notice()
    assert {"StrikeOff", "DesignatePoints"} <= possible(town, unit, LEADER)
    assert "StrikeOff" not in possible(town, unit, OFFICER)
    town.send(town.designation(notice_id, unit), LEADER)
    with pytest.raises(Refused) as refusal:
        town.send(striking(unit), LEADER)
    assert refusal.value.reason == "wrong_state"


def test_another_bureau_strikes_nobody_off(town: Town) -> None:
    unit = town.qualified(town.batch())
    with pytest.raises(NotFound):
        town.send(striking(unit), replace(LEADER, division="430300"))
    with pytest.raises(NotFound):
        town.send(striking(unit), replace(LEADER, division="430211"))
