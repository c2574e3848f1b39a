"""What the registry can be asked; answers come from its read models.

Lists come a page at a time: `{"items": [...], "next": cursor or null}`.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from shared.contracts.erasure.queries import ERASURE_QUERIES
from shared.contracts.erasure.queries import ListErasures as ListErasures
from shared.contracts.erasure.queries import ShowErasure as ShowErasure
from shared.contracts.fields import Day, Flag, Identifier, OneOf, Text, Whole
from shared.contracts.message import Vocabulary, define, internal, public
from shared.contracts.registry.fields import division, objection_number, stream_name
from shared.contracts.registry.vocabulary import (
    ApplicationStatus,
    Channel,
    IndustryGroup,
    PointStanding,
    RenewalStatus,
    RetirementGround,
    RetirementStatus,
    Size,
    TaskStanding,
    UnitKind,
)

QUERIES = Vocabulary("registry", "query")
QUERIES.include(ERASURE_QUERIES)

LARGEST_PAGE = 100


def _cursor() -> Any:
    return public(Text(200, allow_none=True))


def _limit() -> Any:
    return public(Whole(1, LARGEST_PAGE, allow_none=True))


@define(QUERIES)
class ListBatches:
    """All batches, the latest first."""

    cursor: str | None = _cursor()
    limit: int | None = _limit()


@define(QUERIES)
class ShowBatch:
    """One batch; the bureau sees how many of its applications are where."""

    batch_id: str = public(Identifier())


@define(QUERIES)
class ShowCertificateNumbering:
    """What a bureau's certificate numbers begin with, and each year's last one."""

    division: str = public(division())


@define(QUERIES)
class ShowDistrictFigures:
    """A bureau's figures of a year, without one of the latest on record; open to everyone."""

    division: str = public(division())
    year: int | None = public(Whole(1949, 9999, allow_none=True))


@define(QUERIES)
class ProposeSpread:
    """How a batch's places could be spread over districts, by every method and weighting.

    year: of the figures; without one, the latest on record
    counting_present: spread all points there will be, and not the batch's places alone
    """

    batch_id: str = public(Identifier())
    year: int | None = public(Whole(1949, 9999, allow_none=True))
    counting_present: bool | None = public(Flag(allow_none=True))


@define(QUERIES)
class RankCandidates:
    """The batch's qualified candidates, in the order in which they fill its plan's gaps."""

    batch_id: str = public(Identifier())


@define(QUERIES)
class ListApplications:
    """Applications within the asker's divisions, an applicant's own alone, the latest first.

    No personal data but for a stated purpose: with one, each bears its unit's name, and those who
    work on them may look for `words` of the name or of the credit code.
    """

    batch_id: str | None = public(Identifier(allow_none=True))
    status: ApplicationStatus | None = public(OneOf(ApplicationStatus, allow_none=True))
    words: str | None = internal(Text(100, allow_none=True))
    purpose: str | None = internal(Text(200, shortest=4, allow_none=True))
    cursor: str | None = _cursor()
    limit: int | None = _limit()


@define(QUERIES)
class OpenApplication:
    """One application with its unit's name and contact, for a stated purpose.

    With its history and with what the asker may do next, and if not, why not.
    """

    application_id: str = public(Identifier())
    purpose: str = internal(Text(200, shortest=4))


@define(QUERIES)
class OpenApplications:
    """A batch's applications in a status with their units' names, for a stated purpose.

    For the bureau that runs the batch: of which units it decides together.
    """

    batch_id: str = public(Identifier())
    status: ApplicationStatus = public(OneOf(ApplicationStatus))
    purpose: str = internal(Text(200, shortest=4))
    cursor: str | None = _cursor()
    limit: int | None = _limit()


@define(QUERIES)
class ListObjections:
    """Objections to units of the asker's divisions, without who objected or what they say."""

    notice_id: str | None = public(Identifier(allow_none=True))
    open: bool | None = public(Flag(allow_none=True))
    cursor: str | None = _cursor()
    limit: int | None = _limit()


@define(QUERIES)
class OpenObjection:
    """One objection with its facts and contact, for a stated purpose."""

    objection_id: str = public(Identifier())
    purpose: str = internal(Text(200, shortest=4))


@define(QUERIES)
class FollowObjection:
    """What came of an objection, for whoever holds the receipt code that was given with it.

    It is named by its id or, without that, by its number, which is the beginning of the id.
    """

    objection_id: str | None = public(Identifier(allow_none=True))
    objection_number: str | None = public(objection_number(allow_none=True))
    receipt_code: str = internal(Text(100))


@define(QUERIES)
class ShowReviewGroup:
    """A batch's review group, and who of it has declared interests."""

    batch_id: str = public(Identifier())


@define(QUERIES)
class OpenReview:
    """What a review has on record beside its checks, for a stated purpose.

    Who stays out, votes, flags and what was decided of them, opinions, and every record with its
    texts: visits, talks, political direction, governance ability, answers.
    """

    application_id: str = public(Identifier())
    purpose: str = internal(Text(200, shortest=4))


@define(QUERIES)
class ListOpinions:
    """Opinions asked about applicants: a body's own, or those of the asker's divisions.

    For a stated purpose each bears the name of the unit that it is about, and `words` are looked
    for in that name, in the unit's credit code and in the name of the body asked.
    """

    words: str | None = internal(Text(100, allow_none=True))
    purpose: str | None = internal(Text(200, shortest=4, allow_none=True))
    application_id: str | None = public(Identifier(allow_none=True))
    open: bool | None = public(Flag(allow_none=True))
    cursor: str | None = _cursor()
    limit: int | None = _limit()


@define(QUERIES)
class OpenOpinion:
    """One opinion with the unit that it is about, for a stated purpose."""

    opinion_id: str = public(Identifier())
    purpose: str = internal(Text(200, shortest=4))


@define(QUERIES)
class OpenDeliberation:
    """One meeting of a batch with its minutes, for a stated purpose."""

    batch_id: str = public(Identifier())
    deliberation_id: str = public(Identifier())
    purpose: str = internal(Text(200, shortest=4))


@define(QUERIES)
class ListNotices:
    """Notices, open to everyone, the latest first; `running`: objections are still heard."""

    batch_id: str | None = public(Identifier(allow_none=True))
    running: bool | None = public(Flag(allow_none=True))
    cursor: str | None = _cursor()
    limit: int | None = _limit()


@define(QUERIES)
class ShowNotice:
    notice_id: str = public(Identifier())


@define(QUERIES)
class ListPoints:
    """Points by division and name, of a division and what lies below it.

    `active`: not retired; `term_over`: the last day of the term is past, retired or not.
    `ends_within`: neither retired nor renewed, and the term ends today or within so many days;
    `ends_soon`: within as many as the first reminder comes before.
    """

    division: str | None = public(division(allow_none=True))
    industry_group: IndustryGroup | None = public(OneOf(IndustryGroup, allow_none=True))
    size: Size | None = public(OneOf(Size, allow_none=True))
    unit_kind: UnitKind | None = public(OneOf(UnitKind, allow_none=True))
    channel: Channel | None = public(OneOf(Channel, allow_none=True))
    active: bool | None = public(Flag(allow_none=True))
    term_over: bool | None = public(Flag(allow_none=True))
    standing: PointStanding | None = public(OneOf(PointStanding, allow_none=True))
    ends_within: int | None = public(Whole(0, 3_650, allow_none=True))
    ends_soon: bool | None = public(Flag(allow_none=True))
    cursor: str | None = _cursor()
    limit: int | None = _limit()


@define(QUERIES)
class ShowPoint:
    """One point. Who works on it sees its history, what is open about it, and the next steps."""

    point_id: str = public(Identifier())


@define(QUERIES)
class OpenPoint:
    """A point's address, contact and liaison officer, for a stated purpose."""

    point_id: str = public(Identifier())
    purpose: str = internal(Text(200, shortest=4))


@define(QUERIES)
class ListRetirements:
    """Retirements of points in the asker's divisions, the longest there first.

    `open`: neither kept nor retired; `plaque_open`: the plaque of a retired point is still out.
    """

    point_id: str | None = public(Identifier(allow_none=True))
    status: RetirementStatus | None = public(OneOf(RetirementStatus, allow_none=True))
    ground: RetirementGround | None = public(OneOf(RetirementGround, allow_none=True))
    open: bool | None = public(Flag(allow_none=True))
    plaque_open: bool | None = public(Flag(allow_none=True))
    cursor: str | None = _cursor()
    limit: int | None = _limit()


@define(QUERIES)
class ReadRetirement:
    """One retirement with its facts, statements and decision, for a stated purpose."""

    retirement_id: str = public(Identifier())
    purpose: str = internal(Text(200, shortest=4))


@define(QUERIES)
class ListRenewals:
    """Renewals of points in the asker's divisions, the longest there first."""

    point_id: str | None = public(Identifier(allow_none=True))
    status: RenewalStatus | None = public(OneOf(RenewalStatus, allow_none=True))
    cursor: str | None = _cursor()
    limit: int | None = _limit()


@define(QUERIES)
class ReadRenewal:
    """One renewal with its evidence, minutes and reasons, for a stated purpose."""

    renewal_id: str = public(Identifier())
    purpose: str = internal(Text(200, shortest=4))


@define(QUERIES)
class ListResponsibleLeaders:
    """Who answers for the scheme, by division, of a division and what lies below it."""

    division: str | None = public(division(allow_none=True))
    in_office: bool | None = public(Flag(allow_none=True))
    cursor: str | None = _cursor()
    limit: int | None = _limit()


@define(QUERIES)
class ListPartnerBodies:
    """The bodies that work along, by division; `active`: they still do."""

    active: bool | None = public(Flag(allow_none=True))
    cursor: str | None = _cursor()
    limit: int | None = _limit()


@define(QUERIES)
class ListCoordinationMeetings:
    """Meetings of the asker's divisions, the latest first."""

    cursor: str | None = _cursor()
    limit: int | None = _limit()


@define(QUERIES)
class OpenCoordinationMeeting:
    """One meeting with its minutes and tasks, for a stated purpose."""

    meeting_id: str = public(Identifier())
    purpose: str = internal(Text(200, shortest=4))


@define(QUERIES)
class ListMeetingTasks:
    """Tasks that meetings of the asker's divisions gave, the earliest day first."""

    standing: TaskStanding | None = public(OneOf(TaskStanding, allow_none=True))
    cursor: str | None = _cursor()
    limit: int | None = _limit()


@define(QUERIES)
class OpenCorrections:
    """What was said to be wrong in the records of one stream, for a stated purpose."""

    stream: str = public(stream_name())
    purpose: str = internal(Text(200, shortest=4))


@define(QUERIES)
class ShowSettings:
    """Every figure of the rules and every size limit as it holds on a day (today), since when, and
    what it will be.
    """

    day: dt.date | None = public(Day(allow_none=True))


@define(QUERIES)
class ListSettingsChanges:
    """What was set, the latest change first: from which day, why, by whom."""

    cursor: str | None = _cursor()
    limit: int | None = _limit()


@define(QUERIES)
class ListWorkingDays:
    """The working calendar by year, the latest first; `loaded`: set by somebody, with a source."""

    cursor: str | None = _cursor()
    limit: int | None = _limit()


@define(QUERIES)
class ListTasks:
    """What waits for the asker's role in its divisions now: by its last day, then by its wait.

    others: instead what waits for other roles of the bureau alone
    """

    others: bool | None = public(Flag(allow_none=True))
    cursor: str | None = _cursor()
    limit: int | None = _limit()


@define(QUERIES)
class ListDocuments:
    """An application's documents without their names, by when they came."""

    application_id: str = public(Identifier())
    cursor: str | None = _cursor()
    limit: int | None = _limit()


@define(QUERIES)
class OpenDocument:
    """One document with its name, for a stated purpose; its file can be read thereafter."""

    document_id: str = public(Identifier())
    application_id: str = public(Identifier())
    purpose: str = internal(Text(200, shortest=4))
