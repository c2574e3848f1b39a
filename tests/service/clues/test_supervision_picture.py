"""The supervision picture over a real log of whole cases: what came of what was told, and where
each figure comes from."""

from __future__ import annotations

import dataclasses
import datetime as dt
from contextlib import suppress
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.assessment.definition import DEFINITION
from services.assessment.views import ASSESSMENT_SETTINGS
from services.assessment.views.supervision import SUPERVISION
from shared.access.actor import Actor, Issuer, KnownIssuer, Verifier, digest
from shared.contracts.assessment.queries import ListCasesBehind, ShowSupervision
from shared.contracts.assessment.vocabulary.picture import Grouping
from shared.contracts.clues.vocabulary import ClueKind, Way
from shared.contracts.errors import Invalid, Refused
from shared.contracts.roles import Role
from shared.projections.projector import Projector
from shared.service.query_bus import QueryBus
from tests.service.clues.town import CITY, DISTRICT, LEADER, OFFICER, ClueTown
from tests.service.town import fresh
from tests.services.clues import examples as example

PARTNER = Actor("partner-1", Role.PARTNER, CITY)
ENVIRONMENT = "市生态环境局"


class Picture:
    """An assessment service that has followed the log of the clues to its head."""

    def __init__(self, its: ClueTown) -> None:
        its.show()
        nothing: dict[str, Any] = {"assessment": lambda after: []}
        for model in (SUPERVISION, ASSESSMENT_SETTINGS):
            projector = Projector(model, its.pool)
            projector.install({"clues": its.log.read, **nothing})
            if "clues" in model.sources:
                while page := its.log.read(projector.checkpoint("clues")):
                    projector.apply("clues", page)
        key = Ed25519PrivateKey.generate()
        self._issuer = Issuer("portal", key)
        known = {"portal": KnownIssuer(key.public_key(), frozenset(Role))}
        self._bus = QueryBus(
            *("assessment", its.keyring, its.pool, DEFINITION.queries, DEFINITION.query_routes),
            Verifier("assessment", known),
            its.clock,
        )

    def ask(self, query: Any, actor: Actor = LEADER) -> Any:
        kind = DEFINITION.queries.type_of(query)
        message = {"id": fresh(), "type": kind.name, "schema_version": kind.schema_version}
        message["payload"] = kind.dump(query)
        signed = {**message, "actor": self._issuer.sign(actor, "assessment", digest(message))}
        return self._bus.ask(signed)["result"]


def shown(by: Grouping, body: str, **instead: Any) -> ShowSupervision:
    """Of 2026. A body of the test's own, since the room's log has the cases of other tests."""
    return ShowSupervision(first="2026-01", last="2026-12", by=by, body=body, **instead)


def about(town: ClueTown, number: int, body: str, **instead: Any) -> list[str]:
    return [town.filed(OFFICER, way=Way.BUREAU, body=body, **instead) for _ in range(number)]


def to_the_end(town: ClueTown, clue_id: str) -> None:
    """Accepted after two days, found after five more, paid after ten."""
    town.clock.time += dt.timedelta(days=2)
    town.does(clue_id, example.ACCEPT, example.ASSIGN, example.START, example.CLAIM_REFUND)
    town.clock.time += dt.timedelta(days=5)
    town.does(clue_id, example.TAKE_STEP, example.VERIFY_REFUND, example.CONCLUDE)
    town.does(clue_id, example.GIVE_NOTICE, example.ORDER_REFUND)


def test_a_case_counts_in_each_figure_that_it_has_come_to(town: ClueTown) -> None:
    body = f"市{fresh()[:8]}局"
    first, second, third = about(town, 3, body)
    to_the_end(town, first)
    town.does(second, example.DECLINE)
    picture = Picture(town)
    (row,) = picture.ask(shown(Grouping.BODY, body))["rows"]
    assert (row["key"], row["complaints"], row["share"]) == (body, 3, 10_000)
    assert (row["accepted"], row["declined"], row["substantiated"]) == (1, 1, 1)
    assert row["substantiated_rate"] == 10_000
    assert row["ordered_fen"] == example.ORDER_REFUND.amount
    assert row["steps"]["accepting"] == {"cases": 2, "median": 2, "p90": 7}
    assert row["steps"]["verifying"] == {"cases": 1, "median": 5, "p90": 5}
    assert row["rank"] is None, "nobody is ranked on three cases"
    behind = ListCasesBehind(first="2026-01", last="2026-12", measure="substantiated", body=body)
    (case,) = picture.ask(behind)["items"]
    assert (case["clue_id"], case["stream"]) == (first, f"clue-{first}")
    assert case["ordered_fen"] == example.ORDER_REFUND.amount
    assert third in {
        its["clue_id"]
        for its in picture.ask(dataclasses.replace(behind, measure="complaints"))["items"]
    }


def test_a_case_of_two_kinds_counts_for_each_and_once_in_all(town: ClueTown) -> None:
    body = f"市{fresh()[:8]}局"
    about(town, 2, body, kinds=(ClueKind.ILLEGAL_FEE, ClueKind.SLOW_ACTION))
    about(town, 1, body, kinds=(ClueKind.SLOW_ACTION,))
    told = Picture(town).ask(shown(Grouping.KIND, body))
    assert {row["key"]: row["complaints"] for row in told["rows"]} == {
        "illegal_fee": 2,
        "slow_action": 3,
    }
    assert told["total"]["complaints"] == 3


def test_a_month_stands_beside_the_same_month_a_year_before(town: ClueTown) -> None:
    body = f"市{fresh()[:8]}局"
    about(town, 2, body)
    month = town.today.isoformat()[:7]
    town.clock.time += dt.timedelta(days=365)
    about(town, 3, body)
    after = town.today.isoformat()[:7]
    assert after[4:] == month[4:]
    query = ShowSupervision(first=after, last=after, by=Grouping.MONTH, body=body)
    (row,) = Picture(town).ask(query)["rows"]
    assert (row["key"], row["complaints"], row["before"]) == (after, 3, 2)


def test_the_speechs_totals_stand_beside_with_their_shares(town: ClueTown) -> None:
    with suppress(Refused):  # another test of the room may have recorded them
        town.send(dataclasses.replace(example.BASELINE, year=2024), LEADER)
    told = Picture(town).ask(shown(Grouping.MONTH, "没有这个单位"))
    (its,) = [row for row in told["totals_of_years"] if row["year"] == 2024]
    assert its["complaints"] == 326
    assert {"number": 158, "share": 4847}.items() <= its["shares"][0].items()
    assert told["total"]["complaints"] == 0


def test_others_see_whole_years_by_district_and_no_few_complaints(town: ClueTown) -> None:
    body = f"市{fresh()[:8]}局"
    about(town, 3, body)
    year = town.today.year
    picture = Picture(town)
    query = ShowSupervision(first=f"{year}-01", last=f"{year}-12", by=Grouping.DIVISION)
    ours = {row["key"]: row["complaints"] for row in picture.ask(query)["rows"]}
    told = picture.ask(query, PARTNER)
    for row in told["rows"]:
        assert set(row) == {"key", "complaints", "share"}
        assert row["complaints"] in (None, ours[row["key"]])
    assert set(told["total"]) == {"complaints"}
    for instead in (
        {"by": Grouping.BODY},
        {"first": f"{year}-02"},
        {"last": f"{year}-11"},
        {"body": body},
        {"division": DISTRICT},
        {"kind": ClueKind.ILLEGAL_FINE},
    ):
        with pytest.raises(Invalid):
            picture.ask(dataclasses.replace(query, **instead), PARTNER)
    with pytest.raises(Refused):
        picture.ask(ListCasesBehind(first="2026-01", last="2026-12", measure="told"), PARTNER)


@pytest.mark.parametrize(
    ("instead", "path"),
    [({"first": "2026-05", "last": "2026-04"}, "last"), ({"first": "2001-01"}, "last")],
)
def test_months_that_make_no_time_are_refused(
    town: ClueTown,
    instead: dict[str, str],
    path: str,
) -> None:
    query = dataclasses.replace(shown(Grouping.BODY, ENVIRONMENT), **instead)
    with pytest.raises(Invalid) as invalid:
        Picture(town).ask(query)
    assert invalid.value.problems[0].path == path
