"""Events that others are not told of, and what stands in their place where they are told.

An event made together with others would link them: what an opinion box held, which clue a case
of retaliation protects. Its leaf is in the tree like every other, and the hash of that leaf is
all that others get, so their positions have no gap and their tree has the signed root.
"""

from __future__ import annotations

from typing import Any

from shared.contracts.message import Vocabulary
from shared.contracts.stored import RecordedEvent, StoredEvent, leaf

UNPUBLISHED = "Unpublished"
"""Stands where a published event has its type; no event is called so."""
UNPUBLISHED_VERSION = 1


def is_published(event: StoredEvent, events: Vocabulary) -> bool:
    """Whether others get the event's public form."""
    return events.is_published(event.type, event.clear())


def unpublished_form(recorded: RecordedEvent) -> dict[str, Any]:
    """A CloudEvents 1.0 JSON object with the position and the leaf, and nothing else of it."""
    log = recorded.event.log
    return {
        "specversion": "1.0",
        "id": f"position/{recorded.position}",
        "source": f"/jiandu/{log}",
        "type": f"jiandu.{log}.{UNPUBLISHED}",
        "datacontenttype": "application/json",
        "dataschema": f"urn:jiandu:{log}:{UNPUBLISHED}:{UNPUBLISHED_VERSION}",
        "sequence": str(recorded.position),
        "sequencetype": "Integer",
        "data": {"leaf": leaf(recorded.event).hex()},
    }
