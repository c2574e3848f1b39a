"""Every service's part of the published language, by the service's name."""

from __future__ import annotations

from dataclasses import dataclass

from shared.contracts.assessment import commands as assessment_commands
from shared.contracts.assessment import events as assessment_events
from shared.contracts.assessment import queries as assessment_queries
from shared.contracts.clues import commands as clues_commands
from shared.contracts.clues import events as clues_events
from shared.contracts.clues import queries as clues_queries
from shared.contracts.message import Vocabulary
from shared.contracts.portal import commands as portal_commands
from shared.contracts.portal import events as portal_events
from shared.contracts.portal import queries as portal_queries
from shared.contracts.registry import commands as registry_commands
from shared.contracts.registry import events as registry_events
from shared.contracts.registry import queries as registry_queries


@dataclass(frozen=True)
class Language:
    """What a service says and understands."""

    events: Vocabulary
    commands: Vocabulary
    queries: Vocabulary


CATALOGUE: dict[str, Language] = {
    "registry": Language(
        registry_events.EVENTS, registry_commands.COMMANDS, registry_queries.QUERIES
    ),
    "clues": Language(clues_events.EVENTS, clues_commands.COMMANDS, clues_queries.QUERIES),
    "assessment": Language(
        assessment_events.EVENTS, assessment_commands.COMMANDS, assessment_queries.QUERIES
    ),
    "portal": Language(portal_events.EVENTS, portal_commands.COMMANDS, portal_queries.QUERIES),
}
