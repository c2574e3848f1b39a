"""Points at work: plaques, liaison officers on both sides, and a retirement under way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from examples.first_batch import cast
from examples.first_batch.points_data import InOffice, Points, Retiring
from examples.play import waiting
from examples.play.data import Applicant
from examples.play.desk import Desk
from examples.play.people import Person
from examples.play.portal import Say
from examples.play.stages import READ_MODEL_SECONDS


def point_ids(desk: Desk, units: Mapping[str, Applicant]) -> Mapping[str, str]:
    """Of the points that these units have become, by the units' keys. Raises DemoFailed."""
    keys = {desk.id("application", key): key for key in units}

    def shown() -> dict[str, str] | None:
        rows = desk.query_all(cast.LEADER, "ListPoints", {})
        found = {
            keys[row["application_id"]]: str(row["point_id"])
            for row in rows
            if row["application_id"] in keys
        }
        return found if len(found) == len(keys) else None

    return waiting.until(
        shown,
        READ_MODEL_SECONDS,
        "联系点尚未进入查询视图：请用 make status 查看 registry 的 log 进程是否就绪",
        "The points do not show in the read model: is the registry's log process ready?",
    )


class PointsStory:
    """Plays `data` of the first batch's `units`; may be played again.

    point_ids: of the points by their units' keys
    """

    def __init__(
        self,
        data: Points,
        desk: Desk,
        say: Say,
        units: Mapping[str, Applicant],
        point_ids: Mapping[str, str],
    ) -> None:
        self._data, self._desk, self._say = data, desk, say
        self._units, self._point_ids = units, point_ids

    def play(self, given_on: dt.date, told_on: dt.date) -> None:
        """Plaques are given on one day, the facts of the retirement told on the other.

        Raises DemoFailed.
        """
        self._say(f"授牌并确定联络员：{len(self._data.in_office)} 家联系点")
        holders = [self.person(its.applicant) for its in self._data.in_office]
        self._desk.accounts.open([*holders, self.retiring])
        for its in self._data.in_office:
            self._settle(its, given_on)
        self._say("退出程序：对 1 家联系点告知事实，等候其陈述申辩")
        self._begin_to_retire(self._data.retiring, told_on)

    def person(self, key: str) -> Person:
        """Whoever acts for the point that a unit has become: its liaison officer."""
        known: tuple[InOffice | Retiring, ...] = (*self._data.in_office, self._data.retiring)
        (its,) = (its for its in known if its.applicant == key)
        return cast.point(its.liaison_name, self._units[key], self._point_ids[key])

    @property
    def shown(self) -> Person:
        """Whose login the report tells."""
        return self.person(self._data.in_office[0].applicant)

    @property
    def retiring(self) -> Person:
        """Whoever may state the case of the point that is to retire."""
        return self.person(self._data.retiring.applicant)

    def _settle(self, its: InOffice, day: dt.date) -> None:
        key, point_id = its.applicant, self._point_ids[its.applicant]
        officer = self._officer(key)
        plaque = {
            "point_id": point_id,
            "plaque_number": its.plaque_number,
            "given_on": day.isoformat(),
        }
        self._desk.send(officer, "GivePlaque", key, plaque)
        liaison = {
            "point_id": point_id,
            "liaison_name": its.liaison_name,
            "liaison_phone": its.liaison_phone,
        }
        self._desk.send(self.person(key), "AppointPointLiaison", key, liaison)
        guide = {"point_id": point_id, "account_id": self._desk.accounts.account_id(officer)}
        self._desk.send(cast.LEADER, "AppointBureauLiaison", key, guide)

    def _begin_to_retire(self, its: Retiring, day: dt.date) -> None:
        key = its.applicant
        retirement_id = self._desk.id("retirement", key)
        opened = {
            "retirement_id": retirement_id,
            "point_id": self._point_ids[key],
            "ground": its.ground,
            "facts": its.facts,
        }
        self._desk.send(self._officer(key), "OpenRetirement", key, opened)
        told = {
            "retirement_id": retirement_id,
            "told_on": day.isoformat(),
            "means": its.means,
        }
        self._desk.send(self._officer(key), "TellRetirementFacts", key, told)

    def _officer(self, key: str) -> Person:
        """Of the district that the point lies in."""
        return cast.CAST.district_officers[self._units[key].division]
