"""Who opened personal data, whose, when and what for: what auditors ask when it has leaked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, render_template

from services.portal.labels import label
from services.portal.pages.account_names import account_names
from services.portal.pages.forms import Form
from services.portal.pages.watching import Listed, asked_filters, asked_number, operated, sources
from services.portal.web.access import allow
from shared.contracts.roles import Role

pages = Blueprint("openings_page", __name__)

_PURPOSE = "核对查阅记录"

NAMES = {"source": "来源", "about": "查阅对象", "identifier": "对象编号", "actor": "查阅人编号"}
SUBJECTS: Mapping[str, str] = {
    "application": "申报",
    "objection": "异议",
    "account": "账号",
    "clue": "问题线索",
    "reporter": "反映人身份",
    "opinion": "意见建议",
    "symposium": "座谈会记录",
    "search": "文字检索",
}
"""What the record calls its subjects, as `application:<id>`, and what people do."""


@pages.get("/openings")
@allow(Role.AUDITOR)
def openings() -> tuple[str, int]:
    """The latest first."""
    asked, before = asked_filters(NAMES), asked_number("before")
    listed = _listed(asked, before)
    page = render_template(
        "watch/openings.html",
        listed=listed,
        rows=_rows(listed.items),
        form=Form({name: [value] for name, value in asked.items()}, listed.errors),
        names=NAMES,
        chosen={name: value for name, value in asked.items() if value},
        first=before is None,
        sources=sources(),
        subjects=list(SUBJECTS.items()),
    )
    return page, 422 if listed.errors else 200


def _listed(asked: Mapping[str, str], before: int | None) -> Listed:
    """The record names a subject by kind and id, so one without the other finds nothing."""
    about, identifier = asked["about"], asked["identifier"]
    if about and not identifier:
        return Listed(errors={"identifier": "请同时填写对象编号。"})
    if identifier and about not in SUBJECTS:
        return Listed(errors={"about": "请同时选择查阅对象。"})
    subject = f"{about}:{identifier}" if identifier else None
    filters = {"subject": subject, "actor": asked["actor"] or None, "before": before}
    return operated(asked["source"], "ListOpenings", filters)


def _rows(items: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """With the names of who opened, and of whose account was opened."""
    told = [_told(row) for row in items]
    accounts = {row["actor_id"] for row in told}
    accounts |= {row["identifier"] for row in told if row["kind"] == "account"}
    names = account_names(accounts, _PURPOSE)
    return [
        {**row, "name": names.get(row["actor_id"]), "of": names.get(row["identifier"])}
        for row in told
    ]


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    kind, _, identifier = row["subject"].partition(":")
    return {
        **row,
        "kind": kind,
        "about": SUBJECTS.get(kind, kind),
        "identifier": identifier,
        "who": label(row["role"], "role"),
    }
