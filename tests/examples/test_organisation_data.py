"""The demo's organisation: commands that the registry takes, about the city that it plays in."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, cast

from examples.first_batch import cast as people
from examples.first_batch import organisation_data
from examples.first_batch.organisation import OrganisationStory
from examples.first_batch.second_data import load as load_second
from examples.play.desk import Desk
from examples.play.people import Person
from shared.contracts.registry.commands import COMMANDS
from shared.contracts.roles import Role
from shared.reference.divisions import Divisions

DATA = organisation_data.load()
DAY = dt.date(2026, 12, 5)


class Recorder:
    """A desk that keeps what it is handed, as the registry would read it."""

    def __init__(self) -> None:
        self.sent: list[tuple[Role, Any]] = []

    def id(self, *names: str) -> str:
        return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(names)))

    def send(self, person: Person, command_type: str, name: str, payload: Any) -> None:
        self.sent.append((person.role, COMMANDS.find(command_type).load(payload)))


def played() -> list[tuple[Role, Any]]:
    recorder = Recorder()
    OrganisationStory(DATA, cast(Desk, recorder), lambda text: None).play(DAY)
    return recorder.sent


def test_every_command_is_well_formed_and_sent_by_who_may() -> None:
    by_type = {type(command).__name__: role for role, command in played()}
    assert by_type == {
        "AppointResponsibleLeader": Role.LEADER,
        "RegisterPartnerBody": Role.OFFICER,
        "RecordCoordinationMeeting": Role.OFFICER,
        "CompleteMeetingTask": Role.OFFICER,
    }


def test_the_city_and_each_of_its_districts_has_somebody_who_answers_for_it() -> None:
    districts = Divisions.for_year(DAY.year).leaves(people.CITY)
    assert [its.division for its in DATA.leaders] == [people.CITY, *districts]


def test_the_partner_of_the_cast_is_registered_and_has_a_recommendation_to_confirm() -> None:
    assert people.PARTNER.unit in {its.name for its in DATA.partners}
    waiting = [its.applicant for its in load_second().courses if its.reaches == "submitted"]
    assert people.PARTNER.unit in {its.application["recommender"] for its in waiting}
