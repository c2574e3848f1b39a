"""Papers of a clue: what each says, and that none for a body says who reported what."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from pypdf import PdfReader

from services.portal.labels import label
from services.portal.papers import clue_papers
from services.portal.papers.setting import Paper, set_paper
from services.portal.papers.words import Content
from tests.portal.papers.clue_examples import CLUE, SECRET, limit, record


def text_of(data: Content | None) -> str:
    assert data is not None
    pages = PdfReader(io.BytesIO(set_paper(Paper.SUPERVISION, data))).pages
    told = "".join(page.extract_text() for page in pages)
    return "".join(told.replace("\u200b", "").split())


def test_whoever_told_it_learns_that_it_is_accepted_and_until_when_it_is_handled() -> None:
    text = text_of(clue_papers.acceptance(CLUE))
    for told in ("受理告知书", "乱罚款、乱收费", "2026年5月1日", "经联系点反馈", "天元区司法局"):
        assert told in text
    assert "2026年3月3日" in text, "the day in Shanghai"


def test_whoever_told_what_was_joined_learns_that_it_is_handled_with_another() -> None:
    accepted = record("ClueAccepted", overall=limit("2026-05-01"))
    joined = record("ClueJoined", into_clue_id="another")
    text = text_of(clue_papers.acceptance({**CLUE, "records": [accepted, joined]}))
    for told in ("予以受理", "与反映同一问题的其他线索并案，依法核实处理", "2026年5月1日"):
        assert told in text
    later = {**joined, "occurred_at": "2026-03-20T02:00:00+00:00"}
    for records in ([accepted], [accepted, later]):
        assert "并案" not in text_of(clue_papers.acceptance({**CLUE, "records": records}))


def test_or_why_it_is_not() -> None:
    text = text_of(clue_papers.declining(CLUE))
    assert "不予受理告知书" in text
    assert "不属于行政执法问题" in text
    assert "属于民事纠纷。" in text


def test_feedback_says_finding_outcomes_and_what_the_bureau_wrote() -> None:
    text = text_of(clue_papers.feedback(CLUE))
    for told in ("属实。", "处理执法人员、责令退还。", "多收的罚款已退还"):
        assert told in text
    of_declined = [its for its in CLUE["records"] if its["type"] != "ClueClosed"]
    assert "核实结论" not in text_of(clue_papers.feedback({**CLUE, "records": of_declined}))


def test_feedback_on_what_was_reopened_is_of_the_round_it_was_given_in() -> None:
    anew = record("ClueClosed", finding="unsubstantiated", outcomes=[])
    reopened = {**CLUE, "records": [*CLUE["records"], record("ClueReopened"), anew]}
    text = text_of(clue_papers.feedback(reopened))
    assert "处理执法人员、责令退还。" in text
    again = [*reopened["records"], record("FeedbackGiven", text="再次核实，不属实。")]
    text = text_of(clue_papers.feedback({**CLUE, "records": again}))
    for told in (label("unsubstantiated", "clue_finding"), "再次核实，不属实。"):
        assert told in text
    assert "处理执法人员" not in text


def test_an_authority_reads_what_to_answer_until_when_and_nobodys_name() -> None:
    text = text_of(clue_papers.referral_letter(CLUE, "0c1f"))
    for told in ("请核查罚款幅度。", "2026年3月23日", "2026年3月9日", "不得打击报复"):
        assert told in text
    assert SECRET not in text
    assert "赵某" not in text


@pytest.mark.parametrize(
    ("kind", "title", "asked"),
    [
        ("notice", "行政执法监督通知书", "请按照上述要求办理"),
        ("supervision_opinion", "行政执法监督意见书", "2026年4月2日以前整改到位"),
        ("supervision_decision", "行政执法监督决定书", "2026年4月2日以前将执行情况书面报告"),
    ],
)
def test_a_document_says_what_the_body_is_to_do_and_to_refund(
    kind: str, title: str, asked: str
) -> None:
    text = text_of(clue_papers.outcome(CLUE, kind))
    for told in (title, "株司监意〔2026〕1号", asked, "责令退还30,000.50元", "2026年4月1日"):
        assert told in text
    assert SECRET not in text
    assert "赵某" not in text


def test_a_document_orders_each_claim_once_with_what_is_left_of_it() -> None:
    number = "株司监意〔2026〕1号"

    def ordered(claim_id: str, amount: int, document: str = number) -> dict[str, Any]:
        due = limit("2026-04-01")
        return record(
            "RefundOrdered",
            claim_id=claim_id,
            amount=amount,
            document_number=document,
            paying=due,
        )

    def reduced(claim_id: str, amount: int) -> dict[str, Any]:
        return record("RefundOrderReduced", claim_id=claim_id, amount=amount)

    more = [
        ordered("c1", 4_000_000),
        reduced("c1", 1_000_000),
        ordered("c2", 50_000),
        reduced("c2", 50_000),
        ordered("c3", 70_000),
        ordered("c3", 90_000, "株司监意〔2026〕2号"),
        reduced("c3", 10_000),
    ]
    text = text_of(clue_papers.outcome({**CLUE, "records": [*CLUE["records"], *more]}, "notice"))
    assert re.findall("责令退还([0-9,.]+)元", text) == ["30,000.00", "700.00"]


def test_there_is_no_paper_of_what_has_not_happened() -> None:
    fresh = {**CLUE, "records": CLUE["records"][:1]}
    for made in (clue_papers.acceptance, clue_papers.declining, clue_papers.feedback):
        assert made(fresh) is None
    assert clue_papers.outcome(fresh, "notice") is None
    assert clue_papers.outcome(CLUE, "discipline") is None, "officers are no document"
    assert clue_papers.referral_letter(CLUE, "another") is None
