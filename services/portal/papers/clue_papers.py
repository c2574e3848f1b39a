"""What stands in the papers of a clue: made of what its queries answer, and of nothing else.

What goes to a body or another authority holds the bureau's own words alone: neither what was
reported nor who reported it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from typing import Any

from services.portal.labels import label
from services.portal.money import zh_yuan
from services.portal.papers.words import Answer, Content, clear, day_of, paper, zh_day

_DOCUMENTS = {
    "notice": "监督通知书",
    "supervision_opinion": "监督意见书",
    "supervision_decision": "监督决定书",
}


def acceptance(told: Answer) -> Content | None:
    """受理告知书 for whoever told it; None before it is accepted.

    What was accepted by being joined to another clue says so.
    """
    its = _last(told, "ClueAccepted")
    if its is None:
        return None
    due = zh_day(its["values"]["overall"]["span"]["due_on"])
    text = (
        f"你（单位）反映{told['body']}{_kinds(told)}的问题已经收悉。经审查，予以受理。\n"
        f"本机关将{_with_others(told, its)}依法核实处理，"
        f"全案办理期限至{due}（依法延长、中止的除外），"
        f"办结后{_through(told)}反馈办理结果。"
    )
    return _letter(told, "受理告知书", its, _number(told), "反映人", [("", text)])


def declining(told: Answer) -> Content | None:
    """不予受理告知书, with the ground and the reasons; None for what was not declined."""
    its = _last(told, "ClueDeclined")
    if its is None:
        return None
    ground = label(its["values"]["ground"], "decline_ground")
    text = (
        f"你（单位）反映{told['body']}{_kinds(told)}的问题已经收悉。"
        f"经审查，因{ground}，决定不予受理。"
    )
    sections = [
        ("", text),
        ("理由", clear(its["values"]["reasons"])),
        ("", "有新的事实或者线索的，可以另行反映。"),
    ]
    return _letter(told, "不予受理告知书", its, _number(told), "反映人", sections)


def feedback(told: Answer) -> Content | None:
    """反馈单 of the last feedback, with what it was about; None before there is one.

    A clue that was reopened has neither finding nor outcomes of its new round in it.
    """
    its = _last(told, "FeedbackGiven")
    if its is None:
        return None
    text = f"你（单位）反映{told['body']}{_kinds(told)}的问题，现将办理情况反馈如下。"
    sections = [("", text)]
    closed = _last_before(told, "ClueClosed", its)
    if closed is not None:
        said = closed["values"]
        sections.append(("一、核实结论", f"{label(said['finding'], 'clue_finding')}。"))
        sections.append(("二、处理结果", _outcomes(said["outcomes"])))
        sections.append(("三、情况说明", clear(its["values"]["text"])))
    else:
        sections.append(("情况说明", clear(its["values"]["text"])))
    sections.append(("", "对办理结果有意见的，可以在规定的期限内向本机关或者原反映的联系点提出。"))
    return _letter(told, "办理情况反馈单", its, _number(told), "反映人", sections)


def referral_letter(told: Answer, referral_id: str) -> Content | None:
    """转办函 with what the authority is to answer, and until when; None for no such referral."""
    its = _one(told, "ClueReferred", "referral_id", referral_id)
    if its is None:
        return None
    said = its["values"]
    due = zh_day(said["answering"]["span"]["due_on"])
    asked = (
        f"请依法核查处理，于{due}以前书面答复本机关。答复应当写明事实、依据、处理措施和退还情况，"
        "缺少任何一项的予以退回。\n"
        f"不属于你单位职责的，请于{zh_day(said['refusable']['due_on'])}以前说明理由。\n"
        "反映人的情况依法保密，不得打听、泄露，不得打击报复。"
    )
    sections = [
        ("", "在行政执法监督工作中收到下列问题，现转你单位办理。"),
        ("一、转办事项", clear(said["summary"])),
        ("二、办理要求", asked),
    ]
    number = f"转办编号：{referral_id}"
    return _letter(told, "关于转办行政执法监督事项的函", its, number, said["authority"], sections)


def outcome(told: Answer, outcome_id: str) -> Content | None:
    """监督通知书, 意见书 or 决定书; None for another outcome."""
    its = _one(told, "OutcomeRecorded", "outcome_id", outcome_id)
    if its is None or its["values"]["kind"] not in _DOCUMENTS:
        return None
    said = its["values"]
    sections = [
        ("", "根据行政执法监督的有关规定，经核实，现就有关问题提出如下意见。"),
        ("", clear(said["details"])),
        *_refunds(told, said["document_number"]),
        ("", _asked_for(said)),
    ]
    title = f"行政执法{_DOCUMENTS[said['kind']]}"
    return _letter(told, title, its, said["document_number"], told["body"], sections)


def _asked_for(said: Mapping[str, Any]) -> str:
    match said["kind"]:
        case "supervision_opinion":
            due = zh_day(said["complying"]["span"]["due_on"])
            return (
                f"请于{due}以前整改到位，并将整改情况书面报告本机关。"
                "逾期没有整改的，本机关将依法作出监督决定书。"
            )
        case "supervision_decision":
            due = zh_day(said["complying"]["span"]["due_on"])
            return f"请立即执行，并于{due}以前将执行情况书面报告本机关。"
    return "请按照上述要求办理，并将办理情况书面报告本机关。"


def _refunds(told: Answer, number: str) -> Iterator[tuple[str, str]]:
    """What the same document orders to be refunded, each claim once: as its last order has it."""
    for said, amount in _ordered(told, number).values():
        if amount:
            due = zh_day(said["paying"]["span"]["due_on"])
            yield "", f"责令退还{zh_yuan(amount)}，于{due}以前付清，并报送付款凭证。"


def _ordered(told: Answer, number: str) -> dict[str, tuple[Mapping[str, Any], int]]:
    """By claim: the document's last order, which is of the whole, and what is left of it in fen.

    A reduction is one of the claim's order before it, whichever document that stands in.
    """
    last: dict[str, str] = {}
    found: dict[str, tuple[Mapping[str, Any], int]] = {}
    for its in told["records"]:
        said = its["values"]
        match its["type"]:
            case "RefundOrdered":
                last[said["claim_id"]] = said["document_number"]
                if said["document_number"] == number:
                    found[said["claim_id"]] = (said, said["amount"])
            case "RefundOrderReduced" if last.get(said["claim_id"]) == number:
                order, amount = found[said["claim_id"]]
                found[said["claim_id"]] = (order, amount - said["amount"])
    return found


def _letter(
    told: Answer,
    title: str,
    record: Mapping[str, Any],
    number: str,
    to: str,
    sections: list[tuple[str, str]],
) -> Content:
    """Signed by the bureau of the clue's division, whoever prints it."""
    parts = [{"heading": heading, "text": text} for heading, text in sections]
    day = day_of(record["occurred_at"])
    return paper(title, told["division"], day, number=number, to=to, sections=parts)


def _outcomes(kinds: Iterable[str]) -> str:
    found = [label(kind, "outcome_kind") for kind in kinds]
    return f"{'、'.join(found)}。" if found else "无。"


def _one(told: Answer, event: str, name: str, identifier: str) -> Mapping[str, Any] | None:
    """The record of an event that bears an id in the field `name`."""
    found = (its for its in told["records"] if its["type"] == event)
    return next((its for its in found if its["values"][name] == identifier), None)


def _last(told: Answer, event: str) -> Mapping[str, Any] | None:
    return next((its for its in reversed(told["records"]) if its["type"] == event), None)


def _last_before(told: Answer, event: str, record: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The last record of an event that stands before another record."""
    before = takewhile(lambda its: its is not record, told["records"])
    return next((its for its in reversed(list(before)) if its["type"] == event), None)


def _kinds(told: Answer) -> str:
    return "、".join(label(kind, "clue_kind") for kind in told["kinds"])


def _number(told: Answer) -> str:
    return f"线索编号：{told['clue_id']}"


def _with_others(told: Answer, accepted: Mapping[str, Any]) -> str:
    """Whether it was accepted to be handled with another clue, both by one act."""
    after = told["records"][told["records"].index(accepted) + 1 :]
    joined = after and after[0]["type"] == "ClueJoined"
    at_once = joined and after[0]["occurred_at"] == accepted["occurred_at"]
    return "与反映同一问题的其他线索并案，" if at_once else ""


def _through(told: Answer) -> str:
    by_itself = told["point_id"] is None or told["by_point"]
    return "" if by_itself else "经联系点"
