"""What the pages of a review read: its record, its group, the evidence that was brought."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.portal.labels import label
from services.portal.pages import opening
from services.portal.pages.asking import Part, all_items, ask_one, ask_part
from services.portal.pages.event_words import field_word, value_text
from services.portal.web.calls import ServiceAway
from services.portal.web.visitor import current_visitor
from shared.contracts.errors import Invalid, NotFound
from shared.contracts.publication.zh_names import zh_name
from shared.contracts.registry.events import EVENTS
from shared.contracts.registry.vocabulary import DocumentKind

_EVIDENCE = frozenset(
    {DocumentKind.REVIEW_EVIDENCE, DocumentKind.VISIT_RECORD, DocumentKind.OPINION_ANSWER}
)
_NOT_SHOWN = frozenset({"application_id", "opinion_id", "visit_id", "talk_id", "documents"})


def purpose() -> str:
    """What the visitor opens an application's review for."""
    return opening.OF_ROLE[current_visitor().role]


def opened_review(application_id: str, after: Mapping[str, Any] | None = None) -> Part:
    """The review's record, None before there is one."""
    asked = {"application_id": application_id, "purpose": purpose()}
    try:
        return ask_part("registry", "OpenReview", asked, after)
    except NotFound:
        return Part()


def group_of(batch_id: str, after: Mapping[str, Any] | None = None) -> Part:
    """The batch's review group, None while it has none that the visitor sees."""
    try:
        return ask_one("ShowReviewGroup", "batch_id", batch_id, after)
    except NotFound:
        return Part()


def reviewers() -> dict[str, str]:
    """Account → name of who can be of a review group; nobody while that service is away."""
    try:
        found = list(all_items("portal", "ListReviewers", {}))
    except ServiceAway:
        return {}
    return {row["account_id"]: row["display_name"] or "（姓名已依法删除）" for row in found}


def bodies(division: str) -> list[tuple[str, str]]:
    """Bodies that can answer by themselves about a unit there, to choose from; none while that
    service is away.
    """
    try:
        found = list(all_items("portal", "ListBodies", {"division": division}))
    except ServiceAway:
        return []
    return [(row["unit"], f"{row['unit']}（{label(row['role'], 'role')}）") for row in found]


def name_of(member_id: str, names: Mapping[str, str]) -> str:
    """A member's name; the beginning of the account's id for who is no reviewer any more."""
    return names.get(member_id) or f"账号 {member_id[:8]}"


def evidence(application_id: str) -> list[tuple[str, str]]:
    """Documents of the review to tick, as the field macros have them."""
    try:
        found = list(all_items("registry", "ListDocuments", {"application_id": application_id}))
    except (ServiceAway, Invalid, NotFound):
        return []
    return [
        (
            row["document_id"],
            f"{label(row['kind'], 'document_kind')}（编号 {row['document_id'][:8]}）",
        )
        for row in found
        if row["kind"] in _EVIDENCE and row["withdrawn_at"] is None
    ]


def told(record: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """A record of the review in words: `{at, title, who, facts}`."""
    known = EVENTS.find(record["type"]).schema.fields
    facts = [
        (field_word(record["type"], name), _value(name, known.get(name), value, names))
        for name, value in record["values"].items()
        if name not in _NOT_SHOWN and value is not None
    ]
    return {
        "at": record["occurred_at"],
        "title": zh_name("registry", "event", record["type"]),
        "who": label(record["role"], "role") if record["role"] else "",
        "facts": facts,
    }


def _value(name: str, field: Any, value: Any, names: Mapping[str, str]) -> str:
    if name == "member_id":
        return name_of(value, names)
    if name == "recused":
        return "；".join(
            f"{name_of(its['member_id'], names)}（{label(its['ground'], 'recusal_ground')}）"
            for its in value
        )
    return value_text(name, field, value)
