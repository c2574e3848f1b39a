"""How a service's handlers see an aggregate: where its streams are, how it decides and evolves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Aggregate:
    """`decide(state, command, context) -> events` and `evolve(state, event) -> state`, pure."""

    prefix: str
    initial: Any
    decide: Callable[[Any, Any, Any], list[Any]]
    evolve: Callable[[Any, Any], Any]

    def stream(self, identifier: object) -> str:
        return f"{self.prefix}-{identifier}"
