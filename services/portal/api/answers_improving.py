"""What queries about themes, inspections and proposals for improvement are answered with."""

from __future__ import annotations

from services.portal.api.shapes import (
    DAY,
    DIVISION,
    ID,
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
)
from shared.contracts.clues import queries as clues
from shared.contracts.clues.vocabulary import ClueKind, ProposalResult, ProposalStatus, ThemeStatus

_PROPOSAL: Schema = {
    "proposal_id": ID,
    "opinion_id": ID,
    "status": words(ProposalStatus),
    "division": DIVISION,
    "point_id": or_null(ID),
    "responsible": TEXT,
    "proposal": TEXT,
    "steps": each(shape(taken_on=DAY, account=TEXT)),
    "result": or_null(words(ProposalResult)),
    "document": or_null(TEXT),
    "account": or_null(TEXT),
    "reasons": or_null(TEXT),
    "told_on": or_null(DAY),
    "opened_at": TIME,
    "version": VERSION,
    "changed_at": TIME,
}
_THEME: Schema = {
    "theme_id": ID,
    "status": words(ThemeStatus),
    "kind": words(ClueKind),
    "division": DIVISION,
    "body": TEXT,
    "counted": POSITIVE,
    "clue_ids": each(ID),
    "raised_at": or_null(TIME),
    "first_on": or_null(DAY),
    "last_on": DAY,
    "measures": or_null(TEXT),
    "version": VERSION,
    "changed_at": TIME,
}

SCHEMAS: dict[str, Schema] = {
    "Proposal": shape(**_PROPOSAL),
    "ProposalShown": shape(**_PROPOSAL, stream=STREAM),
    "Theme": shape(**_THEME),
    "ThemeShown": shape(**_THEME, stream=STREAM),
    "FrequentInspections": shape(
        inspections_id=ID,
        year=POSITIVE,
        division=DIVISION,
        number=POSITIVE,
        most=POSITIVE,
        unit=or_null(TEXT),
        bodies=each(TEXT),
    ),
}
"""Components of the document, by name."""

ANSWERS: dict[type, Schema] = {
    clues.ListProposals: ref("Proposal"),
    clues.ListThemes: ref("Theme"),
    clues.ShowTheme: ref("ThemeShown"),
    clues.ListFrequentInspections: ref("FrequentInspections"),
    clues.ShowProposal: ref("ProposalShown"),
}
"""What each query is answered with; of a list, one of its items."""
