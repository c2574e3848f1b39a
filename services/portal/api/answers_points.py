"""What queries about points, renewals and retirements are answered with."""

from __future__ import annotations

from services.portal.api.shapes import (
    DAY,
    FLAG,
    ID,
    OBJECT,
    TEXT,
    TIME,
    WHOLE,
    Schema,
    each,
    or_null,
    ref,
    shape,
    words,
)
from shared.contracts.registry import queries as registry
from shared.contracts.registry.vocabulary import (
    Channel,
    Grade,
    IndustryGroup,
    PointStanding,
    RenewalStatus,
    RetirementGround,
    RetirementStatus,
    Size,
    TellingMeans,
    UnitKind,
)
from shared.contracts.roles import Role

_LIMIT = shape(counted_from=DAY, working_days=WHOLE, due_on=DAY, provisional=FLAG)
_POINT: Schema = {
    "point_id": ID,
    "application_id": ID,
    "batch_id": ID,
    "unit_name": TEXT,
    "channel": words(Channel),
    "unit_kind": words(UnitKind),
    "division": TEXT,
    "industry_group": words(IndustryGroup),
    "size": words(Size),
    "designated_on": DAY,
    "certificate_number": or_null(TEXT),
    "term_number": WHOLE,
    "term_began_on": DAY,
    "term_ends_on": DAY,
    "next_term": or_null(shape(number=WHOLE, first_day=DAY, last_day=DAY)),
    "suspended_on": or_null(DAY),
    "retired_on": or_null(DAY),
    "ground": or_null(words(RetirementGround)),
    "former_names": each(shape(unit_name=TEXT, until=DAY)),
    "former_divisions": each(shape(division=TEXT, until=DAY)),
    "merged_into": or_null(ID),
    "absorbed": each(ID),
    "plaque_number": or_null(TEXT),
    "plaque_given_on": or_null(DAY),
    "plaque_returned_on": or_null(DAY),
    "active": FLAG,
    "term_over": FLAG,
    "standing": words(PointStanding),
    "may_work": FLAG,
    "version": WHOLE,
}
_RENEWAL: Schema = {
    "renewal_id": ID,
    "point_id": ID,
    "status": words(RenewalStatus),
    "proposed_on": DAY,
    "graded_on": or_null(DAY),
    "grade_year": or_null(WHOLE),
    "grade": or_null(words(Grade)),
    "held_on": or_null(DAY),
    "version": WHOLE,
}
_RETIREMENT: Schema = {
    "retirement_id": ID,
    "point_id": ID,
    "ground": words(RetirementGround),
    "status": words(RetirementStatus),
    "opened_on": DAY,
    "told_on": or_null(DAY),
    "means": or_null(words(TellingMeans)),
    "statement_limit": or_null(_LIMIT),
    "stated_on": or_null(DAY),
    "waived_on": or_null(DAY),
    "held_on": or_null(DAY),
    "version": WHOLE,
}
_OF_POINT: Schema = {"unit_name": TEXT, "division": TEXT}
_RENEWAL_LISTED: Schema = {**_RENEWAL, **_OF_POINT, "term_number": WHOLE, "term_ends_on": DAY}
_RETIREMENT_LISTED: Schema = {
    **_RETIREMENT,
    **_OF_POINT,
    "retired_on": or_null(DAY),
    "plaque_number": or_null(TEXT),
    "plaque_returned_on": or_null(DAY),
    "plaque_limit": or_null(_LIMIT),
}
_EVENT: Schema = {
    "version": WHOLE,
    "type": TEXT,
    "occurred_at": TIME,
    "role": or_null(TEXT),
    "changed": OBJECT,
}
_STEP = shape(
    command=TEXT,
    variant=or_null(TEXT),
    possible=FLAG,
    reason=or_null(TEXT),
    needs=each(TEXT),
    roles=each(words(Role)),
)
_OPENED: Schema = {"stream": TEXT, "history": each(shape(**_EVENT, opened=OBJECT))}

SCHEMAS: dict[str, Schema] = {
    "Point": shape(("may_work",), **_POINT),
    "PointShown": shape(
        (
            "may_work",
            "plaque_limit",
            "bureau_liaisons",
            "renewal",
            "retirement",
            "history",
            "steps",
        ),
        **_POINT,
        stream=TEXT,
        plaque_limit=or_null(_LIMIT),
        bureau_liaisons=each(shape(account_id=ID, since=DAY)),
        renewal=or_null(shape(**_RENEWAL)),
        retirement=or_null(shape(**_RETIREMENT)),
        history=each(shape(**_EVENT)),
        steps=each(_STEP),
    ),
    "PointOpened": shape(
        point_id=ID,
        unit_name=TEXT,
        address=or_null(TEXT),
        contact_name=or_null(TEXT),
        contact_phone=or_null(TEXT),
        liaison_name=or_null(TEXT),
        liaison_phone=or_null(TEXT),
        stream=TEXT,
        version=WHOLE,
    ),
    "Renewal": shape(**_RENEWAL_LISTED),
    "RenewalRead": shape(**_RENEWAL_LISTED, **_OPENED),
    "Retirement": shape(**_RETIREMENT_LISTED),
    "RetirementRead": shape(**_RETIREMENT_LISTED, **_OPENED),
}

ANSWERS: dict[type, Schema] = {
    registry.ListPoints: ref("Point"),
    registry.ShowPoint: ref("PointShown"),
    registry.OpenPoint: ref("PointOpened"),
    registry.ListRenewals: ref("Renewal"),
    registry.ReadRenewal: ref("RenewalRead"),
    registry.ListRetirements: ref("Retirement"),
    registry.ReadRetirement: ref("RetirementRead"),
}
