"""The history of a service: every event by position, filtered, unfolded at need."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, render_template

from services.portal.labels import label
from services.portal.pages.event_words import field_word, value_text
from services.portal.pages.forms import Form
from services.portal.pages.watching import Listed, asked_filters, asked_number, operated, sources
from services.portal.web.access import allow
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.fields import OneOf
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
    "order": "顺序",
}
LATEST, EARLIEST = "latest", "earliest"
ORDERS = ((LATEST, "最近的在前"), (EARLIEST, "最早的在前"))
_BRIEF = 3
"""Coded values that a folded event shows."""


@pages.get("/history")
@allow(Role.AUDITOR, Role.OPERATOR)
def history() -> tuple[str, int]:
    """Sealed values stay sealed: one sees that they are there."""
    asked = asked_filters(NAMES)
    asked["order"] = EARLIEST if asked["order"] == EARLIEST else LATEST
    behind = "after" if asked["order"] == EARLIEST else "before"
    source, at = asked["source"], asked_number(behind)
    listed = _listed(asked, {behind: at})
    form = Form({name: [value] for name, value in asked.items()}, listed.errors)
    page = render_template(
        "watch/history.html",
        listed=listed,
        form=form,
        names=NAMES,
        chosen={name: value for name, value in asked.items() if value},
        behind=behind,
        first=at is None,
        orders=ORDERS,
        sources=sources(),
        types=[(its.name, zh_name(source, "event", its.name)) for its in CATALOGUE[source].events],
    )
    return page, 422 if listed.errors else 200


def _listed(asked: Mapping[str, str], at: Mapping[str, int | None]) -> Listed:
    wrong = {name: "没有这一天，请按 2026-11-24 的格式填写。" for name in ("since", "until")
             if asked[name] and not _is_day(asked[name])}  # fmt: skip
    source = asked["source"]
    if asked["event_type"] and asked["event_type"] not in {
        its.name for its in CATALOGUE[source].events
    }:
        wrong["event_type"] = "该来源没有这种事件，请重新选择。"
    if wrong:
        return Listed(errors=wrong)
    filters = {name: asked[name] or None for name in NAMES if name not in ("source", "order")}
    latest_first = asked["order"] == LATEST
    found = operated(source, "ShowHistory", {**filters, **at, "latest_first": latest_first})
    return replace(found, items=[_told(source, event) for event in found.items])


def _told(source: str, event: Mapping[str, Any]) -> dict[str, Any]:
    """An event with its words, and its values as rows of a table, without those not given.

    `brief` is what its coded values say, to be seen before it is unfolded.
    """
    known = CATALOGUE[source].events.find(event["type"]).schema.fields
    given = [(name, its, "公开") for name, its in event["public"].items()]
    given += [(name, its, "内部") for name, its in event["internal"].items()]
    told = {
        name: (value_text(name, known.get(name), its), level)
        for name, its, level in given
        if its is not None
    } | dict.fromkeys(event["sealed"], ("（已加密）", "加密"))
    ordered = sorted(told, key=[*known, *told].index)
    coded = [told[name][0] for name in ordered if isinstance(known.get(name), OneOf)]
    return {
        **event,
        "title": zh_name(source, "event", event["type"]),
        "who": label(event["role"], "role") if event["role"] else "不记录",
        "brief": "，".join(coded[:_BRIEF]),
        "values": [
            {
                "name": field_word(event["type"], n),
                "code": n,
                "value": told[n][0],
                "class": told[n][1],
            }
            for n in ordered
        ],
    }


def _is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
