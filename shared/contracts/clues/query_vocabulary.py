"""The vocabulary that every query of the clues service is entered in."""

from __future__ import annotations

from shared.contracts.message import Vocabulary

QUERIES = Vocabulary("clues", "query")

MOST = 100
"""Items of the longest page of a list."""
