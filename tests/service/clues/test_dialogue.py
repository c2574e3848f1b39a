"""A conversation with a reporter over a log: who says what, who reads it, what waits for whom."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from shared.access.actor import Actor
from shared.contracts.clues import commands, queries
from shared.contracts.errors import NotFound, Refused
from shared.contracts.roles import Role
from tests.service.clues.test_reporters import by_form, by_form_told, holder, opinion_with, receipt
from tests.service.clues.town import COLLEAGUE, ELSEWHERE, LEADER, OFFICER, ClueTown
from tests.service.town import fresh
from tests.services.clues import examples as example

DAY = dt.timedelta(days=1)
SHOW = queries.ShowConversation()
OUT = Actor("officer-7", Role.OFFICER, "430200")


def ask(town: ClueTown, clue_id: str, text: str = "票据还在吗？") -> str:
    question_id = fresh()
    told = {"clue_id": clue_id, "question_id": question_id, "text": text}
    town.send(dataclasses.replace(example.ASK_REPORTER, **told))
    return question_id


def answer(question_id: str, text: str = "票据都在") -> commands.AnswerQuestion:
    return commands.AnswerQuestion(question_id=question_id, text=text)


def add(text: str = "他们昨天又来了") -> commands.AddInformation:
    return commands.AddInformation(information_id=fresh(), text=text)


def opened(town: ClueTown, clue_id: str, actor: Actor = OFFICER) -> Any:
    return town.ask(queries.OpenDialogue(clue_id=clue_id, purpose="办理"), actor)


def new_for(town: ClueTown, actor: Actor = OFFICER, mine: bool = True) -> list[str]:
    rows: list[Any] = town.ask(queries.ListDialogues(mine=mine, limit=100), actor)["items"]
    return [row["clue_id"] for row in rows]


def test_a_question_is_answered_and_both_read_the_same(town: ClueTown) -> None:
    clue_id, reporter = by_form(town)
    question_id = ask(town, clue_id)
    (shown,) = town.ask(SHOW, reporter)["entries"]
    assert (shown["id"], shown["text"], shown["standing"]) == (question_id, "票据还在吗？", "open")
    assert "by" not in shown
    town.send(answer(question_id), reporter)
    (shown,) = town.ask(SHOW, reporter)["entries"]
    (entry,) = opened(town, clue_id)["entries"]
    assert shown["answer"] == entry["answer"] == "票据都在"
    assert (entry["standing"], entry["by"], entry["is_new"]) == ("answered", OFFICER.id, True)


def test_what_is_new_waits_for_an_officer_until_it_was_read(town: ClueTown) -> None:
    clue_id, reporter = by_form(town)
    town.send(add(), reporter)
    assert clue_id in new_for(town)
    town.send(commands.MarkDialogueRead(clue_id=clue_id, up_to=1))
    assert clue_id not in new_for(town)
    town.send(add(), reporter)
    assert clue_id in new_for(town)
    assert [its["is_new"] for its in opened(town, clue_id)["entries"]] == [False, True]


def test_a_handled_case_is_news_to_its_handlers_and_to_whoever_asks_for_all(
    town: ClueTown,
) -> None:
    clue_id, reporter = by_form(town)
    town.does(clue_id, example.ACCEPT, example.ASSIGN)
    town.send(add(), reporter)
    assert clue_id in new_for(town)
    other = Actor("officer-6", Role.OFFICER, "430200")
    assert clue_id not in new_for(town, other)
    assert clue_id in new_for(town, other, mine=False)
    assert clue_id in new_for(town, LEADER, mine=False)
    assert clue_id not in new_for(town, ELSEWHERE, mine=False)


def test_of_a_joined_case_it_is_news_to_those_who_handle_the_main_one(town: ClueTown) -> None:
    main, _ = by_form(town)
    town.does(main, example.ACCEPT, dataclasses.replace(example.ASSIGN, handlers=(COLLEAGUE.id,)))
    joined, reporter = by_form(town)
    town.send(commands.JoinClue(clue_id=joined, into_clue_id=main, reasons="同一处罚"))
    town.send(add(), reporter)
    assert joined in new_for(town, COLLEAGUE)
    assert joined not in new_for(town, OFFICER)


def test_a_reporter_adds_to_a_case_that_is_closed_and_told(town: ClueTown) -> None:
    clue_id, reporter = by_form_told(town)
    town.send(add("事后又被罚款"), reporter)
    (entry,) = opened(town, clue_id)["entries"]
    assert (entry["kind"], entry["text"]) == ("information", "事后又被罚款")


def test_a_question_lapses_by_the_timekeeper_and_is_answered_all_the_same(town: ClueTown) -> None:
    clue_id, reporter = by_form(town)
    question_id = ask(town, clue_id)
    town.clock.time += 20 * DAY
    for _ in range(2):
        town.look()
    types = town.types(f"dialogue-{clue_id}")
    assert types == ["QuestionAsked", "QuestionLapsed"]
    assert clue_id in new_for(town)
    town.send(answer(question_id), reporter)
    (row,) = [
        row
        for row in town.ask(queries.ListDialogues(limit=100))["items"]
        if row["clue_id"] == clue_id
    ]
    assert (row["unread"], row["asked"]) == (2, 0)


def test_nobody_is_asked_who_has_no_code_to_find_it_by(town: ClueTown) -> None:
    clue_id = town.filed(town.point())
    with pytest.raises(Refused) as refusal:
        ask(town, clue_id)
    assert refusal.value.reason == "no_receipt"
    assert not opened(town, clue_id)["reachable"]
    assert opened(town, by_form(town)[0])["reachable"]


def test_an_opinion_that_became_a_clue_is_talked_about_by_the_same_receipt(town: ClueTown) -> None:
    its, clue_id = receipt(), fresh()
    opinion_id = opinion_with(town, its)
    assert town.ask(SHOW, holder(its)) == {
        "may_add": False,
        "locked": False,
        "entries": [],
    }
    with pytest.raises(NotFound):
        town.send(add(), holder(its))
    town.send(dataclasses.replace(example.TAKE_AS_CLUE, opinion_id=opinion_id, clue_id=clue_id))
    question_id = ask(town, clue_id)
    town.send(answer(question_id), holder(its))
    assert opened(town, clue_id)["entries"][0]["standing"] == "answered"


def test_questions_in_the_case_of_their_retaliation_reach_the_reporter_too(town: ClueTown) -> None:
    clue_id, reporter = by_form(town)
    case = flagged(town, clue_id)
    first, second = ask(town, case, "还有人上门吗？"), ask(town, clue_id)
    town.send(answer(first, "没有了"), reporter)
    told = {its["id"]: its["standing"] for its in town.ask(SHOW, reporter)["entries"]}
    assert told == {first: "answered", second: "open"}
    assert opened(town, case)["entries"][0]["answer"] == "没有了"


def test_another_receipt_finds_neither_the_question_nor_its_answer(town: ClueTown) -> None:
    clue_id, _ = by_form(town)
    question_id = ask(town, clue_id)
    _, other = by_form(town)
    assert town.ask(SHOW, other)["entries"] == []
    with pytest.raises(Refused) as refusal:
        town.send(answer(question_id), other)
    assert refusal.value.reason == "question_unknown"
    nobody = holder(receipt())
    for sent in (answer(question_id), add()):
        with pytest.raises(NotFound):
            town.send(sent, nobody)
    with pytest.raises(NotFound):
        town.ask(SHOW, nobody)


def test_a_note_is_read_by_those_who_work_on_it_and_by_nobody_else(town: ClueTown) -> None:
    clue_id, reporter = by_form(town)
    note = {"clue_id": clue_id, "note_id": fresh()}
    town.send(dataclasses.replace(example.KEEP_NOTE, **note), LEADER)
    (shown,) = opened(town, clue_id, COLLEAGUE)["notes"]
    assert (shown["text"], shown["by"]) == (example.KEEP_NOTE.text, LEADER.id)
    assert town.ask(SHOW, reporter)["entries"] == []
    followed = town.ask(queries.FollowReceipt(), reporter)
    assert example.KEEP_NOTE.text not in str(followed)


def test_whoever_stays_out_neither_reads_nor_writes_in_it(town: ClueTown) -> None:
    clue_id, _ = by_form(town)
    town.send(dataclasses.replace(example.RECUSE, clue_id=clue_id, account_id=OUT.id), LEADER)
    for sent in (
        lambda: opened(town, clue_id, OUT),
        lambda: town.send(dataclasses.replace(example.KEEP_NOTE, clue_id=clue_id), OUT),
        lambda: town.send(dataclasses.replace(example.ASK_REPORTER, clue_id=clue_id), OUT),
    ):
        with pytest.raises(Refused) as refusal:
            sent()
        assert refusal.value.reason == "case_recused"
    assert clue_id not in new_for(town, OUT, mine=False)


def test_to_another_district_it_is_as_if_it_were_not_there(town: ClueTown) -> None:
    clue_id, _ = by_form(town)
    with pytest.raises(NotFound):
        opened(town, clue_id, ELSEWHERE)
    with pytest.raises(NotFound):
        town.send(dataclasses.replace(example.KEEP_NOTE, clue_id=clue_id), ELSEWHERE)


def test_what_a_reporter_sends_keeps_nobody_and_comes_once(town: ClueTown) -> None:
    clue_id, reporter = by_form(town)
    told, command_id = add(), fresh()
    first = town.send(told, reporter, command_id)
    assert town.send(told, reporter, command_id) == first
    (event,) = town.log.stream(f"dialogue-{clue_id}")
    assert event.withheld["actor_id"]["value"] is None
    assert (event.role, event.public) == ("public", {})


def test_erasing_the_case_ends_its_conversation_and_leaves_what_can_be_counted(
    town: ClueTown,
) -> None:
    clue_id, reporter = by_form(town)
    town.send(answer(ask(town, clue_id)), reporter)
    town.send(dataclasses.replace(example.KEEP_NOTE, clue_id=clue_id, note_id=fresh()))
    town.erase(f"clue:{clue_id}")
    shown = opened(town, clue_id)
    assert (shown["news"], shown["entries"][0]["standing"]) == (1, "answered")
    assert [shown["entries"][0][name] for name in ("text", "answer")] == [None, None]
    assert shown["notes"][0]["text"] is None
    assert town.ask(SHOW, reporter)["entries"][0]["answer"] is None


# Follow-ups ----------------------------------------------------------------------------------


def flagged(town: ClueTown, clue_id: str, actor: Actor = OFFICER) -> str:
    town.send(commands.FlagRetaliation(clue_id=clue_id, text="被停止了供货合同"), actor)
    (event,) = [
        its for its in town.log.stream(f"clue-{clue_id}") if its.type == "RetaliationFlagged"
    ]
    return str(event.clear()["retaliation_clue_id"])


def due(town: ClueTown, case: str, actor: Actor = OFFICER) -> Any:
    rows = town.ask(queries.ListFollowUps(mine=True, limit=100), actor)["items"]
    return next((row for row in rows if row["clue_id"] == case), None)


def test_a_case_of_retaliation_is_followed_up_in_colour_until_it_is_over(town: ClueTown) -> None:
    clue_id, _ = by_form(town)
    case = flagged(town, clue_id)
    assert due(town, case)["tone"] == "green"
    town.clock.time += 7 * DAY
    assert due(town, case)["tone"] == "yellow"
    town.clock.time += DAY
    assert due(town, case)["tone"] == "red"
    town.look()
    shown = town.ask(queries.ListClues(late=True, limit=100))["items"]
    assert case in [row["clue_id"] for row in shown]
    call = {"clue_id": case, "done_on": town.today}
    town.send(dataclasses.replace(example.FOLLOW_UP, **call))
    assert due(town, case)["tone"] == "green"
    told = opened(town, case)["follow_ups"]
    assert (told["number"], told["records"][0]["suffering"]) == (2, False)
    assert opened(town, clue_id)["follow_ups"] is None


def test_a_filing_that_tells_of_retaliation_is_followed_up_as_well(town: ClueTown) -> None:
    clue_id, _ = by_form(town, retaliation=True)
    (event,) = [
        its for its in town.log.stream(f"clue-{clue_id}") if its.type == "RetaliationFlagged"
    ]
    assert due(town, str(event.clear()["retaliation_clue_id"])) is not None


def test_what_a_reporter_flags_keeps_nobody(town: ClueTown) -> None:
    clue_id, reporter = by_form(town)
    case = flagged(town, clue_id, reporter)
    (event,) = town.log.stream(f"followup-{case}")
    assert event.withheld["actor_id"]["value"] is None


def test_alarms_of_follow_ups_are_raised_once(town: ClueTown) -> None:
    case = flagged(town, by_form(town)[0])
    town.clock.time += 40 * DAY
    for _ in range(7):
        town.look()
    types = town.types(f"followup-{case}")
    assert types == ["FollowUpsScheduled", *["AlarmRaised"] * 5]
    assert due(town, case)["raised"] == "publish"


def test_a_point_does_not_see_when_it_is_followed_up(town: ClueTown) -> None:
    point = town.point()
    case = flagged(town, town.filed(point))
    (row,) = [
        row
        for row in town.ask(queries.ListClues(limit=100), point)["items"]
        if row["clue_id"] == case
    ]
    assert [its["name"] for its in row["limits"]] == ["acceptance"]
    assert row["next_due"] == row["limits"][0]["due_on"]
