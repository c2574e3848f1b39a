"""How much each benchmark does: enough to measure, and little enough for a quarter of an hour."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """Counts are of events, messages or commands, rates per second."""

    repetitions: int
    append_one: int
    append_eight: int
    append_batches: int
    relay: int
    relay_peer: int
    projection: int
    projection_peer: int
    subscription: int
    subscription_peer: int
    rebuild: tuple[tuple[str, int], ...]
    rebuild_repetitions: int
    verify: int
    rates: tuple[int, ...]
    rate_seconds: float
    rate_repetitions: int


FULL = Sizes(
    repetitions=5,
    append_one=800,
    append_eight=400,
    append_batches=24,
    relay=10_000,
    relay_peer=1_500,
    projection=30_000,
    projection_peer=1_000,
    subscription=10_000,
    subscription_peer=1_500,
    rebuild=(("10k", 10_000), ("100k", 100_000), ("500k", 500_000)),
    rebuild_repetitions=3,
    verify=20_000,
    rates=(50, 200),
    rate_seconds=8.0,
    rate_repetitions=3,
)

TINY = Sizes(
    repetitions=1,
    append_one=5,
    append_eight=2,
    append_batches=1,
    relay=40,
    relay_peer=10,
    projection=60,
    projection_peer=10,
    subscription=40,
    subscription_peer=10,
    rebuild=(("10k", 50), ("100k", 100), ("500k", 150)),
    rebuild_repetitions=1,
    verify=60,
    rates=(10,),
    rate_seconds=1.0,
    rate_repetitions=1,
)
"""Only shows that everything runs; what it measures means nothing."""
