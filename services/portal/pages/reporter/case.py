"""The reporter's page: where their case stands, what was done, and what they can do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template

from services.portal.pages.asking import Part, ask_part
from services.portal.pages.clues.story import Story, clear
from services.portal.pages.reporter.parts import PARTS
from services.portal.pages.wording import zh_date
from shared.contracts.publication.zh_names import zh_name

_SAYS = {
    "acceptance": "决定是否受理",
    "verification": "完成核实",
    "overall": "办结",
    "feedback": "反馈结果",
    "opinion": "答复",
}
"""What the bureau is to do within a limit."""
_WORDS = ("text", "answer", "reasons")
"""Of what happened, words that are always there unless they were erased."""


def ask_case() -> Part:
    """The case that the visitor's receipt leads to. Raises NotFound."""
    return ask_part("clues", "FollowReceipt")


def case_page(part: Part) -> str:
    """The page of a case that was asked for."""
    its = part.result
    return render_template(
        "reporter/case.html",
        part=part,
        its=its,
        limits=[_limit(each) for each in its["limits"]] if its else [],
        events=_told(its) if its else [],
        retaliation=_told(its["retaliation"]) if its and its["retaliation"] else [],
        parts_told=_parts(its) if its else [],
    )


def _parts(its: Mapping[str, Any]) -> list[tuple[str, Any]]:
    told = [(part.template, part.told(its)) for part in PARTS]
    return [(template, shown) for template, shown in told if shown is not None]


def _limit(limit: Mapping[str, Any]) -> str:
    provisional = "（暂定）" if limit["provisional"] else ""
    return f"{zh_date(limit['due_on'])}前{_SAYS[limit['name']]}{provisional}"


def _told(case: Mapping[str, Any]) -> list[dict[str, Any]]:
    """`{on, title, rows}` of each event, the latest last."""
    story = Story([], {})
    return [
        {
            "on": its["on"],
            "title": zh_name("clues", "event", its["type"]),
            "rows": story.rows(its["type"], _kept(its["values"], case["locked"])),
        }
        for its in case["events"]
    ]


def _kept(values: Mapping[str, Any], locked: bool) -> dict[str, Any]:
    """What was erased, or is locked, is said to be."""
    return {name: clear(its, locked) if name in _WORDS else its for name, its in values.items()}
