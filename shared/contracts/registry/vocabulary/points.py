"""How a point stands, what of it may change, how its term is renewed, and why it retires."""

from __future__ import annotations

from enum import StrEnum


class PointStanding(StrEnum):
    """How a point stands on a day. `term_over`: not renewed and not retired yet."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    TERM_OVER = "term_over"
    RETIRED = "retired"


class PointDetail(StrEnum):
    """What of a point's unit may change while it stays where it is."""

    UNIT_NAME = "unit_name"
    ADDRESS = "address"
    CONTACT_NAME = "contact_name"
    CONTACT_PHONE = "contact_phone"


class Grade(StrEnum):
    """A grade of the annual assessment (rules.md section 3)."""

    EXCELLENT = "excellent"
    COMPETENT = "competent"
    INCOMPETENT = "incompetent"


class RenewalStatus(StrEnum):
    """Where a renewal of a term stands. `lapsed`: the point retired before it took effect."""

    ABSENT = "absent"
    PROPOSED = "proposed"
    AGREED = "agreed"
    DECLINED = "declined"
    RENEWED = "renewed"
    LAPSED = "lapsed"


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


class RetirementStatus(StrEnum):
    """Where the procedure of a retirement stands.

    facts_told: the point may state its case; heard: it has, or has waived it
    to_retire, kept: decided; retired: announced
    """

    ABSENT = "absent"
    OPENED = "opened"
    FACTS_TOLD = "facts_told"
    HEARD = "heard"
    TO_RETIRE = "to_retire"
    KEPT = "kept"
    RETIRED = "retired"


class Resolution(StrEnum):
    """What the bureau decided about a retirement that was opened."""

    RETIRE = "retire"
    KEEP = "keep"


class TellingMeans(StrEnum):
    """How the facts of a retirement were told to the point."""

    IN_PERSON = "in_person"
    BY_POST = "by_post"
    ELECTRONICALLY = "electronically"
    BY_ANNOUNCEMENT = "by_announcement"
