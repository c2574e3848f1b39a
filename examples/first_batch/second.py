"""The second batch: played up to where something waits for every role, and left there, open."""

from __future__ import annotations

import datetime as dt

from examples.first_batch import cast
from examples.first_batch.second_data import Course, SecondBatch, Sitting
from examples.play import payloads
from examples.play.data import Applicant
from examples.play.desk import Desk
from examples.play.portal import Say
from examples.play.reviewing import Reviewing
from examples.play.stages import Stages
from examples.play.together import side_by_side
from shared.clock import MovableClock
from shared.contracts.days import ONE_DAY

NAME = "second"


def second_id(desk: Desk) -> str:
    """The batch's id in this installation."""
    return desk.id("batch", NAME)


class SecondStory:
    """Plays `data`, once the first batch is over. May be played again like that one."""

    def __init__(
        self,
        data: SecondBatch,
        desk: Desk,
        clock: MovableClock,
        say: Say,
        opened_on: dt.date | None,
    ) -> None:
        self._data, self._desk, self._say = data, desk, say
        self._stages = Stages(desk, clock, cast.CAST, second_id(desk))
        self._reviewing = Reviewing(desk, cast.CAST, self._stages, data.group)
        if opened_on is None:
            self._start = self._stages.today()
        else:
            self._start = opened_on - data.round.days.opens * ONE_DAY

    def is_over(self) -> bool:
        """Whether the last of it has been done: the objections are raised."""
        notice = self._stages.shown_notice(_numbered(len(self._data.sittings)))
        return notice is not None and len(notice["objections"]) >= len(self._data.objections)

    @property
    def last_day(self) -> dt.date:
        """The day of its last sitting, on which the play ends."""
        return self._start + self._data.sittings[-1].day * ONE_DAY

    def play(self) -> None:
        """All of it, in order. Raises DemoFailed."""
        self._open()
        self._examine(self._data.early)
        for number, sitting in enumerate(self._data.sittings, 1):
            self._sit(_numbered(number), sitting)
        self._examine_late([its for its in self._data.courses if its not in self._data.early])
        self._object()

    def _open(self) -> None:
        its = self._data.round
        self._say(f"开启批次：{its.title}，名额 {its.places} 家，随报随审")
        payload = payloads.open_batch(its, self._stages.batch_id, self._start)
        self._desk.send(cast.LEADER, "OpenBatch", NAME, payload)
        self._reviewing.appoint()

    def _examine(self, courses: list[Course]) -> None:
        """From the application to the review group's conclusion, or to the failed formal check."""
        self._say(f"第二批：{len(courses)} 家单位申报并接受审查")
        self._stages.apply([its.applicant for its in courses], self._start)
        passed = [its.applicant for its in courses if its.applicant.formal_failure is None]
        self._stages.pass_forms(passed)
        for its in courses:
            if its.applicant.formal_failure is not None:
                self._stages.fail_form(its.applicant)
        side_by_side(passed, lambda its: self._reviewing.review(its, self._start))

    def _sit(self, name: str, sitting: Sitting) -> None:
        held_on = self._start + sitting.day * ONE_DAY
        self._stages.move_to(held_on)
        listed = self._data.that_reach(sitting.listed)
        noticed = self._data.that_reach(sitting.noticed)
        reserves = self._data.that_reach({"reserve"}) if sitting.closes else []
        left_out = self._left_out() if sitting.closes else None
        self._say(
            f"第二批：集体研究列入 {len(listed)} 家，候补 {len(reserves)} 家，"
            f"不列入 {len(left_out or ())} 家，公示 {len(noticed)} 家（{held_on}）"
        )
        self._stages.deliberate(name, sitting.deliberation, held_on, listed, reserves, left_out)
        self._stages.publish(name, sitting.notice, noticed)

    def _left_out(self) -> dict[str, str]:
        """Id of an application -> why the sitting leaves it out."""
        return {
            self._stages.application_id(its.applicant): its.left_out
            for its in self._data.courses
            if its.left_out is not None
        }

    def _examine_late(self, courses: list[Course]) -> None:
        """Those whose examination is still under way."""
        self._say(f"第二批：又有 {len(courses)} 家单位申报，正在办理")
        self._stages.apply([its.applicant for its in courses], self.last_day)
        begun = [its for its in courses if its.reaches != "submitted"]
        self._stages.pass_forms([its.applicant for its in begun])
        for its in begun:
            if its.reaches == "qualified":
                self._reviewing.review(its.applicant, self.last_day)
            else:
                self._reviewing.examine(its.applicant, self.last_day)
                self._reviewing.record_checks(its.applicant, self.last_day, its.checks_made)
                self._reviewing.cast_votes(its.applicant, its.votes_cast)

    def _object(self) -> None:
        units: dict[str, Applicant] = {
            its.applicant.key: its.applicant for its in self._data.courses
        }
        for its in self._data.objections:
            self._stages.object(_numbered(len(self._data.sittings)), its, units[its.applicant])
        self._say(f"第二批：公示期间收到异议 {len(self._data.objections)} 条，待核实处理")


def _numbered(number: int) -> str:
    """The name of a sitting's deliberation and notice among the commands."""
    return f"{NAME}/{number}"
