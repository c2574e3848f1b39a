"""What the writes of the assessment are sent with, so that whoever may do them succeeds."""

from __future__ import annotations

from tests.portal.matrix.scene import Case, Make, Scene
from tests.system.bureau import new_id


def _setting(scene: Scene, _: str) -> Case:
    """A value that nobody has set yet."""
    value = 1 + int(new_id()[:4], 16) % 300
    figures = [{"name": "rank_least", "value": value}]
    day = scene.bureau.today.isoformat()
    return Case(
        {},
        {"effective_from": day, "figures": figures, "corrects": None, "reason": "按新规定执行"},
    )


ASSESSMENT_CASES: dict[str, Make] = {
    "POST /api/v1/assessment-settings": _setting,
}
"""By the names of the written table."""
