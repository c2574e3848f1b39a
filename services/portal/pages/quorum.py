"""How many must come to a meeting so that it decides, by the setting of today, in words."""

from __future__ import annotations

from services.portal.pages.asking import ask_part


def quorum_hint() -> str:
    """Without the figure while the registry is away."""
    part = ask_part("registry", "ShowSettings", {})
    for figure in (part.result or {"figures": ()})["figures"]:
        if figure["name"] == "quorum_percent":
            return f"须超过应到人数的 {figure['value']}%。"
    return "须超过设置的到会比例。"
