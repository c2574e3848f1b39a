"""Why a point retires."""

from __future__ import annotations

from enum import StrEnum


class RetirementGround(StrEnum):
    """Why a point retires: must (the first six), other (the rest)."""

    DISHONEST_DEBTOR = "dishonest_debtor"
    SERIOUS_ILLEGALITY = "serious_illegality"
    LEAKING = "leaking"
    ABUSING_TITLE = "abusing_title"
    FALSE_PAPERS = "false_papers"
    INVENTED_CLUE = "invented_clue"
    WOUND_UP = "wound_up"
    OWN_WISH = "own_wish"
    TERM_OVER = "term_over"
    INACTIVE_YEAR = "inactive_year"
    NO_LONGER_QUALIFIED = "no_longer_qualified"
