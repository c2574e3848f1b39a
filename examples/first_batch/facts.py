"""What became of the batch, asked from the services; nothing here is taken from the data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from examples.first_batch import cast
from examples.play import waiting
from examples.play.desk import Desk
from examples.play.portal import SaysNo

SHOWN_SECONDS = 30.0
"""How long the read models may take to show the end of the play."""

PURPOSE = "演示：向主办人员列明首批申报单位的办理结果"

_DONE = frozenset({"designated", "rejected"})
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Outcome:
    """The batch as the read models show it.

    applications: with `unit_name`, each in a final status
    points: those designated out of this batch, retired ones too
    objections: with the `unit_name` they are about
    coverage: the assessment service's, over all active points
    under_way: the second batch's applications
    retirements: those of points that are open
    """

    applications: Sequence[Row]
    points: Sequence[Row]
    objections: Sequence[Row]
    coverage: Row
    under_way: Sequence[Row]
    retirements: Sequence[Row]

    @property
    def eliminated(self) -> list[Row]:
        return [its for its in self.applications if its["status"] == "rejected"]

    def count(self, column: str) -> dict[str, int]:
        """How many of the batch's points there are by a column of theirs."""
        return dict(Counter(str(point[column]) for point in self.points))


def collect(
    desk: Desk, batch_id: str, applicants: int, figures_year: int, second_id: str
) -> Outcome:
    """Wait until the read models show all `applicants` decided, then ask for everything.

    Raises DemoFailed when they do not show it in time.
    """
    applications = waiting.until(
        lambda: _decided(desk, batch_id, applicants),
        SHOWN_SECONDS,
        "申报的查询视图没有显示最终结果：请用 make status 查看 registry 的 log 进程",
        "The read model does not show the applications' outcome: is registry's log role ready?",
    )
    designated = sum(1 for its in applications if its["status"] == "designated")
    points = waiting.until(
        lambda: _points(desk, batch_id, designated),
        SHOWN_SECONDS,
        "联系点的查询视图没有显示本批联系点：请用 make status 查看 registry 的 log 进程",
        "The read model does not show the batch's points: is registry's log role ready?",
    )
    return Outcome(
        applications=[_named(desk, its) for its in applications],
        points=points,
        objections=_objections(desk, batch_id),
        coverage=waiting.until(
            lambda: _coverage(desk, figures_year),
            SHOWN_SECONDS,
            "覆盖情况与联系点名单不一致：请用 make status 查看 assessment 的 log 进程",
            "Coverage does not show all points: is assessment's log role ready?",
        ),
        under_way=desk.query_all(cast.LEADER, "ListApplications", {"batch_id": second_id}),
        retirements=desk.query_all(cast.LEADER, "ListRetirements", {"open": "true"}),
    )


def _decided(desk: Desk, batch_id: str, applicants: int) -> Sequence[Row] | None:
    rows = desk.query_all(cast.LEADER, "ListApplications", {"batch_id": batch_id})
    done = len(rows) == applicants and all(row["status"] in _DONE for row in rows)
    return rows if done else None


def _points(desk: Desk, batch_id: str, designated: int) -> Sequence[Row] | None:
    rows = [row for row in _all_points(desk) if row["batch_id"] == batch_id]
    return rows if len(rows) == designated else None


def _all_points(desk: Desk) -> Sequence[Row]:
    return desk.query_all(cast.LEADER, "ListPoints", {})


def _named(desk: Desk, row: Row) -> Row:
    """The row with its unit's name, which only a stated purpose opens."""
    question = {"application_id": row["application_id"], "purpose": PURPOSE}
    try:
        opened = desk.query(cast.LEADER, "OpenApplication", question)
    except SaysNo as refused:
        if refused.status != 404:
            raise
        return {**row, "unit_name": None}
    return {**row, "unit_name": opened["unit_name"]}


def _objections(desk: Desk, batch_id: str) -> Sequence[Row]:
    found = []
    for notice in desk.query_all(cast.LEADER, "ListNotices", {"batch_id": batch_id}):
        names = {unit["application_id"]: unit["unit_name"] for unit in notice["units"]}
        for objection in notice["objections"]:
            found.append({**objection, "unit_name": names[objection["application_id"]]})
    return found


def _coverage(desk: Desk, year: int) -> Row | None:
    """Coverage once it counts as many points as the registry has active ones."""
    active = sum(1 for point in _all_points(desk) if point["retired_on"] is None)
    shown: Row = desk.query(cast.LEADER, "ShowCoverage", {"division": cast.CITY, "year": year})
    return shown if shown["points"] == active else None
