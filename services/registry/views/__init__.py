"""The registry's read models.

Rows hold no personal data in clear: a sealed field lies here as it lies in the log, and is
opened only for who may see it, when asked.
"""

from __future__ import annotations

from services.registry.views.applications import APPLICATIONS
from services.registry.views.batches import BATCHES
from services.registry.views.certificates import CERTIFICATES
from services.registry.views.corrections import CORRECTIONS
from services.registry.views.documents import DOCUMENTS
from services.registry.views.erasures import ERASURES
from services.registry.views.figures import FIGURES
from services.registry.views.folding import SOURCE
from services.registry.views.limits import LIMITS
from services.registry.views.notices import NOTICES
from services.registry.views.organisation import ORGANISATION
from services.registry.views.points import POINTS
from services.registry.views.reviews import REVIEWS
from services.registry.views.settings import SETTINGS

__all__ = [
    "APPLICATIONS",
    "BATCHES",
    "CERTIFICATES",
    "CORRECTIONS",
    "DOCUMENTS",
    "ERASURES",
    "FIGURES",
    "LIMITS",
    "MODELS",
    "NOTICES",
    "ORGANISATION",
    "POINTS",
    "REVIEWS",
    "SETTINGS",
    "SOURCE",
]

MODELS = (
    BATCHES,
    APPLICATIONS,
    DOCUMENTS,
    NOTICES,
    POINTS,
    REVIEWS,
    SETTINGS,
    LIMITS,
    CORRECTIONS,
    ORGANISATION,
    FIGURES,
    CERTIFICATES,
    ERASURES,
)
