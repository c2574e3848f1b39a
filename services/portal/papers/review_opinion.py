"""资格审查意见: what a review found, on what it stands, and what the group concluded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from services.portal.labels import label
from services.portal.papers.words import Answer, Content, clear, day_of, paper, unit_rows, zh_day


def review_opinion(told: Answer, batch: Answer, review: Answer | None) -> Content | None:
    """None before the review has concluded. `review` is what OpenReview tells."""
    records = [] if review is None else review["records"]
    concluded = next((its for its in reversed(records) if its["type"] == "ReviewConcluded"), None)
    if review is None or concluded is None:
        return None
    said = concluded["values"]
    return paper(
        "行政执法监督联系点资格审查意见",
        batch["division"],
        day_of(concluded["occurred_at"]),
        rows=[("申报批次", batch["title"]), *unit_rows(told)],
        checks=[_check(its) for its in told["checks"]],
        records=[*_recorded(records), *_opinions(review, records)],
        recused=str(len(review["recused"])),
        votes_for=str(said["votes_for"]),
        votes_against=str(said["votes_against"]),
        conclusion=label(said["conclusion"], "conclusion"),
        reasons=said.get("reasons") or _why_rejected(told),
    )


def _why_rejected(told: Answer) -> str | None:
    """Of a rejection by this review: what is said later is another decision's."""
    reasons: str | None = told.get("reasons")
    return reasons if told.get("rejection_stage") == "review" else None


def _check(its: Answer) -> Content:
    return {
        "check": label(its["check"], "check"),
        "finding": label(its["finding"], "finding"),
        "evidence": clear(its["evidence"]),
        "day": day_of(its["made_at"]),
    }


def _recorded(records: list[Mapping[str, Any]]) -> Iterator[Content]:
    """Interviews, visits, talks and decisions about doubtful checks, in their order."""
    for its in records:
        said = its["values"]
        match its["type"]:
            case "PoliticalDirectionRecorded":
                organisation = label(said["party_organisation"], "party_organisation")
                facts = f"党组织情况：{organisation}；谈话对象：{clear(said['interviewed'])}"
                yield _record("谈话", said["interviewed_on"], f"{facts}。{clear(said['minutes'])}")
            case "VisitRecorded":
                yield _record("走访", said["held_on"], _meeting(said))
            case "TalkRecorded":
                yield _record("座谈", said["held_on"], _meeting(said))
            case "FlagResolved":
                resolution = label(said["resolution"], "flag_resolution")
                facts = f"{label(said['check'], 'check')}：{resolution}"
                day = day_of(its["occurred_at"])
                yield _record("存疑认定", day, f"{facts}。{clear(said['reasons'])}")


def _meeting(said: Mapping[str, Any]) -> str:
    return f"参加人员：{clear(said['participants'])}。{clear(said['minutes'])}"


def _opinions(review: Answer, records: list[Mapping[str, Any]]) -> Iterator[Content]:
    """Each opinion that was asked for in earnest, with its answer, or that there was none."""
    texts = {
        its["values"]["opinion_id"]: clear(its["values"]["text"])
        for its in records
        if its["type"] == "OpinionAnswered"
    }
    for its in review["opinions"]:
        if its["taken_back_on"] is not None:
            continue
        if its["answered_on"] is None:
            told = f"{its['body']}：未答复（期限至{zh_day(its['due_on'])}）"
            yield _record("征求意见", its["asked_on"], told)
            continue
        late = "（逾期答复）" if its["late"] else ""
        view = label(its["view"], "opinion_view")
        told = f"{its['body']}：{view}{late}。{texts.get(its['opinion_id'], '')}"
        yield _record("征求意见", its["answered_on"], told)


def _record(kind: str, day: str, said: str) -> Content:
    return {"kind": kind, "day": day, "said": said}
