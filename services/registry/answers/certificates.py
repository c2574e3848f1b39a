"""How a bureau numbers its certificates: as public as the certificates are."""

from __future__ import annotations

from typing import Any

from services.registry.answers.seeing import ANYONE
from services.registry.handlers.aggregates import CERTIFICATES
from services.registry.handlers.points import usual_prefix
from shared.contracts.errors import NotFound
from shared.contracts.registry import queries
from shared.reference.divisions import Divisions
from shared.service.query_bus import Asked, QueryRoute


def show_certificate_numbering(asked: Asked) -> Any:
    """`usual`: the prefix is the one that serves a bureau that has set none."""
    division = asked.query.division
    divisions = Divisions.for_year(asked.today.year)
    if not divisions.is_known(division):
        raise NotFound("certificates", division)
    rows = asked.rows(
        "SELECT prefix, last, version FROM readmodel.certificates_registers WHERE division = %s",
        division,
    )
    row = rows[0] if rows else {"prefix": None, "last": {}, "version": 0}
    return {
        "division": division,
        "prefix": row["prefix"] or usual_prefix(divisions, division),
        "usual": row["prefix"] is None,
        "last": [{"year": int(year), "serial": its} for year, its in sorted(row["last"].items())],
        "stream": CERTIFICATES.stream(division),
        "version": row["version"],
    }


QUERIES: dict[type, QueryRoute] = {
    queries.ShowCertificateNumbering: QueryRoute(
        ANYONE, ("certificates",), show_certificate_numbering
    ),
}
