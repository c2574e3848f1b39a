"""The stages of a round of selection, each a call: what every play is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from examples.play import bringing, payloads, people, waiting
from examples.play.data import Applicant, Deliberation, Objection
from examples.play.desk import Desk
from examples.play.people import Cast, Person
from examples.play.portal import SaysNo
from examples.play.together import side_by_side
from shared.clock import MovableClock
from shared.contracts.days import ONE_DAY, business_date

READ_MODEL_SECONDS = 30.0
"""How long a read model may take to show what was written."""


class Stages:
    """Every stage may be played again: what was done stays done (see `ids`)."""

    def __init__(self, desk: Desk, clock: MovableClock, cast: Cast, batch_id: str) -> None:
        self._desk, self._clock, self._cast, self.batch_id = desk, clock, cast, batch_id

    def apply(self, units: Iterable[Applicant], day: dt.date) -> None:
        """Each applicant opens an account and files for the unit, with papers dated `day`."""
        side_by_side(units, lambda its: self._apply_one(its, day))

    def pass_forms(self, units: Iterable[Applicant]) -> None:
        """Each district's officer passes its units' formal check."""
        side_by_side(units, self._pass_one)

    def deliberate(
        self,
        name: str,
        meeting: Deliberation,
        held_on: dt.date,
        listed: Sequence[Applicant],
        reserves: Sequence[Applicant] = (),
        left_out: Mapping[str, str] | None = None,
    ) -> None:
        """The bureau decides together which units go on its list; see `payloads.deliberation`."""
        payload = payloads.deliberation(
            meeting,
            self.batch_id,
            self.deliberation_id(name),
            held_on,
            self.ids_of(listed),
            self.ids_of(reserves),
            left_out,
        )
        self._desk.send(self._cast.leader, "RecordDeliberation", name, payload)

    def adjourn(self, name: str, meeting: Deliberation, held_on: dt.date) -> None:
        """Too few came: the meeting is on record and has decided nothing."""
        deliberation_id = self.deliberation_id(name)
        payload = payloads.adjourned(meeting, self.batch_id, deliberation_id, held_on)
        self._desk.send(self._cast.leader, "AdjournDeliberation", name, payload)

    def promote(self, unit: Applicant) -> None:
        """A reserve, the next in order, moves up into a place that was freed."""
        payload = {
            "batch_id": self.batch_id,
            "application_id": self.application_id(unit),
            "reasons": None,
        }
        self._desk.send(self._cast.leader, "PromoteReserve", unit.key, payload)

    def publish(self, name: str, text: str, units: Sequence[Applicant]) -> dict[str, Any]:
        """Publish a notice, and return it as everybody sees it."""
        notice_id = self.notice_id(name)
        payload = payloads.notice(text, notice_id, self.batch_id, self.ids_of(units))
        self._desk.send(self._cast.officer, "PublishNotice", name, payload)
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
        self._desk.send(people.PUBLIC, "ObjectToNotice", its.key, payload)

    def decide(self, name: str, its: Objection) -> None:
        """The bureau decides an objection to a unit of the notice."""
        payload = payloads.decision(its, self.notice_id(name), self.objection_id(its))
        self._desk.send(self._cast.officer, "DecideObjection", its.key, payload)

    def applications(self) -> list[dict[str, Any]]:
        """All of the batch, as the bureau sees them, without personal data."""
        asked = {"batch_id": self.batch_id}
        return self._desk.query_all(self._cast.leader, "ListApplications", asked)

    def shown_notice(self, name: str) -> dict[str, Any] | None:
        """The notice, with the objections that the bureau sees; None while it does not show."""
        asked = {"notice_id": self.notice_id(name)}
        try:
            shown: dict[str, Any] = self._desk.query(self._cast.leader, "ShowNotice", asked)
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

    def recommend(self, unit: Applicant) -> None:
        """The recommender, if the unit names one, stands by it or says why not.

        With its own account, or by a letter that the district's officer enters.
        """
        recommender = unit.application["recommender"]
        if recommender is None:
            return
        word = "推荐函" if unit.declined is None else "复函"
        person, document = self.officer_of(unit), f"{recommender}{word}"
        payload: dict[str, Any] = {
            "application_id": self.application_id(unit),
            "document": document,
        }
        if self._cast.partner is not None and recommender == self._cast.partner.unit:
            person, payload["document"] = self._cast.partner, None
        if unit.declined is None:
            self._desk.send(person, "ConfirmRecommendation", unit.key, payload)
        else:
            payload["reasons"] = unit.declined
            self._desk.send(person, "DeclineRecommendation", unit.key, payload)

    def fail_form(self, unit: Applicant) -> None:
        """The district's officer finds that the application does not pass its formal check."""
        assert unit.formal_failure is not None
        payload = {
            "application_id": self.application_id(unit),
            "grounds": list(unit.formal_failure.grounds),
            "reasons": unit.formal_failure.reasons,
        }
        self._desk.send(self.officer_of(unit), "FailFormalCheck", unit.key, payload)

    def officer_of(self, unit: Applicant) -> Person:
        """Whoever works at the unit's application in its district."""
        return self._cast.district_officers[unit.division]

    def _apply_one(self, unit: Applicant, day: dt.date) -> None:
        person = self._cast.applicant(unit)
        self._desk.accounts.register(person)
        payload = payloads.application(unit, self.application_id(unit), self.batch_id)
        self._desk.send(person, "SubmitApplication", unit.key, payload)
        if unit.brings_documents:
            bringing.bring_all(self._desk, person, unit, self.application_id(unit), day)

    def _pass_one(self, unit: Applicant) -> None:
        self.recommend(unit)
        payload = {"application_id": self.application_id(unit)}
        self._desk.send(self.officer_of(unit), "PassFormalCheck", unit.key, payload)
