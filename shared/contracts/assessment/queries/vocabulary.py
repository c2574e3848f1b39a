"""The vocabulary that every query of the assessment service is entered in."""

from __future__ import annotations

from shared.contracts.message import Vocabulary

QUERIES = Vocabulary("assessment", "query")
