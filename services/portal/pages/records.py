"""What a stream of the registry is about, for those who correct its records."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from services.portal.pages import opening
from services.portal.pages.asking import Part, ask_all, ask_one, ask_part
from services.portal.pages.own_rows import row_within
from services.portal.pages.partner_bodies import PARTNERS
from services.portal.pages.responsible_leaders import LEADERS
from services.portal.pages.wording import zh_date
from services.portal.web.visitor import current_visitor
from shared.contracts.errors import Invalid, NotFound
from shared.contracts.publication.zh_names import zh_name

PURPOSE = "更正记录"

After = Mapping[str, Any] | None


@dataclass(frozen=True)
class Record:
    """name: what it is about · back: the page that shows it, with its word
    events: `{version, type, occurred_at}` of each that can be named here; occurred_at may be None
    version: how far the stream is
    """

    name: str
    back: tuple[str, str]
    events: Sequence[Mapping[str, Any]]
    version: int

    def title(self, version: int) -> str | None:
        """What the event of a version is called, None for one that is not there."""
        return next(
            (
                zh_name("registry", "event", its["type"])
                for its in self.events
                if its["version"] == version
            ),
            None,
        )


def record_of(stream: str, after: After = None) -> tuple[Part, Record | None]:
    """The service's answer, and what it says; None while it is away.

    Raises NotFound for what has no page of its own, and for what the visitor may not see.
    """
    kind, _, identifier = stream.partition("-")
    if kind not in _KINDS:
        raise NotFound(kind, identifier)
    return _KINDS[kind](identifier, after)


def _application(identifier: str, after: After) -> tuple[Part, Record | None]:
    part = opening.opened(identifier, opening.OF_ROLE[current_visitor().role], after)
    return part, _with_history(part, "unit_name", ("申报详情", f"/applications/{identifier}"))


def _point(identifier: str, after: After) -> tuple[Part, Record | None]:
    part = ask_one("ShowPoint", "point_id", identifier, after)
    if part.result and "history" not in part.result:
        raise NotFound("point", identifier)
    return part, _with_history(part, "unit_name", ("联系点", f"/points/{identifier}"))


def _retirement(identifier: str, after: After) -> tuple[Part, Record | None]:
    part = _opened("ReadRetirement", "retirement_id", identifier, after)
    return part, _with_history(part, "unit_name", ("退出程序", f"/retirements/{identifier}"))


def _renewal(identifier: str, after: After) -> tuple[Part, Record | None]:
    part = _opened("ReadRenewal", "renewal_id", identifier, after)
    return part, _with_history(part, "unit_name", ("续期", f"/renewals/{identifier}"))


def _meeting(identifier: str, after: After) -> tuple[Part, Record | None]:
    part = _opened("OpenCoordinationMeeting", "meeting_id", identifier, after)
    back = ("会议", f"/meetings/{identifier}")
    return part, _begun(part.result, "subject", back, "CoordinationMeetingRecorded")


def _appointment(identifier: str, after: After) -> tuple[Part, Record | None]:
    part = ask_all(LEADERS, {}, after)
    its = row_within(part, "appointment_id", identifier)
    return part, _begun(its, "leader_name", _ORGANISATION, "ResponsibleLeaderAppointed")


def _partner(identifier: str, after: After) -> tuple[Part, Record | None]:
    part = ask_all(PARTNERS, {}, after)
    its = row_within(part, "partner_id", identifier)
    return part, _begun(its, "name", _ORGANISATION, "PartnerBodyRegistered")


def _batch(identifier: str, after: After) -> tuple[Part, Record | None]:
    part = ask_one("ShowBatch", "batch_id", identifier, after)
    return part, _of_bureau(part, "batch", ("批次", f"/batches/{identifier}"))


def _notice(identifier: str, after: After) -> tuple[Part, Record | None]:
    part = ask_one("ShowNotice", "notice_id", identifier, after)
    return part, _of_bureau(part, "notice", ("公示", f"/notices/{identifier}"))


def _review_group(identifier: str, after: After) -> tuple[Part, Record | None]:
    batch = ask_one("ShowBatch", "batch_id", identifier, after)
    part = ask_one("ShowReviewGroup", "batch_id", identifier, after)
    back = ("资格审查小组", f"/batches/{identifier}/review-group")
    may_work = bool(batch.result and batch.result.get("may_work"))
    its = None if part.result is None else {**part.result, "may_work": may_work}
    return part, _of_bureau(replace(part, result=its), "review_group", back)


_ORGANISATION = ("组织机构", "/organisation")
_KINDS: Mapping[str, Callable[[str, After], tuple[Part, Record | None]]] = {
    "application": _application,
    "point": _point,
    "retirement": _retirement,
    "renewal": _renewal,
    "meeting": _meeting,
    "appointment": _appointment,
    "partner": _partner,
    "batch": _batch,
    "notice": _notice,
    "review_group": _review_group,
}


def _with_history(part: Part, name: str, back: tuple[str, str]) -> Record | None:
    if part.result is None:
        return None
    its = part.result
    events = [each for each in its["history"] if each["type"] != "RecordCorrected"]
    return Record(its[name] or "（名称已依法删除）", back, events, its["version"])


def _of_bureau(part: Part, kind: str, back: tuple[str, str]) -> Record | None:
    """Of what the bureau that runs a batch works on. Raises NotFound for who does not."""
    its = part.result
    if its is None:
        return None
    if not its.get("may_work"):
        raise NotFound(kind, its["stream"].partition("-")[2])
    events = [each for each in its["events"] if each["type"] != "RecordCorrected"]
    return Record(_named(its, back[0]), back, events, its["version"])


def _named(its: Mapping[str, Any], word: str) -> str:
    """A batch by its title, a notice by its day, all else by what it is."""
    if "published_on" in its:
        return f"{zh_date(its['published_on'])}{word}"
    return str(its.get("title") or word)


def _begun(
    its: Mapping[str, Any] | None, name: str, back: tuple[str, str], event_type: str
) -> Record | None:
    """Of what has no history to show: the event that it begins with."""
    if its is None:
        return None
    first = {"version": 1, "type": event_type, "occurred_at": None}
    return Record(its[name], back, [first], its["version"])


def _opened(query: str, name: str, identifier: str, after: After) -> Part:
    """Raises NotFound, also for what cannot be an id."""
    try:
        return ask_part("registry", query, {name: identifier, "purpose": PURPOSE}, after)
    except Invalid:
        raise NotFound(name.removesuffix("_id"), identifier) from None
