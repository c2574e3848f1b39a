"""What lies in a district is as if not there for the bureau of another, whatever the command."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from psycopg_pool import ConnectionPool

from services.clues.definition import DEFINITION
from services.clues.handlers import ROUTES
from services.clues.handlers import erasing as erasure
from services.clues.handlers.common import BUREAU
from shared.access.actor import Actor
from shared.contracts.clues import commands, queries
from shared.contracts.clues.vocabulary import Way
from shared.contracts.errors import NotFound, Refused
from shared.contracts.roles import Role
from tests.service.clues.town import DISTRICT, OFFICER, OTHER_DISTRICT, ClueTown
from tests.service.town import fresh
from tests.services.clues import examples

BRINGS_IN = {
    *(commands.FileClue, commands.FileOpinion, commands.PlaceBox, commands.ScheduleSymposium),
    *(commands.ImportHotline, commands.RecordBaseline, commands.NoteInspection),
    commands.ChangeSettings,
}
"""Commands about nothing that is there before: their division is told, or is the city's."""
EXAMPLES = {
    commands.FlagRetaliation: commands.FlagRetaliation(clue_id=examples.CLUE, text="威胁反映人"),
    **{type(its): its for its in vars(examples).values() if type(its) in ROUTES},
}
BY_THE_BUREAU = [
    pytest.param(command, role, id=f"{command.__name__}-{role}")
    for command, route in ROUTES.items()
    if command not in erasure.ROUTES
    for role in sorted(BUREAU & set(route.roles))
]
"""But for erasures, which test_erasing.py is about."""


def of_another_district(role: Role) -> Actor:
    return Actor(f"{role}-of-another-district", role, OTHER_DISTRICT)


@pytest.fixture(scope="module")
def things(
    clue_room: tuple[ConnectionPool, ConnectionPool],
    master_key: bytes,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, str]:
    """One of everything in a district, by the names of the commands' fields."""
    town = ClueTown(*clue_room, master_key, tmp_path_factory.mktemp("evidence"))
    point = town.point()
    clue_id = town.filed(point, body=f"区{fresh()}局")
    ids = {name: fresh() for name in ("opinion_id", "box_id", "symposium_id", "proposal_id")}
    adopted = {"opinion_id": fresh()}
    filed = {"reporter_id": fresh(), "division": DISTRICT}
    town.send(_made(examples.FILE_OPINION_COMMAND, ids | filed), point)
    filed["reporter_id"] = fresh()
    town.send(_made(examples.FILE_OPINION_COMMAND, adopted | filed), point)
    town.send(_made(examples.ADOPT, ids | adopted), OFFICER)
    town.send(_made(examples.PLACE_COMMAND, ids | filed), OFFICER)
    town.send(_made(examples.SCHEDULE_COMMAND, ids | filed), OFFICER)
    themes = town.ask(queries.ListThemes(limit=100))["items"]
    (theme_id,) = [row["theme_id"] for row in themes if clue_id in row["clue_ids"]]
    return {**ids, "clue_id": clue_id, "theme_id": theme_id}


def _made(example: Any, values: dict[str, str]) -> Any:
    """The example with those of the values that it has."""
    names = {field.name for field in dataclasses.fields(example)}
    return dataclasses.replace(example, **{k: v for k, v in values.items() if k in names})


def _about(example: Any, ids: dict[str, str]) -> str:
    """The name of the field that says what the command is about."""
    stream = DEFINITION.routes[type(example)].stream(example)
    return next(name for name in ids if stream.endswith(getattr(example, name, "no such field")))


@pytest.mark.parametrize(("command", "role"), BY_THE_BUREAU)
def test_nothing_of_a_district_is_there_for_another(
    town: ClueTown, things: dict[str, str], command: type, role: Role
) -> None:
    its = EXAMPLES[command]
    if command in BRINGS_IN:
        way = {"way": Way.BUREAU, "division": DISTRICT}
        with pytest.raises(Refused) as refusal:
            town.send(_made(its, way), of_another_district(role))
        assert refusal.value.reason == "out_of_scope"
        return
    name = _about(its, things)
    with pytest.raises(NotFound) as unknown:
        town.send(_made(its, {name: things[name]}), of_another_district(role))
    assert unknown.value.identifier == things[name]
