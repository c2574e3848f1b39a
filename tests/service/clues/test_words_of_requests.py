"""What is written in a request for erasure is read by who decides, and goes with its matter."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from shared.contracts.clues import queries
from shared.contracts.clues.vocabulary import Reporting
from shared.contracts.erasure import commands
from shared.contracts.erasure.queries import ListErasures, ShowErasure
from tests.service.clues.test_erasing import (
    REPORTER,
    SECOND,
    WHOLE,
    allow,
    approve,
    destroying,
    erased,
    filing,
    locked,
    told_back,
)
from tests.service.clues.test_search import filed
from tests.service.clues.town import LEADER, OFFICER, ClueTown
from tests.service.town import fresh
from tests.services.clues import examples

NAMED = "赵某本人到窗口提出"


def requested(town: ClueTown, clue_id: str, **instead: Any) -> str:
    erasure_id = fresh()
    told = {"scope": REPORTER, "reason": NAMED, **instead}
    stream = f"clue-{clue_id}"
    town.send(commands.RequestErasure(erasure_id=erasure_id, stream=stream, **told), OFFICER)
    return erasure_id


def shown(town: ClueTown, erasure_id: str) -> Any:
    return town.ask(ShowErasure(erasure_id=erasure_id), LEADER)


def test_words_of_this_and_of_refused_requests_go_with_what_they_are_about(town: ClueTown) -> None:
    clue_id = told_back(town)
    refused = requested(town, clue_id)
    refusal = commands.RefuseErasure(erasure_id=refused, reasons="来人不是赵某")
    town.send(refusal, LEADER)
    told = shown(town, refused)
    assert (told["reason"], told["refusal"]) == (NAMED, "来人不是赵某")
    again = requested(town, clue_id)
    for leader in (LEADER, SECOND):
        approve(town, again, leader)
    destroying(town).apply()
    assert shown(town, refused)["reason"] is shown(town, refused)["refusal"] is None
    told = shown(town, again)
    assert (told["reason"], told["keys_destroyed"]) == (None, True)
    assert (told["scope"], told["ground"]) == ("reporter", "subject_asks")


def test_an_open_request_about_all_of_it_keeps_its_words_until_it_is_decided(
    town: ClueTown,
) -> None:
    clue_id = told_back(town)
    whole = requested(town, clue_id, scope=WHOLE)
    erased(town, clue_id, REPORTER)
    assert shown(town, whole)["reason"] == NAMED
    for leader in (LEADER, SECOND):
        approve(town, whole, leader)
    destroying(town).apply()
    assert shown(town, whole)["reason"] is None


def test_nothing_of_it_is_in_clear_in_the_log_or_in_a_list(town: ClueTown) -> None:
    clue_id = told_back(town)
    erasure_id = requested(town, clue_id)
    bodies = [its.body() for its in town.log.stream(f"erasure-{erasure_id}")]
    assert "赵" not in json.dumps(bodies, ensure_ascii=False)
    listed = ListErasures(status=None, stream=f"clue-{clue_id}", cursor=None, limit=None)
    [row] = town.ask(listed, LEADER)["items"]
    assert row.keys().isdisjoint({"reason", "refusal", "lock_reasons", "reading_purpose", "sealed"})


def test_why_it_is_locked_and_read_is_told_while_it_is_locked(town: ClueTown) -> None:
    erasure_id = locked(town, told_back(town))
    allow(town, erasure_id, LEADER)
    told = shown(town, erasure_id)
    assert (told["lock_reasons"], told["reading_purpose"]) == ("档案保存期未满", "复议机关调卷")


def test_what_readers_of_a_case_wrote_goes_with_it_and_it_is_shown_all_the_same(
    town: ClueTown,
) -> None:
    clue_id = filed(town, OFFICER, reporting=Reporting.CONFIDENTIAL)
    town.does(clue_id, examples.DECLINE, examples.GIVE_FEEDBACK)
    town.clock.time += dt.timedelta(days=60)
    asked = queries.OpenClue(clue_id=clue_id, purpose="回复赵某来电")
    assert filing(town.ask(asked))["text"] is not None
    bodies = [its.body() for its in town.log.stream(f"reading-{clue_id}")]
    assert bodies
    assert "赵" not in json.dumps(bodies, ensure_ascii=False)
    readers = queries.ListCaseReaders(clue_id=clue_id)
    assert {its["purpose"] for its in town.ask(readers, LEADER)["items"]} == {"回复赵某来电"}
    erased(town, clue_id)
    assert {its["purpose"] for its in town.ask(readers, LEADER)["items"]} == {None}
    town.clock.time += dt.timedelta(hours=1)
    assert filing(town.ask(asked))["text"] is None


def test_the_two_who_read_a_locked_case_put_it_on_record(town: ClueTown) -> None:
    clue_id = filed(town, OFFICER, reporting=Reporting.CONFIDENTIAL)
    town.does(clue_id, examples.DECLINE, examples.GIVE_FEEDBACK)
    town.clock.time += dt.timedelta(days=60)
    erasure_id = locked(town, clue_id)
    for leader in (LEADER, SECOND):
        allow(town, erasure_id, leader)
    asked = queries.OpenClue(clue_id=clue_id, purpose="复议机关调卷")
    assert filing(town.ask(asked, SECOND))["text"] is not None
    [reader] = town.ask(queries.ListCaseReaders(clue_id=clue_id), LEADER)["items"]
    assert (reader["read_by"], reader["purpose"]) == (SECOND.id, "复议机关调卷")
