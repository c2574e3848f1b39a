"""The work list: clues by urgency and limit, filtered by what an officer looks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, render_template, request

from services.portal.labels import KINDS
from services.portal.pages.asking import ask_page
from services.portal.pages.clues.case_act import handled_by, names_of_officers
from services.portal.pages.districts import areas, bureau
from services.portal.pages.forms import Form
from services.portal.pages.reading import after_asked, cursor_asked
from services.portal.web.access import allow
from shared.contracts.roles import Role

pages = Blueprint("clues", __name__)

_LONGEST = 100
_TABS = ("mine", "late")
_OPEN = {"yes": True, "no": False}


@pages.get("/clues")
@allow(Role.OFFICER, Role.LEADER, Role.AUDITOR)
def clues() -> str:
    """A filter that is no value of ours filters nothing."""
    cursor, districts = cursor_asked(request.args), areas(bureau())
    asked, address = asked_filters()
    chosen = {name: its for name, its in address.items() if name not in _TABS}
    part = ask_page("ListClues", asked, cursor, "clues", after_asked(request.args))
    return render_template(
        "clues/list.html",
        part=part,
        stale=part.stale,
        cursor=cursor,
        tab=next((name for name in _TABS if name in address), None),
        address=address,
        form=Form({name: [value] for name, value in chosen.items()}),
        districts=districts,
        names=names_of_officers(),
        handled_by=handled_by,
    )


def asked_filters() -> tuple[dict[str, Any], dict[str, str]]:
    """What the address asks of the list, as the query has it and as an address does."""
    chosen = {
        **_one_of("status", (str(its) for its in KINDS["clue_status"])),
        **_one_of("kind", (str(its) for its in KINDS["clue_kind"])),
        **_one_of("raised", (str(its) for its in KINDS["alarm_stage"])),
        **_one_of("district", (code for code, _ in areas(bureau()))),
    }
    body = request.args.get("body", "").strip()[:_LONGEST]
    if body and body.isprintable():
        chosen["body"] = body
    is_open = _OPEN.get(request.args.get("open", ""))
    tab = next((name for name in _TABS if request.args.get(name) == "1"), None)
    asked = {
        **chosen,
        **({tab: True} if tab else {}),
        **({} if is_open is None else {"open": is_open}),
    }
    return asked, {**chosen, **({tab: "1"} if tab else {}), **_one_of("open", _OPEN)}


def _one_of(name: str, known: Iterable[str]) -> dict[str, str]:
    asked = request.args.get(name, "")
    return {name: asked} if asked in set(known) else {}
