"""Who may act: the roles of the scheme (glossary), and the system's own hand."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What an actor is while acting; a person with two roles signs each act in one of them.

    A reporter (反映人) is whoever holds the receipt code of a case; no account is one.
    """

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
    REPORTER = "reporter"
    PUBLIC = "public"
    SYSTEM = "system"


EVERYBODY = frozenset(Role) - {Role.SYSTEM, Role.REPORTER}
"""Roles in which people come to a service: a reporter has one case, and nothing else is theirs."""
