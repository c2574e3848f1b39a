"""Batches as everybody sees them: which one takes applications, and until when."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from services.portal.labels import label_choices
from services.portal.pages.asking import ask_one, ask_page, ask_part
from services.portal.pages.my_applications import applied
from services.portal.pages.reading import after_asked, cursor_asked
from services.portal.web.access import everyone
from services.portal.web.visitor import current_visitor
from shared.contracts.roles import Role

pages = Blueprint("batches", __name__)


@pages.get("/batches")
@everyone
def batches() -> str:
    cursor = cursor_asked(request.args)
    part = ask_page("ListBatches", cursor=cursor)
    return render_template("public/batches.html", part=part, cursor=cursor)


@pages.get("/batches/<batch_id>")
@everyone
def batch(batch_id: str) -> str:
    """Raises NotFound."""
    found = ask_one("ShowBatch", "batch_id", batch_id, after_asked(request.args))
    is_applicant = current_visitor().role is Role.APPLICANT
    counts = (found.result or {}).get("applications", {})
    return render_template(
        "public/batch.html",
        part=found,
        stale=found.stale,
        by_status=[
            (word, f"{counts[status]} 件")
            for status, word in label_choices("status")
            if status in counts
        ],
        notices=ask_part("registry", "ListNotices", {"batch_id": batch_id}),
        mine=applied(batch_id).get(batch_id, []) if is_applicant and found.result else [],
    )
