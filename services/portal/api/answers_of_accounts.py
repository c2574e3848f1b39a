"""What queries about accounts are answered with."""

from __future__ import annotations

from services.portal.api.shapes import (
    DIVISION,
    FLAG,
    ID,
    STREAM,
    TEXT,
    VERSION,
    Schema,
    each,
    or_null,
    ref,
    shape,
    words,
)
from shared.contracts.portal import queries as portal
from shared.contracts.roles import Role

_ACCOUNT: Schema = {
    "account_id": ID,
    "status": {"type": "string", "enum": ["open", "closed"]},
    "login": or_null(TEXT),
    "display_name": or_null(TEXT),
    "registered": FLAG,
    "must_change": FLAG,
    "second_factor": FLAG,
    "identity": FLAG,
    "grants": each(ref("Grant")),
    "version": VERSION,
}

SCHEMAS: dict[str, Schema] = {
    "Grant": shape(
        ("revoked",),
        grant_id=ID,
        role=words(Role),
        division=or_null(DIVISION),
        unit=or_null(TEXT),
        revoked=FLAG,
    ),
    "Account": shape(**_ACCOUNT),
    "Reviewer": shape(account_id=ID, display_name=or_null(TEXT)),
    "Body": shape(unit=TEXT, role=words(Role)),
    "AccountsNamed": shape(items=each(ref("Reviewer"))),
    "PointWithAccount": shape(point_id=TEXT),
    "AccountShown": shape(**_ACCOUNT, stream=STREAM),
}

ANSWERS: dict[type, Schema] = {
    portal.ListAccounts: ref("Account"),
    portal.ListReviewers: ref("Reviewer"),
    portal.ListBodies: ref("Body"),
    portal.NameAccounts: ref("AccountsNamed"),
    portal.ListPointsWithAccounts: ref("PointWithAccount"),
    portal.ListOfficers: ref("Reviewer"),
    portal.ShowAccount: ref("AccountShown"),
}
"""What each query is answered with; of a list, one of its items."""
