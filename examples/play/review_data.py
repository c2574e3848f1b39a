"""What a review group is, and what it does about a unit beside its checks, as data."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Interests:
    """What a member declares of itself, as the registry's DeclareInterests has it."""

    employer_name: str | None = None
    employer_code: str | None = None
    bodies: tuple[str, ...] = ()
    industry_group: str | None = None
    district: str | None = None


@dataclass(frozen=True)
class Member:
    """One of the review group, with an account of its own; the first of a group is its chair."""

    key: str
    name: str
    interests: Interests = field(default_factory=Interests)


@dataclass(frozen=True)
class Recusal:
    """A member who stays out of a unit's review: by its own word, or by a tie that rules find.

    reasons: the member's own; None where its declared interests show the tie
    """

    member: str
    reasons: str | None = None


@dataclass(frozen=True)
class Encounter:
    """A visit to the unit's site, or a talk about it."""

    participants: str
    minutes: str


@dataclass(frozen=True)
class Opinion:
    """An opinion that a street or an enforcement body is asked for; without a view nothing came.

    source: `street` or `enforcement_body`
    """

    source: str
    body: str
    view: str | None = None
    text: str | None = None


@dataclass(frozen=True)
class Records:
    """All of it, for one unit."""

    recusals: tuple[Recusal, ...] = ()
    visits: tuple[Encounter, ...] = ()
    talks: tuple[Encounter, ...] = ()
    opinions: tuple[Opinion, ...] = ()
