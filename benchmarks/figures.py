"""One line of the result: our figure beside the peer's and the limit's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Figure:
    """Medians of one benchmark; `peer` and `limit` are None where there is nothing to set beside.

    In a unit "…/s" more is better, in "ms" and "MiB" less.
    """

    name: str
    unit: str
    ours: float
    peer: float | None = None
    limit: float | None = None

    @property
    def ratio_to_peer(self) -> float | None:
        return _ratio(self.ours, self.peer)

    @property
    def ratio_to_limit(self) -> float | None:
        return _ratio(self.ours, self.limit)

    def plain(self) -> dict[str, Any]:
        """As it stands in `.run/bench.json`."""
        return {
            "name": self.name,
            "unit": self.unit,
            "ours": _rounded(self.ours),
            "peer": _rounded(self.peer),
            "limit": _rounded(self.limit),
            "ratio_to_peer": _rounded(self.ratio_to_peer),
            "ratio_to_limit": _rounded(self.ratio_to_limit),
        }


def _ratio(ours: float, other: float | None) -> float | None:
    return ours / other if other else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
