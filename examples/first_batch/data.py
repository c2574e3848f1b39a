"""The first batch as data, and the figures of the source speech that it is held beside.

Everything in it is invented; the proportions are those of the source speech (rules.md §5).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from examples.play import form
from examples.play.data import Batch, Meeting

FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Speech:
    """The figures of the source speech, by the codes that the services use.

    opinions: of a street's point · complaints: of a year, so many of them about inspections
    """

    points: int
    eliminated: int
    objections: int
    opinions: int
    complaints: int
    inspection_complaints: int
    by_district: Mapping[str, int] = field(default_factory=dict)
    by_industry: Mapping[str, int] = field(default_factory=dict)
    by_size: Mapping[str, int] = field(default_factory=dict)
    by_channel: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class FirstBatch:
    """All of it."""

    batch: Batch
    speech: Speech

    @property
    def meeting(self) -> Meeting:
        """The one deliberation, which lists every unit that has qualified."""
        return self.batch.meetings[0]


def load(folder: Path = FOLDER) -> FirstBatch:
    """The batch in `folder`. Raises FormError, OSError, ValueError or TypeError for broken data."""
    speech = read_json(folder / "speech.json")
    speech.pop("source")
    return FirstBatch(form.read(folder), Speech(**speech))


def read_json(path: Path) -> Any:
    """The document in a file of data."""
    return json.loads(path.read_text(encoding="utf-8"))
