"""Where the servers' data lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from deploy.local.homes import rabbitmq_home
from deploy.local.place import locate


def test_rabbitmq_lives_in_the_run_folder_when_its_path_is_plain() -> None:
    assert rabbitmq_home(locate(Path("/srv/jiandu/.run"))) == Path("/srv/jiandu/.run/rabbitmq")


@pytest.mark.parametrize("folder", ["/srv/文档/.run", "/srv/my documents/.run", "/srv/é/.run"])
def test_rabbitmq_lives_outside_a_run_folder_whose_path_it_cannot_bear(folder: str) -> None:
    place = locate(Path(folder))
    home = rabbitmq_home(place)
    assert home.is_relative_to("/var/tmp")
    assert place.tag in home.name
