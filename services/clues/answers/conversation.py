"""A conversation as it is read: each question with its answer, and what was told besides.

Folded from the events of a dialogue as `recorded` gives them, so it shows what was just said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from shared.contracts.clues.vocabulary import QuestionStanding
from shared.contracts.days import business_date
from shared.contracts.stored import instant
from shared.projections.model import Row

_NEWS = ("QuestionAnswered", "QuestionLapsed", "InformationAdded")
SAID = ("QuestionAsked", *_NEWS, "LimitMoved")
"""Events that both sides may read of."""


def entries_of(records: Sequence[Row], read: int = 0) -> list[Row]:
    """What was said, in its order; `is_new` is what came after the first `read` things that came.

    `{kind: "question", id, at, by, text, due_on, provisional, standing, answered_at, answer,
    is_new}`, `{kind: "information", id, at, text, is_new}`
    """
    entries: dict[str, Row] = {}
    news = 0
    for its in records:
        values = its["values"]
        match its["type"]:
            case "QuestionAsked":
                entries[values["question_id"]] = _question(its)
            case "LimitMoved":
                entries[values["about"]] |= _days(values["watch"])
            case "QuestionAnswered" | "QuestionLapsed":
                news += 1
                entries[values["question_id"]] |= {**_answered(its), "is_new": news > read}
            case "InformationAdded":
                news += 1
                entries[values["information_id"]] = _information(its, news > read)
    return list(entries.values())


def news_of(records: Sequence[Row]) -> int:
    """How much has come."""
    return sum(its["type"] in _NEWS for its in records)


def for_reporter(entry: Row) -> Row:
    """An entry in days, without who asked."""
    shown = {name: its for name, its in entry.items() if name not in ("at", "by", "is_new")}
    shown["on"] = _day(entry["at"])
    if "answered_at" in shown:
        shown["answered_on"] = _day(shown.pop("answered_at"))
    return shown


def _day(moment: str | None) -> dt.date | None:
    return None if moment is None else business_date(instant(moment))


def _question(record: Row) -> Row:
    values: Any = record["values"]
    return {
        "kind": "question",
        "id": values["question_id"],
        "at": record["occurred_at"],
        "by": values["asked_by"],
        "text": values["text"],
        **_days(values["answering"]),
        "standing": str(QuestionStanding.OPEN),
        "answered_at": None,
        "answer": None,
        "is_new": False,
    }


def _days(watch: Any) -> Row:
    return {name: watch["span"][name] for name in ("due_on", "provisional")}


def _answered(record: Row) -> Row:
    if record["type"] == "QuestionLapsed":
        return {"standing": str(QuestionStanding.LAPSED)}
    return {
        "standing": str(QuestionStanding.ANSWERED),
        "answered_at": record["occurred_at"],
        "answer": record["values"]["text"],
    }


def _information(record: Row, is_new: bool) -> Row:
    return {
        "kind": "information",
        "id": record["values"]["information_id"],
        "at": record["occurred_at"],
        "text": record["values"]["text"],
        "is_new": is_new,
    }
