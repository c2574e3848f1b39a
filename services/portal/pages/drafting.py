"""An application on its way: what was typed so far, kept sealed until it is handed in."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from services.portal.web.edge import edge

_KIND = "application"


@dataclass(frozen=True)
class Draft:
    """`errors` is what the registry said of fields when it was handed in last.

    application_id: "" for a draft that was never saved
    """

    application_id: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    def with_values(self, typed: Mapping[str, str]) -> Draft:
        """The draft after some fields were filled in anew."""
        errors = {name: its for name, its in self.errors.items() if name not in typed}
        identifier = self.application_id or str(uuid.uuid4())
        return Draft(identifier, {**self.values, **typed}, errors)


def draft_of(account_id: str, batch_id: str) -> Draft:
    """The account's draft for a batch; an empty one when there is none."""
    kept = edge().drafts.get(account_id, _KIND, batch_id)
    return Draft(**kept) if kept else Draft()


def keep(account_id: str, batch_id: str, draft: Draft) -> None:
    """In place of what was there."""
    kept = {
        "application_id": draft.application_id,
        "values": dict(draft.values),
        "errors": dict(draft.errors),
    }
    edge().drafts.put(account_id, _KIND, batch_id, kept)


def command_id(account_id: str, batch_id: str) -> str:
    """The id under which the draft is handed in, however often."""
    return edge().drafts.command_id(account_id, _KIND, batch_id)


def drop(account_id: str, batch_id: str) -> None:
    edge().drafts.drop(account_id, _KIND, batch_id)


def batches_begun(account_id: str) -> list[str]:
    """Batches that the account has a draft for, the last one typed in first."""
    return edge().drafts.of(account_id, _KIND)
