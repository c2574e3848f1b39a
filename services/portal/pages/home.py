"""The public home: what the scheme is, what runs now, and where to begin."""

from __future__ import annotations

from flask import Blueprint, render_template

from services.portal.pages.asking import ask_part
from services.portal.web.access import everyone
from services.portal.web.edge import edge

pages = Blueprint("home", __name__)

_SHOWN = 3
"""Running notices and open batches that the home shows; the lists have the rest."""
_COUNTED = 100
"""As many are counted; a bureau has one or two at a time."""


@pages.get("/")
@everyone
def home() -> str:
    batches = ask_part("registry", "ListBatches", {"limit": _COUNTED})
    open_batches = [
        batch for batch in (batches.result or {"items": []})["items"] if batch["phase"] == "open"
    ]
    return render_template(
        "public/home.html",
        batches=batches,
        open_batches=open_batches,
        shown=_SHOWN,
        notices=ask_part("registry", "ListNotices", {"running": True, "limit": _COUNTED}),
        coverage=ask_part("assessment", "ShowCoverage", {"division": edge().settings.city}),
    )
