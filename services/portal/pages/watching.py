"""What pages for auditors and operators share: a service's records, filtered, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import request

from services.portal.web.calls import ServiceAway
from services.portal.web.edge import edge
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.errors import Invalid
from shared.contracts.publication.zh_names import zh_service
from shared.contracts.zh_fields import field_sentence

PAGE = 50
_LONGEST = 200


@dataclass(frozen=True)
class Listed:
    """A page of records, or why there is none: `away` names the service, `errors` the fields.

    next: what the page after this one begins behind, None on the last
    """

    items: list[Any] = field(default_factory=list)
    next: int | None = None
    away: str | None = None
    errors: Mapping[str, str] = field(default_factory=dict)


def asked_filters(names: Mapping[str, str]) -> dict[str, str]:
    """What the address gives of these filters; `source` is a service of ours in any case."""
    asked = {name: request.args.get(name, "").strip()[:_LONGEST] for name in names}
    if asked["source"] not in CATALOGUE:
        asked["source"] = next(iter(CATALOGUE))
    return asked


def asked_number(name: str) -> int | None:
    """Where the page begins, as the page before gave it. Nonsense begins at the beginning."""
    given = request.args.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 16 else None


def sources() -> list[tuple[str, str]]:
    """The services to choose from."""
    return [(name, zh_service(name)) for name in CATALOGUE]


def operated(source: str, operation: str, payload: Mapping[str, Any]) -> Listed:
    """A page of what a service has on record. Raises Refused for a role held for a district."""
    try:
        found = edge().calls.operate(source, operation, {**payload, "limit": PAGE})
    except ServiceAway as away:
        return Listed(away=zh_service(away.service))
    except Invalid as invalid:
        return Listed(errors={its.path: field_sentence(its) for its in invalid.problems})
    return Listed(found["items"], found["next"])
