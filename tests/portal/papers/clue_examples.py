"""What the queries tell of a clue and of a referral, as papers are made of it."""

from __future__ import annotations

from typing import Any

MOMENT = "2026-03-02T16:30:00+00:00"
"""Half past midnight on 2026-03-03 in Shanghai."""
SECRET = "对同行企业检查时超标罚款"


def limit(due_on: str) -> dict[str, Any]:
    return {"span": {"due_on": due_on}, "alarm": None}


def record(event: str, **values: Any) -> dict[str, Any]:
    return {"type": event, "occurred_at": MOMENT, "values": values}


CLUE: dict[str, Any] = {
    "clue_id": "7a3f6c1e-0000-4000-8000-000000000001",
    "division": "430211",
    "body": "市生态环境局",
    "kinds": ["illegal_fine", "illegal_fee"],
    "point_id": "p",
    "by_point": False,
    "records": [
        record("ClueFiled", text=SECRET, reporter_name="赵某"),
        record("ClueAccepted", overall=limit("2026-05-01")),
        record(
            "ClueReferred",
            referral_id="0c1f",
            authority="市生态环境局",
            summary="请核查罚款幅度。",
            refusable={"due_on": "2026-03-09"},
            answering=limit("2026-03-23"),
        ),
        record("ClueDeclined", ground="not_enforcement", reasons="属于民事纠纷。"),
        record(
            "RefundOrdered",
            claim_id="c1",
            amount=3_000_050,
            document_number="株司监意〔2026〕1号",
            paying=limit("2026-04-01"),
        ),
        *(
            record(
                "OutcomeRecorded",
                outcome_id=kind,
                kind=kind,
                document_number=None if kind == "discipline" else "株司监意〔2026〕1号",
                details="罚款超过裁量基准，应当纠正。",
                complying=limit("2026-04-02"),
            )
            for kind in ("discipline", "notice", "supervision_opinion", "supervision_decision")
        ),
        record("ClueClosed", finding="substantiated", outcomes=["discipline", "refund"]),
        record("FeedbackGiven", text="执法人员已处理，多收的罚款已退还。"),
    ],
}
