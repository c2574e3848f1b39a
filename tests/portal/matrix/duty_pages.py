"""Who may open which page of points' duties, as it is written down."""

from __future__ import annotations

from shared.contracts.roles import Role

DUTY_PAGES: dict[str, frozenset[Role] | str] = {}
