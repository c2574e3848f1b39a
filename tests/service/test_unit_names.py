"""One application at a time and one point a unit, asked as early as it can be known."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from services.registry.handlers.unit_names import LIVE_APPLICATION
from shared.contracts.errors import Refused
from shared.contracts.registry import commands
from shared.contracts.registry.vocabulary import ObjectionOutcome, Size, UnitKind
from tests.service.test_entry import lapse, supplying
from tests.service.test_leaving import striking
from tests.service.test_opened_application import opened, steps
from tests.service.test_points import retire
from tests.service.town import APPLICANT, LEADER, OFFICER, PUBLIC, Town, credit_code, fresh
from tests.services.registry import examples
from tests.services.registry import point_examples as points


def refused(town: Town, command: Any, actor: Any = LEADER) -> tuple[str, tuple[str, ...]]:
    with pytest.raises(Refused) as refusal:
        town.send(command, actor)
    return refusal.value.reason, tuple(refusal.value.fields)


def became_a_point(town: Town, code: str) -> None:
    """A point in office takes over the unit's code."""
    now = town.clock.time
    changing = replace(points.CHANGE_DETAILS, point_id=town.point(), unit_name=None, address=None)
    town.send(replace(changing, credit_code=code), OFFICER)
    town.clock.time = now


def uses_up_its_terms(town: Town, code: str) -> None:
    """A point with as many terms as there may be takes over the unit's code, and retires."""
    now, own = town.clock.time, credit_code()
    retire(town, town.point(credit_code=own))
    point_id = town.point(credit_code=own)
    changing = replace(points.CHANGE_DETAILS, point_id=point_id, unit_name=None, address=None)
    town.send(replace(changing, credit_code=code), OFFICER)
    retire(town, point_id)
    town.clock.time = now


def forgets(town: Town, application_id: str) -> None:
    """As an application of the time before stands there: without a name of its own."""
    with town.pool.connection() as connection:
        row = (LIVE_APPLICATION, f"application-{application_id}")
        connection.execute("DELETE FROM eventlog.claim WHERE scope = %s AND holder = %s", row)


def elsewhere(town: Town, code: str) -> Any:
    return town.submission(town.batch(), credit_code=code)


def test_a_unit_that_applies_in_one_batch_does_not_apply_in_another_meanwhile(town: Town) -> None:
    code = credit_code()
    town.submitted(town.batch(), credit_code=code)
    told = refused(town, elsewhere(town, code), APPLICANT)
    assert told == ("unit_applies_elsewhere", ("credit_code",))


def test_nor_does_a_supplement_turn_an_application_into_that_units(town: Town) -> None:
    code = credit_code()
    town.submitted(town.batch(), credit_code=code)
    other = town.submitted(town.batch())
    town.send(replace(examples.REQUEST_SUPPLEMENT, application_id=other), OFFICER)
    told = refused(town, supplying(other, credit_code=code), APPLICANT)
    assert told == ("unit_applies_elsewhere", ("credit_code",))


@pytest.mark.parametrize("end", ["withdrawn", "lapsed", "rejected", "struck off"])
def test_once_an_application_has_ended_the_unit_applies_in_the_next_batch(
    town: Town, end: str
) -> None:
    code = credit_code()
    batch_id = town.batch()
    if end == "struck off":
        town.send(striking(town.qualified(batch_id, credit_code=code)), LEADER)
    else:
        first = town.submitted(batch_id, credit_code=code)
        if end == "withdrawn":
            town.send(replace(examples.TAKE_BACK, application_id=first), APPLICANT)
        elif end == "rejected":
            town.send(replace(examples.FAIL, application_id=first), OFFICER)
        else:
            town.send(replace(examples.REQUEST_SUPPLEMENT, application_id=first), OFFICER)
            lapse(town, first)
    town.submitted(town.batch_on(town.clock.time), credit_code=code)


def test_whom_a_meeting_left_out_may_apply_elsewhere_and_a_reserve_may_not_yet(
    town: Town,
) -> None:
    batch_id, codes = town.batch(), (credit_code(), credit_code())
    reserve, out = (town.qualified(batch_id, credit_code=code) for code in codes)
    left_out = (commands.LeftOut(application_id=out, reasons="本区名额已满"),)
    decision = replace(town.deliberation(batch_id), reserves=(reserve,), left_out=left_out)
    town.send(decision, LEADER)
    assert refused(town, elsewhere(town, codes[0]), APPLICANT)[0] == "unit_applies_elsewhere"
    town.send(elsewhere(town, codes[1]), APPLICANT)


def test_a_unit_that_an_objection_brought_down_may_apply_elsewhere(town: Town) -> None:
    code, batch_id = credit_code(), town.batch()
    unit = town.qualified(batch_id, credit_code=code)
    about = {"notice_id": town.noticed(batch_id, unit), "objection_id": fresh()}
    town.send(replace(examples.OBJECT, **about, application_id=unit), PUBLIC)
    town.send(replace(examples.OVERRULE, **about, outcome=ObjectionOutcome.SUSTAINED), OFFICER)
    town.send(elsewhere(town, code), APPLICANT)


@pytest.mark.parametrize("lists", ["listed", "reserves"])
def test_a_unit_that_became_a_point_meanwhile_is_found_at_deliberation(
    town: Town, lists: str
) -> None:
    code, batch_id = credit_code(), town.batch()
    unit = town.qualified(batch_id, credit_code=code)
    became_a_point(town, code)
    decision = replace(town.deliberation(batch_id), **{lists: (unit,)})
    assert refused(town, decision) == ("unit_is_point_already", (f"{lists}[0]",))


@pytest.mark.parametrize("lists", ["listed", "reserves"])
def test_a_unit_whose_terms_are_used_up_gets_no_place(town: Town, lists: str) -> None:
    code, batch_id = credit_code(), town.batch()
    unit = town.qualified(batch_id, credit_code=code)
    uses_up_its_terms(town, code)
    decision = replace(town.deliberation(batch_id), **{lists: (unit,)})
    assert refused(town, decision) == ("terms_used_up", (f"{lists}[0]",))
    step = steps(opened(town, unit, LEADER))["RecordDeliberation", None]
    assert (step["possible"], step["reason"]) == (False, "terms_used_up")


def test_nor_does_a_reserve_whose_terms_are_used_up_move_up(town: Town) -> None:
    code, batch_id = credit_code(), town.batch()
    unit = town.qualified(batch_id, credit_code=code)
    town.send(replace(town.deliberation(batch_id), reserves=(unit,)), LEADER)
    uses_up_its_terms(town, code)
    promote = replace(examples.PROMOTE, batch_id=batch_id, application_id=unit)
    assert refused(town, promote) == ("terms_used_up", ("application_id",))
    step = steps(opened(town, unit, LEADER))["PromoteReserve", None]
    assert (step["possible"], step["reason"]) == (False, "terms_used_up")


def test_nor_does_a_notice_show_it(town: Town) -> None:
    code, batch_id = credit_code(), town.batch()
    unit = town.qualified(batch_id, credit_code=code)
    town.listed(batch_id, unit)
    uses_up_its_terms(town, code)
    told = refused(town, town.publication(batch_id, unit))
    assert told == ("terms_used_up", ("application_ids[0]",))
    step = steps(opened(town, unit, LEADER))["PublishNotice", None]
    assert (step["possible"], step["reason"]) == (False, "terms_used_up")


def test_or_when_the_notice_is_published(town: Town) -> None:
    code, batch_id = credit_code(), town.batch()
    unit = town.qualified(batch_id, credit_code=code)
    town.listed(batch_id, unit)
    became_a_point(town, code)
    publication = town.publication(batch_id, unit)
    assert refused(town, publication) == ("unit_is_point_already", ("application_ids[0]",))


def test_of_two_live_applications_of_old_one_alone_comes_to_the_list(town: Town) -> None:
    code = credit_code()
    batches = town.batch(), town.batch()
    units = []
    for batch_id in batches:
        units.append(town.qualified(batch_id, credit_code=code))
        forgets(town, units[-1])
    town.listed(batches[0], units[0])
    told = refused(town, town.deliberation(batches[1], units[1]))
    assert told == ("unit_applies_elsewhere", ("listed[0]",))


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
