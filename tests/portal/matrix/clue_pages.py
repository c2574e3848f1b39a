"""Who may see and send which page about clues and opinions, written down by hand."""

from __future__ import annotations

from shared.contracts.roles import Role

_OFFICER = frozenset({Role.OFFICER})
_LEADER = frozenset({Role.LEADER})
_DECIDING = _OFFICER | _LEADER
_WITH_POINT = _DECIDING | {Role.POINT}
_WATCHING = _DECIDING | {Role.AUDITOR}
_REPORTER = frozenset({Role.REPORTER})
_BODY = frozenset({Role.ENFORCEMENT_BODY})

_FORMS: dict[str, frozenset[Role]] = {
    "/clues/<clue_id>/acceptance": _OFFICER,
    "/clues/<clue_id>/declining": _OFFICER,
    "/clues/<clue_id>/handlers": _DECIDING,
    "/clues/<clue_id>/recusal": _DECIDING,
    "/clues/<clue_id>/consent": _OFFICER,
    "/clues/<clue_id>/joining": _OFFICER,
    "/clues/<clue_id>/retaliation": _DECIDING,
    "/clues/<clue_id>/referral": _OFFICER,
    "/clues/<clue_id>/answer-return": _OFFICER,
    "/clues/<clue_id>/referral-withdrawal": _OFFICER,
    "/clues/<clue_id>/verification": _OFFICER,
    "/clues/<clue_id>/verification-step": _OFFICER,
    "/clues/<clue_id>/verification-conclusion": _OFFICER,
    "/clues/<clue_id>/verification-resumption": _OFFICER,
    "/clues/<clue_id>/verification-extension": _LEADER,
    "/clues/<clue_id>/verification-pause": _LEADER,
    "/clues/<clue_id>/extension": _LEADER,
    "/clues/<clue_id>/pause": _LEADER,
    "/clues/<clue_id>/resumption": _OFFICER,
    "/clues/<clue_id>/reopening": _LEADER,
    "/clues/<clue_id>/outcome-discipline": _LEADER,
    "/clues/<clue_id>/outcome-notice": _LEADER,
    "/clues/<clue_id>/outcome-opinion": _LEADER,
    "/clues/<clue_id>/outcome-decision": _LEADER,
    "/clues/<clue_id>/outcome-correction": _LEADER,
    "/clues/<clue_id>/compliance": _OFFICER,
    "/clues/<clue_id>/refund-claim": _OFFICER,
    "/clues/<clue_id>/refund-verification": _OFFICER,
    "/clues/<clue_id>/refund-order": _LEADER,
    "/clues/<clue_id>/refund-reduction": _LEADER,
    "/clues/<clue_id>/refund-payment": _OFFICER,
    "/clues/<clue_id>/refund-reversal": _OFFICER,
    "/clues/<clue_id>/closing": _DECIDING,
    "/clues/<clue_id>/feedback": _OFFICER,
    "/clues/<clue_id>/feedback-relay": _DECIDING,
    "/clues/<clue_id>/satisfaction": _DECIDING,
    "/clues/<clue_id>/openings/new": _DECIDING,
    "/clues/<clue_id>/openings/<opening_id>/approval": _LEADER,
    "/clues/<clue_id>/openings/<opening_id>/refusal": _LEADER,
    "/clues/<clue_id>/openings/<opening_id>/identity": _DECIDING,
    "/referrals/<referral_id>/refusal": _OFFICER | _BODY,
    "/referrals/<referral_id>/payment": _BODY,
    "/clues/<clue_id>/question": _OFFICER,
    "/clues/<clue_id>/note": _DECIDING,
    "/clues/<clue_id>/reading": _OFFICER,
    "/clues/<clue_id>/follow-up": _DECIDING,
    "/report/progress/question/<question_id>": _REPORTER,
    "/report/progress/information": _REPORTER,
    "/inspections/new": _WITH_POINT,
    "/themes/<theme_id>/conclusion": _DECIDING,
    "/proposals/<proposal_id>/step": _DECIDING,
    "/proposals/<proposal_id>/completion": _DECIDING,
    "/proposals/<proposal_id>/dropping": _LEADER,
    "/proposals/<proposal_id>/telling-back": _WITH_POINT,
}
"""Pages with one form, sent to where they are shown."""

CLUE_PAGES: dict[str, frozenset[Role] | str] = {
    "GET /clues": _WATCHING,
    "GET /clues/<clue_id>": _DECIDING,
    "GET /identity-openings": _LEADER | {Role.AUDITOR},
    "GET /clues/<clue_id>/openings/<opening_id>": _DECIDING,
    "GET /clues/<clue_id>/readers": _LEADER | {Role.AUDITOR},
    "GET /dialogues": _DECIDING,
    "GET /clues/<clue_id>/evidence": _WITH_POINT,
    "POST /clues/<clue_id>/evidence": _WITH_POINT,
    "GET /clues/<clue_id>/evidence/<file_id>": _WITH_POINT,
    "GET /referrals": _WATCHING | _BODY,
    "GET /referrals/<referral_id>": _DECIDING | _BODY,
    "POST /referrals/<referral_id>": _OFFICER | _BODY,
    "GET /themes": _WATCHING,
    "GET /frequent-inspections": _DECIDING,
    "GET /proposals": _WATCHING | {Role.POINT},
    "GET /proposals/<proposal_id>": _WATCHING | {Role.POINT},
    **{f"{method} {path}": roles for path, roles in _FORMS.items() for method in ("GET", "POST")},
}
