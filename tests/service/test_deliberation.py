"""The bureau's decision over a log: reserves, who was left out, promotion, what is read of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.contracts.errors import NotFound, Refused
from shared.contracts.registry import commands, queries
from shared.contracts.registry.vocabulary import ObjectionOutcome
from tests.service.test_lists import ask
from tests.service.test_opened_application import opened, steps
from tests.service.test_reviews import asked
from tests.service.test_tasks import waiting
from tests.service.town import APPLICANT, LEADER, OFFICER, PUBLIC, Town, credit_code, fresh
from tests.services.registry import examples

OTHER_CITY = "430300"


def decided(town: Town, places: int = 1) -> tuple[str, str, str, str, str]:
    """A batch whose one place is given: listed, two reserves, one left out."""
    batch_id = town.batch(places=places)
    listed, first, second, out = (town.qualified(batch_id) for _ in range(4))
    decision = replace(
        town.deliberation(batch_id, listed),
        reserves=(first, second),
        left_out=(commands.LeftOut(application_id=out, reasons="本区名额已满"),),
    )
    town.send(decision, LEADER)
    return batch_id, listed, first, second, out


def test_every_qualified_unit_is_accounted_for_and_told_where_it_stands(town: Town) -> None:
    batch_id, listed, first, second, out = decided(town)
    stands = {unit: opened(town, unit, OFFICER)["status"] for unit in (listed, first, second, out)}
    assert list(stands.values()) == ["listed", "reserve", "reserve", "left_out"]
    assert opened(town, out, APPLICANT)["reasons"] == "本区名额已满"
    told = ask(town, queries.ShowBatch(batch_id=batch_id))
    assert (told["qualified"], told["reserves"]) == ([], [first, second])


def test_a_unit_that_qualified_and_is_not_mentioned_keeps_the_round_open(town: Town) -> None:
    batch_id = town.batch()
    listed, forgotten = town.qualified(batch_id), town.qualified(batch_id)
    closing = replace(town.deliberation(batch_id, listed), left_out=())
    with pytest.raises(Refused) as refusal:
        town.send(closing, LEADER)
    assert refusal.value.reason == "qualified_unaccounted"
    town.send(replace(closing, reserves=(forgotten,)), LEADER)


def test_reserves_have_one_order_over_all_meetings_and_each_knows_its_place(town: Town) -> None:
    batch_id, _, first, second, _ = decided(town)
    third = town.qualified(batch_id)
    town.send(replace(town.deliberation(batch_id), reserves=(third,)), LEADER)
    ranks = [town.last(f"application-{its}").clear()["rank"] for its in (first, second, third)]
    assert ranks == [1, 2, 3]
    assert opened(town, third, APPLICANT)["reserve_rank"] == 3
    town.send(replace(examples.TAKE_BACK, application_id=first), APPLICANT)
    town.show()
    told = [opened(town, its, APPLICANT)["reserve_rank"] for its in (first, second, third)]
    assert told == [None, 1, 2]


def test_a_place_freed_by_an_objection_goes_to_the_next_reserve_with_its_own_notice(
    town: Town,
) -> None:
    batch_id, listed, first, second, _ = decided(town)
    notice = town.publication(batch_id, listed)
    town.send(notice, LEADER)
    step = steps(opened(town, first, LEADER))["PromoteReserve", None]
    assert step["reason"] == "too_few_places"

    about = {"notice_id": notice.notice_id, "objection_id": fresh()}
    town.send(replace(examples.OBJECT, **about, application_id=listed), PUBLIC)
    sustained = replace(examples.OVERRULE, **about, outcome=ObjectionOutcome.SUSTAINED)
    town.send(sustained, OFFICER)
    step = steps(opened(town, second, LEADER))["PromoteReserve", None]
    assert (step["possible"], step["needs"]) == (True, ["reasons"])
    promote = replace(examples.PROMOTE, batch_id=batch_id, application_id=first)
    town.send(promote, LEADER)
    own = town.publication(batch_id, first)
    town.send(own, LEADER)
    told = opened(town, first, OFFICER)
    assert (told["status"], told["notice_id"]) == ("on_notice", own.notice_id)
    assert own.notice_id != notice.notice_id


def test_a_reserve_applies_in_the_next_batch_once_the_reserves_are_closed(town: Town) -> None:
    batch_id, next_batch, code = town.batch(), town.batch(), credit_code()
    kept, other = town.qualified(batch_id, credit_code=code), town.qualified(batch_id)
    town.send(replace(town.deliberation(batch_id), reserves=(kept, other)), LEADER)
    again = town.submission(next_batch, credit_code=code)
    with pytest.raises(Refused) as refusal:
        town.send(again, APPLICANT)
    assert refusal.value.reason == "unit_applies_elsewhere"
    close = replace(examples.CLOSE_RESERVES, batch_id=batch_id)
    with pytest.raises(NotFound):
        town.send(close, replace(LEADER, division=OTHER_CITY))
    town.send(close, LEADER)
    town.send(again, APPLICANT)
    assert town.types(f"batch-{batch_id}")[-1] == "ReservesClosed"
    told = opened(town, kept, APPLICANT)
    assert (told["status"], told["reasons"]) == ("left_out", close.reasons)
    assert ask(town, queries.ShowBatch(batch_id=batch_id))["reserves"] == []


def test_a_meeting_without_a_quorum_is_on_record_with_its_minutes(town: Town) -> None:
    batch_id = town.batch()
    adjourned = replace(examples.ADJOURN, batch_id=batch_id, deliberation_id=fresh())
    town.send(adjourned, LEADER)
    question = queries.OpenDeliberation(
        batch_id=batch_id, deliberation_id=adjourned.deliberation_id, purpose="查看记录"
    )
    told = asked(town, question, LEADER)
    assert (told["decided"], told["present"], told["minutes"]) == (
        False, 4, "到会人数不足，改期研究",
    )  # fmt: skip
    with pytest.raises(NotFound):
        asked(town, question, replace(LEADER, division=OTHER_CITY))
    (held,) = ask(town, queries.ShowBatch(batch_id=batch_id))["deliberations"]
    assert held["decided"] is False


def test_who_reads_a_meeting_is_told_which_units_it_decided_about_and_why_not(town: Town) -> None:
    batch_id, listed, first, second, out = decided(town)
    town.show()
    (held,) = ask(town, queries.ShowBatch(batch_id=batch_id))["deliberations"]
    question = queries.OpenDeliberation(
        batch_id=batch_id, deliberation_id=held["deliberation_id"], purpose="查看记录"
    )
    told = asked(town, question, OFFICER)
    assert [its["application_id"] for its in told["units"]] == [listed, first, second, out]
    assert [its["status"] for its in told["units"]] == ["listed", "reserve", "reserve", "left_out"]
    assert all(its["unit_name"] for its in told["units"])
    assert [its["reasons"] for its in told["units"]] == [None, None, None, "本区名额已满"]


def test_a_freed_place_waits_for_the_leader_while_there_are_reserves(town: Town) -> None:
    batch_id, listed, first, _, _ = decided(town)
    assert "promotion" not in {kind for kind, _, _ in waiting(town, LEADER, batch_id)}
    notice = town.publication(batch_id, listed)
    town.send(notice, LEADER)
    about = {"notice_id": notice.notice_id, "objection_id": fresh()}
    town.send(replace(examples.OBJECT, **about, application_id=listed), PUBLIC)
    town.send(replace(examples.OVERRULE, **about, outcome=ObjectionOutcome.SUSTAINED), OFFICER)
    assert waiting(town, LEADER, batch_id) == [("promotion", batch_id, 1)]
    assert waiting(town, OFFICER, batch_id) == []
    town.send(replace(examples.PROMOTE, batch_id=batch_id, application_id=first), LEADER)
    assert waiting(town, LEADER, batch_id) == [("notice", batch_id, 1)]
