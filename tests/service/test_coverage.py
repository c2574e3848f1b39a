"""Coverage as assessment answers it, over what a registry has logged."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.assessment.definition import DEFINITION
from shared.access.actor import Issuer, KnownIssuer, Verifier, digest
from shared.contracts.assessment.queries import ShowCoverage
from shared.contracts.registry.events import DistrictFigure
from shared.contracts.roles import Role
from shared.projections.projector import Projector
from shared.service.query_bus import QueryBus
from tests.service.town import OFFICER, PUBLIC, Town, fresh
from tests.services.registry import examples

OTHER_CITY = "430300"


def coverage(town: Town, year: int | None, division: str = OTHER_CITY) -> Any:
    """The answer of an assessment service that has followed the log to its head."""
    town.number()
    (model,) = DEFINITION.models
    projector = Projector(model, town.pool)
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
            ShowCoverage(division=division, year=year)
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


def test_a_year_without_figures_and_a_city_without_any_still_count_points(town: Town) -> None:
    record(town, 2025, 52_000)
    assert (coverage(town, 1999)["year"], coverage(town, 1999)["districts"]) == (1999, [])
    nowhere = coverage(town, None, "430400")
    assert (nowhere["year"], nowhere["points"], nowhere["districts"]) == (None, 0, [])
