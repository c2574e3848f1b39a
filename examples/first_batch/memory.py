"""What a finished play leaves in the run folder for later runs, which change nothing.

The log remembers the batch. It does not remember what an outside subscriber got, nor that a
command was refused, for refusals are not recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.local.files import read_json, write_json
from examples.first_batch.subscriber import Received


@dataclass(frozen=True)
class Memory:
    """The file `first_batch.json`; what it says of another installation's batch is not heard."""

    path: Path
    batch_id: str

    def early_designation(self) -> dict[str, str] | None:
        return self._read().get("early_designation")

    def keep_early_designation(self, refusal: dict[str, str]) -> None:
        self._write(early_designation=refusal)

    def received(self) -> Received | None:
        """What the outside subscriber got while the batch was played; None before the end."""
        kept = self._read().get("received")
        if kept is None:
            return None
        return Received(
            types={int(position): its for position, its in kept["types"].items()},
            leaves={int(position): its for position, its in kept["leaves"].items()},
            deliveries=kept["deliveries"],
        )

    def keep_received(self, received: Received) -> None:
        self._write(
            received={
                "deliveries": received.deliveries,
                "types": dict(sorted(received.types.items())),
                "leaves": dict(sorted(received.leaves.items())),
            }
        )

    def _read(self) -> dict[str, Any]:
        kept = read_json(self.path)
        return kept if kept.get("batch_id") == self.batch_id else {}

    def _write(self, **values: Any) -> None:
        write_json(self.path, {**self._read(), "batch_id": self.batch_id, **values})
