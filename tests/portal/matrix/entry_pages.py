"""Who may see and send which page by which things come in, written down by hand."""

from __future__ import annotations

from shared.contracts.roles import Role

_EVERYONE = frozenset(Role) - {Role.SYSTEM, Role.REPORTER}
_OFFICER = frozenset({Role.OFFICER})
_POINT = frozenset({Role.POINT})
_REPORTER = frozenset({Role.REPORTER})
_DECIDING = _OFFICER | {Role.LEADER}
_WITH_POINT = _DECIDING | _POINT
_WATCHING = _DECIDING | {Role.AUDITOR}

_MY_CLUE, _MY_OPINION = "/my/filings/clues/<clue_id>", "/my/filings/opinions/<entry_id>"
_BOX, _SYMPOSIUM = "/opinion-boxes/<box_id>", "/symposia/<symposium_id>"

ENTRY_PAGES: dict[str, frozenset[Role] | str] = {
    "GET /search": _WITH_POINT,
    "POST /search": _WITH_POINT,
    "GET /clues.csv": _WATCHING,
    "GET /clues.xlsx": _WATCHING,
    "GET /report": _EVERYONE,
    "GET /report/clue": _EVERYONE,
    "POST /report/clue": _EVERYONE,
    "GET /report/opinion": _EVERYONE,
    "POST /report/opinion": _EVERYONE,
    "GET /report/progress": _EVERYONE,
    "POST /report/progress": _EVERYONE,
    "POST /report/progress/end": _EVERYONE,
    "GET /report/progress/satisfaction": _REPORTER,
    "POST /report/progress/satisfaction": _REPORTER,
    "GET /report/progress/retaliation": _REPORTER,
    "POST /report/progress/retaliation": _REPORTER,
    "GET /report/progress/evidence": _REPORTER,
    "POST /report/progress/evidence": _REPORTER,
    "GET /report/progress/evidence/<file_id>": _REPORTER,
    "GET /my/filings": _POINT,
    f"GET {_MY_CLUE}": _POINT,
    f"GET {_MY_CLUE}/relay": _POINT,
    f"POST {_MY_CLUE}/relay": _POINT,
    f"GET {_MY_CLUE}/satisfaction": _POINT,
    f"POST {_MY_CLUE}/satisfaction": _POINT,
    f"GET {_MY_CLUE}/retaliation": _POINT,
    f"POST {_MY_CLUE}/retaliation": _POINT,
    f"GET {_MY_OPINION}": _POINT,
    f"GET {_MY_OPINION}/relay": _POINT,
    f"POST {_MY_OPINION}/relay": _POINT,
    "GET /opinions-filed": _WATCHING,
    "GET /opinions-filed/<entry_id>": _DECIDING,
    "GET /opinions-filed/<entry_id>/answer": _OFFICER,
    "POST /opinions-filed/<entry_id>/answer": _OFFICER,
    "GET /opinions-filed/<entry_id>/clue": _OFFICER,
    "POST /opinions-filed/<entry_id>/clue": _OFFICER,
    "GET /opinions-filed/<entry_id>/recusal": _DECIDING,
    "POST /opinions-filed/<entry_id>/recusal": _DECIDING,
    "GET /opinions-filed/<entry_id>/relay": _DECIDING,
    "POST /opinions-filed/<entry_id>/relay": _DECIDING,
    "GET /opinion-boxes": _EVERYONE,
    "GET /opinion-boxes/new": _WITH_POINT,
    "POST /opinion-boxes/new": _WITH_POINT,
    f"GET {_BOX}": _EVERYONE,
    f"GET {_BOX}/emptying": _WITH_POINT,
    f"POST {_BOX}/emptying": _WITH_POINT,
    f"GET {_BOX}/removal": _WITH_POINT,
    f"POST {_BOX}/removal": _WITH_POINT,
    "GET /symposia": _WATCHING | _POINT,
    "GET /symposia/new": _WITH_POINT,
    "POST /symposia/new": _WITH_POINT,
    f"GET {_SYMPOSIUM}": _WITH_POINT,
    f"GET {_SYMPOSIUM}/minutes": _WITH_POINT,
    f"POST {_SYMPOSIUM}/minutes": _WITH_POINT,
    f"GET {_SYMPOSIUM}/cancellation": _WITH_POINT,
    f"POST {_SYMPOSIUM}/cancellation": _WITH_POINT,
    "GET /hotline-imports": _WATCHING,
    "POST /hotline-imports": _OFFICER,
    "GET /baselines": _WATCHING,
    "GET /baselines/new": _DECIDING,
    "POST /baselines/new": _DECIDING,
}
