"""The desk: what waits for whoever is here, one click from where it is done; all applications."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request

from services.portal.labels import KINDS
from services.portal.pages.asking import Part, ask_page, ask_part
from services.portal.pages.forms import Form
from services.portal.pages.reading import cursor_asked
from services.portal.pages.units import profile
from services.portal.web.access import allow
from shared.contracts.roles import Role

pages = Blueprint("desk", __name__)

_MOST = 100
"""Rows of one question to the registry."""
_QUESTIONS = 5
"""Pages of applications that are looked through for what stands on the desk."""


@dataclass(frozen=True)
class Kind:
    """A kind of task: what it is called, where it is done, the status its applications are in."""

    title: str
    path: str
    status: str | None = None


KINDS_OF_TASK: Mapping[str, Kind] = {
    "formal_check": Kind("形式审查", "/applications/{}/formal-check", "submitted"),
    "review": Kind("资格审查", "/applications/{}/checks", "under_review"),
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
    tasks = [] if part.away else part.result["items"]
    return render_template(
        "desk/desk.html",
        part=part,
        tasks=tasks,
        cursor=cursor,
        kinds=KINDS_OF_TASK,
        units=_units(tasks),
        batches=_titles(ask_part("registry", "ListBatches", {"limit": _MOST})),
        waited=waited,
        profile=profile,
    )


@pages.get("/applications")
@allow(Role.OFFICER, Role.REVIEWER, Role.LEADER, Role.AUDITOR)
def applications() -> str:
    """A filter that is no value of ours filters nothing."""
    cursor = cursor_asked(request.args)
    batches = _titles(ask_part("registry", "ListBatches", {"limit": _MOST}))
    chosen = _chosen({"batch_id": batches, "status": {str(its) for its in KINDS["status"]}})
    return render_template(
        "desk/applications.html",
        part=ask_page("ListApplications", chosen, cursor),
        cursor=cursor,
        chosen=chosen,
        form=Form({name: [value] for name, value in chosen.items()}),
        batches=batches,
    )


def waited(since: str, today: dt.date) -> str:
    """How long something has waited that came on the day `since`."""
    days = (today - dt.date.fromisoformat(since)).days
    return "今天" if days <= 0 else f"{days} 天"


def _chosen(known: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {
        name: request.args[name]
        for name, values in known.items()
        if request.args.get(name) in set(values)
    }


def _titles(batches: Part) -> dict[str, str]:
    """Batch → title, none when the registry is away."""
    return {row["batch_id"]: row["title"] for row in (batches.result or {"items": []})["items"]}


def _units(tasks: list[Any]) -> dict[str, Any]:
    """What kind of unit each application on the desk is; its name is for whoever opens it."""
    found: dict[str, Any] = {}
    for kind, its in KINDS_OF_TASK.items():
        wanted = {task["id"] for task in tasks if task["kind"] == kind}
        if its.status is not None and wanted:
            found |= _looked_up(its.status, wanted)
    return found


def _looked_up(status: str, wanted: set[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    cursor: str | None = None
    for _ in range(_QUESTIONS):
        asked = {"status": status, "limit": _MOST, **({"cursor": cursor} if cursor else {})}
        part = ask_part("registry", "ListApplications", asked)
        if part.away:
            break
        items = part.result["items"]
        found |= {row["application_id"]: row for row in items if row["application_id"] in wanted}
        cursor = part.result["next"]
        if cursor is None or wanted <= set(found):
            break
    return found
