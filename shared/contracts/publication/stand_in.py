"""What others get in the place of an event that is not published, as a contract of its own."""

from __future__ import annotations

from collections.abc import Iterable

from shared.contracts.message import Precision
from shared.contracts.publication.contract import EVENT, Contract
from shared.contracts.publication.documents import cloudevent_schema
from shared.contracts.publication.field_schemas import JsonSchema
from shared.contracts.unpublished import UNPUBLISHED, UNPUBLISHED_VERSION

_DESCRIPTION = "An event of the log that is not published: its position, and the hash of its leaf."


def stand_ins_of(contracts: Iterable[Contract]) -> list[Contract]:
    """One for each service that keeps some of its events, in the order of their names."""
    keeping = {each.service for each in contracts if each.unpublished or each.unpublished_with}
    return [_stand_in(service) for service in sorted(keeping)]


def stand_in_schema(contract: Contract) -> JsonSchema:
    """The whole form, a CloudEvent (`shared.contracts.unpublished`), without an event's time."""
    frame = cloudevent_schema(contract)
    left_out = {"subject", "data", "time"}
    properties = {
        **{name: its for name, its in frame["properties"].items() if name not in left_out},
        "id": {"type": "string", "pattern": "^position/[1-9][0-9]*$"},
        "data": {
            "type": "object",
            "properties": {"leaf": {"type": "string", "pattern": "^[0-9a-f]{64}$"}},
            "required": ["leaf"],
            "additionalProperties": False,
        },
    }
    refused = dict.fromkeys(("subject", "time"), False)
    return {
        **{name: its for name, its in frame.items() if name != "$defs"},
        "properties": {**properties, **refused},
        "required": list(properties),
    }


def _stand_in(service: str) -> Contract:
    return Contract(
        service=service,
        kind=EVENT,
        name=UNPUBLISHED,
        version=UNPUBLISHED_VERSION,
        precision=str(Precision.DAY),
        description=_DESCRIPTION,
        fields={},
    )
