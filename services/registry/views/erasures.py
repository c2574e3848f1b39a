"""The erasures of the registry."""

from __future__ import annotations

from services.registry.views.folding import SOURCE
from shared.contracts.registry.events import EVENTS
from shared.erasure.views import erasures_model

ERASURES = erasures_model("erasures", SOURCE, EVENTS)
