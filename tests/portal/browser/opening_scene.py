"""Requests to see who confidential reporters are, in every state that a page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.portal.matrix.clue_cases import handler
from tests.portal.matrix.opening_cases import agree, confidential, request
from tests.portal.matrix.scene import Scene


@dataclass(frozen=True)
class Openings:
    """Clue and request each: one that is open to the known officer, one that waits."""

    opened: tuple[str, str]
    waiting: tuple[str, str]


def set_openings(scene: Scene, officer: str) -> Openings:
    """Make them, and wait until they are shown."""
    opened, waiting = confidential(scene, officer), confidential(scene, officer)
    opening_id = request(scene, handler(officer), opened)
    agree(scene, opened, opening_id)
    its = Openings((opened, opening_id), (waiting, request(scene, handler(officer), waiting)))
    after = {"stream": f"seal-{waiting}", "version": 1}
    scene.bureau.client.query(handler(officer), "clues", "ListIdentityOpenings", {}, after=after)
    return its


def opening_addresses(its: Openings) -> Mapping[str, tuple[str, ...]]:
    """Every rule of their pages → where it has something to show."""
    (opened, opening_id), (waiting, waiting_id) = its.opened, its.waiting
    one = "/clues/<clue_id>/openings/<opening_id>"
    waits = f"/clues/{waiting}/openings/{waiting_id}"
    return {
        "/identity-openings": ("/identity-openings", "/identity-openings?all=1"),
        "/clues/<clue_id>/readers": (f"/clues/{opened}/readers",),
        "/clues/<clue_id>/openings/new": (f"/clues/{opened}/openings/new",),
        one: (f"/clues/{opened}/openings/{opening_id}", waits),
        f"{one}/approval": (f"{waits}/approval",),
        f"{one}/refusal": (f"{waits}/refusal",),
        f"{one}/identity": (f"/clues/{opened}/openings/{opening_id}/identity",),
    }
