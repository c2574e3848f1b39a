"""The first batch from its opening to the 20 points, played through the portal's API.

Every stage may be played again: what was done stays done. Only the attempt to designate too early
is not repeated once the notice is over, for then it would succeed.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from examples.first_batch import cast
from examples.first_batch.data import FirstBatch
from examples.first_batch.memory import Memory
from examples.play import payloads, waiting
from examples.play.data import Applicant
from examples.play.desk import Desk
from examples.play.portal import Say, SaysNo
from examples.play.reviewing import Reviewing
from examples.play.stages import READ_MODEL_SECONDS, Stages
from examples.play.together import side_by_side
from examples.play.trouble import DemoFailed
from shared.clock import MovableClock
from shared.contracts.days import ONE_DAY

NAME = "first"
"""What tells this batch's commands from the other's."""


class Story:
    """Plays `data`; `say` hears of each stage in a Chinese sentence.

    `memory` keeps what the log does not: how the attempt to designate too early was refused.
    `opened_on` is the day from which the log says that the batch is open, if it is there.
    """

    def __init__(
        self,
        data: FirstBatch,
        desk: Desk,
        clock: MovableClock,
        memory: Memory,
        say: Say,
        opened_on: dt.date | None,
    ) -> None:
        self._data, self._desk, self._say, self._memory = data, desk, say, memory
        self.batch_id = memory.batch_id
        self._stages = Stages(desk, clock, cast.CAST, self.batch_id)
        self._reviewing = Reviewing(desk, cast.CAST, self._stages, data.batch.group)
        if opened_on is None:
            self._start = self._stages.today()
        else:
            self._start = opened_on - data.batch.days.opens * ONE_DAY

    @property
    def figures_year(self) -> int:
        """The year of the districts' figures: the last whole one before the play."""
        return self._start.year - 1

    def is_over(self) -> bool:
        """Whether all units of this installation's first notice are points."""
        notice = self._stages.shown_notice(NAME)
        return notice is not None and len(notice["designated"]) == len(notice["units"])

    def designated_on(self) -> dt.date:
        """The day on which the units became points, once they are."""
        notice = self._stages.shown_notice(NAME)
        assert notice is not None
        return dt.date.fromisoformat(notice["last_day"]) + ONE_DAY

    def play(self) -> None:
        """All of it, in order. Raises DemoFailed."""
        self._open()
        self._apply()
        self._move_to(self._day(self._data.batch.days.closes) + ONE_DAY, "申报截止")
        self._review()
        self._move_to(self._day(self._data.meeting.day), "到集体研究之日")
        self._deliberate()
        last_day = self._put_on_notice()
        self._object()
        self._designate_too_early(last_day)
        self._decide_objections()
        self._move_to(last_day + ONE_DAY, "公示期满")
        self._designate()

    def _open(self) -> None:
        batch = self._data.batch
        self._say(f"开启批次：{batch.title}，名额 {batch.places} 家")
        payload = payloads.open_batch(batch, self.batch_id, self._start)
        self._desk.send(cast.LEADER, "OpenBatch", NAME, payload)
        year = self.figures_year
        self._say(f"登记 {year} 年各区县经营主体数量和经济规模")
        figures = payloads.district_figures(cast.CITY, self._data.batch.districts, year)
        self._desk.send(cast.CITY_OFFICER, "RecordDistrictFigures", str(year), figures)

    def _apply(self) -> None:
        units = self._data.batch.applicants
        self._say(f"申报：{len(units)} 家单位各自注册账号，提交申报和申报材料")
        self._stages.apply(units, self._day(self._data.batch.days.opens))
        self._say("形式审查：由各区县司法局承办")
        self._stages.pass_forms(units)

    def _review(self) -> None:
        batch = self._data.batch
        self._say(f"资格审查小组：{len(batch.group)} 名成员，各自申报利害关系，依规则回避")
        self._reviewing.appoint()
        self._say(f"资格审查：逐项核查 {len(batch.applicants)} 家单位，走访、征求意见并表决")
        day = self._day(batch.days.closes) + ONE_DAY
        side_by_side(batch.applicants, lambda its: self._reviewing.review(its, day))

    def _deliberate(self) -> None:
        meeting, listed = self._data.meeting.deliberation, self._listed()
        self._say(
            f"集体研究：应到 {meeting.members} 人，实到 {meeting.present} 人，"
            f"拟确定名单 {len(listed)} 家"
        )
        self._stages.deliberate(NAME, meeting, self._day(self._data.meeting.day), listed)

    def _put_on_notice(self) -> dt.date:
        """Publish the notice and return its last day, as the registry counts it."""
        notice = self._stages.publish(NAME, self._data.meeting.notice, self._listed())
        first_day, last_day = (dt.date.fromisoformat(notice[n]) for n in ("first_day", "last_day"))
        self._say(f"公示：自 {first_day} 至 {last_day}，共 {(last_day - first_day).days + 1} 日")
        return last_day

    def _object(self) -> None:
        self._say(f"公示期间收到异议 {len(self._data.batch.objections)} 条")
        units = {unit.key: unit for unit in self._data.batch.applicants}
        for its in self._data.batch.objections:
            self._stages.object(NAME, its, units[its.applicant])

    def _designate_too_early(self, last_day: dt.date) -> None:
        """Show that the rules hold: nobody becomes a point while the notice runs."""
        if self._stages.today() > last_day:
            return
        try:
            self._desk.attempt(
                cast.LEADER, "DesignatePoints", "while the notice runs", self._designation()
            )
        except SaysNo as refused:
            if refused.status != 422:
                raise
            told = refused.detail
            self._memory.keep_early_designation({"reason": refused.reason, "message": told})
            self._say(f"试在公示期内确定：被拒绝（{refused.reason}），{told}")
        else:
            raise DemoFailed(
                "公示期未满就确定了联系点，与规则不符。",
                "Units became points while the notice ran.",
            )

    def _decide_objections(self) -> None:
        for its in self._data.batch.objections:
            self._stages.decide(NAME, its)
        self._say(f"异议核实处理：{len(self._data.batch.objections)} 条均已作出处理决定")

    def _designate(self) -> None:
        self._desk.send(cast.LEADER, "DesignatePoints", NAME, self._designation())
        waiting.until(
            lambda: self.is_over() or None,
            READ_MODEL_SECONDS,
            "确定结果尚未进入查询视图：请用 make status 查看 registry 的 log 进程是否就绪",
            "The designation does not show in the read model: is registry's log role ready?",
        )
        self._say(f"确定：{len(self._listed())} 家单位成为行政执法监督联系点")

    def _designation(self) -> dict[str, Any]:
        listed = self._stages.ids_of(self._listed())
        return payloads.designation(self._stages.notice_id(NAME), listed)

    def _listed(self) -> list[Applicant]:
        return [its for its in self._data.batch.applicants if its.qualifies]

    def _day(self, number: int) -> dt.date:
        return self._start + number * ONE_DAY

    def _move_to(self, day: dt.date, why: str) -> None:
        if self._stages.move_to(day):
            self._say(f"业务时间拨到 {day}：{why}")
