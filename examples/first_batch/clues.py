"""The speech's cases: a fine above the limit, a street's opinions, inspections that come too often.

Everything happens on the day on which the batches end, so that what waits there keeps waiting.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from examples.first_batch import cast
from examples.first_batch.clues_data import Cases, Saying
from examples.first_batch.fine import FineStory
from examples.play import waiting
from examples.play.desk import Desk
from examples.play.people import Person
from examples.play.portal import Say, SaysNo

KNOWN_SECONDS = 30.0
"""How long the clues service may take to hear of a point that the registry has designated."""

PointOf = Callable[[str, str], Person]
"""Of a unit's key and a name: that person, speaking for the point that the unit has become."""


class CluesStory:
    """Plays `data`; may be played again. point: who speaks for which point"""

    def __init__(self, data: Cases, desk: Desk, say: Say, point: PointOf) -> None:
        self._data, self._desk, self._say, self._point = data, desk, say, point

    def play(self, day: dt.date) -> None:
        """All of it, on one day of business. Raises DemoFailed."""
        street, chamber = self._data.street, self._data.chamber
        of_street = self._point(street.applicant, street.liaison_name)
        of_chamber = self._point(chamber.applicant, chamber.liaison_name)
        self._desk.accounts.open([of_street, of_chamber, cast.ENVIRONMENT])
        self._record_baseline(day.year - 1)
        self._collect(of_street, day)
        self._report_inspections(of_chamber)
        fine = self._data.fine
        of_fine = self._point(str(fine["applicant"]), str(fine["liaison_name"]))
        FineStory(fine, self._desk, self._say, of_fine).play(day)

    def _record_baseline(self, year: int) -> None:
        its = self._data.baseline
        self._say(
            f"登记 {year} 年投诉举报总数：{its.complaints} 件，其中{its.share} {its.number} 件"
        )
        self._desk.send(
            cast.CITY_OFFICER,
            "RecordBaseline",
            str(year),
            {
                "division": cast.CITY,
                "year": year,
                "complaints": its.complaints,
                "shares": [{"name": its.share, "number": its.number}],
                "source": its.source,
            },
        )

    def _collect(self, person: Person, day: dt.date) -> None:
        its, box_id = self._data.street, self._desk.id("box", self._data.street.applicant)
        self._say(
            f"街道联系点：意见箱收到意见 {len(its.slips)} 条，{len(its.meetings)} 次座谈会收到意见 "
            f"{'、'.join(str(len(each.sayings)) for each in its.meetings)} 条"
        )
        placed = {"division": its.division, "place": its.place, "contact": its.contact}
        self._once_known(
            person, "PlaceBox", "box", {"box_id": box_id, **placed, "placed_on": day.isoformat()}
        )
        emptying = {
            "box_id": box_id,
            "emptying_id": self._desk.id("emptying", its.applicant),
            "emptied_on": day.isoformat(),
            "opened_by": list(its.emptied_by),
            "entries": self._entries("slip", its.slips),
        }
        self._desk.send(person, "EmptyBox", its.applicant, emptying)
        for number in range(len(its.meetings)):
            self._meet(person, number, day)

    def _meet(self, person: Person, number: int, day: dt.date) -> None:
        its, name = self._data.street.meetings[number], f"meeting/{number}"
        symposium_id = self._desk.id("symposium", name)
        plan = {
            "symposium_id": symposium_id,
            "division": self._data.street.division,
            "planned_on": day.isoformat(),
            "place": its.place,
            "subject": its.subject,
        }
        self._desk.send(person, "ScheduleSymposium", name, plan)
        held = {
            "symposium_id": symposium_id,
            "held_on": day.isoformat(),
            "attendees": its.attendees,
            "minutes": its.minutes,
            "entries": self._entries(name, its.sayings),
        }
        self._desk.send(person, "HoldSymposium", name, held)

    def _entries(self, name: str, said: Sequence[Saying]) -> list[dict[str, Any]]:
        return [
            {
                "entry_id": self._desk.id("entry", f"{name}/{number}"),
                "nature": "opinion",
                "kinds": [],
                "topics": [its.topic],
                "division": self._data.street.division,
                "text": its.text,
                "urgent": False,
                "retaliation": False,
                "reporting": "anonymous",
                **dict.fromkeys(_NOT_OF_OPINIONS),
            }
            for number, its in enumerate(said)
        ]

    def _report_inspections(self, person: Person) -> None:
        its = self._data.chamber
        self._say(f"商会联系点：为会员反映检查频次过高 {len(its.texts)} 件")
        for number, text in enumerate(its.texts):
            name = f"inspection/{number}"
            told = filed(self._desk, name, its.division, its.body, its.kind, text)
            self._once_known(person, "FileClue", name, {**told, "reporting": "named"})

    def _once_known(
        self, person: Person, command: str, name: str, payload: Mapping[str, Any]
    ) -> None:
        """Sent anew until the clues service has heard from the registry that the point is one."""

        def is_sent() -> bool | None:
            try:
                self._desk.attempt(person, command, name, payload)
            except SaysNo as refused:
                if refused.reason != "point_not_active":
                    raise
                return None
            return True

        waiting.until(
            is_sent,
            KNOWN_SECONDS,
            "clues 还不知道该联系点：请用 make status 查看其 log 进程是否就绪",
            "The clues service does not know the point: is its log process ready?",
        )


_NOT_OF_OPINIONS = (
    *("body", "unit_concerned", "happened_on", "place", "amount"),
    *("reporter_name", "reporter_phone"),
)


def filed(desk: Desk, name: str, division: str, body: str, kind: str, text: str) -> dict[str, Any]:
    """FileClue by a point that tells for itself; ids follow from `name`."""
    return {
        "clue_id": desk.id("clue", name),
        "reporter_id": desk.id("reporter", name),
        "way": "point",
        "kinds": [kind],
        "division": division,
        "body": body,
        "urgent": False,
        "retaliation": False,
        "text": text,
        **dict.fromkeys(
            ("happened_on", "amount", "place", "unit_concerned", "reporter_name", "reporter_phone")
        ),
    }
