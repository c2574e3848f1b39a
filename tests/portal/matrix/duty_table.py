"""Who may do what of points' duties, as it is written down."""

from __future__ import annotations

from shared.contracts.roles import Role

_POINT = frozenset({Role.POINT})
_OFFICER, _LEADER = frozenset({Role.OFFICER}), frozenset({Role.LEADER})
_BUREAU = _OFFICER | _LEADER
_WORDS = _BUREAU | _POINT
_SEES = _WORDS | {Role.AUDITOR}

_API = "/api/v1"
_PUBLICITY = f"{_API}/publicity/<publicity_id>"
_REPORT = f"{_API}/quarterly-reports/<report_id>"
_QUESTION = f"{_API}/point-questions/<question_id>"
_FUNDING = f"{_API}/funding/<funding_id>"

DUTIES: dict[str, frozenset[Role] | str] = {
    f"GET {_API}/points/<point_id>/duty-records": _SEES,
    f"GET {_API}/publicity": _SEES,
    f"POST {_API}/publicity": _POINT,
    f"GET {_PUBLICITY}": _WORDS,
    f"POST {_PUBLICITY}/confirmation": _OFFICER,
    f"POST {_PUBLICITY}/return": _OFFICER,
    f"GET {_API}/trainings": _SEES,
    f"POST {_API}/trainings": _BUREAU,
    f"POST {_API}/trainings/<training_id>/attendance": _BUREAU,
    f"POST {_API}/trainings/<training_id>/cancellation": _BUREAU,
    f"GET {_API}/quarterly-reports": _SEES,
    f"GET {_REPORT}": _WORDS,
    f"POST {_REPORT}/handing-in": _POINT,
    f"POST {_REPORT}/return": _OFFICER,
    f"GET {_API}/point-questions": _SEES,
    f"POST {_API}/point-questions": _POINT,
    f"GET {_QUESTION}": _WORDS,
    f"POST {_QUESTION}/answer": _BUREAU,
    f"GET {_API}/funding": _SEES,
    f"POST {_FUNDING}/allocations": _LEADER,
    f"POST {_FUNDING}/takings-back": _LEADER,
    f"POST {_FUNDING}/spendings": _BUREAU,
}
