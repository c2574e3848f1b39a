"""What queries of the clues service are answered with."""

from __future__ import annotations

from services.portal.api.shapes import (
    COUNT,
    DAY,
    DIVISION,
    FLAG,
    ID,
    OBJECT,
    POSITIVE,
    STREAM,
    TEXT,
    TIME,
    VERSION,
    Schema,
    each,
    or_null,
    ref,
    shape,
    words,
    words_of,
)
from shared.contracts.clues import queries as clues
from shared.contracts.clues.commands import COMMANDS
from shared.contracts.clues.events import EVENTS
from shared.contracts.clues.vocabulary import (
    AlarmStage,
    ClueFinding,
    ClueKind,
    ClueLimit,
    ClueStatus,
    DeclineGround,
    EvidenceSource,
    Nature,
    OpinionResolution,
    OpinionStatus,
    OpinionTopic,
    OutcomeKind,
    ReferralTarget,
    ReplyPart,
    Reporting,
    Satisfaction,
    SymposiumStatus,
    Way,
)
from shared.contracts.media import MediaType
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role

_FEN: Schema = {**COUNT, "description": "金额，单位为分"}
_LIMIT = shape(
    name=words(ClueLimit),
    about=or_null(ID),
    due_on=DAY,
    yellow_on=DAY,
    raised=or_null(words(AlarmStage)),
    raised_on=or_null(DAY),
    provisional=FLAG,
    tone={"type": "string", "enum": ["green", "yellow", "red"]},
)
_CLUE: Schema = {
    "clue_id": ID,
    "status": words(ClueStatus),
    "kinds": each(words(ClueKind)),
    "division": DIVISION,
    "body": TEXT,
    "way": words(Way),
    "point_id": or_null(ID),
    "source_id": or_null(ID),
    "hotline_number": or_null(TEXT),
    "of_clue": or_null(ID),
    "happened_on": or_null(DAY),
    "amount": or_null(_FEN),
    "urgent": FLAG,
    "retaliation": FLAG,
    "reporting": words(Reporting),
    "by_point": FLAG,
    "concerns_unit": FLAG,
    "filed_at": TIME,
    "handlers": each(TEXT),
    "recused": each(TEXT),
    "declined": or_null(words(DeclineGround)),
    "finding": or_null(words(ClueFinding)),
    "outcomes": each(words(OutcomeKind)),
    "into_clue_id": or_null(ID),
    "body_referral": or_null(ID),
    "round": POSITIVE,
    "satisfaction": or_null(words(Satisfaction)),
    "version": VERSION,
    "changed_at": TIME,
    "limits": each(_LIMIT),
    "next_due": DAY,
}
_OF_THE_BUREAU = ("handlers", "recused", "hotline_number", "into_clue_id", "body_referral")
_MONEY: Schema = {
    "claimed": _FEN,
    "verified": _FEN,
    "ordered": _FEN,
    "paid": _FEN,
    "unpaid": _FEN,
}
_LEDGER: Schema = {
    "claims": each(shape(claim_id=ID, **_MONEY)),
    "totals": shape(**_MONEY),
}
_RECORD = shape(
    type=words_of(EVENTS), version=VERSION, occurred_at=TIME, role=words(Role), values=OBJECT
)
_REFERRAL: Schema = {
    "referral_id": ID,
    "clue_id": ID,
    "standing": {
        "type": "string",
        "enum": ["open", "answered", "returned", "refused", "withdrawn"],
    },
    "target": words(ReferralTarget),
    "authority": TEXT,
    "unit": or_null(TEXT),
    "refusable_until": DAY,
    "refusable_provisional": FLAG,
    "answer_due": DAY,
    "missing": each(words(ReplyPart)),
    "referred_at": TIME,
    "provisional": FLAG,
    "limits": each(_LIMIT),
    "owed": _FEN,
    "kinds": each(words(ClueKind)),
    "division": DIVISION,
}

_OPINION: Schema = {
    "opinion_id": ID,
    "status": words(OpinionStatus),
    "topics": each(words(OpinionTopic)),
    "division": DIVISION,
    "body": or_null(TEXT),
    "way": words(Way),
    "point_id": or_null(ID),
    "source_id": or_null(ID),
    "reporting": words(Reporting),
    "filed_at": TIME,
    "due_on": or_null(DAY),
    "provisional": FLAG,
    "limits": each(_LIMIT),
    "resolution": or_null(words(OpinionResolution)),
    "answered_on": or_null(DAY),
    "proposal_id": or_null(ID),
    "clue_id": or_null(ID),
    "version": VERSION,
    "changed_at": TIME,
}

_OF_THE_KEEPER = ("emptied_on", "emptyings", "entries", "removed_on", "version", "changed_at")
_BOX: Schema = {
    "box_id": ID,
    "point_id": or_null(ID),
    "division": DIVISION,
    "place": TEXT,
    "contact": TEXT,
    "placed_on": DAY,
    "removed_on": or_null(DAY),
    "emptied_on": or_null(DAY),
    "emptyings": COUNT,
    "entries": COUNT,
    "version": VERSION,
    "changed_at": TIME,
}
_SYMPOSIUM: Schema = {
    "symposium_id": ID,
    "status": words(SymposiumStatus),
    "point_id": or_null(ID),
    "division": DIVISION,
    "planned_on": DAY,
    "place": TEXT,
    "subject": TEXT,
    "held_on": or_null(DAY),
    "attendees": or_null(POSITIVE),
    "entries": COUNT,
    "reasons": or_null(TEXT),
    "version": VERSION,
    "changed_at": TIME,
}
_COLLECTED = shape(entry_id=ID, nature=words(Nature), status=TEXT, words=each(TEXT), filed_at=TIME)

SCHEMAS: dict[str, Schema] = {
    "Clue": shape(_OF_THE_BUREAU, **_CLUE),
    "ClueOpened": shape(
        _OF_THE_BUREAU,
        **_CLUE,
        stream=STREAM,
        steps=each(
            shape(
                command=words_of(COMMANDS),
                about=or_null(TEXT),
                possible=FLAG,
                reason=or_null(words(Reason)),
                roles=each(words(Role)),
            )
        ),
        ledger=shape(**_LEDGER),
        records=each(_RECORD),
    ),
    "CasesFound": shape(
        items=each(
            shape(
                entry_id=ID,
                nature=words(Nature),
                status=TEXT,
                words=each(TEXT),
                division=DIVISION,
                body=or_null(TEXT),
                filed_at=TIME,
            )
        ),
        complete=FLAG,
        more=FLAG,
    ),
    "SimilarClues": shape(
        items=each(
            shape(
                clue_id=ID,
                status=words(ClueStatus),
                kinds=each(words(ClueKind)),
                division=DIVISION,
                body=TEXT,
                filed_at=TIME,
                likeness=POSITIVE,
                shares=each(TEXT),
            )
        )
    ),
    "Evidence": shape(
        items=each(
            shape(
                file_id=ID,
                brought_by=words(EvidenceSource),
                payment_id=or_null(ID),
                media_type=words(MediaType),
                size=POSITIVE,
                traces_kept=FLAG,
                attached_at=TIME,
            )
        )
    ),
    "RefundLedger": shape(clue_id=ID, version=VERSION, **_LEDGER),
    "Referral": shape(**_REFERRAL),
    "ReferralOpened": shape(
        **_REFERRAL,
        stream=STREAM,
        records=each(_RECORD),
        refunds=each(
            shape(
                claim_id=ID,
                ordered=_FEN,
                paid=_FEN,
                unpaid=_FEN,
                due_on=or_null(DAY),
                provisional=FLAG,
            )
        ),
    ),
    "OpinionBox": shape(_OF_THE_KEEPER, **_BOX),
    "OpinionBoxShown": shape(
        (*_OF_THE_KEEPER, "stream", "emptyings_told"),
        **_BOX,
        stream=STREAM,
        emptyings_told=each(
            shape(emptying_id=ID, emptied_on=DAY, number=COUNT, collected=each(_COLLECTED))
        ),
    ),
    "Symposium": shape(**_SYMPOSIUM),
    "SymposiumOpened": shape(
        **_SYMPOSIUM, stream=STREAM, minutes=or_null(TEXT), collected=each(_COLLECTED)
    ),
    "HotlineImport": shape(
        import_id=ID, division=DIVISION, filed=COUNT, known=COUNT, imported_at=TIME
    ),
    "Baselines": shape(
        items=each(
            shape(
                division=DIVISION,
                year=POSITIVE,
                complaints=COUNT,
                shares=each(shape(name=TEXT, number=COUNT)),
                source=TEXT,
            )
        )
    ),
    "OpinionFiled": shape(**_OPINION),
    "OpinionFiledOpened": shape(**_OPINION, stream=STREAM, records=each(_RECORD)),
    "ServiceSettings": shape(
        day=DAY,
        stream=STREAM,
        figures=each(
            shape(
                name=TEXT,
                zh=TEXT,
                value=COUNT,
                default=COUNT,
                least=COUNT,
                most=COUNT,
                since=or_null(DAY),
                to_come=each(shape(since=DAY, value=COUNT)),
            )
        ),
    ),
}
"""Components of the document, by name."""

ANSWERS: dict[type, Schema] = {
    clues.ListClues: ref("Clue"),
    clues.OpenClue: ref("ClueOpened"),
    clues.SearchCases: ref("CasesFound"),
    clues.SuggestSimilarClues: ref("SimilarClues"),
    clues.ShowRefundLedger: ref("RefundLedger"),
    clues.ListEvidence: ref("Evidence"),
    clues.ListReferrals: ref("Referral"),
    clues.OpenReferral: ref("ReferralOpened"),
    clues.ListBoxes: ref("OpinionBox"),
    clues.ShowBox: ref("OpinionBoxShown"),
    clues.ListSymposia: ref("Symposium"),
    clues.OpenSymposium: ref("SymposiumOpened"),
    clues.ListHotlineImports: ref("HotlineImport"),
    clues.ShowBaseline: ref("Baselines"),
    clues.ListOpinionsFiled: ref("OpinionFiled"),
    clues.OpenOpinionFiled: ref("OpinionFiledOpened"),
    clues.ShowClueSettings: ref("ServiceSettings"),
}
"""What each query is answered with; of a list, one of its items."""
