"""Clues and opinions by words that stand in them, of those that the asker may see."""

from __future__ import annotations

from typing import Any

from services.clues.answers import words
from services.clues.answers.seeing import BUREAU
from shared.contracts.clues import queries
from shared.contracts.errors import Invalid
from shared.contracts.roles import Role
from shared.contracts.scope import prefix
from shared.projections.model import Row
from shared.service.query_bus import Asked, QueryRoute

_SHORTEST = 2
"""Characters of a word: a single one stands nearly everywhere."""
_CANDIDATES, _MOST = 200, 100

_FOUND = """
SELECT entry.* FROM (
    SELECT 'clue-' || clue_id AS stream, clue_id AS entry_id, 'clue' AS nature, status,
        kinds AS words, division, body, filed_at, point_id, recused
    FROM readmodel.clues_clues
    UNION ALL
    SELECT 'opinion-' || opinion_id, opinion_id, 'opinion', status,
        topics, division, body, filed_at, point_id, recused
    FROM readmodel.opinions_opinions WHERE status <> 'taken'
) entry
JOIN search.words w ON w.stream = entry.stream
WHERE w.pairs @> %(pairs)s::integer[]
  AND (%(point)s::text IS NULL OR point_id = %(point)s)
  AND starts_with(division, %(within)s)
  AND NOT recused ? %(me)s
  AND (%(nature)s::text IS NULL OR nature = %(nature)s)
  AND (%(status)s::text IS NULL OR status = %(status)s)
  AND (%(kind)s::text IS NULL OR words ? %(kind)s)
  AND (%(district)s::text IS NULL OR starts_with(division, %(district)s))
  AND (%(body)s::text IS NULL OR strpos(lower(body), lower(%(body)s)) > 0)
ORDER BY filed_at DESC, entry_id LIMIT %(most)s
"""


def search_cases(asked: Asked) -> Any:
    """`{items: [{entry_id, nature, status, words, division, body, filed_at}], complete, more}`.

    words: a clue's kinds, an opinion's topics · complete: everything filed could be searched
    more: there are more than these. Raises Invalid for a word that is too short.
    """
    wanted = _wanted(asked.query.words)
    asked.note_opening("search:cases", asked.query.purpose)
    complete = words.fill(asked)
    rows = _candidates(asked, wanted)
    texts = words.filings(asked, [row["stream"] for row in rows])
    items, gone = [], []
    for row in rows:
        text = words.text_of(asked, texts[row["stream"]])
        if not text:
            gone.append(row["stream"])
        elif all(word in text for word in wanted):
            items.append(_shown(row))
    if gone:
        words.forget(asked, gone)
    more = len(items) > _MOST or len(rows) == _CANDIDATES
    return {"items": items[:_MOST], "complete": complete, "more": more}


def _wanted(typed: str) -> list[str]:
    wanted = [word for word in (words.plain(part) for part in typed.split()) if word]
    if not wanted or any(len(word) < _SHORTEST for word in wanted):
        raise Invalid.one("words", "bad_length", f"words have at least {_SHORTEST} characters")
    return wanted


def _candidates(asked: Asked, wanted: list[str]) -> list[Row]:
    query, of_point = asked.query, asked.actor.role is Role.POINT
    return asked.rows(
        _FOUND,
        pairs=words.pairs(asked.keyring, *wanted),
        point=(asked.actor.unit or "") if of_point else None,
        within="" if of_point else prefix(asked.actor.division),
        me=asked.actor.id,
        nature=None if query.nature is None else str(query.nature),
        status=None if query.status is None else str(query.status),
        kind=None if query.kind is None else str(query.kind),
        district=query.district and prefix(query.district),
        body=query.body,
        most=_CANDIDATES,
    )


_SHOWN = ("entry_id", "nature", "status", "words", "division", "body", "filed_at")


def _shown(row: Row) -> Row:
    return {name: row[name] for name in _SHOWN}


QUERIES: dict[type, QueryRoute] = {
    queries.SearchCases: QueryRoute(BUREAU | {Role.POINT}, ("clues", "opinions"), search_cases),
}
