"""The table of a clue's acts says what the clues service does: no act lacks a page, or lies."""

from __future__ import annotations

import pytest

from services.clues.domain.clue import TRANSITIONS
from services.clues.handlers import ROUTES
from services.portal.money import fen, typed_yuan
from services.portal.pages.clues.acts import ACTS
from services.portal.pages.clues.case_act import CaseAct
from services.portal.pages.clues.story import Story
from shared.contracts.clues.commands import COMMANDS
from shared.contracts.clues.vocabulary import OutcomeKind
from shared.contracts.roles import Role

_NAMES = {"Flag": "FlagRetaliation"}
_ELSEWHERE = {
    *("FileClue", "AnswerReferral", "RefuseReferral"),
    *("RaiseAlarm", "RecomputeLimit"),
}
"""Filed on pages of their own, answered where the referral is, and the timekeeper's."""
_TURNS = {(_NAMES.get(its.__name__, its.__name__), status) for status, its in TRANSITIONS}


def test_every_command_about_a_clue_has_a_page() -> None:
    known = {its.name for its in COMMANDS}
    about = {command for command, _ in _TURNS} & known
    assert {act.command for act in ACTS} == about - _ELSEWHERE


def test_every_outcome_but_a_refund_has_a_page_of_its_own() -> None:
    kinds = {act.variant for act in ACTS if act.command == "RecordOutcome"}
    assert kinds == {str(kind) for kind in OutcomeKind} - {"refund"}


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.path)
def test_an_act_has_its_turn_when_the_clue_takes_its_command(act: CaseAct) -> None:
    assert set(act.when) == {status for command, status in _TURNS if command == act.command}


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.path)
def test_an_act_is_for_whom_the_service_lets_send_it(act: CaseAct) -> None:
    (route,) = (its for command, its in ROUTES.items() if command.__name__ == act.command)
    assert set(act.roles) == route.roles - {Role.POINT, Role.ENFORCEMENT_BODY, Role.REPORTER}


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.path)
def test_a_form_asks_for_fields_of_its_command_and_for_nothing_else(act: CaseAct) -> None:
    known = set(COMMANDS.find(act.command).schema.fields)
    within = {"claim_id"} if act.about == "payment_id" else set()
    asked = {*act.names, *act.makes, *act.fixed, *([act.about] if act.about else []), *within}
    assert asked <= known
    needed = {name for name, its in COMMANDS.find(act.command).schema.fields.items()
              if not its.allow_none}  # fmt: skip
    assert needed <= asked | {"clue_id"}


def test_amounts_come_back_as_they_are_typed() -> None:
    for amount in (1, 100, 123_456_789, 10**12):
        assert fen(typed_yuan(amount)) == amount


def test_a_story_names_what_lies_within_a_clue() -> None:
    def record(event: str, **values: object) -> dict[str, object]:
        return {"type": event, "role": "officer", "version": 1, "occurred_at": "", "values": values}

    story = Story(
        [
            record("RefundClaimed", claim_id="a", amount=100),
            record("RefundClaimed", claim_id="b", amount=200),
            record("RefundPaid", claim_id="b", payment_id="p", amount=150, paid_on="2026-03-02"),
            record("RefundPaymentReversed", claim_id="b", payment_id="p"),
            record("OutcomeRecorded", outcome_id="o", kind="supervision_opinion", supersedes=[],
                   document_number="1号", complying={"span": {"due_on": "2026-04-01"}}),
            record("OutcomeRecorded", outcome_id="d", kind="supervision_decision",
                   supersedes=["o"], document_number="2号", complying=None),
        ],
        {"officer-1": "王某"},
    )  # fmt: skip
    assert story.name_of("claim_id", "b") == "第 2 笔"
    assert story.name_of("payment_id", "p") == "2026年3月2日付款 1.50 元"
    assert story.name_of("outcome_id", "o") == "监督意见书 1号"
    assert story.claim_of("p") == "b"
    assert story.claim_of("unknown") == ""
    assert [its["reversed"] for its in story.payments] == [True]
    assert [its["superseded"] for its in story.outcomes] == [True, False]
    assert story.name("officer-1") == "王某"
    assert story.name("officer-2-long") == "账号 officer-"


def test_what_an_event_says_stands_in_the_order_of_its_schema_in_the_words_of_a_case() -> None:
    said = {
        "handlers": ["officer-1"],
        "clue_id": "7a3f6c1e-0000-4000-8000-000000000001",
    }
    story = Story([], {"officer-1": "王某"})
    assert story.rows("ClueAssigned", said) == [("承办人", "王某")]
    referred = {
        "summary": "请核查罚款幅度。",
        "unit": "市生态环境局",
        "authority": "市生态环境局",
        "target": "body",
        "names_unit": False,
        "refusable": {"due_on": "2026-03-09", "provisional": True},
        "answering": {"span": {"due_on": "2026-03-23", "provisional": False}, "alarm": None},
    }
    assert story.rows("ClueReferred", referred) == [
        ("转办对象", "被反映的行政执法机关"),
        ("受转单位", "市生态环境局"),
        ("在线答复的单位账号", "市生态环境局"),
        ("是否写明涉及单位", "否"),
        ("内容摘要", "请核查罚款幅度。"),
        ("可不予接办的期限", "至2026年3月9日（暂定）"),
        ("答复期限", "至2026年3月23日"),
    ]
    paid = {"amount": 123_450, "paid_on": "2026-03-02", "proof": None, "settled": True}
    assert story.rows("RefundPaid", paid) == [("金额", "1,234.50 元"), ("付款日期", "2026年3月2日")]
