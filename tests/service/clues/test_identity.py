"""Nothing that an authority reads says who told it nor, without consent, whom it concerns."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from shared.access.actor import Actor
from shared.contracts.clues import commands
from shared.contracts.clues.vocabulary import OutcomeKind, ReferralTarget
from shared.contracts.errors import Refused
from tests.service.clues.town import BODY, LEADER, OFFICER, ClueTown
from tests.service.town import fresh
from tests.services.clues import examples as example

WHO, WHOM = "identity_in_referral", "consent_missing"
FORBIDDEN = [
    ("赵某反映你局超标罚款", WHO),
    ("请联系 139 0000-1111 核实", WHO),
    ("某机械厂被超标罚款", WHOM),
]


def refused(town: ClueTown, command: Any, actor: Actor = OFFICER) -> tuple[str, str]:
    """The reason, and the field."""
    with pytest.raises(Refused) as refusal:
        town.send(command, actor)
    (field,) = refusal.value.fields
    return str(refusal.value.reason), field


def referral(clue_id: str, **instead: Any) -> commands.ReferClue:
    given = {"clue_id": clue_id, "referral_id": fresh(), **instead}
    return dataclasses.replace(example.REFER, **given)


@pytest.mark.parametrize(("words", "reason"), FORBIDDEN)
def test_a_referral_does_not_say_so_in_any_of_its_words(
    town: ClueTown, words: str, reason: str
) -> None:
    clue_id = town.accepted(town.point())
    to_another = {"target": ReferralTarget.OTHER_AUTHORITY, "unit": None, "authority": words}
    assert refused(town, referral(clue_id, summary=words)) == (reason, "summary")
    assert refused(town, referral(clue_id, unit=words)) == (reason, "unit")
    assert refused(town, referral(clue_id, **to_another)) == (reason, "authority")
    if reason == WHOM:
        town.does(clue_id, example.CONSENT)
        town.send(referral(clue_id, summary=words, names_unit=True), OFFICER)


@pytest.mark.parametrize(("words", "reason"), FORBIDDEN)
def test_nor_does_what_follows_it(town: ClueTown, words: str, reason: str) -> None:
    clue_id = town.accepted(town.point())
    command = referral(clue_id)
    town.send(command, OFFICER)
    withdraw = commands.WithdrawReferral(clue_id=clue_id, reasons=words)
    assert refused(town, withdraw) == (reason, "reasons")
    about = {"clue_id": clue_id, "referral_id": command.referral_id}
    town.send(dataclasses.replace(example.ANSWER, **about), BODY)
    back = dataclasses.replace(example.RETURN_ANSWER, clue_id=clue_id, remarks=words)
    assert refused(town, back) == (reason, "remarks")


def test_a_unit_that_the_referral_names_may_be_named_again(town: ClueTown) -> None:
    clue_id = town.accepted(town.point())
    town.does(clue_id, example.CONSENT)
    town.send(referral(clue_id, names_unit=True), OFFICER)
    town.send(commands.WithdrawReferral(clue_id=clue_id, reasons="某机械厂已来我局"), OFFICER)


def test_an_officer_who_writes_an_answer_down_adds_nobody(town: ClueTown) -> None:
    clue_id = town.accepted(town.point())
    command = referral(clue_id, unit=None)
    town.send(command, OFFICER)
    about = {"clue_id": clue_id, "referral_id": command.referral_id}
    answer = dataclasses.replace(example.ANSWER, **about)
    named = dataclasses.replace(answer, action="已向赵某说明")
    assert refused(town, named) == (WHO, "action")
    refusal = dataclasses.replace(example.REFUSE, **about, reasons="赵某所述不属我局职责")
    assert refused(town, refusal) == (WHO, "reasons")
    town.send(dataclasses.replace(answer, facts="对某机械厂罚款五万元"), OFFICER)


def test_the_authoritys_own_words_are_never_compared(town: ClueTown) -> None:
    """A refusal would tell the body that it has guessed who told it."""
    clue_id = town.accepted(town.point())
    command = referral(clue_id)
    town.send(command, OFFICER)
    about = {"clue_id": clue_id, "referral_id": command.referral_id}
    town.send(dataclasses.replace(example.ANSWER, **about, facts="系赵某举报"), BODY)


def test_those_who_told_a_joined_clue_are_not_named_either(town: ClueTown) -> None:
    point = town.point()
    main = town.accepted(point, reporter_name="钱二", reporter_phone="13711112222")
    joined = town.filed(point, reporter_name="孙三丰", unit_concerned="丁丁面馆")
    join = commands.JoinClue(clue_id=joined, into_clue_id=main, reasons="同一处罚")
    town.send(join, OFFICER)
    assert refused(town, referral(main, summary="据孙三丰反映，请核查")) == (WHO, "summary")
    town.does(main, example.CONSENT)
    other = referral(main, summary="丁丁面馆等被超标罚款", names_unit=True)
    assert refused(town, other) == (WHOM, "summary")
    town.send(referral(main, summary="某机械厂等被超标罚款", names_unit=True), OFFICER)


def test_nor_is_the_reporter_in_a_case_of_retaliation(town: ClueTown) -> None:
    point = town.point()
    clue_id = town.filed(point, retaliation=True)
    opened = town.log.stream(f"clue-{clue_id}")[1].clear()["retaliation_clue_id"]
    town.does(opened, example.ACCEPT)
    assert refused(town, referral(opened, summary="赵某被上门威胁")) == (WHO, "summary")


def test_a_document_does_not_say_so_and_names_whom_to_refund(town: ClueTown) -> None:
    clue_id = town.accepted(town.point())
    town.does(clue_id, example.START, example.TAKE_STEP, example.CONCLUDE)
    notice = dataclasses.replace(
        example.DISCIPLINE,
        clue_id=clue_id,
        outcome_id=fresh(),
        kind=OutcomeKind.NOTICE,
        persons=None,
        document_number="1号",
        details="经139-0000-1111反映",
    )
    assert refused(town, notice, LEADER) == (WHO, "details")
    numbered = dataclasses.replace(notice, details="请纠正", document_number="赵某〔2026〕1号")
    assert refused(town, numbered, LEADER) == (WHO, "document_number")
    town.send(dataclasses.replace(notice, details="退还某机械厂多收的罚款"), LEADER)
    officers = {"clue_id": clue_id, "outcome_id": fresh(), "details": "据赵某所述处理两人"}
    town.send(dataclasses.replace(example.DISCIPLINE, **officers), LEADER)


def test_nor_do_an_order_to_refund_and_the_proof_of_what_was_paid(town: ClueTown) -> None:
    """The body reads both beside its referral; its own account's words are never compared."""
    clue_id = town.accepted(town.point())
    command = referral(clue_id)
    town.send(command, OFFICER)
    about = {"clue_id": clue_id, "referral_id": command.referral_id}
    town.send(dataclasses.replace(example.ANSWER, **about), BODY)
    town.does(clue_id, example.START, example.TAKE_STEP, example.CLAIM_REFUND)
    town.does(clue_id, example.VERIFY_REFUND, example.CONCLUDE, example.GIVE_NOTICE)
    order = dataclasses.replace(example.ORDER_REFUND, clue_id=clue_id)
    named = dataclasses.replace(order, document_number="赵某〔2026〕1号")
    assert refused(town, named, LEADER) == ("order_without_document", "document_number")
    town.send(order, LEADER)
    paid = dataclasses.replace(example.PAY, clue_id=clue_id, proof="赵某确认收到")
    assert refused(town, paid) == (WHO, "proof")
    town.send(paid, BODY)


def test_one_reporter_learns_of_no_other_and_may_read_their_own_name(town: ClueTown) -> None:
    """Feedback of clues that are handled together: each has its reporter and nobody else's."""
    point = town.point()
    main = town.verified(point, reporter_name="钱二", reporter_phone="13711112222")
    joined = town.filed(point, reporter_name="孙三丰", reporter_phone="13611113333")
    town.send(commands.JoinClue(clue_id=joined, into_clue_id=main, reasons="同一处罚"), OFFICER)
    town.does(main, example.DISCIPLINE, example.CLOSE)
    for clue_id, own, others in ((main, "钱二", "孙三丰"), (joined, "孙三丰", "137-1111-2222")):
        named = dataclasses.replace(
            example.GIVE_FEEDBACK, clue_id=clue_id, text=f"{own}：与{others}反映的一并查实"
        )
        assert refused(town, named) == (WHO, "text")
        town.send(dataclasses.replace(named, text=f"{own}：你反映的问题已经查实"), OFFICER)


def test_whoever_told_both_is_told_of_both(town: ClueTown) -> None:
    point = town.point()
    main, joined = town.verified(point), town.filed(point)
    town.send(commands.JoinClue(clue_id=joined, into_clue_id=main, reasons="同一处罚"), OFFICER)
    town.does(main, example.DISCIPLINE, example.CLOSE)
    town.send(
        dataclasses.replace(example.GIVE_FEEDBACK, clue_id=joined, text="赵某：已经查实"), OFFICER
    )
