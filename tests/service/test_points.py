"""Points while they are: certificates, plaques, places, names, mergers, contacts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.assessment.views.coverage import COVERAGE
from services.registry.domain.review import checks_for
from services.registry.handlers.common import point_of
from shared.access.actor import Actor
from shared.contracts.days import ONE_DAY, business_date, start_of_day
from shared.contracts.errors import Invalid, NotFound, Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands, queries
from shared.contracts.registry.vocabulary import (
    Resolution,
    RetirementGround,
    Size,
    Trade,
    UnitKind,
)
from shared.contracts.roles import Role
from shared.projections import aside
from shared.projections.projector import Projector
from tests.service.point_asking import ask, read, today
from tests.service.test_commands_once import at_once
from tests.service.test_corrections import data
from tests.service.town import (
    LEADER,
    OFFICER,
    PUBLIC,
    REVIEWER,
    Town,
    credit_code,
    fresh,
)
from tests.services.registry import examples
from tests.services.registry import point_examples as example

# Certificates ------------------------------------------------------------------------------------


def test_points_that_are_designated_at_once_have_numbers_without_a_gap(town: Town) -> None:
    ready = []
    for _ in range(4):
        batch_id = town.batch()
        unit = town.qualified(batch_id)
        ready.append((town.noticed(batch_id, unit), unit))
    before = _serials(town)
    town.after_the_notice()

    at_once(4, lambda its: town.send(town.designation(ready[its][0], ready[its][1]), LEADER))

    serials = _serials(town)
    assert serials == list(range(1, len(before) + 5))
    numbers = {_certificate(town, point_of(unit)) for _, unit in ready}
    assert numbers == {f"株司监联〔2026〕{serial:03}号" for serial in serials[-4:]}


def _serials(town: Town) -> list[int]:
    register = town.log.stream("certificates-430200")
    return [
        its.public["serial"]
        for its in register
        if its.type == "CertificateNumbered" and its.public["year"] == 2026
    ]


def _certificate(town: Town, point_id: str) -> str:
    return str(ask(town, queries.ShowPoint(point_id=point_id), PUBLIC)["certificate_number"])


def test_no_two_bureaus_number_alike(town: Town) -> None:
    prefix = f"测司监联{fresh()[:6]}"
    setting = replace(example.SET_PREFIX, prefix=prefix)
    town.send(replace(setting, division="430211"), LEADER)
    with pytest.raises(Refused) as refused:
        town.send(replace(setting, division="430204"), LEADER)
    assert refused.value.reason == Reason.CERTIFICATE_PREFIX_TAKEN
    with pytest.raises(Refused) as refused:  # as the city's usual one
        town.send(replace(setting, division="430204", prefix="株司监联"), LEADER)
    assert refused.value.reason == Reason.CERTIFICATE_PREFIX_TAKEN
    town.send(replace(setting, division="430211", prefix=prefix + "新"), LEADER)
    for alike in (f"{prefix}\u200b新", f"{prefix}\u3000新", f"{prefix} 新"):
        with pytest.raises(Refused) as refused:
            town.send(replace(setting, division="430204", prefix=alike), LEADER)
        assert refused.value.reason == Reason.CERTIFICATE_PREFIX_TAKEN
    assert town.send(replace(setting, division="430204"), LEADER)  # nothing bears it


def test_a_prefix_that_numbers_bear_is_never_given_to_another_bureau(town: Town) -> None:
    prefix = f"城司监联{fresh()[:6]}"
    setting = replace(example.SET_PREFIX, prefix=prefix)
    town.send(setting, LEADER)
    point_id = town.point()
    town.show()
    assert _certificate(town, point_id).startswith(prefix)
    for later in ("甲", "乙"):
        town.send(replace(setting, prefix=prefix + later), LEADER)

    with pytest.raises(Refused) as refused:
        town.send(replace(setting, division="430204"), LEADER)
    assert refused.value.reason == Reason.CERTIFICATE_PREFIX_TAKEN
    assert town.send(replace(setting, division="430204", prefix=prefix + "甲"), LEADER)
    town.send(setting, LEADER)  # its own again, under which its count goes on
    town.send(replace(setting, prefix="株司监联"), LEADER)


def test_a_plaque_number_hangs_in_one_place(town: Town) -> None:
    one, other = town.point(), town.point()
    giving = replace(example.GIVE_PLAQUE, plaque_number=fresh(), given_on=today(town))
    town.send(replace(giving, point_id=one), OFFICER)
    with pytest.raises(Refused) as refused:
        town.send(replace(giving, point_id=other), OFFICER)
    assert refused.value.reason == Reason.PLAQUE_NUMBER_TAKEN
    number = giving.plaque_number
    for alike in (number.upper(), number.replace("-", "－"), f"{number[:4]}\u200b{number[4:]}"):
        with pytest.raises(Refused) as refused:
            town.send(replace(giving, point_id=other, plaque_number=alike), OFFICER)
        assert refused.value.reason == Reason.PLAQUE_NUMBER_TAKEN
    town.send(commands.ReturnPlaque(point_id=one, returned_on=today(town)), OFFICER)
    assert town.send(replace(giving, point_id=other), OFFICER)


# Place and name ----------------------------------------------------------------------------------


def test_as_of_a_day_before_a_point_moved_the_coverage_is_the_old_one(town: Town) -> None:
    point_id = town.point()
    town.number()
    (last,) = town.log.read(town.log.head() - 1)  # other towns' days share this log
    before = business_date(last.sequenced_at)
    town.clock.time = start_of_day(before + 2 * ONE_DAY)
    town.send(replace(example.MOVE, point_id=point_id, moved_on=today(town) - ONE_DAY), OFFICER)
    town.number()

    assert _placed(town, point_id, aside.vector_of_day({"registry": town.log.read}, before)) == (
        "430211"
    )
    head = {"registry": town.log.head()}
    assert _placed(town, point_id, head) == "430204"
    told = ask(town, queries.ShowPoint(point_id=point_id), PUBLIC)
    assert told["division"] == "430204"
    assert told["former_divisions"] == [
        {"division": "430211", "until": (today(town) - ONE_DAY).isoformat()}
    ]


def _placed(town: Town, point_id: str, vector: aside.Vector) -> str:
    """Where coverage counts the point when it is rebuilt up to there."""
    feeds = {"registry": town.log.read}
    Projector(COVERAGE, town.pool).install(feeds)
    with aside.opened(COVERAGE, town.pool, feeds) as build:
        build.load(vector)
        rows = {row["point_id"]: row for table, row in build.rows() if table == "points"}
    return str(rows[point_id]["places"][-1]["division"])


def test_a_village_that_changes_its_name_leaves_the_old_one_to_others(town: Town) -> None:
    old, new = f"老村{fresh()[:8]}", f"新村{fresh()[:8]}"
    point_id = _village(town, old)
    renaming = replace(example.CHANGE_DETAILS, point_id=point_id, unit_name=new, address=None)
    town.send(renaming, OFFICER)
    assert ask(town, queries.ShowPoint(point_id=point_id), PUBLIC)["former_names"] == [
        {"unit_name": old, "until": today(town).isoformat()}
    ]
    with pytest.raises(Refused) as refused:
        _village(town, new)
    assert refused.value.reason == Reason.UNIT_IS_POINT_ALREADY
    assert _village(town, old) != point_id


def _village(town: Town, name: str) -> str:
    """A village of that name, the whole way to a point."""
    batch_id = town.batch_on(town.clock.time)
    unit = town.submitted(
        batch_id,
        unit_kind=UnitKind.VILLAGE_COMMUNITY,
        unit_name=name,
        credit_code=None,
        industry_section=None,
        trade=None,
        staff=None,
        revenue_wan=None,
        declared_size=Size.SMALL,
    )
    town.send(replace(examples.PASS, application_id=unit), OFFICER)
    for check in checks_for(UnitKind.VILLAGE_COMMUNITY):
        town.send(town.of_today(examples.found(check), unit), REVIEWER)
    town.conclude(batch_id, unit)
    notice_id = town.noticed(batch_id, unit)
    town.clock.time += 9 * ONE_DAY
    town.send(town.designation(notice_id, unit), LEADER)
    return point_of(unit)


def test_merged_points_are_linked_and_the_one_that_is_gone_retires_as_wound_up(town: Town) -> None:
    gone, stays = town.point(), town.point()
    merging = replace(
        example.MERGE,
        point_id=gone,
        into_point_id=stays,
        retirement_id=fresh(),
        merged_on=today(town),
    )
    with pytest.raises(NotFound):
        town.send(replace(merging, into_point_id=fresh()), LEADER)
    assert town.send(merging, LEADER)["events"] == [
        "PointMerged", "PointProcedureOpened", "PointAbsorbed", "RetirementOpened",
    ]  # fmt: skip
    deciding = replace(example.DECIDE, retirement_id=merging.retirement_id, held_on=today(town))
    town.send(deciding, LEADER)
    retire = replace(example.RETIRE, point_id=gone, ground=RetirementGround.WOUND_UP)
    town.send(retire, LEADER)
    told = ask(town, queries.ShowPoint(point_id=gone), PUBLIC)
    assert (told["merged_into"], told["ground"]) == (stays, "wound_up")
    assert ask(town, queries.ShowPoint(point_id=stays), PUBLIC)["absorbed"] == [gone]


def test_two_points_do_not_merge_into_each_other(town: Town) -> None:
    one, other = town.point(), town.point()
    merging = replace(
        example.MERGE,
        point_id=one,
        into_point_id=other,
        retirement_id=fresh(),
        merged_on=today(town),
    )
    town.send(merging, LEADER)
    back = replace(merging, point_id=other, into_point_id=one, retirement_id=fresh())
    with pytest.raises(Refused) as refused:
        town.send(back, LEADER)
    assert (refused.value.reason, refused.value.fields) == ("merged_already", ("into_point_id",))


def test_a_merger_that_was_none_is_undone_on_both_sides(town: Town) -> None:
    kept, other = town.point(), town.point()
    merging = replace(
        example.MERGE,
        point_id=kept,
        into_point_id=other,
        retirement_id=fresh(),
        merged_on=today(town),
    )
    town.send(merging, LEADER)
    keeping = replace(
        example.DECIDE,
        retirement_id=merging.retirement_id,
        held_on=today(town),
        resolution=Resolution.KEEP,
    )
    with pytest.raises(Refused) as refused:  # who is part of another unit is no point any more
        town.send(keeping, LEADER)
    assert refused.value.reason == "must_retire"
    assert town.send(replace(keeping, facts_hold=False), LEADER)["events"] == [
        "RetirementDecided", "PointMergerUndone", "PointProcedureClosed", "PointAbsorptionUndone",
    ]  # fmt: skip
    assert ask(town, queries.ShowPoint(point_id=kept), PUBLIC)["merged_into"] is None
    assert ask(town, queries.ShowPoint(point_id=other), PUBLIC)["absorbed"] == []


def test_a_units_terms_are_counted_over_all_its_points(town: Town) -> None:
    code = credit_code()
    for number in (1, 2):
        point_id = town.point(credit_code=code)
        assert ask(town, queries.ShowPoint(point_id=point_id), PUBLIC)["term_number"] == number
        retire(town, point_id)
    with pytest.raises(Refused) as refused:  # as soon as it applies, and not at the notice
        town.submitted(town.batch_on(town.clock.time), credit_code=code)
    assert refused.value.reason == "terms_used_up"
    assert refused.value.fields == ("credit_code",)


def test_group_size_and_code_of_a_point_change_and_its_new_code_is_its_alone(town: Town) -> None:
    old, new = credit_code(), credit_code()
    point_id, other = town.point(credit_code=old), town.point()
    nothing = replace(example.CHANGE_DETAILS, point_id=point_id, unit_name=None, address=None)
    with pytest.raises(Invalid):
        town.send(nothing, OFFICER)
    with pytest.raises(Invalid) as invalid:  # an enterprise's size is computed
        town.send(replace(nothing, declared_size=Size.SMALL), OFFICER)
    assert invalid.value.problems[0].path == "declared_size"

    less = replace(nothing, staff=400, revenue_wan=3_000, credit_code=new)
    assert town.send(less, OFFICER)["events"] == ["PointProfileChanged"]
    told = ask(town, queries.ShowPoint(point_id=point_id), PUBLIC)
    assert (told["size"], told["industry_group"]) == ("medium", "manufacturing")
    shrunk = replace(nothing, industry_section="F", trade=Trade.RETAIL, staff=20, revenue_wan=200)
    both = replace(shrunk, unit_name="株洲晨光商贸有限公司")
    assert town.send(both, OFFICER)["events"] == ["PointProfileChanged", "PointDetailsChanged"]
    told = ask(town, queries.ShowPoint(point_id=point_id), PUBLIC)
    assert (told["size"], told["industry_group"]) == ("small", "retail")

    taken = replace(nothing, point_id=other, credit_code=new)
    with pytest.raises(Refused) as refused:
        town.send(taken, OFFICER)
    assert refused.value.reason == Reason.UNIT_IS_POINT_ALREADY
    assert refused.value.fields == ("credit_code",)
    assert town.send(replace(taken, credit_code=old), OFFICER)  # which nobody has any more


def retire(town: Town, point_id: str) -> None:
    town.to_retire(point_id)
    town.send(replace(example.RETIRE, point_id=point_id, ground=RetirementGround.OWN_WISH), LEADER)


def test_contacts_are_those_of_the_application_as_it_was_corrected(town: Town) -> None:
    batch_id = town.batch()
    unit = town.qualified(batch_id)
    town.send(data(unit, address="天元区工业路10号"), OFFICER)
    notice_id = town.noticed(batch_id, unit)
    town.after_the_notice()
    town.send(town.designation(notice_id, unit), LEADER)
    told = read(town, queries.OpenPoint(point_id=point_of(unit), purpose="上门走访"))
    assert (told["address"], told["contact_name"]) == ("天元区工业路10号", "李一")


def test_contacts_are_those_of_the_application_until_they_change(town: Town) -> None:
    point_id = town.point()
    opening = queries.OpenPoint(point_id=point_id, purpose="上门走访")
    first = read(town, opening)
    assert (first["address"], first["contact_name"]) == ("天元区工业路8号", "李一")
    assert first["liaison_name"] is None
    town.send(replace(example.CHANGE_DETAILS, point_id=point_id), OFFICER)
    itself = Actor("point-1", Role.POINT, None, point_id)
    town.send(replace(example.APPOINT_POINT_LIAISON, point_id=point_id), itself)
    then = read(town, opening, itself)
    assert (then["address"], then["contact_name"]) == ("天元区工业路9号", "李一")
    assert (then["liaison_name"], then["liaison_phone"]) == ("王联络", "13900004321")
    for stranger in (replace(OFFICER, division="430204"), replace(itself, unit=fresh())):
        with pytest.raises(NotFound):
            read(town, opening, stranger)
