"""Clues over a real log: who may do what, what is shown to whom, and what is never told."""

from __future__ import annotations

import dataclasses
import json

import pytest

from services.clues.handlers.bodies import names_its_division
from shared.access.actor import Actor
from shared.contracts.clues import commands, queries
from shared.contracts.clues.vocabulary import (
    ClueKind,
    Reporting,
    Way,
)
from shared.contracts.errors import Invalid, NotFound, Refused
from shared.contracts.keeping.vocabulary import KnownStanding
from shared.contracts.roles import Role
from shared.contracts.stored import RecordedEvent, public_form
from tests.service.clues.town import (
    BODY,
    COLLEAGUE,
    DISTRICT,
    ELSEWHERE,
    LEADER,
    OFFICER,
    PUBLIC,
    ClueTown,
)
from tests.service.town import fresh
from tests.services.clues import examples as example


def open_clue(town: ClueTown, clue_id: str, actor: Actor = OFFICER) -> dict:  # type: ignore[type-arg]
    found: dict = town.ask(queries.OpenClue(clue_id=clue_id, purpose="办理"), actor)  # type: ignore[type-arg]
    return found


def refused(town: ClueTown, command: object, actor: Actor) -> str:
    with pytest.raises(Refused) as refusal:
        town.send(command, actor)
    return str(refusal.value.reason)


def test_the_speechs_case_from_the_point_to_the_answer(town: ClueTown) -> None:
    point = town.point()
    clue_id = town.accepted(point)
    referral_id = fresh()
    about = {"clue_id": clue_id, "referral_id": referral_id}
    town.does(clue_id, dataclasses.replace(example.REFER, referral_id=referral_id))
    town.send(dataclasses.replace(example.ANSWER_BADLY, **about), BODY)
    (mine,) = town.ask(queries.ListReferrals(open=True, cursor=None, limit=None), BODY)["items"]
    assert (mine["standing"], mine["missing"]) == ("returned", ["basis", "refund"])
    town.send(dataclasses.replace(example.ANSWER, **about), BODY)
    town.does(clue_id, example.START, example.TAKE_STEP, example.CLAIM_REFUND)
    town.does(clue_id, example.VERIFY_REFUND, example.CONCLUDE, example.DISCIPLINE)
    town.does(clue_id, example.GIVE_NOTICE, example.ORDER_REFUND, example.PAY)
    close = dataclasses.replace(example.CLOSE, clue_id=clue_id)
    assert refused(town, close, OFFICER) == "refund_unpaid"
    town.does(clue_id, example.PAY_REST, example.CLOSE, example.GIVE_FEEDBACK)
    town.send(dataclasses.replace(example.RELAY, clue_id=clue_id), point)
    town.send(dataclasses.replace(example.NOT_SOLVED, clue_id=clue_id), point)

    row = open_clue(town, clue_id)
    assert (row["status"], row["round"], row["satisfaction"]) == ("accepted", 2, None)
    assert row["ledger"]["totals"] == {
        "claimed": 5_000_000, "verified": 3_000_000, "ordered": 3_000_000, "paid": 3_000_000,
        "unpaid": 0,
    }  # fmt: skip


def test_the_public_form_tells_no_body_no_way_in_no_amount_and_nobody(town: ClueTown) -> None:
    clue_id = town.closed(town.point())
    for event in town.log.stream(f"clue-{clue_id}"):
        form = public_form(RecordedEvent(1, town.clock.now(), event))
        told = json.dumps(form, ensure_ascii=False)
        for secret in (example.BODY, "赵某", "13900001111", "point-account", "5000000", "某机械厂"):
            assert secret not in told
        assert "time" not in form
        public = {name for name, its in form["data"]["data"].items() if not _is_withheld(its)}
        assert public <= {"clue_id", "kinds", "division", "finding", "outcomes", "kind"}
    filed = town.log.stream(f"clue-{clue_id}")[0]
    assert filed.role == "public"


def _is_withheld(value: object) -> bool:
    return isinstance(value, dict) and set(value) == {"withheld"}


def test_a_point_files_while_it_is_at_work_and_sees_its_own_alone(town: ClueTown) -> None:
    point, other = town.point(), town.point()
    clue_id = town.filed(point)
    listed = town.ask(queries.ListClues(), point)["items"]
    assert [row["clue_id"] for row in listed] == [clue_id]
    with pytest.raises(NotFound):
        open_clue(town, clue_id, other)
    note = commands.NotePoint(
        point_id=str(point.unit), standing=KnownStanding.SUSPENDED, division=None, unit_name=None
    )
    town.system(note)
    again = dataclasses.replace(example.FILE_COMMAND, clue_id=fresh(), reporter_id=fresh())
    assert refused(town, again, point) == "point_not_active"
    stranger = Actor("x", Role.POINT, unit=fresh())
    assert refused(town, again, stranger) == "point_not_active"


def test_a_point_never_sees_the_reporter_again_nor_the_bureau_what_is_confidential(
    town: ClueTown,
) -> None:
    point = town.point()
    clue_id = town.filed(point)
    for actor in (point, OFFICER, LEADER):
        told = json.dumps(open_clue(town, clue_id, actor), ensure_ascii=False)
        assert "赵某" not in told
        assert "13900001111" not in told
        assert "超标罚款" in told
    named = town.accepted(point, reporting=Reporting.NAMED)
    assert "赵某" in json.dumps(open_clue(town, named), ensure_ascii=False)
    assert "赵某" not in json.dumps(open_clue(town, named, point), ensure_ascii=False)


def test_ways_in_are_those_of_the_role(town: ClueTown) -> None:
    for actor, way in ((PUBLIC, Way.FORM), (OFFICER, Way.BUREAU), (OFFICER, Way.VISIT)):
        assert town.filed(actor, way=way)
    with pytest.raises(Invalid):
        town.filed(PUBLIC, way=Way.BUREAU)
    with pytest.raises(Invalid):
        town.filed(OFFICER, way=Way.OPINION_BOX)


def test_another_district_neither_sees_nor_handles_it(town: ClueTown) -> None:
    clue_id = town.filed(PUBLIC, way=Way.FORM)
    with pytest.raises(NotFound):
        open_clue(town, clue_id, ELSEWHERE)
    with pytest.raises(NotFound):
        town.send(commands.AcceptClue(clue_id=clue_id), ELSEWHERE)


def test_whoever_stays_out_does_not_read_it_either(town: ClueTown) -> None:
    clue_id = town.accepted(town.point())
    recusal = dataclasses.replace(example.RECUSE, clue_id=clue_id, account_id=COLLEAGUE.id)
    assert refused(town, recusal, OFFICER) == "wrong_role", "an officer speaks for oneself"
    town.send(recusal, COLLEAGUE)
    with pytest.raises(Refused):
        open_clue(town, clue_id, COLLEAGUE)
    rows = town.ask(queries.ListClues(limit=100), COLLEAGUE)["items"]
    assert clue_id not in [row["clue_id"] for row in rows]


def test_a_body_reads_and_answers_its_own_referral_alone(town: ClueTown) -> None:
    clue_id, referral_id = town.accepted(town.point()), fresh()
    town.does(clue_id, dataclasses.replace(example.REFER, referral_id=referral_id))
    opened = town.ask(queries.OpenReferral(referral_id=referral_id), BODY)
    told = json.dumps(opened, ensure_ascii=False)
    assert example.REFER.summary in told
    assert "对同行企业检查时" not in told
    answer = dataclasses.replace(example.ANSWER, clue_id=clue_id, referral_id=referral_id)
    namesake = dataclasses.replace(BODY, division="430203")
    for other in (dataclasses.replace(BODY, unit="市市场监督管理局"), namesake):
        with pytest.raises(NotFound):
            town.ask(queries.OpenReferral(referral_id=referral_id), other)
        with pytest.raises(NotFound):
            town.send(answer, other)
        listed = town.ask(queries.ListReferrals(limit=100), other)["items"]
        assert referral_id not in [row["referral_id"] for row in listed]
    with pytest.raises(Refused):
        open_clue(town, clue_id, BODY)


def test_retaliation_has_an_urgent_case_of_its_own(town: ClueTown) -> None:
    point = town.point()
    clue_id = town.filed(point, retaliation=True)
    assert town.types(f"clue-{clue_id}") == ["ClueFiled", "RetaliationFlagged"]
    later = town.filed(point)
    town.send(commands.FlagRetaliation(clue_id=later, text="检查次数突然增多"), point)
    rows = town.ask(queries.ListClues(kind=ClueKind.RETALIATION), point)["items"]
    assert {row["of_clue"] for row in rows} == {clue_id, later}
    assert all(row["urgent"] for row in rows)
    (acceptance,) = rows[0]["limits"]
    assert (acceptance["name"], acceptance["due_on"]) == ("acceptance", "2026-03-03")


def test_joined_clues_are_closed_together_and_told_apart(town: ClueTown) -> None:
    one, other = town.point(), town.point()
    main, joined = town.verified(one), town.filed(other)
    join = commands.JoinClue(clue_id=joined, into_clue_id=main, reasons="同一处罚")
    town.send(join, OFFICER)
    town.does(main, example.DISCIPLINE, example.CLOSE)
    assert open_clue(town, joined, other)["status"] == "closed"
    town.does(joined, example.GIVE_FEEDBACK)
    town.send(dataclasses.replace(example.RELAY, clue_id=joined), other)
    assert open_clue(town, joined)["status"] == "told"
    assert open_clue(town, main)["status"] == "closed"


def test_what_is_not_at_work_gathers_nothing(town: ClueTown) -> None:
    joined = town.filed(town.point())
    for into in (fresh(), town.filed(town.point())):
        join = commands.JoinClue(clue_id=joined, into_clue_id=into, reasons="同一处罚")
        assert refused(town, join, OFFICER) == "wrong_state"


def test_similar_clues_are_suggested_the_most_alike_first(town: ClueTown) -> None:
    point, body = town.point(), f"市{fresh()[:6]}局"
    one = town.filed(point, body=body)
    alike = town.filed(point, body=body)
    less = town.filed(point, body=body, happened_on=None, amount=None)
    town.filed(point, body="另一个局")
    spelt = town.filed(point, body=f"{body[:3]} {body[3:].upper()}", amount=None, happened_on=None)
    items = town.ask(queries.SuggestSimilarClues(clue_id=one))["items"]
    assert [its["clue_id"] for its in items[:1]] == [alike]
    assert {its["clue_id"] for its in items} == {alike, less, spelt}
    assert items[0]["shares"] == ["body", "kind", "division", "happened_on", "amount"]


def test_three_on_one_body_and_kind_are_a_theme_however_it_is_spelled(town: ClueTown) -> None:
    point, name = town.point(), fresh()[:6].upper()
    bodies = (f"市{name}局", f" 市{name}局".strip(), f"市{name.lower()}局")
    clues = [town.filed(point, body=body) for body in bodies]
    (found,) = [
        its for its in town.ask(queries.ListThemes(limit=100))["items"] if its["clue_ids"] == clues
    ]
    assert (found["status"], found["kind"]) == ("raised", "illegal_fine")
    conclude = commands.ConcludeTheme(theme_id=found["theme_id"], measures="约谈")
    town.send(conclude, LEADER)
    with pytest.raises(NotFound):
        town.send(conclude, ELSEWHERE)


def test_districts_bodies_of_one_name_are_not_one(town: ClueTown) -> None:
    point, name = town.point(), f"市场监督管理局{fresh()[:6]}所"
    for division in (DISTRICT, "430281", DISTRICT):
        town.filed(point, body=name, division=division)
    themes = [
        (its["division"], its["counted"])
        for its in town.ask(queries.ListThemes(limit=100))["items"]
        if its["body"] == name
    ]
    assert sorted(themes) == [(DISTRICT, 2), ("430281", 1)]


@pytest.mark.parametrize(
    ("body", "whose"),
    [
        ("市生态环境局", True), ("株洲市生态环境局", True), ("湖南省市场监督管理局", True),
        ("天元区市场监督管理局", True), ("醴陵市城市管理局", True),
        ("市场监督管理局", False), ("市容管理所", False), ("城市管理局", False),
    ],
)  # fmt: skip
def test_a_name_says_whose_a_body_is(body: str, whose: bool) -> None:
    assert names_its_division(body, DISTRICT, 2026) is whose


def test_steps_say_what_may_be_done_and_why_not(town: ClueTown) -> None:
    clue_id = town.filed(town.point())
    steps = {its["command"]: its for its in open_clue(town, clue_id)["steps"]}
    assert steps["AcceptClue"]["possible"]
    assert steps["CloseClue"]["reason"] == "wrong_state"
    steps = {its["command"]: its for its in open_clue(town, clue_id, LEADER)["steps"]}
    assert steps["AcceptClue"]["reason"] == "wrong_role"


def test_an_unknown_division_is_told_with_its_field(town: ClueTown) -> None:
    with pytest.raises(Invalid) as invalid:
        town.filed(town.point(), division="439999")
    assert invalid.value.problems[0].path == "division"


def test_no_two_filings_share_a_reporter(town: ClueTown) -> None:
    reporter_id = fresh()
    town.filed(PUBLIC, way=Way.FORM, reporter_id=reporter_id)
    with pytest.raises(Refused) as refusal:
        town.filed(PUBLIC, way=Way.FORM, reporter_id=reporter_id)
    assert refusal.value.fields == ("reporter_id",)


def test_the_work_list_goes_by_what_is_due_next_a_page_at_a_time(town: ClueTown) -> None:
    point = town.point()
    slow = [town.filed(point) for _ in range(3)]
    fast = town.filed(point, urgent=True)
    page = town.ask(queries.ListClues(limit=2), point)
    rest = town.ask(queries.ListClues(limit=2, cursor=page["next"]), point)
    listed = [row["clue_id"] for row in (*page["items"], *rest["items"])]
    assert listed[0] == fast
    assert sorted(listed[1:]) == sorted(slow)
    assert rest["next"] is None
    assert DISTRICT in {row["division"] for row in page["items"]}


def test_no_two_referrals_bear_one_id(town: ClueTown) -> None:
    point, referral_id = town.point(), fresh()
    first, second = town.accepted(point), town.accepted(point)
    refer = dataclasses.replace(example.REFER, referral_id=referral_id)
    town.does(first, refer)
    assert refused(town, dataclasses.replace(refer, clue_id=second), OFFICER) == "already_exists"
