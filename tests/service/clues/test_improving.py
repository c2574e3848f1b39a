"""Themes and proposals one by one, and units that were inspected more often than they should."""

from __future__ import annotations

import dataclasses

import pytest

from services.clues.domain.settings import FIGURES
from shared.access.actor import Actor
from shared.contracts.clues import commands, queries
from shared.contracts.errors import NotFound
from shared.contracts.roles import Role
from tests.service.clues.town import DISTRICT, ELSEWHERE, OFFICER, ClueTown
from tests.service.town import fresh
from tests.services.clues import examples as example


def test_a_theme_is_shown_to_whose_division_it_is(town: ClueTown) -> None:
    body = f"市交通局{fresh()[:6]}"
    for _ in range(3):
        town.filed(town.point(), body=body)
    rows = town.ask(queries.ListThemes(limit=100))["items"]
    (theme_id,) = [row["theme_id"] for row in rows if row["body"] == body]
    shown = town.ask(queries.ShowTheme(theme_id=theme_id))
    assert (shown["status"], shown["stream"]) == ("raised", f"theme-{theme_id}")
    for asked, actor in ((theme_id, ELSEWHERE), (fresh(), OFFICER)):
        with pytest.raises(NotFound):
            town.ask(queries.ShowTheme(theme_id=asked), actor)


def test_a_proposal_is_shown_to_the_bureau_and_to_the_point_that_its_opinion_came_through(
    town: ClueTown,
) -> None:
    point, proposal_id = town.point(), fresh()
    opinion_id = fresh()
    filed = {"opinion_id": opinion_id, "reporter_id": fresh(), "division": DISTRICT}
    town.send(dataclasses.replace(example.FILE_OPINION_COMMAND, **filed), point)
    adopted = {"opinion_id": opinion_id, "proposal_id": proposal_id}
    town.send(dataclasses.replace(example.ADOPT, **adopted), OFFICER)
    for actor in (OFFICER, point):
        shown = town.ask(queries.ShowProposal(proposal_id=proposal_id), actor)
        assert (shown["status"], shown["steps"]) == ("open", [])
    for actor in (ELSEWHERE, town.point()):
        with pytest.raises(NotFound):
            town.ask(queries.ShowProposal(proposal_id=proposal_id), actor)


def test_a_unit_inspected_too_often_is_named_with_who_inspected_it(town: ClueTown) -> None:
    most, unit = FIGURES["most_inspections"].default, f"某食品厂{fresh()[:6]}"
    for number in range(most + 1):
        noted = commands.NoteInspection(
            inspection_id=fresh(),
            division=DISTRICT,
            inspected_on=town.today,
            body="市应急管理局" if number % 2 else "市消防救援支队",
            unit=unit,
        )
        town.send(noted, OFFICER)
    asked = queries.ListFrequentInspections(purpose="研究共性问题", limit=100)
    (row,) = [its for its in town.ask(asked)["items"] if its["unit"] == unit]
    assert (row["number"], row["most"]) == (most + 1, most)
    assert row["bodies"] == ["市应急管理局", "市消防救援支队"]
    elsewhere = town.ask(asked, ELSEWHERE)["items"]
    assert unit not in [its["unit"] for its in elsewhere]
    with pytest.raises(Exception, match="not for the role"):
        town.ask(asked, Actor("auditor-1", Role.AUDITOR, "430200"))
