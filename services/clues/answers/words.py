"""The cache that cases are searched in by words: keyed hashes of pairs of characters of each text.

Chinese puts no spaces between words, so a text is cut into all pairs of characters that follow
each other; a word can only stand where all its pairs do. Whether it does is then looked up in the
text itself, which is opened for it: what was erased is found no more, and goes from the cache.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from services.clues.views import SOURCE
from shared.contracts.spelling import spelling
from shared.privacy.keyring import Keyring
from shared.projections.model import Row
from shared.service.query_bus import Asked

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "ClueFiled": ("text", "place", "unit_concerned"),
    "OpinionFiled": ("text",),
}
"""What can be found; never who told it."""
_HASH_BYTES = 4
_AT_ONCE = 150
"""Texts that one search opens at most to make up for what the cache lacks."""

_UNKNOWN = """
SELECT e.stream, e.type, e.body
FROM (
    SELECT 'clue-' || clue_id AS stream FROM readmodel.clues_clues
    UNION ALL
    SELECT 'opinion-' || opinion_id FROM readmodel.opinions_opinions
) known
JOIN eventlog.event e ON e.stream = known.stream AND e.version = 1
WHERE NOT EXISTS (SELECT FROM search.words w WHERE w.stream = known.stream)
ORDER BY e.id DESC LIMIT %s
"""
_KEEP = """
INSERT INTO search.words (stream, pairs)
SELECT its->>'stream', ARRAY(SELECT jsonb_array_elements_text(its->'pairs')::integer)
FROM jsonb_array_elements(%s::jsonb) its
ON CONFLICT DO NOTHING RETURNING stream
"""


def plain(text: str) -> str:
    """One spelling, without spaces and punctuation."""
    return "".join(each for each in spelling(text) if each.isalnum())


def grams(text: str) -> set[str]:
    """The pairs of characters of a plain text."""
    return {one + other for one, other in pairwise(text)}


def pairs(keyring: Keyring, *texts: str) -> list[int]:
    """What stands for the pairs of plain texts: hashes of 32 bits, signed, each once, in order.

    Under a key of the service alone, so that pairs cannot be guessed at from a copy of the table.
    Two pairs of one hash only make one more text to look into.
    """
    key = keyring.keyed_hash("search:pairs")
    return sorted({_hashed(key, gram) for gram in set().union(*map(grams, texts))})


def _hashed(key: bytes, pair: str) -> int:
    digest = hmac.digest(key, pair.encode(), "sha256")
    return int.from_bytes(digest[:_HASH_BYTES], signed=True)


def fill(asked: Asked) -> bool:
    """Put in what is not there yet, the newest first; whether nothing is left to put in."""
    rows = asked.rows(_UNKNOWN, _AT_ONCE)
    if rows:
        found = [
            {"stream": row["stream"], "pairs": pairs(asked.keyring, text_of(asked, row))}
            for row in rows
        ]
        asked.rows(_KEEP, json.dumps(found))
    return len(rows) < _AT_ONCE


def text_of(asked: Asked, event: Row) -> str:
    """The plain text of a filing; "" once it is erased. event: `{stream, type, body}`."""
    sealed, name = event["body"]["sealed"], event["type"]
    parts = (
        asked.clear(SOURCE, event["stream"], name, field, sealed.get(field))
        for field in _FIELDS[name]
    )
    return "|".join(plain(part) for part in parts if part is not None)


def forget(asked: Asked, streams: Iterable[str]) -> None:
    """What was erased leaves the cache."""
    asked.rows("DELETE FROM search.words WHERE stream = ANY (%s) RETURNING stream", list(streams))


def filings(asked: Asked, streams: Iterable[str]) -> dict[str, Any]:
    """The filing of each stream, `{stream, type, body}`."""
    rows = asked.rows(
        "SELECT stream, type, body FROM eventlog.event WHERE stream = ANY (%s) AND version = 1",
        list(streams),
    )
    return {row["stream"]: row for row in rows}
