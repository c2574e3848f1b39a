"""The history of a service: every event by position, filtered, unfolded at need."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request

from services.portal.labels import label
from services.portal.pages.forms import Form
from services.portal.web.access import allow
from services.portal.web.calls import ServiceAway
from services.portal.web.edge import edge
from services.portal.web.problems import SERVICES_ZH
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.errors import Invalid
from shared.contracts.publication.zh_names import zh_name, zh_service
from shared.contracts.roles import Role
from shared.contracts.zh_fields import field_sentence

pages = Blueprint("history_page", __name__)

PAGE = 50
NAMES = {
    "source": "来源",
    "stream": "事件流",
    "event_type": "事件类型",
    "since": "起始日期",
    "until": "截止日期",
    "actor": "操作人编号",
}
_LONGEST = 200


@dataclass(frozen=True)
class Listed:
    """A page of events, or why there is none."""

    items: list[Mapping[str, Any]]
    next: int | None = None
    away: str | None = None
    errors: Mapping[str, str] | None = None


@pages.get("/history")
@allow(Role.AUDITOR, Role.OPERATOR)
def history() -> tuple[str, int]:
    """Sealed values stay sealed: one sees that they are there."""
    asked = {name: request.args.get(name, "").strip()[:_LONGEST] for name in NAMES}
    if asked["source"] not in CATALOGUE:
        asked["source"] = next(iter(CATALOGUE))
    after = request.args.get("after", "")
    listed = _listed(asked, int(after) if _is_position(after) else None)
    form = Form({name: [value] for name, value in asked.items()}, listed.errors or {})
    page = render_template(
        "watch/history.html",
        listed=listed,
        form=form,
        names=NAMES,
        chosen={name: value for name, value in asked.items() if value},
        first=not _is_position(after),
        sources=[(name, zh_service(name)) for name in CATALOGUE],
        types=[
            (its.name, zh_name(asked["source"], "event", its.name))
            for its in CATALOGUE[asked["source"]].events
        ],
    )
    return page, 422 if listed.errors else 200


def _listed(asked: Mapping[str, str], after: int | None) -> Listed:
    wrong = {name: "没有这一天，请按 2026-11-24 的格式填写。" for name in ("since", "until")
             if asked[name] and not _is_day(asked[name])}  # fmt: skip
    if wrong:
        return Listed([], errors=wrong)
    filters = {name: asked[name] or None for name in NAMES if name != "source"}
    source = asked["source"]
    if filters["event_type"] not in {its.name for its in CATALOGUE[source].events}:
        filters["event_type"] = None
    try:
        found = edge().calls.operate(
            source, "ShowHistory", {**filters, "after": after, "limit": PAGE}
        )
    except ServiceAway as away:
        return Listed([], away=SERVICES_ZH.get(away.service, away.service))
    except Invalid as invalid:
        return Listed([], errors={its.path: field_sentence(its) for its in invalid.problems})
    return Listed([_told(source, event) for event in found["items"]], found["next"])


def _told(source: str, event: Mapping[str, Any]) -> dict[str, Any]:
    """An event with its words, and its values as rows of a table."""
    values = [
        *((name, _text(its), "公开") for name, its in event["public"].items()),
        *((name, _text(its), "内部") for name, its in event["internal"].items()),
        *((name, "（已加密）", "加密") for name in event["sealed"]),
    ]
    return {
        **event,
        "title": zh_name(source, "event", event["type"]),
        "who": label(event["role"], "role") if event["role"] else "不记录",
        "values": [dict(zip(("name", "value", "class"), its, strict=True)) for its in values],
    }


def _text(value: Any) -> str:
    if value is None:
        return "—"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_position(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16
