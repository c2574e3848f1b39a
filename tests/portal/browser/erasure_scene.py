"""Erasures in every state that a page shows."""

from __future__ import annotations

from dataclasses import dataclass

from tests.portal.matrix.erasure_cases import erased, locked, requested
from tests.portal.matrix.scene import Scene
from tests.portal.people import People
from tests.system.bureau import Bureau


@dataclass(frozen=True)
class ErasureScene:
    """waiting: of a clue's reporter · locked, erased: of an application that was withdrawn"""

    waiting: str
    locked: str
    erased: str


def set_erasures(people: People, bureau: Bureau) -> ErasureScene:
    scene = Scene(bureau, people)
    return ErasureScene(
        waiting=requested(scene, "clues"),
        locked=locked(scene, "registry"),
        erased=erased(scene, "registry"),
    )
