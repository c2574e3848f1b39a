"""The language that questions are put in."""

from __future__ import annotations

from shared.contracts.erasure.queries import ERASURE_QUERIES
from shared.contracts.message import Vocabulary

QUERIES = Vocabulary("clues", "query")
QUERIES.include(ERASURE_QUERIES)

MOST = 100
"""Items of the longest page of a list."""
