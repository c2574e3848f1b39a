"""The first batch from its opening to the 20 points, played through the public commands.

Every stage may be played again: what was done stays done (see `desk`). Only the attempt to
designate too early is not repeated once the notice is over, for then it would succeed.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from examples.first_batch import cast, payloads, waiting
from examples.first_batch.data import Applicant, FirstBatch, Objection
from examples.first_batch.desk import REGISTRY, Desk, Say
from examples.first_batch.memory import Memory
from examples.first_batch.trouble import DemoFailed
from shared.clock import MovableClock
from shared.contracts.days import ONE_DAY, business_date
from shared.contracts.errors import Refused
from shared.contracts.zh import sentence

READ_MODEL_SECONDS = 30.0
"""How long a read model may take to show what was written."""


class Story:
    """Plays `data`; `say` hears of each stage in a Chinese sentence.

    `memory` keeps what the log does not: how the attempt to designate too early was refused.
    """

    def __init__(
        self, data: FirstBatch, desk: Desk, clock: MovableClock, memory: Memory, say: Say
    ) -> None:
        self._data, self._desk, self._clock, self._say = data, desk, clock, say
        self._memory = memory
        self.batch_id = memory.batch_id
        self._notice_id = desk.id("notice")
        self._start = self._first_day()

    @property
    def figures_year(self) -> int:
        """The year of the districts' figures: the last whole one before the play."""
        return self._start.year - 1

    def is_over(self) -> bool:
        """Whether all units of this installation's first notice are points."""
        return any(
            notice["notice_id"] == self._notice_id
            and len(notice["designated"]) == len(notice["units"])
            for notice in self._notices()
        )

    def play(self) -> None:
        """All of it, in order. Raises DemoFailed."""
        self._open()
        self._apply()
        self._check_forms()
        self._move_to(self._day(self._data.batch.days.closes) + ONE_DAY, "申报截止")
        self._review()
        self._move_to(self._day(self._data.batch.days.deliberation), "到集体研究之日")
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
        self._desk.send(cast.LEADER, "OpenBatch", "first", payload)
        year = self.figures_year
        self._say(f"登记 {year} 年各区县市场主体数量和经济规模")
        figures = payloads.district_figures(self._data.districts, year)
        self._desk.send(cast.CITY_OFFICER, "RecordDistrictFigures", str(year), figures)

    def _apply(self) -> None:
        self._say(f"申报：{len(self._data.applicants)} 家单位提交申报")
        for unit in self._data.applicants:
            actor = cast.applicant(unit.key, unit.division)
            payload = payloads.application(unit, self._application_id(unit.key), self.batch_id)
            self._desk.send(actor, "SubmitApplication", unit.key, payload)

    def _check_forms(self) -> None:
        self._say("形式审查：由各区县司法局承办")
        for unit in self._data.applicants:
            actor = cast.district_officer(unit.division)
            payload = {"application_id": self._application_id(unit.key)}
            self._desk.send(actor, "PassFormalCheck", unit.key, payload)

    def _review(self) -> None:
        total = len(self._data.applicants)
        for done, unit in enumerate(self._data.applicants, 1):
            self._review_one(unit)
            if done % 5 == 0 or done == total:
                self._say(f"资格审查：{done}/{total} 家已有结论")

    def _review_one(self, unit: Applicant) -> None:
        application_id = self._application_id(unit.key)
        for result in unit.checks:
            name = f"{unit.key}/{result.check}"
            payload = payloads.review_check(result, application_id)
            self._desk.send(cast.REVIEW_GROUP, "RecordReviewCheck", name, payload)
        payload = payloads.conclusion(unit, application_id)
        self._desk.send(cast.REVIEW_GROUP, "ConcludeReview", unit.key, payload)

    def _deliberate(self) -> None:
        meeting, listed = self._data.batch.deliberation, self._listed()
        self._say(
            f"集体研究：应到 {meeting.members} 人，实到 {meeting.present} 人，"
            f"拟确定名单 {len(listed)} 家"
        )
        held_on = self._day(self._data.batch.days.deliberation)
        payload = payloads.deliberation(
            meeting, self.batch_id, self._desk.id("deliberation"), held_on, listed
        )
        self._desk.send(cast.LEADER, "RecordDeliberation", "first", payload)

    def _put_on_notice(self) -> dt.date:
        """Publish the notice and return its last day, as the registry counts it."""
        payload = payloads.notice(self._data.batch, self._notice_id, self.batch_id, self._listed())
        self._desk.send(cast.CITY_OFFICER, "PublishNotice", "first", payload)
        notice = waiting.until(
            lambda: next((n for n in self._notices() if n["notice_id"] == self._notice_id), None),
            READ_MODEL_SECONDS,
            "公示尚未进入查询视图：请用 make status 查看 registry 的 log 进程是否就绪",
            "The notice does not show in the read model: is the registry's log process ready?",
        )
        first_day, last_day = (dt.date.fromisoformat(notice[n]) for n in ("first_day", "last_day"))
        self._say(f"公示：自 {first_day} 至 {last_day}，共 {(last_day - first_day).days + 1} 日")
        return last_day

    def _object(self) -> None:
        self._say(f"公示期间收到异议 {len(self._data.objections)} 条")
        for its in self._data.objections:
            payload = payloads.objection(
                its, self._notice_id, self._objection_id(its), self._application_id(its.applicant)
            )
            self._desk.send(cast.objector(its.key), "ObjectToNotice", its.key, payload)

    def _designate_too_early(self, last_day: dt.date) -> None:
        """Show that the rules hold: nobody becomes a point while the notice runs."""
        if self._today() > last_day:
            return
        try:
            self._desk.attempt(
                cast.LEADER, "DesignatePoints", "while the notice runs", self._designation()
            )
        except Refused as refused:
            told = sentence(refused)
            self._memory.keep_early_designation({"reason": refused.reason, "message": told})
            self._say(f"试在公示期内确定：被拒绝（{refused.reason}），{told}")
        else:
            raise DemoFailed(
                "公示期未满就确定了联系点，与规则不符。",
                "Units became points while the notice ran.",
            )

    def _decide_objections(self) -> None:
        for its in self._data.objections:
            payload = payloads.decision(its, self._notice_id, self._objection_id(its))
            self._desk.send(cast.CITY_OFFICER, "DecideObjection", its.key, payload)
        self._say(f"异议核实处理：{len(self._data.objections)} 条均已作出处理决定")

    def _designate(self) -> None:
        self._desk.send(cast.LEADER, "DesignatePoints", "first", self._designation())
        waiting.until(
            lambda: self.is_over() or None,
            READ_MODEL_SECONDS,
            "确定结果尚未进入查询视图：请用 make status 查看 registry 的 log 进程是否就绪",
            "The designation does not show in the read model: is registry's log role ready?",
        )
        self._say(f"确定：{len(self._listed())} 家单位成为行政执法监督联系点")

    def _designation(self) -> dict[str, Any]:
        return payloads.designation(self._notice_id, self._listed())

    def _listed(self) -> list[str]:
        return [self._application_id(its.key) for its in self._data.applicants if its.qualifies]

    def _application_id(self, key: str) -> str:
        return self._desk.id("application", key)

    def _objection_id(self, objection: Objection) -> str:
        return self._desk.id("objection", objection.key)

    def _notices(self) -> list[dict[str, Any]]:
        asked = {"batch_id": self.batch_id}
        return self._desk.query_all(cast.LEADER, REGISTRY, "ListNotices", asked)

    def _first_day(self) -> dt.date:
        """The day on which the play started: the log's word for it, else today."""
        opened = self._desk.opened_on(self.batch_id)
        if opened is None:
            return self._today()
        return opened - self._data.batch.days.opens * ONE_DAY

    def _day(self, number: int) -> dt.date:
        return self._start + number * ONE_DAY

    def _today(self) -> dt.date:
        return business_date(self._clock.now())

    def _move_to(self, day: dt.date, why: str) -> None:
        """Move every process's business time on to `day`; nothing when it is there already."""
        days = (day - self._today()).days
        if days > 0:
            self._clock.advance(days * ONE_DAY)
            self._say(f"业务时钟前移 {days} 天：{why}，今天是 {self._today()}")
