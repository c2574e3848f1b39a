"""How often Python looks for cycles, in a process that reads logs."""

from __future__ import annotations

import gc

_NEW_OBJECTS = 50_000
"""A page of 1,000 events is about half as many dicts and lists. With Python's 700 the collector
walked each page dozens of times and found nothing: a third of all reading."""
_ROUNDS = 20


def collect_seldom() -> None:
    """Call once, when everything is imported; what is there by now is never looked at again.

    Events, rows and messages have no cycles, so they go when the last reference goes. The few
    cycles that there are (errors with their tracebacks) wait for a later round.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, _ROUNDS, _ROUNDS)
