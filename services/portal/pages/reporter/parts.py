"""What stands on the reporter's page beside the case itself: a part has its template and words.

Each is asked for with the case as `FollowReceipt` tells it, in the reporter's name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Case = Mapping[str, Any]


@dataclass(frozen=True)
class ReporterPart:
    """template: what is included · told: what it is given as `its`; None: nothing to show"""

    template: str
    told: Callable[[Case], Any]


PARTS: Sequence[ReporterPart] = ()
"""In the order of the page."""
