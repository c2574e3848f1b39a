"""A batch's plan over a real log: what a bureau is shown, what it goes by, what stays on record."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest

from shared.access.actor import Actor
from shared.contracts.errors import Conflict, Invalid, NotFound, Refused
from shared.contracts.registry import commands, events, queries
from shared.contracts.registry.vocabulary import Apportionment, Weighting
from shared.contracts.roles import Role
from tests.service.town import CITY, LEADER, OFFICER, PUBLIC, REVIEWER, Town, fresh
from tests.services.registry import examples

_YEARS = itertools.count(1950)
OTHER_BUREAU = Actor("leader-2", Role.LEADER, "430300")


def recorded(town: Town, **instead: Any) -> int:
    """A year whose figures are on record: 430211 with three times the weight of 430203."""
    year = next(_YEARS)
    figures = (
        events.DistrictFigure(division="430211", market_entities=30_000, output_wan=100),
        events.DistrictFigure(division="430203", market_entities=10_000, output_wan=300),
    )
    command = replace(examples.RECORD_FIGURES, year=year, **{"figures": figures, **instead})
    town.send(command, OFFICER)
    return year


def planning(batch_id: str, **instead: Any) -> Any:
    return replace(examples.PLAN, batch_id=batch_id, **instead)


def places(**numbers: int) -> tuple[events.DistrictPlaces, ...]:
    return tuple(
        events.DistrictPlaces(division=name[1:], places=number) for name, number in numbers.items()
    )


def choosing(year: int, **instead: Any) -> Any:
    its = commands.SpreadChoice(
        method=Apportionment.SAINTE_LAGUE,
        weighting=Weighting.MARKET_ENTITIES,
        year=year,
        present=(),
    )
    return replace(its, **instead)


def answer(town: Town, query: Any, actor: Actor = LEADER) -> Any:
    return town.ask(query, actor)["result"]


def test_every_spread_is_shown_side_by_side_with_figures_and_points(town: Town) -> None:
    batch_id, year = town.batch(places=8), recorded(town)
    town.send(planning(batch_id, districts=places(d430211=5, d430203=3), groups=()), LEADER)
    town.show("settings", "batches", "figures", "points")
    told = answer(town, queries.ProposeSpread(batch_id=batch_id, year=year))
    districts = {its["division"]: its for its in told["districts"]}
    assert districts["430211"]["market_entities"] == 30_000
    assert districts["430203"]["planned"] == 3
    spreads = {(its["weighting"], its["method"]): its["places"] for its in told["proposals"]}
    assert len(spreads) == len(Weighting) * len(Apportionment)
    assert spreads["market_entities", "largest_remainder"] == {"430211": 6, "430203": 2}
    assert spreads["output", "sainte_lague"] == {"430211": 2, "430203": 6}
    assert spreads["mixed", "largest_remainder"] == {"430211": 4, "430203": 4}


def test_points_in_office_count_when_that_is_asked(town: Town) -> None:
    batch_id, year = town.batch(places=8), recorded(town)
    town.show("settings", "batches", "figures", "points")
    asked = queries.ProposeSpread(batch_id=batch_id, year=year, counting_present=True)
    told = answer(town, asked)
    for its in told["proposals"]:
        assert sum(its["places"].values()) == 8
        assert min(its["places"].values()) >= 0


def test_without_output_only_the_spread_by_market_entities_is_shown(town: Town) -> None:
    year = recorded(town, figures=examples.RECORD_FIGURES.figures)
    batch_id = town.batch()
    town.show("settings", "batches", "figures", "points")
    told = answer(town, queries.ProposeSpread(batch_id=batch_id, year=year))
    assert {its["weighting"] for its in told["proposals"]} == {"market_entities"}
    with pytest.raises(Refused) as refusal:
        answer(town, queries.ProposeSpread(batch_id=batch_id, year=1949))
    assert refusal.value.reason == "figures_missing"


def test_the_proposal_stands_beside_what_the_bureau_decided(town: Town) -> None:
    batch_id, year = town.batch(places=8), recorded(town)
    decided = places(d430211=5, d430203=3)
    town.send(planning(batch_id, districts=decided, groups=(), proposal=choosing(year)), LEADER)
    public = town.last(f"batch-{batch_id}").public
    assert [its["places"] for its in public["districts"]] == [5, 3]
    proposal = public["proposal"]
    assert (proposal["method"], proposal["year"], proposal["least"]) == ("sainte_lague", year, 1)
    assert {its["division"]: its["places"] for its in proposal["districts"]} == {
        "430211": 6,
        "430203": 2,
    }
    assert proposal["districts"][1]["market_entities"] == 30_000


def test_a_proposal_from_figures_that_are_not_on_record_is_refused(town: Town) -> None:
    batch_id = town.batch(places=2)
    with pytest.raises(Refused) as refusal:
        town.send(planning(batch_id, proposal=choosing(9_000)), LEADER)
    assert (refusal.value.reason, refusal.value.fields) == ("figures_missing", ("proposal",))


@pytest.mark.parametrize("division", ["430302", "430200", "999999"])
def test_places_go_to_districts_of_the_bureau_alone(town: Town, division: str) -> None:
    batch_id = town.batch(places=2)
    elsewhere = (events.DistrictPlaces(division=division, places=2),)
    with pytest.raises(Invalid) as invalid:
        town.send(planning(batch_id, districts=elsewhere), LEADER)
    assert [its.path for its in invalid.value.problems] == ["districts[0].division"]


def test_figures_are_replaced_by_who_has_seen_them_as_they_are(town: Town) -> None:
    year = recorded(town)
    town.show("figures")
    asked = queries.ShowDistrictFigures(division=CITY, year=year)
    seen = answer(town, asked, PUBLIC)
    again = replace(examples.RECORD_FIGURES, year=year)
    town.send(again, OFFICER, expected_version=seen["version"])
    with pytest.raises(Conflict):
        town.send(again, OFFICER, expected_version=seen["version"])
    with pytest.raises(NotFound):
        answer(town, queries.ShowDistrictFigures(division=CITY, year=1949), PUBLIC)


def test_candidates_are_ranked_and_the_order_is_kept_beside_the_decision(town: Town) -> None:
    batch_id = town.batch(places=2)
    town.send(planning(batch_id), LEADER)
    units = [
        town.qualified(batch_id, division=division) for division in ("430211", "430211", "430203")
    ]
    town.show("batches", "applications")
    told = answer(town, queries.RankCandidates(batch_id=batch_id))
    order = [its["application_id"] for its in told["items"]]
    assert sorted(order) == sorted(units)
    assert [its["within_places"] for its in told["items"]] == [True, True, False]
    # The plan has one place in each of the two districts, so the third fills nothing but its trade.
    assert {its["division"] for its in told["items"][:2]} == {"430211", "430203"}
    first = told["items"][0]
    assert first["fills"][0] == {
        "side": "districts",
        "name": first["division"],
        "open": 1,
        "planned": 1,
    }

    decision = replace(town.deliberation(batch_id, order[0], order[2]), proposed=tuple(order))
    town.send(decision, LEADER)
    ranked = next(
        its for its in town.log.stream(f"batch-{batch_id}") if its.type == "CandidatesRanked"
    )
    assert list(ranked.clear()["ranked"]) == order


def test_an_order_that_is_not_the_rules_is_not_put_on_record(town: Town) -> None:
    batch_id = town.batch(places=2)
    town.send(planning(batch_id), LEADER)
    units = [town.qualified(batch_id) for _ in range(2)]
    town.show("batches", "applications")
    told = answer(town, queries.RankCandidates(batch_id=batch_id))
    order = tuple(its["application_id"] for its in told["items"])
    wrong = town.deliberation(batch_id, *units)
    submitted = town.submitted(batch_id)
    for proposed, reason in [
        (tuple(reversed(order)), "ranking_differs"),
        (order[:1], "ranking_differs"),
        ((*order, submitted), "wrong_state"),
    ]:
        with pytest.raises(Refused) as refusal:
            town.send(replace(wrong, proposed=proposed), LEADER)
        assert refusal.value.reason == reason
    town.send(replace(wrong, proposed=order), LEADER)


def test_another_bureaus_batch_is_not_planned_and_not_found(town: Town) -> None:
    batch_id = town.batch(places=2)
    recorded(town)
    town.show("settings", "batches", "figures", "points", "applications")
    for command in (planning(batch_id), replace(examples.EXTEND, batch_id=batch_id)):
        with pytest.raises(NotFound):
            town.send(command, OTHER_BUREAU)
    for query in (
        queries.ProposeSpread(batch_id=batch_id),
        queries.RankCandidates(batch_id=batch_id),
        queries.RankCandidates(batch_id=fresh()),
    ):
        with pytest.raises(NotFound):
            answer(town, query, OTHER_BUREAU)


def test_a_batch_that_was_extended_takes_applications_until_its_new_last_day(town: Town) -> None:
    batch_id = town.batch()
    town.send(replace(examples.EXTEND, batch_id=batch_id), LEADER)
    town.clock.time = examples.AFTER_NOTICE.replace(month=4, day=10)
    town.submitted(batch_id)
    town.show("batches", "applications")
    told = answer(town, queries.ShowBatch(batch_id=batch_id), REVIEWER)
    assert (told["closes_on"], told["phase"]) == ("2026-04-11", "open")
