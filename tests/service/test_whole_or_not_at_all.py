"""A command that touches several aggregates happens whole or not at all, and names the item."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.registry.handlers.common import point_of
from shared.contracts.errors import JianduError, NotFound, Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry.vocabulary import ObjectionOutcome, RetirementGround
from tests.service.town import LEADER, OFFICER, PUBLIC, Town, credit_code, fresh
from tests.services.registry import examples


def refused(town: Town, command: object, error: type[JianduError] = Refused) -> JianduError:
    before = town.counted()
    with pytest.raises(error) as refusal:
        town.send(command, LEADER)
    assert town.counted() == before
    return refusal.value


def test_one_application_that_is_not_qualified_leaves_no_deliberation(town: Town) -> None:
    batch_id = town.batch()
    good, bad = town.qualified(batch_id), town.submitted(batch_id)
    refusal = refused(town, town.deliberation(batch_id, good, bad))
    assert (refusal.detail()["reason"], refusal.detail()["fields"]) == (
        Reason.WRONG_STATE,
        ["listed[1]"],
    )
    town.listed(batch_id, good)


def test_one_application_of_another_batch_leaves_no_deliberation(town: Town) -> None:
    batch_id = town.batch()
    good, elsewhere = town.qualified(batch_id), town.qualified(town.batch())
    refusal = refused(town, town.deliberation(batch_id, elsewhere, good))
    assert (refusal.detail()["reason"], refusal.detail()["fields"]) == (
        Reason.NOT_IN_BATCH,
        ["listed[0]"],
    )


def test_one_application_that_is_not_there_leaves_no_deliberation(town: Town) -> None:
    batch_id, nowhere = town.batch(), fresh()
    refusal = refused(
        town, town.deliberation(batch_id, town.qualified(batch_id), nowhere), NotFound
    )
    assert refusal.detail() == {"what": "application", "id": nowhere}


def test_a_list_longer_than_the_places_leaves_no_deliberation(town: Town) -> None:
    batch_id = town.batch(places=1)
    two = [town.qualified(batch_id) for _ in range(2)]
    refusal = refused(town, town.deliberation(batch_id, *two))
    assert refusal.detail()["reason"] == Reason.TOO_FEW_PLACES


def test_one_application_that_was_not_listed_leaves_no_notice(town: Town) -> None:
    batch_id = town.batch()
    good, bad = town.qualified(batch_id), town.qualified(batch_id)
    town.listed(batch_id, good)
    refusal = refused(town, town.publication(batch_id, good, bad))
    assert (refusal.detail()["reason"], refusal.detail()["fields"]) == (
        Reason.WRONG_STATE,
        ["application_ids[1]"],
    )


def test_a_notice_names_its_units_and_moves_every_application_in_one_append(town: Town) -> None:
    batch_id = town.batch()
    two = [town.qualified(batch_id, unit_name=f"单位{number}") for number in range(2)]
    town.listed(batch_id, *two)
    publication = town.publication(batch_id, *two)
    result = town.send(publication, LEADER)

    assert result == {
        "stream": f"notice-{publication.notice_id}",
        "version": 1,
        "events": ["ApplicationPutOnNotice", "ApplicationPutOnNotice", "NoticePublished"],
    }
    units = town.last(result["stream"]).public["units"]
    assert [unit["unit_name"] for unit in units] == ["单位0", "单位1"]


def test_one_unit_with_an_open_objection_leaves_nothing_designated(town: Town) -> None:
    batch_id = town.batch()
    good, objected = town.qualified(batch_id), town.qualified(batch_id)
    notice_id = town.noticed(batch_id, good, objected)
    objection = replace(
        examples.OBJECT, notice_id=notice_id, application_id=objected, objection_id=fresh()
    )
    town.send(objection, PUBLIC)
    town.after_the_notice()

    refusal = refused(town, town.designation(notice_id, good, objected))
    assert (refusal.detail()["reason"], refusal.detail()["fields"]) == (
        Reason.OBJECTION_OPEN,
        ["application_ids[1]"],
    )
    assert town.send(town.designation(notice_id, good), LEADER)["version"] == 3


def test_a_sustained_objection_drops_the_unit_and_frees_its_place_together(town: Town) -> None:
    batch_id = town.batch(places=1)
    dropped, next_one = town.qualified(batch_id), town.qualified(batch_id)
    notice_id = town.noticed(batch_id, dropped)
    objection_id = fresh()
    town.send(
        replace(
            examples.OBJECT,
            notice_id=notice_id,
            application_id=dropped,
            objection_id=objection_id,
        ),
        PUBLIC,
    )
    decision = replace(
        examples.OVERRULE,
        notice_id=notice_id,
        objection_id=objection_id,
        outcome=ObjectionOutcome.SUSTAINED,
    )
    assert town.send(decision, OFFICER)["events"] == [
        "ObjectionDecided",
        "ApplicationRejected",
        "PlaceFreed",
    ]
    town.listed(batch_id, next_one)


def _designated(town: Town, code: str) -> str:
    """Make a unit with that credit code a point; the id of its application."""
    town.clock.time = examples.NOW
    batch_id = town.batch()
    application_id = town.qualified(batch_id, credit_code=code)
    notice_id = town.noticed(batch_id, application_id)
    town.after_the_notice()
    town.send(town.designation(notice_id, application_id), LEADER)
    return application_id


def test_a_unit_that_is_a_point_becomes_none_again_until_that_one_has_retired(town: Town) -> None:
    code = credit_code()
    first = _designated(town, code)
    town.clock.time = examples.NOW
    batch_id = town.batch()
    with pytest.raises(Refused) as refusal:
        town.submitted(batch_id, credit_code=code)
    assert (refusal.value.reason, refusal.value.fields) == (
        Reason.UNIT_IS_POINT_ALREADY,
        ("credit_code",),
    )

    retire = replace(examples.RETIRE, point_id=point_of(first), ground=RetirementGround.OWN_WISH)
    town.to_retire(point_of(first))
    town.send(retire, LEADER)
    again = _designated(town, code)
    assert town.types(f"point-{point_of(again)}") == ["PointDesignated", "TermBegun"]


def test_what_a_command_wrote_says_who_and_why(town: Town) -> None:
    batch_id = town.batch()
    submission, command_id, correlation_id = town.submission(batch_id), fresh(), fresh()
    town.send(
        submission, OFFICER, command_id, correlation_id=correlation_id, causation_id="hotline/7"
    )
    event = town.last(f"application-{submission.application_id}")
    assert (event.role, event.actor_id, event.command_id) == ("officer", "officer-1", command_id)
    assert event.correlation_id == correlation_id
    assert event.withheld["causation_id"]["value"] == "hotline/7"
    assert event.occurred_at == town.clock.time
    assert set(event.sealed) == {
        "unit_name", "credit_code", "address", "contact_name", "contact_phone",
    }  # fmt: skip


def test_a_command_of_the_service_itself_is_carried_out_once(town: Town) -> None:
    application_id = town.submitted(town.batch())
    command = replace(examples.PASS, application_id=application_id)
    command_id = fresh()
    for _ in range(2):
        town.commands.act(command, command_id, fresh(), "registry/7")
    event = town.last(f"application-{application_id}")
    assert (event.type, event.version, event.role) == ("FormalCheckPassed", 2, "system")
