"""What became of what the points reported, asked from the services (see facts.py)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from examples.first_batch import cast
from examples.first_batch.fine import fine_id
from examples.play import waiting
from examples.play.desk import Desk
from examples.play.portal import SaysNo

SHOWN_SECONDS = 30.0
PURPOSE = "演示：向主办人员列明超标罚款一案的办理结果"
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Heard:
    """fine: the clue of the fine above the limit, opened, with its ledger in fen
    opinions: how many came by each way · themes: those that were raised
    baseline: totals of the year before
    """

    fine: Row
    opinions: Mapping[str, int]
    themes: tuple[Row, ...]
    baseline: Row

    @property
    def disciplined(self) -> int:
        """Officers who were disciplined for the fine."""
        return sum(
            int(its["values"]["persons"] or 0)
            for its in self.fine["records"]
            if its["type"] == "OutcomeRecorded"
        )

    @property
    def refunded(self) -> int:
        """Fen that were paid back, of the fine."""
        return int(self.fine["ledger"]["totals"]["paid"])


def heard(desk: Desk, opinions: int) -> Heard:
    """Once the read models show it all, `opinions` of them. Raises DemoFailed."""
    return waiting.until(
        lambda: _heard(desk, opinions),
        SHOWN_SECONDS,
        "意见和线索的查询视图没有显示最终结果：请用 make status 查看 clues 的 log 进程",
        "The read models do not show opinions and clues: is clues' log role ready?",
    )


def _heard(desk: Desk, opinions: int) -> Heard | None:
    rows = desk.query_all(cast.LEADER, "ListOpinionsFiled", {})
    themes = desk.query_all(cast.LEADER, "ListThemes", {"status": "raised"})
    baseline = desk.query(cast.LEADER, "ShowBaseline", {})["items"]
    fine = _fine(desk)
    if fine is None or len(rows) < opinions or not themes or not baseline:
        return None
    ways = [str(row["way"]) for row in rows]
    return Heard(fine, {way: ways.count(way) for way in sorted(set(ways))}, tuple(themes),
                 baseline[0])  # fmt: skip


def _fine(desk: Desk) -> Row | None:
    """The clue once it is told back and rated."""
    asked = {"clue_id": fine_id(desk), "purpose": PURPOSE}
    try:
        shown: Row = desk.query(cast.LEADER, "OpenClue", asked)
    except SaysNo as refused:
        if refused.status != 404:
            raise
        return None
    return shown if shown["satisfaction"] is not None else None
