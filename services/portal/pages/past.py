"""What has happened to an application, in words for those who work on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.portal.labels import label
from shared.contracts.publication.zh_names import zh_name


def timeline(application: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The history of an opened application as `parts.timeline` has it, the latest last."""
    return [
        {
            "at": event["occurred_at"],
            "title": zh_name("registry", "event", event["type"]),
            "who": label(event["role"], "role"),
            "text": _text(event["type"], event["changed"]),
        }
        for event in application["history"]
    ]


def _text(event_type: str, changed: Mapping[str, Any]) -> str:
    match event_type:
        case "ReviewCheckRecorded":
            return f"{label(changed['check'], 'check')}：{label(changed['finding'], 'finding')}"
        case "ReviewConcluded":
            conclusion = label(changed["conclusion"], "conclusion")
            votes = f"赞成 {changed['votes_for']} 票，反对 {changed['votes_against']} 票"
            return f"{conclusion}，{votes}。"
        case "ApplicationRejected":
            return "、".join(label(ground, "rejection_ground") for ground in changed["grounds"])
    return ""
