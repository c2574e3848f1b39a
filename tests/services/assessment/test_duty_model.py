"""What the model of duty records makes of the events of a clue, an opinion, a box, a training."""

from __future__ import annotations

from typing import Any

import pytest

from services.assessment.answers.facts import last_findings
from services.assessment.domain.duty_fact import DutyFact
from services.assessment.views.duties import DUTIES
from shared.contracts.assessment.vocabulary.duties import DutyKind
from shared.contracts.days import ONE_DAY
from shared.projections.model import ReadEvent, Row
from tests.projections.making import NOON
from tests.services.assessment import duty_examples as example
from tests.services.clues.telling import TODAY

POINT = example.POINT
DAY = TODAY.isoformat()


def span(due_on: str, *, provisional: bool = False) -> Row:
    return {"span": {"due_on": due_on, "provisional": provisional}}


def rows_after(source: str, stream: str, *told: tuple[str, Row]) -> list[Row]:
    """Rows of every table of the source, after these events of one stream."""
    rows: dict[tuple[str, Any], Row] = {}
    for version, (name, data) in enumerate(told, 1):
        event = ReadEvent(source, version, stream, version, name, NOON, data, {})
        for rule in DUTIES.rules_for(source, name):
            for key in rule.keys(event):
                after = rule.fold(rows.pop((rule.table, key), None), event, key)
                if after is not None:
                    rows[rule.table, key] = after
    return list(rows.values())


def facts_after(*told: tuple[str, Row]) -> list[tuple[Any, ...]]:
    """(version, kind, in_time, outcome) of the one row that a clue's stream has."""
    rows = rows_after("clues", "clue-1", *told)
    return [
        (its["version"], its["kind"], its.get("in_time"), its.get("outcome"))
        for row in rows
        for its in row["facts"]
    ]


FILED = ("ClueFiled", {"point_id": POINT, "of_clue": None})


def relayed(day: str = DAY) -> tuple[str, Row]:
    return "FeedbackRelayed", {"relayed_on": day}


def test_a_clue_is_reported_found_and_told_back() -> None:
    assert facts_after(
        FILED,
        ("ClueVerified", {"finding": "partly_substantiated"}),
        ("ClueClosed", {"finding": "partly_substantiated", "main_clue_id": None}),
        ("FeedbackGiven", {"relaying": span(DAY)}),
        relayed(),
    ) == [
        (1, "clue_reported", None, None),
        (2, "clue_substantiated", None, "partly_substantiated"),
        (5, "feedback_relayed", True, None),
    ]


def test_a_clue_that_was_joined_has_the_finding_of_its_main_case() -> None:
    assert facts_after(
        FILED, ("ClueClosed", {"finding": "unsubstantiated", "main_clue_id": "x"})
    ) == [(1, "clue_reported", None, None), (2, "clue_unsubstantiated", None, None)]


@pytest.mark.parametrize(
    ("between", "in_time"),
    [
        ([], False),
        ([("LimitMoved", {"name": "relay", "watch": span("2026-03-09")})], True),
        ([("LimitMoved", {"name": "overall", "watch": span("2026-03-09")})], False),
        (
            [("LimitsResumed", {"resumed": [{"name": "relay", "watch": span("2026-03-09")}]})],
            True,
        ),
        (
            [("LimitMoved", {"name": "relay", "watch": span("2026-02-01", provisional=True)})],
            True,
        ),
    ],
)
def test_what_is_told_back_is_in_time_by_the_limit_that_runs_then(
    between: list[tuple[str, Row]], in_time: bool
) -> None:
    given = ("FeedbackGiven", {"relaying": span((TODAY - ONE_DAY).isoformat())})
    *_, last = facts_after(FILED, given, *between, relayed())
    assert last[1:3] == ("feedback_relayed", in_time)


def test_what_came_through_no_point_is_nobodys_duty() -> None:
    nobodys = ("ClueFiled", {"point_id": None, "of_clue": None})
    assert rows_after("clues", "clue-1", nobodys, ("ClueVerified", {"finding": "x"})) == []


def test_a_case_of_retaliation_is_not_reported_by_the_point_of_its_clue() -> None:
    assert facts_after(("ClueFiled", {"point_id": POINT, "of_clue": "x"})) == []


def test_an_opinion_that_goes_on_as_a_clue_counts_as_that_alone() -> None:
    filed = ("OpinionFiled", {"point_id": POINT})
    assert facts_after(filed) == [(1, "opinion_passed_on", None, None)]
    assert facts_after(filed, ("OpinionTakenAsClue", {"clue_id": "x"})) == []


@pytest.mark.parametrize(
    ("resolution", "kinds"),
    [("adopted", ["opinion_adopted"]), ("explained", ["opinion_explained"]), ("kept_on_file", [])],
)
def test_what_is_answered_counts_by_how(resolution: str, kinds: list[str]) -> None:
    answered = {"resolution": resolution, "answered_on": DAY, "relaying": None}
    told = facts_after(("OpinionFiled", {"point_id": POINT}), ("OpinionAnswered", answered))
    assert [its[1] for its in told[1:]] == kinds


def test_a_training_says_something_of_each_point_that_was_to_come() -> None:
    held = {"held_on": DAY, "attended": [POINT], "absent": [example.OTHER_POINT]}
    rows = rows_after("assessment", "training-1", ("TrainingAttendanceRecorded", held))
    assert [(its["point_id"], its["kind"]) for its in rows] == [
        (POINT, "training_attended"),
        (example.OTHER_POINT, "training_missed"),
    ]


def test_a_report_counts_once_by_its_first_handing_in() -> None:
    first = {"point_id": POINT, "number": 1, "handed_in_on": DAY, "in_time": False}
    again = {**first, "number": 2}
    (row,) = rows_after(
        "assessment",
        f"report-{example.REPORT}",
        ("QuarterlyReportHandedIn", first),
        ("QuarterlyReportHandedIn", again),
    )
    assert [(its["kind"], its["in_time"]) for its in row["facts"]] == [("quarterly_report", False)]


def test_of_several_findings_on_one_clue_the_last_counts() -> None:
    def fact(version: int, kind: DutyKind) -> DutyFact:
        return DutyFact("clues", "clue-1", version, POINT, kind, TODAY)

    reported = fact(1, DutyKind.CLUE_REPORTED)
    not_found = fact(3, DutyKind.CLUE_UNSUBSTANTIATED)
    found = fact(9, DutyKind.CLUE_SUBSTANTIATED)
    assert last_findings([reported, not_found, found]) == [reported, found]


def test_every_rule_reads_an_event_that_there_is() -> None:
    for rule in DUTIES.rules:
        source = DUTIES.table(rule.table).source
        assert DUTIES.vocabularies[source].find(rule.event)
