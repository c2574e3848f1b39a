"""Coverage as assessment answers it, over what a registry has logged."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.assessment.definition import DEFINITION
from services.assessment.views.coverage import COVERAGE
from shared.access.actor import Issuer, KnownIssuer, Verifier, digest
from shared.contracts.assessment.queries import ShowCoverage
from shared.contracts.days import ONE_DAY, business_date
from shared.contracts.registry.events import DistrictFigure
from shared.contracts.registry.vocabulary import RetirementGround
from shared.contracts.roles import Role
from shared.projections.projector import Projector
from shared.reference.divisions import Divisions
from shared.service.query_bus import QueryBus
from tests.service.town import LEADER, OFFICER, PUBLIC, Town, fresh
from tests.services.registry import examples
from tests.services.registry import point_examples as points

OTHER_CITY = "430300"


def coverage(
    town: Town, year: int | None, division: str = OTHER_CITY, day: dt.date | None = None
) -> Any:
    """The answer of an assessment service that has followed the log to its head."""
    town.number()
    projector = Projector(COVERAGE, town.pool)
    projector.install({"registry": town.log.read})
    while page := town.log.read(projector.checkpoint("registry")):
        projector.apply("registry", page)
    key = Ed25519PrivateKey.generate()
    known = {"portal": KnownIssuer(key.public_key(), frozenset(Role))}
    bus = QueryBus(
        "assessment",
        town.keyring,
        town.pool,
        DEFINITION.queries,
        DEFINITION.query_routes,
        Verifier("assessment", known),
        town.clock,
    )
    message = {
        "id": fresh(),
        "type": "ShowCoverage",
        "schema_version": 1,
        "payload": DEFINITION.queries.find("ShowCoverage").dump(
            ShowCoverage(division=division, year=year, day=day)
        ),
    }
    context = Issuer("portal", key).sign(PUBLIC, "assessment", digest(message))
    return bus.ask({**message, "actor": context})["result"]


def record(town: Town, year: int, entities: int) -> None:
    figures = (DistrictFigure(division=OTHER_CITY, market_entities=entities, output_wan=None),)
    command = replace(examples.RECORD_FIGURES, division=OTHER_CITY, year=year, figures=figures)
    town.send(command, replace(OFFICER, division=OTHER_CITY))


def entities_of(shown: Any) -> list[int]:
    return [row["market_entities"] for row in shown["districts"]]


def test_without_a_year_the_figures_are_the_latest_on_record(town: Town) -> None:
    record(town, 2025, 52_000)
    record(town, 2024, 50_000)
    latest = coverage(town, None)
    assert (latest["year"], entities_of(latest)) == (2025, [52_000])
    earlier = coverage(town, 2024)
    assert (earlier["year"], entities_of(earlier)) == (2024, [50_000])


def test_a_past_day_stands_beside_the_figures_of_its_time(town: Town) -> None:
    record(town, 2025, 52_000)
    record(town, 2024, 50_000)
    for day, year, entities in (
        (dt.date(2024, 12, 31), 2024, [50_000]),
        (dt.date(2025, 1, 1), 2025, [52_000]),
        (dt.date(2023, 12, 31), None, []),
    ):
        shown = coverage(town, None, day=day)
        assert (shown["year"], entities_of(shown)) == (year, entities)
    assert entities_of(coverage(town, 2025, day=dt.date(2024, 12, 31))) == [52_000]


def test_a_year_without_figures_and_a_city_without_any_still_count_points(town: Town) -> None:
    record(town, 2025, 52_000)
    assert (coverage(town, 1999)["year"], entities_of(coverage(town, 1999))) == (1999, [None])
    nowhere = coverage(town, None, "430400")
    assert (nowhere["year"], nowhere["points"], entities_of(nowhere)) == (None, 0, [None])


def test_every_district_stands_in_it_whatever_is_on_record_of_it(town: Town) -> None:
    shown = coverage(town, None, "430200")["districts"]
    assert [row["division"] for row in shown] == list(Divisions.for_year(2026).leaves("430200"))
    for row in coverage(town, 1999, "430200")["districts"]:
        assert (row["market_entities"], row["entities_share"]) == (None, None)


def points_in(town: Town, division: str, day: dt.date | None = None) -> int:
    return int(coverage(town, None, division, day)["points"])


def test_a_point_counts_on_each_day_where_it_was_on_that_day(town: Town) -> None:
    was, now = ("430223", "430224")
    before = {division: points_in(town, division) for division in (was, now)}
    point_id = town.point(division=was)
    designated = business_date(town.clock.time)
    moved_on = designated + 4 * ONE_DAY
    town.clock.time += 10 * ONE_DAY
    move = replace(points.MOVE, point_id=point_id, division=now, moved_on=moved_on)
    town.send(move, OFFICER)

    def more(day: dt.date | None) -> tuple[int, int]:
        return (
            points_in(town, was, day) - before[was],
            points_in(town, now, day) - before[now],
        )

    assert more(designated) == more(moved_on - ONE_DAY) == (1, 0)
    assert more(moved_on) == more(None) == (0, 1)

    less = replace(
        points.CHANGE_DETAILS,
        point_id=point_id,
        unit_name=None,
        address=None,
        staff=400,
        revenue_wan=3_000,
    )
    town.clock.time += ONE_DAY
    sizes, changed_on = coverage(town, None, now)["by_size"], business_date(town.clock.time)
    town.send(less, OFFICER)
    assert coverage(town, None, now, changed_on - ONE_DAY)["by_size"] == sizes
    assert coverage(town, None, now)["by_size"]["medium"] == sizes.get("medium", 0) + 1

    town.to_retire(point_id)
    retired = business_date(town.clock.time)
    retire = replace(points.RETIRE, point_id=point_id, ground=RetirementGround.OWN_WISH)
    town.send(retire, LEADER)
    assert more(retired - ONE_DAY) == (0, 1)
    assert more(retired) == more(None) == (0, 0)
    assert coverage(town, None, now, retired)["day"] == retired.isoformat()
