"""The scene in which every case of this room is made, and one case of each write for all."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from shared.contracts.roles import Role
from tests.portal.matrix.every_case import CASES
from tests.portal.matrix.scene import Case, Scene
from tests.portal.people import People
from tests.system.bureau import Bureau


@pytest.fixture(scope="package")
def scene(bureau: Bureau, people: People) -> Scene:
    return Scene(bureau, people)


@pytest.fixture(scope="package")
def somebodys(scene: Scene, people: People) -> Callable[[str], Case]:
    """A write's case for who may not do it, made once: many commands go before each."""
    account_id, _ = people.account(Role.OFFICER)

    @cache
    def made(name: str) -> Case:
        return CASES[name](scene, account_id)

    return made
