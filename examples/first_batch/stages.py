"""The stages of a round of selection, each a call: what both batches of the demo are made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from examples.first_batch import cast, payloads, waiting
from examples.first_batch.data import Applicant, Deliberation, Objection
from examples.first_batch.desk import Desk
from examples.first_batch.portal import SaysNo
from examples.first_batch.together import side_by_side
from shared.clock import MovableClock
from shared.contracts.days import ONE_DAY, business_date

READ_MODEL_SECONDS = 30.0
"""How long a read model may take to show what was written."""


class Stages:
    """Every stage may be played again: what was done stays done (see `ids`)."""

    def __init__(self, desk: Desk, clock: MovableClock, batch_id: str) -> None:
        self._desk, self._clock, self.batch_id = desk, clock, batch_id

    def apply(self, units: Iterable[Applicant]) -> None:
        """Each applicant opens an account and files for the unit."""
        side_by_side(units, self._apply_one)

    def pass_forms(self, units: Iterable[Applicant]) -> None:
        """Each district's officer passes its units' formal check."""
        side_by_side(units, self._pass_one)

    def record_checks(self, unit: Applicant, most: int | None = None) -> None:
        """The review group records what its checks found, all of them or the first `most`."""
        application_id = self.application_id(unit)
        for result in unit.checks[:most]:
            name = f"{unit.key}/{result.check}"
            payload = payloads.review_check(result, application_id)
            self._desk.send(cast.REVIEW_GROUP, "RecordReviewCheck", name, payload)

    def review(self, unit: Applicant) -> None:
        """All checks and the group's conclusion."""
        self.record_checks(unit)
        payload = payloads.conclusion(unit, self.application_id(unit))
        self._desk.send(cast.REVIEW_GROUP, "ConcludeReview", unit.key, payload)

    def deliberate(
        self, name: str, meeting: Deliberation, held_on: dt.date, listed: Sequence[Applicant]
    ) -> None:
        """The bureau decides together which units go on its list."""
        payload = payloads.deliberation(
            meeting, self.batch_id, self.deliberation_id(name), held_on, self.ids_of(listed)
        )
        self._desk.send(cast.LEADER, "RecordDeliberation", name, payload)

    def publish(self, name: str, text: str, units: Sequence[Applicant]) -> dict[str, Any]:
        """Publish a notice, and return it as everybody sees it."""
        notice_id = self.notice_id(name)
        payload = payloads.notice(text, notice_id, self.batch_id, self.ids_of(units))
        self._desk.send(cast.CITY_OFFICER, "PublishNotice", name, payload)
        return waiting.until(
            lambda: self.shown_notice(name),
            READ_MODEL_SECONDS,
            "公示尚未进入查询视图：请用 make status 查看 registry 的 log 进程是否就绪",
            "The notice does not show in the read model: is the registry's log process ready?",
        )

    def object(self, name: str, its: Objection, about: Applicant) -> None:
        """A member of the public objects to a unit of the notice."""
        payload = payloads.objection(
            its, self.notice_id(name), self.objection_id(its), self.application_id(about)
        )
        self._desk.send(cast.PUBLIC, "ObjectToNotice", its.key, payload)

    def shown_notice(self, name: str) -> dict[str, Any] | None:
        """The notice, with the objections that the bureau sees; None while it does not show."""
        asked = {"notice_id": self.notice_id(name)}
        try:
            shown: dict[str, Any] = self._desk.query(cast.LEADER, "ShowNotice", asked)
        except SaysNo as refused:
            if refused.status != 404:
                raise
            return None
        return shown

    def move_to(self, day: dt.date) -> bool:
        """Move business time on to a day, for all processes; False when it is that day already."""
        before = self.today()
        if before >= day:
            return False
        self._clock.advance((day - before).days * ONE_DAY)
        return True

    def today(self) -> dt.date:
        return business_date(self._clock.now())

    def ids_of(self, units: Iterable[Applicant]) -> list[str]:
        return [self.application_id(unit) for unit in units]

    def application_id(self, unit: Applicant) -> str:
        return self._desk.id("application", unit.key)

    def notice_id(self, name: str) -> str:
        return self._desk.id("notice", name)

    def deliberation_id(self, name: str) -> str:
        return self._desk.id("deliberation", name)

    def objection_id(self, its: Objection) -> str:
        return self._desk.id("objection", its.key)

    def _recommend(self, unit: Applicant, officer: cast.Person) -> None:
        """The recommender says so with its own account, or by a letter that the officer enters."""
        recommender = unit.application["recommender"]
        if recommender is None:
            return
        by_itself = recommender == cast.PARTNER.unit
        payload = {
            "application_id": self.application_id(unit),
            "document": None if by_itself else f"{recommender}推荐函",
        }
        person = cast.PARTNER if by_itself else officer
        self._desk.send(person, "ConfirmRecommendation", unit.key, payload)

    def _apply_one(self, unit: Applicant) -> None:
        person = cast.applicant(unit)
        self._desk.accounts.register(person)
        payload = payloads.application(unit, self.application_id(unit), self.batch_id)
        self._desk.send(person, "SubmitApplication", unit.key, payload)

    def _pass_one(self, unit: Applicant) -> None:
        officer = cast.district_officer(unit.division)
        self._recommend(unit, officer)
        payload = {"application_id": self.application_id(unit)}
        self._desk.send(officer, "PassFormalCheck", unit.key, payload)
