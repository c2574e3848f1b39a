"""Who may see the leader's dashboard and take its files along, written down by hand."""

from __future__ import annotations

from shared.contracts.roles import Role

_WATCHING = frozenset({Role.OFFICER, Role.LEADER, Role.AUDITOR})
BOARDS = ("coverage", "supervision", "trends", "limits", "refunds", "themes", "years")
REPORTS = ("briefing.pdf", "report.pdf", "report.xlsx")

DASHBOARD_PAGES: dict[str, frozenset[Role] | str] = {
    "GET /dashboard": _WATCHING,
    **{f"GET /dashboard/{name}": _WATCHING for name in BOARDS},
    **{f"GET /dashboard/{name}.csv": _WATCHING for name in BOARDS},
    **{f"GET /dashboard/{name}": _WATCHING for name in REPORTS},
}
