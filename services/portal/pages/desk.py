"""The desk: what waits for whoever is here, one click from where it is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from services.portal.pages.asking import ask_page
from services.portal.pages.reading import cursor_asked
from services.portal.pages.units import profile
from services.portal.web.access import allow
from shared.contracts.roles import Role

pages = Blueprint("desk", __name__)


@dataclass(frozen=True)
class Kind:
    """A kind of task: what it is called, where it is done."""

    title: str
    path: str


KINDS_OF_TASK: Mapping[str, Kind] = {
    "formal_check": Kind("形式审查", "/applications/{}/formal-check"),
    "review": Kind("资格审查", "/applications/{}/checks"),
    "deliberation": Kind("集体研究", "/batches/{}/deliberation"),
    "notice": Kind("发布公示", "/batches/{}/notice"),
    "objection": Kind("处理异议", "/objections/{}"),
    "designation": Kind("确定联系点", "/notices/{}/designation"),
}


@pages.get("/desk")
@allow(Role.OFFICER, Role.REVIEWER, Role.LEADER)
def desk() -> str:
    cursor = cursor_asked(request.args)
    part = ask_page("ListTasks", cursor=cursor)
    return render_template(
        "desk/desk.html",
        part=part,
        cursor=cursor,
        kinds=KINDS_OF_TASK,
        waited=waited,
        profile=profile,
    )


def waited(since: str, today: dt.date) -> str:
    """How long something has waited that came on the day `since`."""
    days = (today - dt.date.fromisoformat(since)).days
    return "今天" if days <= 0 else f"{days} 天"
