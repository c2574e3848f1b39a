"""What has happened to a clue, as people read it: its facts, outcomes, payments and records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.portal.labels import label
from services.portal.money import zh_yuan
from services.portal.pages.clues.case_act import name_of
from services.portal.pages.event_words import rows_of
from services.portal.pages.wording import zh_date
from shared.contracts.clues.events import EVENTS
from shared.contracts.publication.zh_names import zh_name
from shared.contracts.roles import Role

Record = Mapping[str, Any]
_ACCOUNTS = frozenset({"handlers", "account_id", "recused", "filed_by"})
_NAMES = {
    "account_id": "人员",
    "amount": "金额",
    "body": "反映的机关",
    "details": "内容",
    "filed_by": "登记人",
    "finding": "结论",
    "means": "方式",
    "recused": "回避人员",
    "missing": "没有说清楚的部分",
    "name": "期限",
    "text": "内容",
    "unit": "在线答复的单位账号",
}
"""Fields that are called otherwise than in the log at large."""
_UNTOLD = frozenset({"clue_id", "stops", "days_left", "settled", "supersedes"})
_ERASED = "（已依法删除）"
_LOCKED = "（已依法封存）"


@dataclass(frozen=True)
class Story:
    """The records of a clue, the latest last. `names`: account → name"""

    records: Sequence[Record]
    names: Mapping[str, str]

    def values(self, event: str) -> list[Mapping[str, Any]]:
        """What each event of a type says."""
        return [its["values"] for its in self.records if its["type"] == event]

    @property
    def filed(self) -> Mapping[str, Any]:
        """What was told; {} where it is not shown."""
        return next(iter(self.values("ClueFiled")), {})

    @property
    def filed_opinion(self) -> Mapping[str, Any]:
        """The same of an opinion."""
        return next(iter(self.values("OpinionFiled")), {})

    @property
    def referrals(self) -> list[str]:
        """Ids of its referrals, the latest last."""
        return [its["referral_id"] for its in self.values("ClueReferred") if "referral_id" in its]

    @property
    def gathered(self) -> list[str]:
        """Clues that are handled with it."""
        return [its["joined_clue_id"] for its in self.values("ClueGathered")]

    @property
    def retaliation(self) -> str | None:
        """The case that was opened for the retaliation that its reporter suffers."""
        found = self.values("RetaliationFlagged")
        return str(found[0]["retaliation_clue_id"]) if found else None

    @property
    def claims(self) -> list[str]:
        return [its["claim_id"] for its in self.values("RefundClaimed")]

    @property
    def outcomes(self) -> list[dict[str, Any]]:
        """Each with `complied_on`, None while it is not followed, and whether it was superseded."""
        followed = {its["outcome_id"]: its for its in self.values("ComplianceRecorded")}
        found = self.values("OutcomeRecorded")
        gone = {key for its in found for key in its["supersedes"]}
        return [
            {
                **its,
                "due_on": its["complying"] and its["complying"]["span"]["due_on"],
                "complied_on": followed.get(its["outcome_id"], {}).get("complied_on"),
                "superseded": its["outcome_id"] in gone,
            }
            for its in found
        ]

    @property
    def documents(self) -> list[str]:
        """Numbers of this round's documents that still stand, the latest first."""
        before = [n for n, its in enumerate(self.records) if its["type"] == "ClueReopened"]
        found = Story(self.records[before[-1] if before else 0 :], self.names).outcomes
        return [
            its["document_number"]
            for its in reversed(found)
            if its["document_number"] and not its["superseded"]
        ]

    @property
    def payments(self) -> list[dict[str, Any]]:
        """Each with who recorded it, and whether it was reversed."""
        reversed_ = {its["payment_id"] for its in self.values("RefundPaymentReversed")}
        return [
            {
                **its["values"],
                "by": label(its["role"], "role"),
                "reversed": its["values"]["payment_id"] in reversed_,
            }
            for its in self.records
            if its["type"] == "RefundPaid"
        ]

    def claim_of(self, payment_id: str) -> str:
        """The claim that a payment is of, "" for one that is not there."""
        found = (its["claim_id"] for its in self.payments if its["payment_id"] == payment_id)
        return next(found, "")

    def name_of(self, about: str, identifier: str) -> str:
        """What within the clue an id names."""
        match about:
            case "claim_id":
                return f"第 {self.claims.index(identifier) + 1} 笔"
            case "payment_id":
                its = next(its for its in self.payments if its["payment_id"] == identifier)
                return f"{zh_date(its['paid_on'])}付款 {zh_yuan(its['amount'])}"
            case _:
                its = next(its for its in self.outcomes if its["outcome_id"] == identifier)
                return (
                    f"{label(its['kind'], 'outcome_kind')} {its['document_number'] or ''}".strip()
                )

    def name(self, account_id: str) -> str:
        return name_of(account_id, self.names)

    def told(self, *briefly: str) -> list[dict[str, Any]]:
        """`{at, title, who, rows}` of each record; of these types without rows."""
        return [
            {
                "at": its["occurred_at"],
                "title": _title(its),
                "who": _who(its),
                "rows": []
                if its["type"] in (*briefly, "AlarmRaised")
                else self.rows(its["type"], its["values"]),
            }
            for its in self.records
        ]

    def rows(self, event: str, values: Mapping[str, Any]) -> list[tuple[str, str]]:
        """What an event says, `(field, text)` each; amounts in yuan, limits by their last day."""
        ordered = [*EVENTS.find(event).schema.fields, *values]
        return [
            row
            for name in dict.fromkeys(ordered)
            if name not in _UNTOLD and values.get(name) is not None
            for row in self._row(event, name, values[name])
        ]

    def _row(self, event: str, name: str, value: Any) -> list[tuple[str, str]]:
        plain = rows_of("clues", event, {name: value})
        if name == "account_id":
            plain = [(_NAMES[name], "")]
        if not plain:
            return []
        word, said = plain[0]
        if name in _ACCOUNTS:
            each = value if isinstance(value, list) else [value]
            said = "、".join(self.name(its) for its in each)
        elif name == "amount":
            said = zh_yuan(value)
        elif name == "stopped":
            said = "、".join(f"{_limit(its)}（剩余 {its['days_left']} 天）" for its in value)
        elif name == "resumed":
            said = "、".join(f"{_limit(its)}（{until(its['watch']['span'])}）" for its in value)
        elif isinstance(value, Mapping) and "span" in value:
            said = until(value["span"])
        elif isinstance(value, Mapping) and "due_on" in value:
            said = until(value)
        return [(_NAMES.get(name, word), said)] if said else []


def _limit(its: Mapping[str, Any]) -> str:
    return label(its["name"], "clue_limit")


def _title(record: Record) -> str:
    """What happened; of an alarm, how far it has got, and with which limit."""
    if record["type"] != "AlarmRaised":
        return zh_name("clues", "event", record["type"])
    values = record["values"]
    return f"{label(values['stage'], 'alarm_stage')}：{label(values['name'], 'clue_limit')}"


def _who(record: Record) -> str:
    """By whom, as a role; nobody where the log keeps nobody, as it does for what is told.

    An answer that lacks a part goes back by itself, as soon as its authority has sent it.
    """
    if record["role"] in (None, Role.PUBLIC):
        return ""
    if record["type"] == "AnswerReturned" and record["role"] == Role.ENFORCEMENT_BODY:
        return "自动退回"
    return label(record["role"], "role")


def until(span: Mapping[str, Any]) -> str:
    """The last day of a limit."""
    return f"至{zh_date(span['due_on'])}{'（暂定）' if span['provisional'] else ''}"


def clear(value: str | None, locked: bool = False) -> str:
    """A sealed text; what is said in its place once it was erased, or while it is locked."""
    if value is not None:
        return value
    return _LOCKED if locked else _ERASED
