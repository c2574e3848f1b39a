"""Running limits of the registry: which events open, move and close each.

What a limit leads to stands in `services/registry/limits.py`.
"""

from __future__ import annotations

from services.registry.views import terms
from services.registry.views.folding import SOURCE
from shared.contracts.registry.events import EVENTS
from shared.projections.model import Rule
from shared.service.limit_rows import limits_model

RULES: list[Rule] = [*terms.RULES]

LIMITS = limits_model(SOURCE, EVENTS, RULES)
