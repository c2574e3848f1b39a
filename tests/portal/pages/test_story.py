"""How the history of a case reads: what was raised in the alarm's own words, and by whom."""

from __future__ import annotations

from typing import Any

from services.portal.pages.clues.story import Story, clear


def record(event: str, role: str | None, **values: Any) -> dict[str, Any]:
    at = "2026-03-02T04:00:00Z"
    return {"type": event, "version": 1, "occurred_at": at, "role": role, "values": values}


def told(*records: dict[str, Any]) -> list[tuple[str, str]]:
    return [(its["title"], its["who"]) for its in Story(records, {}).told()]


def test_an_alarm_says_how_far_it_has_got_and_with_what() -> None:
    alarm = record("AlarmRaised", "system", name="answer", about=None, stage="nudge")
    assert told(alarm) == [("催办：受转单位答复", "系统")]
    assert Story([alarm], {}).told()[0]["rows"] == []


def test_nobody_is_named_of_what_the_log_keeps_nobody_of() -> None:
    assert told(record("ClueFiled", "public")) == [("线索已登记", "")]


def test_what_is_locked_is_not_said_to_be_gone() -> None:
    assert [clear(None), clear(None, locked=True)] == ["（已依法删除）", "（已依法封存）"]
    assert clear("还在", locked=True) == "还在"


def test_an_answer_that_lacks_a_part_goes_back_by_itself() -> None:
    by_itself = record("AnswerReturned", "enforcement_body", missing=["basis"])
    by_hand = record("AnswerReturned", "officer", missing=["basis"])
    assert [who for _, who in told(by_itself, by_hand)] == ["自动退回", "经办人员"]
