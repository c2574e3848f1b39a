"""Boxes, symposia, imports and what comes of their entries, over a real log."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from services.clues.definition import DEFINITION
from shared.access.actor import Actor
from shared.contracts.clues import commands, queries
from shared.contracts.clues.vocabulary import (
    ClueKind,
    Nature,
    OpinionTopic,
    Reporting,
)
from shared.contracts.errors import Invalid, NotFound, Refused
from shared.contracts.keeping.vocabulary import KnownStanding
from shared.contracts.message import Classification
from shared.contracts.roles import Role
from tests.service.clues.town import (
    CITY,
    DISTRICT,
    ELSEWHERE,
    LEADER,
    OFFICER,
    OTHER_DISTRICT,
    PUBLIC,
    ClueTown,
)
from tests.service.test_commands_once import at_once
from tests.service.town import fresh
from tests.services.clues import examples as example


def slip(**instead: Any) -> Any:
    return dataclasses.replace(example.SLIP, **{"entry_id": fresh(), **instead})


def clue_slip(**instead: Any) -> Any:
    given = {"nature": Nature.CLUE, "kinds": (ClueKind.EXCESSIVE_INSPECTION,), "topics": ()}
    return slip(**{**given, **instead})


def placed(town: ClueTown, point: Actor) -> str:
    box_id = fresh()
    town.send(dataclasses.replace(example.PLACE_COMMAND, box_id=box_id), point)
    return box_id


def emptying(box_id: str, *entries: Any) -> commands.EmptyBox:
    return dataclasses.replace(example.EMPTY, box_id=box_id, emptying_id=fresh(), entries=entries)


def opinions(town: ClueTown, actor: Actor) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = town.ask(queries.ListOpinionsFiled(limit=100), actor)["items"]
    return found


def test_the_speechs_twenty_three_opinions_from_a_box_and_meetings(town: ClueTown) -> None:
    point = town.point()
    box_id = placed(town, point)
    town.send(emptying(box_id, *(slip() for _ in range(9))), point)
    for number in (6, 8):
        symposium_id = fresh()
        plan = dataclasses.replace(example.SCHEDULE_COMMAND, symposium_id=symposium_id)
        town.send(plan, point)
        entries = tuple(
            slip(reporting=Reporting.NAMED, reporter_name=f"代表{n}") for n in range(number)
        )
        held = dataclasses.replace(example.HOLD, symposium_id=symposium_id, entries=entries)
        town.send(held, point)
    assert len(opinions(town, point)) == 23
    (box,) = [
        its
        for its in town.ask(queries.ListBoxes(limit=100), point)["items"]
        if its["box_id"] == box_id
    ]
    assert (box["entries"], box["emptyings"]) == (9, 1)


def test_an_opinion_that_tells_of_misconduct_goes_on_as_a_clue_in_its_own_words(
    town: ClueTown,
) -> None:
    point, clue_id = town.point(), fresh()
    box_id, its = placed(town, point), slip(text="一个月上门检查四次。")
    town.send(emptying(box_id, its), point)
    take = dataclasses.replace(example.TAKE_AS_CLUE, opinion_id=its.entry_id, clue_id=clue_id)
    with pytest.raises(NotFound):
        town.send(take, ELSEWHERE)
    town.send(take)
    shown = town.ask(queries.OpenClue(clue_id=clue_id, purpose="办理"), point)
    assert (shown["status"], shown["way"]) == ("filed", "opinion_box")
    assert shown["records"][0]["values"]["text"] == "一个月上门检查四次。"
    row = town.ask(queries.OpenOpinionFiled(entry_id=its.entry_id, purpose="办理"), point)
    assert (row["status"], row["clue_id"], row["due_on"]) == ("taken", clue_id, None)
    with pytest.raises(Refused):
        town.send(dataclasses.replace(take, clue_id=fresh()))
    (shown_box,) = town.ask(queries.ShowBox(box_id=box_id), point)["emptyings_told"]
    assert [entry["entry_id"] for entry in shown_box["collected"]] == [clue_id]


def test_a_box_is_everybodys_to_find_and_its_points_to_empty(town: ClueTown) -> None:
    point, other = town.point(), town.point()
    box_id = placed(town, point)
    shown = [
        its
        for its in town.ask(queries.ListBoxes(limit=100), PUBLIC)["items"]
        if its["box_id"] == box_id
    ]
    assert shown[0]["place"] == "街道办事处一楼大厅"
    assert "entries" not in shown[0]
    with pytest.raises(NotFound):
        town.send(emptying(box_id, slip()), other)
    town.send(emptying(box_id), OFFICER)


def test_who_opened_a_box_is_sealed(town: ClueTown) -> None:
    point = town.point()
    box_id = placed(town, point)
    town.send(emptying(box_id, slip()), point)
    stored = town.log.stream(f"box-{box_id}")[-1]
    assert "王某" not in str(stored.clear())
    assert town.keyring.open(stored.handles()["opened_by"]) == '["王某","刘某"]'.encode()


def test_the_names_of_who_opened_a_box_are_sealed_on_their_way(town: ClueTown) -> None:
    assert "opened_by" in DEFINITION.commands.find("EmptyBox").of_class(Classification.SEALED)


def test_what_was_sent_in_the_first_form_is_still_taken(town: ClueTown) -> None:
    point = town.point()
    box_id = placed(town, point)
    its = DEFINITION.commands.find("EmptyBox").dump(emptying(box_id))
    names = its.pop("opened_by")
    town.send_plain("EmptyBox", 1, {**its, "emptied_by": names}, point)
    assert town.types(f"box-{box_id}")[-1] == "BoxEmptied"


def test_a_theme_is_nobodys_to_know_but_the_bureaus(town: ClueTown) -> None:
    """Three anonymous letters are enough for one."""
    point, body = town.point(), f"市{fresh()[:6]}局"
    for _ in range(3):
        town.filed(point, body=body)
    (found,) = [
        its for its in town.ask(queries.ListThemes(limit=100))["items"] if its["body"] == body
    ]
    stream = town.log.stream(f"theme-{found['theme_id']}")
    assert [its.type for its in stream][-1] == "ThemeRaised"
    for stored in stream:
        assert set(stored.public) == {"theme_id"}
        assert (stored.role, stored.actor_id) == ("public", "")


def test_all_entries_are_taken_or_none_and_the_wrong_one_is_named(town: ClueTown) -> None:
    point = town.point()
    box_id = placed(town, point)
    with pytest.raises(Invalid) as invalid:
        town.send(emptying(box_id, slip(), clue_slip(body=None)), point)
    assert [its.path for its in invalid.value.problems] == ["entries[1].body"]
    assert town.types(f"box-{box_id}") == ["BoxPlaced"]
    twice = slip()
    with pytest.raises(Refused) as refusal:
        town.send(emptying(box_id, twice, twice), point)
    assert refusal.value.fields == ("entries[1].entry_id",)


def test_the_chambers_too_frequent_inspections_are_raised_as_a_theme(town: ClueTown) -> None:
    point, body = town.point(), f"市{fresh()[:6]}局"
    box_id = placed(town, point)
    town.send(emptying(box_id, *(clue_slip(body=body) for _ in range(3))), point)
    themes = [
        its for its in town.ask(queries.ListThemes(limit=100))["items"] if its["body"] == body
    ]
    assert [(its["status"], its["counted"]) for its in themes] == [("raised", 3)]


def test_an_import_is_taken_in_once_whatever_file_it_comes_in(town: ClueTown) -> None:
    first, second = (f"HL-{fresh()[:8]}" for _ in range(2))

    def importing(*numbers: str) -> commands.ImportHotline:
        orders = tuple(commands.WorkOrder(number=its, entry=slip()) for its in numbers)
        return commands.ImportHotline(import_id=fresh(), division=CITY, orders=orders)

    once = importing(first)
    town.send(once, OFFICER)
    with pytest.raises(Refused) as refusal:
        town.send(importing(first.lower()), OFFICER)
    assert refusal.value.reason == "all_taken_in"
    third = importing(first, second)
    town.send(third, OFFICER)
    stored = town.log.stream(f"hotline_import-{third.import_id}")[0]
    clear = stored.clear()
    assert (clear["filed"], clear["known"]) == (1, 1)
    with pytest.raises(Invalid):
        town.send(importing(second, second), OFFICER)


def test_all_that_is_wrong_with_an_import_is_told_at_once(town: ClueTown) -> None:
    def importing(*entries: Any) -> commands.ImportHotline:
        orders = tuple(
            commands.WorkOrder(number=f"HL-{fresh()[:8]}", entry=entry) for entry in entries
        )
        return commands.ImportHotline(import_id=fresh(), division=CITY, orders=orders)

    nobodys = clue_slip(body=None, kinds=())
    elsewhere = clue_slip(division="430302")
    with pytest.raises(Invalid) as invalid:
        town.send(importing(slip(), nobodys, elsewhere), OFFICER)
    assert [(its.path, its.code) for its in invalid.value.problems] == [
        ("orders[1].entry.kinds", "missing"),
        ("orders[1].entry.body", "missing"),
        ("orders[2].entry.division", "out_of_scope"),
    ]
    with pytest.raises(Refused) as refusal:
        town.send(importing(elsewhere, slip(), elsewhere), OFFICER)
    assert (refusal.value.reason, refusal.value.fields) == (
        "out_of_scope",
        ("orders[0].entry.division", "orders[2].entry.division"),
    )


def test_imports_at_one_moment_that_share_an_order_are_all_taken_in(town: ClueTown) -> None:
    """The later ones find the order known; that it was claimed meanwhile is nothing to refuse."""
    for _ in range(4):
        shared = f"HL-{fresh()[:8]}"

        def importing(number: int, shared: str = shared) -> Any:
            orders = tuple(
                commands.WorkOrder(number=its, entry=slip())
                for its in (shared, f"{shared}-{number}")
            )
            imports = commands.ImportHotline(import_id=fresh(), division=CITY, orders=orders)
            town.send(imports, OFFICER)
            clear = town.log.stream(f"hotline_import-{imports.import_id}")[0].clear()
            return clear["filed"], clear["known"]

        assert sorted(at_once(3, importing)) == [(1, 1), (1, 1), (2, 0)]


def test_an_adopted_opinion_is_followed_to_the_rule_that_it_changed(town: ClueTown) -> None:
    point, opinion_id, proposal_id = town.point(), fresh(), fresh()
    filing = dataclasses.replace(
        example.FILE_OPINION_COMMAND,
        opinion_id=opinion_id,
        reporter_id=fresh(),
        topics=(OpinionTopic.RULE_PROPOSAL,),
    )
    town.send(filing, point)
    adopt = dataclasses.replace(example.ADOPT, opinion_id=opinion_id, proposal_id=proposal_id)
    town.send(adopt, OFFICER)
    town.send(dataclasses.replace(example.RELAY_ANSWER, opinion_id=opinion_id), point)
    for command in (example.PROPOSAL_STEP, example.COMPLETE):
        town.send(dataclasses.replace(command, proposal_id=proposal_id), LEADER)
    town.send(dataclasses.replace(example.TELL_BACK, proposal_id=proposal_id), point)
    (proposal,) = town.ask(queries.ListProposals(), point)["items"]
    assert (proposal["status"], proposal["result"], proposal["told_on"]) == (
        "completed", "rule_changed", town.today.isoformat(),
    )  # fmt: skip
    opened = town.ask(queries.OpenOpinionFiled(entry_id=opinion_id, purpose="查看"), point)
    told = [its["values"].get("answer") for its in opened["records"]]
    assert "已采纳" in told


def test_a_unit_that_is_inspected_too_often_in_a_year_shows(town: ClueTown) -> None:
    point, unit = town.point(), f"食品厂{fresh()[:6]}"
    before = len(_too_often(town))
    for _ in range(5):
        noted = dataclasses.replace(
            example.INSPECT, inspection_id=fresh(), unit=unit, division=DISTRICT
        )
        town.send(noted, point)
    town.show()
    assert len(_too_often(town)) == before + 1


def _too_often(town: ClueTown) -> list[Any]:
    town.show()
    with town.pool.connection() as connection:
        query = "SELECT 1 FROM readmodel.themes_inspections WHERE most IS NOT NULL"
        return connection.execute(query).fetchall()


def test_totals_of_earlier_years_are_shown_as_such(town: ClueTown) -> None:
    town.send(example.BASELINE, OFFICER)
    (shown,) = town.ask(queries.ShowBaseline())["items"]
    assert (shown["year"], shown["complaints"]) == (2024, 326)
    assert shown["shares"] == [{"name": "涉企行政检查不规范", "number": 158}]


def meeting(town: ClueTown, actor: Actor) -> commands.HoldSymposium:
    """What was said at a symposium that the actor has planned in the district."""
    symposium_id = fresh()
    town.send(dataclasses.replace(example.SCHEDULE_COMMAND, symposium_id=symposium_id), actor)
    return dataclasses.replace(example.HOLD, symposium_id=symposium_id, entries=(slip(),))


def refused(town: ClueTown, command: Any, actor: Actor) -> tuple[str, tuple[str, ...]]:
    with pytest.raises(Refused) as refusal:
        town.send(command, actor)
    return str(refusal.value.reason), refusal.value.fields


def test_a_point_that_is_not_at_work_brings_nothing_in_any_more(town: ClueTown) -> None:
    point = town.point()
    box_id, held, clue_id = placed(town, point), meeting(town, point), town.filed(point)
    retired = commands.NotePoint(
        point_id=str(point.unit), standing=KnownStanding.RETIRED, division=None, unit_name=None
    )
    town.system(retired)
    flag = commands.FlagRetaliation(clue_id=clue_id, text="上门威胁反映人")
    for command in (emptying(box_id, slip()), held, flag):
        assert refused(town, command, point) == ("point_not_active", ())
    town.send(emptying(box_id), point)
    town.send(emptying(box_id, slip()), OFFICER)
    town.send(dataclasses.replace(example.REMOVE, box_id=box_id), OFFICER)


def test_an_officer_takes_in_what_belongs_to_the_own_divisions(town: ClueTown) -> None:
    officer, point = Actor("officer-d", Role.OFFICER, DISTRICT), town.point()
    strange = slip(division=OTHER_DISTRICT)
    held = dataclasses.replace(meeting(town, officer), entries=(slip(), strange))
    box_id = placed(town, officer)
    for command in (held, emptying(box_id, slip(), strange)):
        assert refused(town, command, officer) == ("out_of_scope", ("entries[1].division",))
    town.send(emptying(placed(town, point), strange), point)
