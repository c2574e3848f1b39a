"""退款: what bodies were ordered to refund and have not paid in full, and since when it is due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from services.portal.charts import Chart, Column, Figure, Kind, share, zh_percent
from services.portal.money import typed_yuan
from services.portal.pages.asking import ask_part
from services.portal.pages.dashboard.board import Board, Told, most_first
from services.portal.pages.dashboard.cases import open_cases

_LIMIT = "refund_payment"


@dataclass(frozen=True)
class Owed:
    """A clue with an order that is not paid in full; amounts in fen."""

    body: str
    ordered: int
    paid: int
    late: bool

    @property
    def unpaid(self) -> int:
        return self.ordered - self.paid


def _told() -> Told:
    part = open_cases()
    if part.away:
        return Told(away=part.away)
    owed = []
    for clue in (clue for clue in part.result if _running(clue)):
        ledger = ask_part("clues", "ShowRefundLedger", {"clue_id": clue["clue_id"]})
        if ledger.away:
            return Told(away=ledger.away)
        owed.append(_owed(clue, ledger.result["totals"]))
    return refunds_told(owed)


def _running(clue: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [its for its in clue["limits"] if its["name"] == _LIMIT]


def _owed(clue: Mapping[str, Any], totals: Mapping[str, int]) -> Owed:
    late = any(its["tone"] == "red" for its in _running(clue))
    return Owed(clue["body"], totals["ordered"], totals["paid"], late)


def refunds_told(owed: list[Owed]) -> Told:
    """Of every clue with an order that is not paid in full."""
    ordered, paid = sum(its.ordered for its in owed), sum(its.paid for its in owed)
    late = [its for its in owed if its.late]
    return Told(
        _message(owed, late),
        (
            Figure(typed_yuan(ordered - paid), "元", "责令退还、还没有付的"),
            Figure(typed_yuan(paid), "元", "这些线索已经付的"),
            Figure(zh_percent(share(paid, ordered)), "", "退还进度"),
            Figure(f"{len(late):,}", "件", "逾期没有付清的线索", None, "late" if late else "good"),
        ),
        (_by_body(owed),),
    )


def _message(owed: list[Owed], late: list[Owed]) -> str:
    if not owed:
        return "责令退还的款项都已经付清。"
    left = typed_yuan(sum(its.unpaid for its in owed))
    if late:
        return f"{len(owed)} 件线索还有 {left} 元没有退还，其中 {len(late)} 件逾期，请督促付清。"
    return f"{len(owed)} 件线索还有 {left} 元没有退还，都在期限以内。"


def _by_body(owed: list[Owed]) -> Chart:
    of_body: dict[str, list[Owed]] = defaultdict(list)
    for its in owed:
        of_body[its.body].append(its)
    ordered = most_first((body, sum(its.unpaid for its in all_)) for body, all_ in of_body.items())
    return Chart(
        "bodies",
        "还没有付清的机关",
        (
            *(Column("机关", Kind.TEXT), Column("责令退还", Kind.MONEY)),
            *(Column("已经退还", Kind.MONEY), Column("还没有退还", Kind.MONEY)),
            *(Column("线索"), Column("逾期线索")),
        ),
        [
            (
                body,
                sum(its.ordered for its in of_body[body]),
                sum(its.paid for its in of_body[body]),
                unpaid,
                len(of_body[body]),
                sum(its.late for its in of_body[body]),
            )
            for body, unpaid in ordered
        ],
        drawn=(2, 3),
        says="只统计还没有付清的线索；付清后不再列出。",
        links=[f"/clues?{urlencode({'body': body, 'open': 'yes'})}" for body, _ in ordered],
        empty="没有还没有付清的退还。",
        hint="登记退还责令以后，在付清以前列在这里。",
    )


REFUNDS = Board("refunds", "退款", "责令退还的款项付清了没有？", "clues", _told)
