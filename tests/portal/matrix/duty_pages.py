"""Who may open which page of points' duties, as it is written down."""

from __future__ import annotations

from shared.contracts.roles import Role

_POINT = frozenset({Role.POINT})
_OFFICER, _LEADER = frozenset({Role.OFFICER}), frozenset({Role.LEADER})
_BUREAU = _OFFICER | _LEADER
_WORDS = _BUREAU | _POINT
_SEES = _WORDS | {Role.AUDITOR}


def _form(address: str, roles: frozenset[Role]) -> dict[str, frozenset[Role] | str]:
    return {f"GET {address}": roles, f"POST {address}": roles}


DUTY_PAGES: dict[str, frozenset[Role] | str] = {
    "GET /my/duties": _POINT,
    "GET /points/<point_id>/duty-records": _SEES,
    "GET /publicity": _SEES,
    "GET /publicity/<publicity_id>": _WORDS,
    **_form("/publicity/new", _POINT),
    **_form("/publicity/<publicity_id>/confirmation", _OFFICER),
    **_form("/publicity/<publicity_id>/return", _OFFICER),
    "GET /trainings": _SEES,
    **_form("/trainings/new", _BUREAU),
    **_form("/trainings/<training_id>/attendance", _BUREAU),
    **_form("/trainings/<training_id>/cancellation", _BUREAU),
    "GET /quarterly-reports": _SEES,
    "GET /quarterly-reports/<report_id>": _WORDS,
    **_form("/quarterly-reports/new", _POINT),
    **_form("/quarterly-reports/<report_id>/return", _OFFICER),
    "GET /point-questions": _SEES,
    "GET /point-questions/<question_id>": _WORDS,
    **_form("/point-questions/new", _POINT),
    **_form("/point-questions/<question_id>/answer", _BUREAU),
    "GET /funding": _SEES,
    **_form("/funding/new", _LEADER),
    **_form("/funding/<funding_id>/taking-back", _LEADER),
    **_form("/funding/<funding_id>/spending", _BUREAU),
}
