"""All cases of the writes of the API, by the names of the written table."""

from __future__ import annotations

from tests.portal.matrix.cases import CASES as MOST
from tests.portal.matrix.cases import Make
from tests.portal.matrix.point_cases import POINT_CASES

CASES: dict[str, Make] = {**MOST, **POINT_CASES}
