"""Applications as the bureau looks at them: all of them in a list, one with all its facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Blueprint, render_template, request

from services.portal.labels import KINDS
from services.portal.pages import opening
from services.portal.pages.asking import Part, ask_page, ask_part
from services.portal.pages.correcting import corrections_of, has_corrections, marked
from services.portal.pages.forms import Form
from services.portal.pages.past import timeline
from services.portal.pages.reading import after_asked, cursor_asked, words_asked
from services.portal.pages.steps import shown_steps
from services.portal.web.access import allow
from services.portal.web.visitor import current_visitor
from shared.contracts.registry.vocabulary import ApplicationStatus
from shared.contracts.roles import Role

pages = Blueprint("applications", __name__)

FINDING = "查找申报"
"""What a list shows units' names for."""
_MOST = 100
"""Batches to choose from."""


@pages.get("/applications")
@allow(Role.OFFICER, Role.REVIEWER, Role.LEADER, Role.AUDITOR)
def applications() -> str:
    """A filter that is no value of ours filters nothing. Who watches alone sees no names."""
    cursor = cursor_asked(request.args)
    batches = _titles(ask_part("registry", "ListBatches", {"limit": _MOST}))
    chosen = _chosen({"batch_id": batches, "status": {str(its) for its in KINDS["status"]}})
    purpose = None if current_visitor().role is Role.AUDITOR else FINDING
    words = words_asked(request.args)
    if purpose and words:
        chosen["words"] = words
    return render_template(
        "desk/applications.html",
        part=ask_page("ListApplications", {**chosen, "purpose": purpose}, cursor),
        purpose=purpose,
        cursor=cursor,
        chosen=chosen,
        form=Form({name: [value] for name, value in chosen.items()}),
        batches=batches,
    )


@pages.get("/applications/<application_id>")
@allow(Role.OFFICER, Role.REVIEWER, Role.LEADER)
def application(application_id: str) -> str:
    """Raises NotFound."""
    purpose = opening.OF_ROLE[current_visitor().role]
    part = opening.opened(application_id, purpose, after_asked(request.args))
    return render_template(
        "desk/application.html",
        part=part,
        stale=part.stale,
        purpose=purpose,
        batch=_batch_of_reserve(part.result) if part.result else None,
        steps=[] if part.away else shown_steps(part.result),
        events=[] if part.away else _events(part, purpose),
    )


def _events(part: Part, purpose: str) -> list[dict[str, Any]]:
    """The application's history; what was corrected in it is opened with it."""
    its = part.result
    made = corrections_of(part, purpose) if has_corrections(its["history"]) else []
    return marked(timeline(its), its["stream"], its["history"], made)


def _batch_of_reserve(application: Mapping[str, Any]) -> Any:
    """The batch of an application that is one of its reserves; None for others, or while away."""
    if application["status"] != ApplicationStatus.RESERVE:
        return None
    batch = ask_part("registry", "ShowBatch", {"batch_id": application["batch_id"]}).result
    return batch if batch and application["application_id"] in batch["reserves"] else None


def _chosen(known: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {
        name: request.args[name]
        for name, values in known.items()
        if request.args.get(name) in set(values)
    }


def _titles(batches: Part) -> dict[str, str]:
    """Batch → title, none when the registry is away."""
    return {row["batch_id"]: row["title"] for row in (batches.result or {"items": []})["items"]}
