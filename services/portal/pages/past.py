"""What has happened to an application, in words for those who work on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.portal.labels import label
from services.portal.pages.event_words import FIELDS
from shared.contracts.publication.zh_names import zh_name


def timeline(application: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The history of an opened application as `parts.timeline` has it, the latest last."""
    titles = {
        event["version"]: zh_name("registry", "event", event["type"])
        for event in application["history"]
    }
    return [
        {
            "at": event["occurred_at"],
            "title": titles[event["version"]],
            "who": label(event["role"], "role"),
            "text": _text(event["type"], event["changed"], titles),
        }
        for event in application["history"]
    ]


def _text(event_type: str, changed: Mapping[str, Any], titles: Mapping[int, str]) -> str:
    match event_type:
        case "ReviewCheckRecorded":
            return f"{label(changed['check'], 'check')}：{label(changed['finding'], 'finding')}"
        case "ReviewConcluded":
            conclusion = label(changed["conclusion"], "conclusion")
            votes = f"赞成 {changed['votes_for']} 票，反对 {changed['votes_against']} 票"
            return f"{conclusion}，{votes}。"
        case "ApplicationReserved":
            return f"本次会议的第 {changed['rank']} 位候补。"
        case "ApplicationRejected":
            return "、".join(label(ground, "rejection_ground") for ground in changed["grounds"])
        case "UnitDataCorrected":
            return "、".join(FIELDS[name] for name in changed["corrected"])
        case "RecordCorrected":
            return f"更正的是“{titles[changed['version']]}”" if changed else ""
    return ""
