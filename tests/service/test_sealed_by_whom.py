"""What was sealed for a message opens for whoever sent that message, and for nobody else."""

from __future__ import annotations

import pytest

from shared.access.actor import Actor
from shared.contracts.errors import Invalid
from shared.contracts.roles import Role
from tests.service.town import APPLICANT, OFFICER, Town

THIEF = Actor("thief", Role.APPLICANT)


def test_sealed_fields_of_anothers_refused_command_open_for_nobody_else(town: Town) -> None:
    batch_id = town.batch()
    theirs = town.message(town.submission(batch_id), actor=APPLICANT)

    with pytest.raises(Invalid) as invalid:
        town.commands.execute(town.signed(theirs, THIEF))

    assert {problem.code for problem in invalid.value.problems} == {"not_sealed"}


def test_an_officer_of_the_city_still_sends_what_it_sealed_itself(town: Town) -> None:
    command = town.submission(town.batch())
    assert town.send(command, OFFICER)["version"] == 1
