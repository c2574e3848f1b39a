"""Erasures, which each service that holds personal data decides about its own."""

from __future__ import annotations

from collections.abc import Iterator

from services.portal.api.binding import Bound, Command, Query
from services.portal.web.access import allow
from shared.contracts.erasure import commands, queries
from shared.contracts.roles import Role

HOLDERS = ("clues", "registry")
_BUREAU = (Role.OFFICER, Role.LEADER)
_WATCHING = (*_BUREAU, Role.AUDITOR)


def _of(service: str) -> Iterator[Bound]:
    all_of = f"/erasures/{service}"
    one = f"{all_of}/<id:erasure_id>"
    watching, leader = allow(*_WATCHING), allow(Role.LEADER)
    yield Query(all_of, service, queries.ListErasures, watching, many=True)
    yield Query(one, service, queries.ShowErasure, watching)
    yield Command(
        all_of,
        service,
        commands.RequestErasure,
        allow(*_BUREAU),
        makes=("erasure_id",),
        at=f"{all_of}/{{erasure_id}}",
    )
    for path, does in (
        ("approval", commands.ApproveErasure),
        ("refusal", commands.RefuseErasure),
        ("lock", commands.LockSubject),
        ("reading", commands.AllowReading),
    ):
        yield Command(f"{one}/{path}", service, does, leader)


OF_CLUES: tuple[Bound, ...] = tuple(_of("clues"))
OF_REGISTRY: tuple[Bound, ...] = tuple(_of("registry"))
