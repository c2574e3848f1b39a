"""From application to designation and a first retirement, as the services' users meet it."""

from __future__ import annotations

import datetime as dt

import pytest

from shared.contracts.errors import Refused
from shared.contracts.registry.vocabulary import UnitKind
from tests.system.bureau import (
    ANYONE,
    APPLICANT,
    CITY,
    DISTRICT,
    LEADER,
    OFFICER,
    OTHER_DISTRICT,
    PROFILE,
    REVIEWER,
    Bureau,
    Payload,
    application,
    conclusion,
    figures,
    new_id,
    objection,
)

UNITS = [(kind, place) for kind in UnitKind for place in (DISTRICT, OTHER_DISTRICT)]


def coverage(bureau: Bureau, year: int) -> Payload:
    """Coverage once assessment has heard all that the registry has said."""
    bureau.wait_for_assessment()
    shown: Payload = bureau.client.query(
        ANYONE, "assessment", "ShowCoverage", {"division": CITY, "year": year}
    )
    return shown


def points_of(shown: Payload, division: str) -> int:
    return sum(row["points"] for row in shown["districts"] if row["division"] == division)


def test_units_of_every_kind_go_from_application_to_designation_and_one_retires(
    bureau: Bureau,
) -> None:
    year = bureau.today.year
    before = coverage(bureau, year)
    bureau.send(OFFICER, "RecordDistrictFigures", figures(year, d430211=60_000, d430203=40_000))
    batch_id = bureau.open_batch(places=len(UNITS))

    # Everyone applies; each sees its own application at once, in the state it is in.
    kinds = {bureau.apply(batch_id, kind, place): kind for kind, place in UNITS}
    seen = bureau.applications(batch_id)
    assert seen.keys() == kinds.keys()
    assert {row["status"] for row in seen.values()} == {"submitted"}
    for application_id, kind in kinds.items():
        row = seen[application_id]
        assert (row["industry_group"], row["size"]) == PROFILE[kind]

    for application_id in kinds:
        bureau.pass_form(application_id)
        assert bureau.applications(batch_id)[application_id]["status"] == "under_review"
    for application_id, kind in kinds.items():
        bureau.check(application_id, kind)
        bureau.conclude(application_id)
        assert bureau.applications(batch_id)[application_id]["status"] == "qualified"

    listed = list(kinds)
    bureau.deliberate(batch_id, listed)
    assert {row["status"] for row in bureau.applications(batch_id).values()} == {"listed"}
    notice_id = bureau.publish(batch_id, listed)
    assert {row["status"] for row in bureau.applications(batch_id).values()} == {"on_notice"}
    shown = bureau.notice(batch_id)
    assert {unit["application_id"] for unit in shown["units"]} == set(listed)
    published = dt.date.fromisoformat(shown["published_on"])
    assert dt.date.fromisoformat(shown["first_day"]) == published + dt.timedelta(days=1)
    assert dt.date.fromisoformat(shown["last_day"]) == published + dt.timedelta(days=7)

    with pytest.raises(Refused) as early:
        bureau.designate(notice_id, listed)
    assert early.value.reason == "notice_running"
    bureau.let_notice_end()
    bureau.designate(notice_id, listed)
    points = bureau.points(batch_id)
    assert points.keys() == kinds.keys()
    for application_id, row in bureau.applications(batch_id).items():
        assert row["status"] == "designated"
        assert row["point_id"] == points[application_id]["point_id"]
        assert points[application_id]["unit_kind"] == kinds[application_id]

    total = before["points"] + len(UNITS)
    covered = coverage(bureau, year)
    assert covered["points"] == total
    for place in (DISTRICT, OTHER_DISTRICT):
        assert points_of(covered, place) == points_of(before, place) + len(UnitKind)
    shares = {row["division"]: row["entities_share"] for row in covered["districts"]}
    assert (shares[DISTRICT], shares[OTHER_DISTRICT]) == (6000, 4000)

    # The first retirement: the point stays on record with its ground, and counts no longer.
    leaving = points[listed[0]]
    bureau.to_retire(leaving["point_id"])
    bureau.send(
        LEADER,
        "RetirePoint",
        {"point_id": leaving["point_id"], "ground": "own_wish", "facts": "该单位书面申请退出"},
    )
    retired = bureau.points(batch_id)[listed[0]]
    assert (retired["ground"], retired["retired_on"]) == ("own_wish", bureau.today.isoformat())
    assert [row["ground"] for row in bureau.points(batch_id).values()].count(None) == len(UNITS) - 1
    covered = coverage(bureau, year)
    assert covered["points"] == total - 1
    assert points_of(covered, leaving["division"]) == (
        points_of(before, leaving["division"]) + len(UnitKind) - 1
    )


def test_the_event_of_a_retirement_tells_its_ground_to_everyone(bureau: Bureau) -> None:
    _, notice_id, (unit,) = bureau.on_notice([(UnitKind.CHAMBER, DISTRICT)])
    bureau.let_notice_end()
    bureau.designate(notice_id, [unit])
    (point,) = (p for p in bureau.read_all("ListPoints", {}) if p["application_id"] == unit)
    bureau.to_retire(point["point_id"], "leaking")
    payload = {"point_id": point["point_id"], "ground": "leaking", "facts": "泄露反映人信息"}
    result = bureau.send(LEADER, "RetirePoint", payload)
    assert result == {
        "stream": f"point-{point['point_id']}", "version": 4,
        "events": ["PointRetired", "RetirementCompleted"],
    }  # fmt: skip
    event = last_event(bureau, result)
    assert event["public"] == {
        "point_id": point["point_id"],
        "ground": "leaking",
        "retired_on": bureau.today.isoformat(),
    }
    assert "泄露" not in str(event)


def last_event(bureau: Bureau, result: Payload) -> Payload:
    """The event that a result is about, from the registry's feed."""
    bureau.read("ListPoints", {})  # by now the relay has numbered it
    after = max(bureau.client.ask("registry", "head") - 100, 0)
    for event in bureau.client.ask("registry", "feed", after, 1_000):
        if (event["stream"], event["version"]) == (result["stream"], result["version"]):
            found: Payload = event
            return found
    raise AssertionError(f"{result} is not in the feed")


def test_an_overruled_objection_holds_its_unit_up_and_a_sustained_one_brings_it_down(
    bureau: Bureau,
) -> None:
    units = [(UnitKind.ENTERPRISE, DISTRICT), (UnitKind.VILLAGE_COMMUNITY, OTHER_DISTRICT)]
    batch_id, notice_id, (staying, falling) = bureau.on_notice(units)
    harmless = objection(notice_id, staying)
    grave = objection(notice_id, falling, anonymous=True)
    bureau.send(ANYONE, "ObjectToNotice", harmless)
    bureau.send(APPLICANT, "ObjectToNotice", grave)
    assert {one["outcome"] for one in bureau.notice(batch_id)["objections"]} == {None}
    bureau.let_notice_end()
    with pytest.raises(Refused) as held_up:
        bureau.designate(notice_id, [staying])
    assert (held_up.value.reason, held_up.value.fields) == (
        "objection_open",
        ("application_ids[0]",),
    )
    for one, outcome in ((harmless, "overruled"), (grave, "sustained")):
        decision = {
            "notice_id": notice_id,
            "objection_id": one["objection_id"],
            "outcome": outcome,
            "reasons": "经核实，作出如上决定",
        }
        bureau.send(OFFICER, "DecideObjection", decision)
    outcomes = {
        row["application_id"]: row["outcome"] for row in bureau.notice(batch_id)["objections"]
    }
    assert outcomes == {staying: "overruled", falling: "sustained"}
    fallen = bureau.applications(batch_id)[falling]
    assert (fallen["status"], fallen["rejection_stage"]) == ("rejected", "notice")
    with pytest.raises(Refused) as dropped:
        bureau.designate(notice_id, [staying, falling])
    assert (dropped.value.reason, dropped.value.fields) == (
        "not_on_notice",
        ("application_ids[1]",),
    )
    assert bureau.points(batch_id) == {}, "all of them or none"
    bureau.designate(notice_id, [staying])
    assert bureau.points(batch_id).keys() == {staying}


def test_rejected_applicants_stay_on_record_with_their_grounds(bureau: Bureau) -> None:
    batch_id = bureau.open_batch()
    kind = UnitKind.ENTERPRISE
    unfit, debtor = bureau.apply(batch_id, kind), bureau.apply(batch_id, kind)
    failing = {"application_id": unfit, "grounds": ["documents_incomplete"], "reasons": "缺少材料"}
    bureau.send(OFFICER, "FailFormalCheck", failing)
    bureau.pass_form(debtor)
    bureau.check(debtor, kind, dishonest_debtor_list="failed")
    bureau.group(batch_id)
    with pytest.raises(Refused) as stopped:
        bureau.send(REVIEWER, "ConcludeReview", conclusion(debtor))
    assert stopped.value.reason == "hard_stop"
    negative = {
        **conclusion(debtor),
        "conclusion": "not_qualified",
        "grounds": ["dishonest_debtor"],
        "reasons": "被列入失信被执行人名单",
    }
    bureau.send(REVIEWER, "CastVote", {"application_id": debtor, "in_favour": False})
    bureau.send(REVIEWER, "ConcludeReview", negative)
    rows = bureau.applications(batch_id)
    told = {its: (rows[its]["rejection_stage"], rows[its]["grounds"]) for its in (unfit, debtor)}
    assert told == {
        unfit: ("formal_check", ["documents_incomplete"]),
        debtor: ("review", ["dishonest_debtor"]),
    }
    assert rows[debtor]["findings"]["dishonest_debtor_list"] == "failed"


def test_a_unit_applies_once_a_batch_and_becomes_a_point_once(bureau: Bureau) -> None:
    batch_id = bureau.open_batch()
    first = application(batch_id, UnitKind.ENTERPRISE)
    bureau.send(APPLICANT, "SubmitApplication", first)
    again = {**first, "application_id": new_id(), "unit_name": "改了名字的同一单位"}
    with pytest.raises(Refused) as twice:
        bureau.send(APPLICANT, "SubmitApplication", again)
    assert twice.value.reason == "unit_applied_already"

    first_id = first["application_id"]
    again["batch_id"] = bureau.open_batch()
    with pytest.raises(Refused) as elsewhere:
        bureau.send(APPLICANT, "SubmitApplication", again)
    assert elsewhere.value.reason == "unit_applies_elsewhere"
    bureau.qualify(first_id, UnitKind.ENTERPRISE)
    bureau.deliberate(batch_id, [first_id])
    notice_id = bureau.publish(batch_id, [first_id])
    bureau.let_notice_end()
    bureau.designate(notice_id, [first_id])
    with pytest.raises(Refused) as point_already:
        bureau.send(APPLICANT, "SubmitApplication", again)
    assert point_already.value.reason == "unit_is_point_already"


def test_an_applicant_sees_its_own_data_in_clear_and_nobody_elses(bureau: Bureau) -> None:
    batch_id = bureau.open_batch()
    mine = application(batch_id, UnitKind.INDIVIDUAL_BUSINESS)
    bureau.send(APPLICANT, "SubmitApplication", mine)
    question = {"application_id": mine["application_id"], "purpose": "核对联系方式"}
    opened = bureau.read("OpenApplication", question, APPLICANT)
    for name in ("unit_name", "credit_code", "address", "contact_name", "contact_phone"):
        assert opened[name] == mine[name]
    stranger = type(APPLICANT)("applicant-2", APPLICANT.role)
    assert bureau.read_all("ListApplications", {"batch_id": batch_id}, stranger) == []
