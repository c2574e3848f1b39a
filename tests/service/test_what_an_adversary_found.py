"""Attacks that once went through, each by its name."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from shared.access.actor import Actor
from shared.contracts.canonical import is_heavier
from shared.contracts.envelope import LARGEST_MESSAGE, Envelope
from shared.contracts.errors import Invalid, Refused
from shared.contracts.registry.queries import ListPoints
from shared.contracts.registry.vocabulary import Size, UnitKind
from shared.contracts.roles import Role
from tests.service.town import APPLICANT, OFFICER, Town, fresh
from tests.services.registry import examples

ANYONE = Actor("somebody", Role.PUBLIC)
THIEF = Actor("thief", Role.APPLICANT)


def test_sealed_fields_of_anothers_refused_command_open_for_nobody_else(town: Town) -> None:
    batch_id = town.batch()
    theirs = town.message(town.submission(batch_id), actor=APPLICANT)

    with pytest.raises(Invalid) as invalid:
        town.commands.execute(town.signed(theirs, THIEF))

    assert {problem.code for problem in invalid.value.problems} == {"not_sealed"}


def test_an_objection_id_is_used_once_over_all_notices(town: Town) -> None:
    notices = []
    for _ in range(2):
        batch_id = town.batch()
        unit = town.qualified(batch_id)
        notices.append((town.noticed(batch_id, unit), unit))
    objection_id = fresh()

    def objection(place: int) -> object:
        notice_id, unit = notices[place]
        return replace(
            examples.OBJECT, notice_id=notice_id, application_id=unit, objection_id=objection_id
        )

    town.send(objection(0), ANYONE)
    with pytest.raises(Refused) as refusal:
        town.send(objection(1), ANYONE)

    assert (refusal.value.reason, refusal.value.fields) == ("already_exists", ("objection_id",))


@pytest.mark.parametrize(
    "again",
    [
        {"unit_name": "{}村民委员会", "credit_code": None},
        {"unit_name": "{}\u200b村民委员会", "credit_code": None},
        {"unit_name": "{}村民委员会"},
    ],
    ids=["the same", "with a character that shows nothing", "with another code"],
)
def test_a_village_applies_once_in_a_batch_under_whatever_spelling(
    town: Town, again: dict[str, object]
) -> None:
    batch_id = town.batch()
    village = {
        "unit_kind": UnitKind.VILLAGE_COMMUNITY,
        "declared_size": Size.SMALL,
        "trade": None,
        "staff": None,
        "revenue_wan": None,
        "industry_section": None,
    }
    name = f"禾坪{fresh()[:8]}"
    again = {**again, "unit_name": str(again["unit_name"]).format(name)}
    first = {"unit_name": f"{name}村民委员会", "credit_code": None}
    town.submitted(batch_id, **{**village, **first})

    with pytest.raises(Refused) as refusal:
        town.submitted(batch_id, **{**village, **again})

    assert (refusal.value.reason, refusal.value.fields) == ("unit_applied_already", ("unit_name",))


def test_two_businesses_of_one_name_are_two_units(town: Town) -> None:
    batch_id = town.batch()
    assert town.submitted(batch_id) != town.submitted(batch_id)


def test_a_query_does_not_wait_for_what_was_never_written(town: Town) -> None:
    town.project("points")
    town.queries = town.queries_that_wait(seconds=3_600)

    answer = town.ask(
        ListPoints(division=None), OFFICER, after={"stream": "batch-nothing", "version": 1}
    )

    assert answer["stale"] is True


@pytest.mark.parametrize(
    "wire",
    [
        {"k" * 100_000: [0.5] * 1_500},
        {"id": [[0] * 1_000] * 1_000},
        {"id": "字" * 100_000},
        {"id": {str(n): {} for n in range(60_000)}},
    ],
    ids=["a long key over much", "many items", "long text", "many keys"],
)
def test_a_message_that_is_too_large_is_refused_before_it_is_looked_at(
    wire: dict[str, object],
) -> None:
    with pytest.raises((Refused, Invalid)) as refusal:
        Envelope.load(wire)

    assert isinstance(refusal.value, Invalid) or refusal.value.reason == "too_large"
    assert len(str(refusal.value)) < 10_000, "what is refused is not repeated"


@pytest.mark.parametrize(
    "value", [{"a": ["x" * 100, 1, None, {"b": "字" * 50}]}, [[]] * 40, "é" * 90]
)
def test_nothing_is_called_too_heavy_that_is_not(value: object) -> None:
    written = len(json.dumps(value, ensure_ascii=False).encode())
    assert not is_heavier(value, written)
    assert is_heavier(value, written // 8)
    assert not is_heavier({"id": "x" * (LARGEST_MESSAGE // 2)}, LARGEST_MESSAGE)


def test_an_officer_of_the_city_still_sends_what_it_sealed_itself(town: Town) -> None:
    command = town.submission(town.batch())
    assert town.send(command, OFFICER)["version"] == 1
