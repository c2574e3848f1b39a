"""Who may call what about clues and opinions, written down by hand from the scheme's rules."""

from __future__ import annotations

from shared.contracts.roles import Role

_EVERYONE = frozenset(Role) - {Role.SYSTEM, Role.REPORTER}
_OFFICER = frozenset({Role.OFFICER})
_LEADER = frozenset({Role.LEADER})
_DECIDING = _OFFICER | _LEADER
_WITH_POINT = _DECIDING | {Role.POINT}
_WATCHING = _DECIDING | {Role.AUDITOR}
_BODY = _OFFICER | {Role.ENFORCEMENT_BODY}

_CLUE = "/api/v1/clues/<clue_id>"
_CLAIM = f"{_CLUE}/refunds/<claim_id>"

CLUES: dict[str, frozenset[Role] | str] = {
    "GET /api/v1/clues": _WATCHING | {Role.POINT},
    "POST /api/v1/clues": _EVERYONE,
    "POST /api/v1/cases/search": _WITH_POINT,
    f"GET {_CLUE}": _WITH_POINT,
    f"GET {_CLUE}/evidence": _WITH_POINT,
    f"POST {_CLUE}/evidence": _WITH_POINT,
    f"GET {_CLUE}/evidence/<file_id>/content": _WITH_POINT,
    f"GET {_CLUE}/similar": _DECIDING,
    f"GET {_CLUE}/papers/acceptance": _DECIDING,
    f"GET {_CLUE}/papers/declining": _DECIDING,
    f"GET {_CLUE}/papers/feedback": _DECIDING,
    f"GET {_CLUE}/outcomes/<outcome_id>/papers/document": _DECIDING,
    f"GET {_CLUE}/referrals/<referral_id>/papers/letter": _DECIDING,
    f"GET {_CLUE}/refunds": _WATCHING,
    f"POST {_CLUE}/retaliation": _WITH_POINT,
    f"POST {_CLUE}/acceptance": _OFFICER,
    f"POST {_CLUE}/declining": _OFFICER,
    f"POST {_CLUE}/handlers": _DECIDING,
    f"POST {_CLUE}/recusals": _DECIDING,
    f"POST {_CLUE}/consent": _OFFICER,
    f"POST {_CLUE}/joining": _OFFICER,
    f"POST {_CLUE}/extension": _LEADER,
    f"POST {_CLUE}/outcomes": _LEADER,
    f"POST {_CLUE}/outcomes/<outcome_id>/compliance": _OFFICER,
    f"POST {_CLUE}/closing": _DECIDING,
    f"POST {_CLUE}/feedback": _OFFICER,
    f"POST {_CLUE}/feedback/relay": _WITH_POINT,
    f"POST {_CLUE}/satisfaction": _WITH_POINT,
    "GET /api/v1/referrals": _WATCHING | {Role.ENFORCEMENT_BODY},
    "GET /api/v1/referrals/<referral_id>": _DECIDING | {Role.ENFORCEMENT_BODY},
    f"POST {_CLUE}/referrals": _OFFICER,
    f"POST {_CLUE}/referrals/<referral_id>/refusal": _BODY,
    f"POST {_CLUE}/referrals/<referral_id>/answer": _BODY,
    f"POST {_CLUE}/referral/return": _OFFICER,
    f"POST {_CLUE}/referral/withdrawal": _OFFICER,
    f"POST {_CLUE}/verification": _OFFICER,
    f"POST {_CLUE}/verification/steps": _OFFICER,
    f"POST {_CLUE}/verification/extension": _LEADER,
    f"POST {_CLUE}/verification/pause": _LEADER,
    f"POST {_CLUE}/verification/resumption": _OFFICER,
    f"POST {_CLUE}/verification/conclusion": _OFFICER,
    f"POST {_CLUE}/refunds": _OFFICER,
    f"POST {_CLAIM}/verification": _OFFICER,
    f"POST {_CLAIM}/order": _LEADER,
    f"POST {_CLAIM}/reduction": _LEADER,
    f"POST {_CLAIM}/payments": _BODY,
    f"POST {_CLAIM}/payments/<payment_id>/reversal": _OFFICER,
    "GET /api/v1/opinion-boxes": _EVERYONE,
    "GET /api/v1/opinion-boxes/<box_id>": _EVERYONE,
    "POST /api/v1/opinion-boxes": _WITH_POINT,
    "POST /api/v1/opinion-boxes/<box_id>/emptyings": _WITH_POINT,
    "POST /api/v1/opinion-boxes/<box_id>/removal": _WITH_POINT,
    "GET /api/v1/symposia": _WATCHING | {Role.POINT},
    "GET /api/v1/symposia/<symposium_id>": _WITH_POINT,
    "POST /api/v1/symposia": _WITH_POINT,
    "POST /api/v1/symposia/<symposium_id>/minutes": _WITH_POINT,
    "POST /api/v1/symposia/<symposium_id>/cancellation": _WITH_POINT,
    "GET /api/v1/hotline-imports": _WATCHING,
    "POST /api/v1/divisions/<division>/hotline-imports": _OFFICER,
    "GET /api/v1/baselines": _WATCHING,
    "PUT /api/v1/divisions/<division>/baselines/<year>": _DECIDING,
    "POST /api/v1/inspections": _WITH_POINT,
    "GET /api/v1/opinions-filed": _WATCHING | {Role.POINT},
    "GET /api/v1/opinions-filed/<entry_id>": _WITH_POINT,
    "POST /api/v1/opinions-filed": _EVERYONE,
    "POST /api/v1/opinions-filed/<opinion_id>/answer": _OFFICER,
    "POST /api/v1/opinions-filed/<opinion_id>/clue": _OFFICER,
    "POST /api/v1/opinions-filed/<opinion_id>/relay": _WITH_POINT,
    "GET /api/v1/proposals": _WATCHING | {Role.POINT},
    "POST /api/v1/proposals/<proposal_id>/steps": _DECIDING,
    "POST /api/v1/proposals/<proposal_id>/completion": _DECIDING,
    "POST /api/v1/proposals/<proposal_id>/dropping": _LEADER,
    "POST /api/v1/proposals/<proposal_id>/telling-back": _WITH_POINT,
    "GET /api/v1/themes": _WATCHING,
    "GET /api/v1/themes/<theme_id>": _WATCHING,
    "GET /api/v1/frequent-inspections": _DECIDING,
    "GET /api/v1/proposals/<proposal_id>": _WATCHING | {Role.POINT},
    "POST /api/v1/themes/<theme_id>/conclusion": _DECIDING,
    "GET /api/v1/clue-settings": _WATCHING | {Role.POINT, Role.ADMINISTRATOR, Role.OPERATOR},
    "POST /api/v1/clue-settings": _LEADER | {Role.ADMINISTRATOR},
}
