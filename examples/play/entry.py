"""From the application to the formal check: supplements, lapses, withdrawals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from examples.play import payloads, waiting
from examples.play.data import Applicant
from examples.play.desk import Desk
from examples.play.people import Cast
from examples.play.stages import READ_MODEL_SECONDS, Stages
from examples.play.together import side_by_side
from shared.contracts.days import ONE_DAY

LAPSE_SECONDS = 60.0
"""How long the timekeeper may take once the days of a supplement are over."""


class Entry:
    """Each call may be made again, as with `Stages`."""

    def __init__(self, desk: Desk, cast: Cast, stages: Stages) -> None:
        self._desk, self._cast, self._stages = desk, cast, stages

    def go_through(self, units: Sequence[Applicant], day: dt.date) -> None:
        """Every unit applies, with papers dated `day`, and goes as far as its formal check lets."""
        self._stages.apply(units, day)
        side_by_side(units, self._enter)

    def let_lapse(self, units: Sequence[Applicant]) -> None:
        """Move on until the days of these units' supplements are over, and see them lapse."""
        due = waiting.until(
            lambda: self._last_due(units),
            READ_MODEL_SECONDS,
            "补正要求尚未进入查询视图：请用 make status 查看 registry 的 log 进程是否就绪",
            "The requested supplements do not show: is the registry's log process ready?",
        )
        self._stages.move_to(due + ONE_DAY)
        waiting.until(
            lambda: self._have_lapsed(units) or None,
            LAPSE_SECONDS,
            "逾期未补正的申报没有自动终止：请用 make status 查看 registry 的 log 进程是否就绪",
            "Overdue applications do not lapse: is the registry's log process ready?",
        )

    def withdraw(self, unit: Applicant) -> None:
        """The applicant takes its application back."""
        assert unit.withdrawal is not None
        payload = {
            "application_id": self._stages.application_id(unit),
            "reasons": unit.withdrawal.reasons,
        }
        self._desk.send(self._cast.applicant(unit), "WithdrawApplication", unit.key, payload)

    def _enter(self, unit: Applicant) -> None:
        if unit.leaves_at_once:
            self.withdraw(unit)
            return
        if unit.supplement is not None:
            self._ask_for_more(unit)
        if unit.is_reviewed:
            self._stages.pass_forms([unit])
        elif unit.formal_failure is not None:
            self._stages.recommend(unit)
            self._stages.fail_form(unit)

    def _ask_for_more(self, unit: Applicant) -> None:
        its = unit.supplement
        assert its is not None
        application_id = self._stages.application_id(unit)
        asked = {"application_id": application_id, "missing": its.missing}
        self._desk.send(self._stages.officer_of(unit), "RequestSupplement", unit.key, asked)
        if its.answer is not None:
            payload = payloads.supplement(unit, its, application_id)
            self._desk.send(self._cast.applicant(unit), "SubmitSupplement", unit.key, payload)

    def _last_due(self, units: Sequence[Applicant]) -> dt.date | None:
        """The last day of all their supplements; None while one does not show."""
        days = [row["supplement_due"] for row in self._rows(units)]
        if len(days) < len(units) or None in days:
            return None
        return max(dt.date.fromisoformat(day) for day in days)

    def _have_lapsed(self, units: Sequence[Applicant]) -> bool:
        rows = self._rows(units)
        return len(rows) == len(units) and all(row["status"] == "lapsed" for row in rows)

    def _rows(self, units: Sequence[Applicant]) -> list[dict[str, Any]]:
        ids = set(self._stages.ids_of(units))
        return [row for row in self._stages.applications() if row["application_id"] in ids]
