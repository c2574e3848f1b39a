"""A request for erasure as handlers and queries find it."""

from __future__ import annotations

from shared.erasure import domain
from shared.erasure.domain import Erasure
from shared.service.aggregate import Aggregate

ERASURE = Aggregate("erasure", Erasure(), domain.decide, domain.evolve)
