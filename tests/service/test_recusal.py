"""Nobody decides about a unit that they are tied to, in whatever command and whatever role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from shared.access.actor import Actor
from shared.contracts.days import ONE_DAY
from shared.contracts.errors import Refused
from shared.contracts.registry.vocabulary import Channel, DocumentKind
from shared.contracts.roles import Role
from tests.service.test_documents import attachment, brought
from tests.service.test_opened_application import opened, possible
from tests.service.town import (
    APPLICANT,
    CITY,
    LEADER,
    OFFICER,
    REVIEWER,
    Town,
    credit_code,
    fresh,
)
from tests.services.registry import examples

TIED_OFFICER = Actor("officer-tied", Role.OFFICER, CITY)
TIED_LEADER = Actor("leader-tied", Role.LEADER, CITY)
OFFICER_TOO = Actor(APPLICANT.id, Role.OFFICER, CITY)
RECOMMENDED = {"channel": Channel.RECOMMENDED, "recommender": "市工商联"}


def named() -> str:
    return f"纽带机械{fresh()[:8]}有限公司"


def interests(batch_id: str, actor: Actor, employer: str | None) -> Any:
    return replace(
        examples.DECLARE_INTERESTS,
        batch_id=batch_id,
        member_id=actor.id,
        employer_name=employer,
        employer_code=None,
        bodies=(),
        industry_group=None,
        district=None,
    )


def tied_to(town: Town, name: str) -> str:
    """A batch with a group, whose officer and leader have declared what ties them to a unit."""
    batch_id = town.batch_on(town.clock.time)
    town.group(batch_id)
    for actor in (TIED_OFFICER, TIED_LEADER):
        town.send(interests(batch_id, actor, name), actor)
    return batch_id


def refusal(town: Town, command: Any, actor: Actor) -> tuple[str, tuple[str, ...]]:
    with pytest.raises(Refused) as refused:
        town.send(command, actor)
    return refused.value.reason, refused.value.fields


def entering(town: Town) -> Iterator[tuple[str, Any]]:
    """Until the formal check: an application's id, and what its tied officer may not do."""
    name = named()
    batch_id = tied_to(town, name)
    unit = town.submitted(batch_id, unit_name=name, **RECOMMENDED)
    about = {"application_id": unit}
    yield unit, replace(examples.TAKE_BACK, **about, reasons="该单位电话要求撤回")
    yield unit, replace(examples.CONFIRM_RECOMMENDATION, **about, document="推荐函1号")
    yield unit, replace(examples.DECLINE_RECOMMENDATION, **about, document="复函1号")
    town.send(replace(examples.REQUEST_SUPPLEMENT, **about), OFFICER)
    yield (
        unit,
        replace(examples.SUPPLY, **about, **RECOMMENDED, unit_name=name, credit_code=credit_code()),
    )


def test_a_tied_officer_does_nothing_for_the_unit_before_its_formal_check(town: Town) -> None:
    for unit, command in entering(town):
        assert refusal(town, command, TIED_OFFICER) == ("recused", ())
        told = possible(town, unit, TIED_OFFICER)
        assert type(command).__name__ not in told
        assert type(command).__name__ in possible(town, unit, OFFICER)


def test_a_tied_officer_brings_no_documents_and_takes_none_back(town: Town) -> None:
    name = named()
    unit = town.submitted(tied_to(town, name), unit_name=name)
    letter = attachment(brought(town, unit, actor=TIED_OFFICER), kind=DocumentKind.OTHER)
    assert refusal(town, letter, TIED_OFFICER) == ("recused", ())
    town.send(attachment(brought(town, unit, actor=OFFICER), kind=DocumentKind.OTHER), OFFICER)
    (document,) = (its for its in town.log.stream(f"application-{unit}") if "Doc" in its.type)
    withdraw = replace(
        examples.WITHDRAW,
        application_id=unit,
        document_id=document.clear()["document_id"],
    )
    assert refusal(town, withdraw, TIED_OFFICER) == ("recused", ())
    assert opened(town, unit, TIED_OFFICER)["documents"]["brings"] == []
    assert opened(town, unit, OFFICER)["documents"]["brings"]


def test_who_has_recused_himself_does_not_take_the_application_back(town: Town) -> None:
    unit = town.submitted(town.batch())
    town.send(replace(examples.DECLARE_RECUSAL, application_id=unit), TIED_OFFICER)
    take_back = replace(examples.TAKE_BACK, application_id=unit, reasons="该单位电话要求撤回")
    assert refusal(town, take_back, TIED_OFFICER) == ("recused", ())
    assert town.send(take_back, OFFICER)


def test_the_applicant_speaks_for_itself_whatever_its_account_has_declared(town: Town) -> None:
    name = named()
    batch_id = town.batch()
    town.group(batch_id)
    town.send(interests(batch_id, OFFICER_TOO, name), OFFICER_TOO)
    unit = town.submitted(batch_id, unit_name=name)
    assert town.send(replace(examples.TAKE_BACK, application_id=unit), APPLICANT)


def test_a_tied_leader_stays_out_of_every_decision_on_the_unit(town: Town) -> None:
    name = named()
    batch_id = tied_to(town, name)
    free, unit = town.qualified(batch_id), town.qualified(batch_id, unit_name=name)

    listing = town.deliberation(batch_id, free, unit)
    assert refusal(town, listing, TIED_LEADER) == ("recused", ("listed[1]",))
    kept = replace(listing, listed=(free,), reserves=(unit,))
    assert refusal(town, kept, TIED_LEADER) == ("recused", ("reserves[0]",))
    assert "RecordDeliberation" not in possible(town, unit, TIED_LEADER)
    town.send(replace(listing, listed=(free,)), TIED_LEADER)

    town.send(replace(town.deliberation(batch_id), reserves=(unit,)), LEADER)
    promote = replace(examples.PROMOTE, batch_id=batch_id, application_id=unit)
    assert refusal(town, promote, TIED_LEADER)[0] == "recused"
    close = replace(examples.CLOSE_RESERVES, batch_id=batch_id)
    assert refusal(town, close, TIED_LEADER) == ("recused", ("reserves[0]",))
    assert "PromoteReserve" not in possible(town, unit, TIED_LEADER)
    town.send(promote, LEADER)

    publish = town.publication(batch_id, free, unit)
    for actor in (TIED_OFFICER, TIED_LEADER):
        assert refusal(town, publish, actor) == ("recused", ("application_ids[1]",))
    town.send(publish, LEADER)
    correct = replace(examples.CORRECT_NOTICE, notice_id=publish.notice_id, application_id=unit)
    assert refusal(town, correct, TIED_OFFICER)[0] == "recused"
    assert "CorrectNotice" not in possible(town, unit, TIED_OFFICER)

    town.clock.time += 9 * ONE_DAY
    designate = town.designation(publish.notice_id, unit)
    assert refusal(town, designate, TIED_LEADER) == ("recused", ("application_ids[0]",))
    assert "DesignatePoints" not in possible(town, unit, TIED_LEADER)
    assert "DesignatePoints" in possible(town, unit, LEADER)
    town.send(replace(designate, application_ids=(free,)), TIED_LEADER)
    town.send(designate, LEADER)


def test_a_tie_is_not_declared_away(town: Town) -> None:
    name, member = named(), Actor("reviewer-2", Role.REVIEWER, CITY)
    batch_id = town.batch()
    town.group(batch_id, REVIEWER, member)
    unit = town.submitted(batch_id, unit_name=name)
    town.send(replace(examples.PASS, application_id=unit), OFFICER)
    vote = replace(examples.VOTE, application_id=unit)
    for employer in (name, None, "别家机械有限公司"):
        town.send(interests(batch_id, member, employer), member)
        assert refusal(town, vote, member)[0] == "recused"
    assert "RecordReviewCheck" not in possible(town, unit, member)
    assert "RecordReviewCheck" in possible(town, unit, REVIEWER)
