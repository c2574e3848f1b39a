"""What is another division's, or another applicant's, is to an asker as if it were not there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from shared.access.actor import Actor
from shared.contracts.errors import NotFound
from tests.service.town import LEADER, OFFICER, REVIEWER, Town, fresh
from tests.services.registry import examples

OTHER_CITY = "430300"


def _answer(town: Town, command: Any, actor: Actor, **envelope: Any) -> dict[str, Any]:
    with pytest.raises(NotFound) as refusal:
        town.send(command, actor, **envelope)
    return refusal.value.to_wire()


@pytest.mark.parametrize("expected", [None, 0, 1, 2, 99])
def test_another_divisions_id_and_a_forged_one_give_the_same_answer(
    town: Town, expected: int | None
) -> None:
    batch_id = town.batch()
    submitted, noticed = town.submitted(batch_id), town.qualified(batch_id)
    notice_id = town.noticed(batch_id, noticed)
    envelope = {} if expected is None else {"expected_version": expected}
    for command, name, identifier, actor in (
        (examples.PASS, "application_id", submitted, OFFICER),
        (examples.FAIL, "application_id", submitted, OFFICER),
        (examples.CHECK, "application_id", submitted, REVIEWER),
        (examples.CONCLUDE, "application_id", submitted, REVIEWER),
        (examples.DELIBERATE, "batch_id", batch_id, LEADER),
        (examples.OVERRULE, "notice_id", notice_id, OFFICER),
        (examples.DESIGNATE, "notice_id", notice_id, LEADER),
    ):
        stranger, forged = replace(actor, division=OTHER_CITY), fresh()
        theirs = _answer(town, replace(command, **{name: identifier}), stranger, **envelope)
        nobodys = _answer(town, replace(command, **{name: forged}), stranger, **envelope)
        assert theirs["id"] == identifier
        assert {**theirs, "id": forged, "message": ""} == {**nobodys, "message": ""}, command


def test_a_list_in_a_command_finds_no_application_of_another_division(town: Town) -> None:
    theirs = town.qualified(town.batch())
    stranger = replace(LEADER, division=OTHER_CITY)
    own_batch = fresh()
    town.send(replace(examples.OPEN_BATCH, batch_id=own_batch, division=OTHER_CITY), stranger)
    for listed in (theirs, fresh()):
        told = _answer(town, town.deliberation(own_batch, listed), stranger)
        assert (told["what"], told["id"]) == ("application", listed)
        told = _answer(town, town.publication(own_batch, listed), stranger)
        assert (told["what"], told["id"]) == ("application", listed)
