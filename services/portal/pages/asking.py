"""Asking a service for a part of a page, so that the rest stands when that service is away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from services.portal.web.calls import ServiceAway
from services.portal.web.edge import edge
from shared.contracts.errors import Invalid, NotFound
from shared.contracts.publication.zh_names import zh_service
from shared.service.client import Answered

PAGE = 20
"""Rows of a list on a page."""
_LARGEST_PAGE = 100


@dataclass(frozen=True)
class Part:
    """What came back; `away` is the Chinese name of the service that did not answer."""

    result: Any = None
    stale: bool = False
    away: str | None = None


NOTHING = Part({})
"""What a page asks that is about nothing that is there yet."""


def ask_part(
    service: str,
    query_type: str,
    payload: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> Part:
    """As `Calls.query`, but a service that is away is told and not raised."""
    try:
        answered = edge().calls.query(service, query_type, payload, after=after)
    except ServiceAway as away:
        return Part(away=zh_service(away.service))
    return Part(answered.result, answered.stale)


def ask_one(
    query_type: str, name: str, identifier: str, after: Mapping[str, Any] | None = None
) -> Part:
    """The thing of the registry that an address names by the field `name`.

    Raises NotFound, also for what cannot be an id at all.
    """
    try:
        return ask_part("registry", query_type, {name: identifier}, after)
    except Invalid:
        raise NotFound(query_type, identifier) from None


def ask_page(
    query_type: str,
    filters: Mapping[str, Any] | None = None,
    cursor: str | None = None,
    service: str = "registry",
    after: Mapping[str, Any] | None = None,
) -> Part:
    """A page of one of a service's lists; a cursor that is none of ours begins again."""
    asked = {**(filters or {}), "limit": PAGE}
    if cursor is None:
        return ask_part(service, query_type, asked, after)
    try:
        return ask_part(service, query_type, {**asked, "cursor": cursor}, after)
    except Invalid:
        return ask_part(service, query_type, asked, after)


def all_items(service: str, query_type: str, payload: Mapping[str, Any]) -> Iterator[Any]:
    """Every item of a paged query, page by page. Raises as `Calls.query`."""
    for page in _all_pages(service, query_type, payload):
        yield from page.result["items"]


def ask_all(
    query_type: str, payload: Mapping[str, Any], after: Mapping[str, Any] | None = None
) -> Part:
    """Every item of one of the registry's lists, as a list. Raises as `ask_part`."""
    try:
        pages = list(_all_pages("registry", query_type, payload, after))
    except ServiceAway as away:
        return Part(away=zh_service(away.service))
    items = [its for page in pages for its in page.result["items"]]
    return Part(items, any(page.stale for page in pages))


def _all_pages(
    service: str,
    query_type: str,
    payload: Mapping[str, Any],
    after: Mapping[str, Any] | None = None,
) -> Iterator[Answered]:
    cursor: str | None = None
    while True:
        asked = {**payload, "limit": _LARGEST_PAGE, **({"cursor": cursor} if cursor else {})}
        page = edge().calls.query(service, query_type, asked, after=after)
        yield page
        cursor = page.result["next"]
        if cursor is None:
            return
