"""Plays any batch of the form of `examples/batch.schema.json` through the portal's API."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from examples.play import course, payloads, waiting
from examples.play.course import Decision
from examples.play.data import Applicant, Batch
from examples.play.desk import Desk
from examples.play.entry import Entry
from examples.play.people import Cast
from examples.play.portal import Say
from examples.play.reviewing import Reviewing
from examples.play.stages import READ_MODEL_SECONDS, Stages
from examples.play.together import side_by_side
from shared.clock import MovableClock
from shared.contracts.days import ONE_DAY


class Player:
    """Plays `batch`; `say` hears of each stage in a Chinese sentence.

    May be played again: what was done stays done. `opened_on` is the day from which the log says
    that the batch is open, if it is there.
    """

    def __init__(
        self,
        batch: Batch,
        cast: Cast,
        desk: Desk,
        clock: MovableClock,
        say: Say,
        opened_on: dt.date | None,
    ) -> None:
        self._batch, self._cast, self._desk, self._say = batch, cast, desk, say
        self.stages = Stages(desk, clock, cast, desk.id("batch"))
        self._entry = Entry(desk, cast, self.stages)
        self._reviewing = Reviewing(desk, cast, self.stages, batch.group)
        today = self.stages.today()
        self._start = today if opened_on is None else opened_on - batch.days.opens * ONE_DAY

    def is_over(self) -> bool:
        """Whether every unit has ended, from an earlier play."""
        return self._shown() == course.expected(self._batch)

    def play(self) -> None:
        """All of it, in order. Raises DemoFailed."""
        self._open()
        self._enter()
        self._review()
        for decision in course.decisions(self._batch):
            self._meet(decision)

    def _open(self) -> None:
        its, batch_id = self._batch, self.stages.batch_id
        self._say(f"开启批次：{its.title}，名额 {its.places} 家")
        self._move_to(its.days.opens)
        payload = payloads.open_batch(its, batch_id, self._start)
        self._desk.send(self._cast.leader, "OpenBatch", "batch", payload)
        year = self._start.year - 1
        figures = payloads.district_figures(its.division, its.districts, year)
        self._desk.send(self._cast.officer, "RecordDistrictFigures", str(year), figures)
        if its.plan is not None:
            plan = payloads.plan(its.plan, batch_id)
            self._desk.send(self._cast.leader, "PlanBatch", "batch", plan)

    def _enter(self) -> None:
        units = self._batch.applicants
        self._say(f"申报和形式审查：{len(units)} 家单位")
        self._entry.go_through(units, self._day(self._batch.days.opens))
        if lapsing := [its for its in units if its.lapses]:
            self._say(f"等待补正期满：{len(lapsing)} 家没有补正")
            self._entry.let_lapse(lapsing)
        self._move_to(self._batch.days.closes + 1)

    def _review(self) -> None:
        units = [its for its in self._batch.applicants if its.is_reviewed]
        self._say(f"资格审查：逐项核查 {len(units)} 家单位并表决")
        self._reviewing.appoint()
        day = self._day(self._batch.days.closes + 1)
        side_by_side(units, lambda its: self._reviewing.review(its, day))
        leaving = [its for its in units if its.withdrawal is not None]
        side_by_side(leaving, self._entry.withdraw)

    def _meet(self, its: Decision) -> None:
        meeting, name = its.meeting, str(its.number)
        self._move_to(meeting.day)
        held_on = self._day(meeting.day)
        attending = meeting.deliberation
        told = f"集体研究（{held_on}）：应到 {attending.members} 人，实到 {attending.present} 人"
        if meeting.adjourned:
            self._say(f"{told}，未达到法定人数，会议改期")
            self.stages.adjourn(name, attending, held_on)
            return
        self._say(
            f"{told}，列入 {len(its.listed)} 家，候补 {len(its.reserves)} 家，"
            f"不列入 {len(its.left_out)} 家"
        )
        left_out = {
            self.stages.application_id(unit): meeting.left_out[unit.key] for unit in its.left_out
        }
        self.stages.deliberate(name, attending, held_on, its.listed, its.reserves, left_out or None)
        self._put_on_notice(name, meeting.notice, its.listed)
        if its.promoted:
            assert meeting.reserves_notice is not None
            self._say(f"候补递补：{len(its.promoted)} 家")
            for unit in its.promoted:
                self.stages.promote(unit)
            self._put_on_notice(f"{name}/reserves", meeting.reserves_notice, its.promoted)

    def _put_on_notice(self, name: str, text: str, units: Sequence[Applicant]) -> None:
        """The notice, its objections, and after its last day the designation of who is left."""
        notice = self.stages.publish(name, text, units)
        objections = [
            its for its in self._batch.objections if its.applicant in {unit.key for unit in units}
        ]
        by_key = {unit.key: unit for unit in units}
        for its in objections:
            self.stages.object(name, its, by_key[its.applicant])
            self.stages.decide(name, its)
        dropped = course.sustained(self._batch)
        left = [unit for unit in units if unit.key not in dropped]
        self._say(
            f"公示 {len(units)} 家，异议 {len(objections)} 条，"
            f"其中成立 {sum(1 for its in objections if its.outcome == 'sustained')} 条"
        )
        self.stages.move_to(dt.date.fromisoformat(notice["last_day"]) + ONE_DAY)
        if left:
            self._designate(name, left)

    def _designate(self, name: str, units: Sequence[Applicant]) -> None:
        payload = payloads.designation(self.stages.notice_id(name), self.stages.ids_of(units))
        self._desk.send(self._cast.leader, "DesignatePoints", name, payload)
        self._say(f"确定：{len(units)} 家单位成为行政执法监督联系点")

    def _move_to(self, number: int) -> None:
        """To a day of the batch's own count."""
        self.stages.move_to(self._day(number))

    def _day(self, number: int) -> dt.date:
        return self._start + number * ONE_DAY

    def ends(self) -> dict[str, str]:
        """The status in which each unit is by its key, when all that was played shows.

        Raises DemoFailed when a unit is not where the data say.
        """
        wanted = course.expected(self._batch)
        return waiting.until(
            lambda: shown if (shown := self._shown()) == wanted else None,
            READ_MODEL_SECONDS,
            "办理结果与数据不符：请在门户中查看各申报的状态",
            "The units do not end as the data say: see their states in the portal",
        )

    def _shown(self) -> dict[str, str]:
        rows = {row["application_id"]: str(row["status"]) for row in self.stages.applications()}
        units = self._batch.applicants
        return {its.key: rows.get(self.stages.application_id(its), "absent") for its in units}
