"""The history of a service: every event by position, filtered, unfolded at need."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, render_template

from services.portal.labels import label
from services.portal.pages.event_words import FIELDS, value_text
from services.portal.pages.forms import Form
from services.portal.pages.watching import Listed, asked_filters, asked_number, operated, sources
from services.portal.web.access import allow
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.publication.zh_names import zh_name
from shared.contracts.roles import Role

pages = Blueprint("history_page", __name__)

NAMES = {
    "source": "来源",
    "stream": "事件流",
    "event_type": "事件类型",
    "since": "起始日期",
    "until": "截止日期",
    "actor": "操作人编号",
}


@pages.get("/history")
@allow(Role.AUDITOR, Role.OPERATOR)
def history() -> tuple[str, int]:
    """Sealed values stay sealed: one sees that they are there."""
    asked, after = asked_filters(NAMES), asked_number("after")
    source = asked["source"]
    listed = _listed(asked, after)
    form = Form({name: [value] for name, value in asked.items()}, listed.errors)
    page = render_template(
        "watch/history.html",
        listed=listed,
        form=form,
        names=NAMES,
        chosen={name: value for name, value in asked.items() if value},
        first=after is None,
        sources=sources(),
        types=[(its.name, zh_name(source, "event", its.name)) for its in CATALOGUE[source].events],
    )
    return page, 422 if listed.errors else 200


def _listed(asked: Mapping[str, str], after: int | None) -> Listed:
    wrong = {name: "没有这一天，请按 2026-11-24 的格式填写。" for name in ("since", "until")
             if asked[name] and not _is_day(asked[name])}  # fmt: skip
    if wrong:
        return Listed(errors=wrong)
    filters = {name: asked[name] or None for name in NAMES if name != "source"}
    source = asked["source"]
    if filters["event_type"] not in {its.name for its in CATALOGUE[source].events}:
        filters["event_type"] = None
    found = operated(source, "ShowHistory", {**filters, "after": after})
    return replace(found, items=[_told(source, event) for event in found.items])


def _told(source: str, event: Mapping[str, Any]) -> dict[str, Any]:
    """An event with its words, and its values as rows of a table."""
    known = CATALOGUE[source].events.find(event["type"]).schema.fields
    values = [
        *((n, value_text(n, known.get(n), its), "公开") for n, its in event["public"].items()),
        *((n, value_text(n, known.get(n), its), "内部") for n, its in event["internal"].items()),
        *((n, "（已加密）", "加密") for n in event["sealed"]),
    ]
    return {
        **event,
        "title": zh_name(source, "event", event["type"]),
        "who": label(event["role"], "role") if event["role"] else "不记录",
        "values": [
            {"name": FIELDS.get(name, name), "code": name, "value": value, "class": level}
            for name, value, level in values
        ],
    }


def _is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
