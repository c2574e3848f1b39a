"""What can be done about a clue: one command, the words of its page, and when its turn is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from services.portal.pages.acts import Act, Field
from services.portal.pages.asking import all_items
from services.portal.pages.districts import Choice
from services.portal.pages.forms import Form
from services.portal.pages.submitting import filled
from services.portal.web.calls import ServiceAway
from services.portal.web.visitor import current_visitor
from shared.contracts.clues.vocabulary import ClueStatus
from shared.contracts.roles import Role

SEALED = "加密保存，只有办理本件的人能够看到。"
REASONS = Field("reasons", "理由", "area", hint=SEALED)
S = ClueStatus
OPEN = (S.ACCEPTED, S.REFERRED, S.ANSWERED, S.VERIFYING, S.PAUSED, S.VERIFIED)
"""While an accepted clue is at work."""


@dataclass(frozen=True)
class CaseAct(Act):
    """An act of the clues service.

    when: the statuses in which it has its turn
    about: the id within the clue that it is about; its page is then asked for with `?about=`
    variant: of a command that is several acts, what the step of this one is about
    fixed: what the command says without being asked
    aside: possible besides, and not what comes next
    """

    when: tuple[ClueStatus, ...] = ()
    about: Literal["", "claim_id", "outcome_id", "payment_id"] = ""
    variant: str | None = None
    fixed: Mapping[str, Any] = field(default_factory=dict)
    aside: bool = False
    service: str = "clues"

    def is_step(self, step: Mapping[str, Any]) -> bool:
        """Whether a step of an opened clue is this act's."""
        same = step["command"] == self.command
        return same and (self.variant is None or step["about"] == self.variant)

    def payload_of(self, typed: Form, clue_id: str, **within: str) -> dict[str, Any]:
        """The whole payload; `within` names what the act is about."""
        ids = filled(clue_id=clue_id, **within)
        return self.payload(typed, **{**self.fixed, **ids})


def officers() -> list[Choice]:
    """Who can handle a clue, as `(account, name)`; nobody while that service is away."""
    try:
        found = list(all_items("portal", "ListOfficers", {}))
    except ServiceAway:
        return []
    return [(its["account_id"], its["display_name"] or "（姓名已依法删除）") for its in found]


def names_of_officers() -> dict[str, str]:
    """Account → name, for who may see them: an auditor reads of no one by name."""
    return {} if current_visitor().role is Role.AUDITOR else dict(officers())


def name_of(account_id: str, names: Mapping[str, str]) -> str:
    """A person's name; the beginning of the account's id for who is no officer any more."""
    return names.get(account_id) or f"账号 {account_id[:8]}"


def handled_by(clue: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Who handles a clue, "" for nobody yet."""
    return "、".join(name_of(each, names) for each in clue["handlers"])


def people_to_recuse() -> list[Choice]:
    """An officer declares their own ties, a leader anybody's."""
    visitor = current_visitor()
    if visitor.role is Role.LEADER:
        me = (str(visitor.account_id), f"{visitor.name or '本人'}（本人）")
        return [me, *(its for its in officers() if its[0] != visitor.account_id)]
    return [(str(visitor.account_id), f"{visitor.name or '本人'}（本人）")]


def body_units(division: str) -> list[Choice]:
    """Enforcement bodies that can answer about a clue there by an account of their own."""
    asked = {"division": division, "role": Role.ENFORCEMENT_BODY}
    try:
        found = list(all_items("portal", "ListBodies", asked))
    except ServiceAway:
        found = []
    units = [(its["unit"], its["unit"]) for its in found]
    return [("", "没有账号，收到来函后由承办人登记"), *units]
