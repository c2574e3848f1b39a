"""Who may act: the roles of the scheme (glossary), and the system's own hand."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What an actor is while acting; a person with two roles signs each act in one of them."""

    APPLICANT = "applicant"
    POINT = "point"
    OFFICER = "officer"
    REVIEWER = "reviewer"
    LEADER = "leader"
    ENFORCEMENT_BODY = "enforcement_body"
    PARTNER = "partner"
    AUDITOR = "auditor"
    OPERATOR = "operator"
    ADMINISTRATOR = "administrator"
    PUBLIC = "public"
    SYSTEM = "system"
