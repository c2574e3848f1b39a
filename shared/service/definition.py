"""What makes a service this one: its vocabularies, routes and read models, as one value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shared.access.actor import Actor
from shared.contracts.message import Vocabulary
from shared.projections.model import Model
from shared.reactions.reaction import Reaction
from shared.service.command_bus import Route
from shared.service.query_bus import QueryRoute


@dataclass(frozen=True)
class ServiceDefinition:
    """`context` gives the domain what it may know of the moment and the actor.

    `migrations` are folders of the service's own tables beside log and read models.
    """

    name: str
    events: Vocabulary
    commands: Vocabulary
    queries: Vocabulary
    routes: Mapping[type, Route]
    query_routes: Mapping[type, QueryRoute]
    models: Sequence[Model]
    context: Callable[[dt.datetime, Actor], Any]
    reactions: Sequence[Reaction] = ()
    migrations: Sequence[Path] = ()
