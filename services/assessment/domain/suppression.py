"""What leaves the bureau has no count so small that it would tell of single people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

SMALLEST_BELOW = 4
"""With less, a hidden one beside a count that is just large enough would follow from their sum."""


def suppressed(counts: Mapping[str, int], below: int) -> tuple[dict[str, int | None], bool]:
    """Counts as others may see them, null where one is hidden; and whether the total may be shown.

    A count below `below` is hidden, but for nought, which tells of nobody. Where the total would
    tell what is hidden, others are hidden with it, in the order of their names and not of their
    size, since a choice by size would tell of it. Where nothing is left to hide, the total is kept
    back. So even who knows this rule recomputes no hidden count. Raises ValueError for a `below`
    under SMALLEST_BELOW.
    """
    if below < SMALLEST_BELOW:
        raise ValueError(f"counts below {below} cannot be hidden")
    hidden = {name for name, number in counts.items() if 0 < number < below}
    others = sorted(name for name, number in counts.items() if number >= below)
    while hidden and not _leave_room([counts[name] for name in hidden], below) and others:
        hidden.add(others.pop(0))
    total_shown = not hidden or _leave_room([counts[name] for name in hidden], below)
    return {name: None if name in hidden else its for name, its in counts.items()}, total_shown


def _leave_room(hidden: Sequence[int], below: int) -> bool:
    """Whether their sum leaves each of them at least two values.

    Each is known to be one at least, so what counts is how many there are beyond that. A sum that
    is small is taken for one that leaves no room, so that those which leave none hide among them.
    """
    beyond = sum(hidden) - len(hidden)
    if len(hidden) < 2 or beyond < below - 1:
        return False
    return max(hidden) >= below or beyond < len(hidden) * (below - 2)
