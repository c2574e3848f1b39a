"""All cases of the writes of the API, by the names of the written table."""

from __future__ import annotations

from tests.portal.matrix.account_cases import ACCOUNT_CASES
from tests.portal.matrix.assessment_cases import ASSESSMENT_CASES
from tests.portal.matrix.clue_cases import CLUE_CASES
from tests.portal.matrix.collecting_cases import COLLECTING_CASES
from tests.portal.matrix.dialogue_cases import DIALOGUE_CASES
from tests.portal.matrix.document_cases import DOCUMENT_CASES
from tests.portal.matrix.duty_cases import DUTY_CASES
from tests.portal.matrix.erasure_cases import ERASURE_CASES
from tests.portal.matrix.office_cases import OFFICE_CASES
from tests.portal.matrix.opening_cases import OPENING_CASES
from tests.portal.matrix.point_cases import POINT_CASES
from tests.portal.matrix.review_cases import REVIEW_CASES
from tests.portal.matrix.scene import Make
from tests.portal.matrix.selection_cases import SELECTION_CASES

CASES: dict[str, Make] = {
    **SELECTION_CASES,
    **REVIEW_CASES,
    **DOCUMENT_CASES,
    **POINT_CASES,
    **OFFICE_CASES,
    **ACCOUNT_CASES,
    **CLUE_CASES,
    **COLLECTING_CASES,
    **OPENING_CASES,
    **DIALOGUE_CASES,
    **ERASURE_CASES,
    **ASSESSMENT_CASES,
    **DUTY_CASES,
}
