"""What one part of a batch's data says of another, which a schema cannot hold.

The services judge everything again when it is played; what is found here has a line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from examples.play.lines import Path
from examples.play.reading import kind_of
from shared.reference.credit_code import is_valid

Found = Iterator[tuple[str, Path, str]]
"""Document of the schema, place in it, what is wrong in Chinese."""

Documents = Mapping[str, Any]


def broken(documents: Documents) -> Found:
    """Everything that does not fit; the documents are of the schema's form."""
    for rule in _RULES:
        yield from rule(documents)


def _keys(documents: Documents) -> Found:
    for name in ("applicants", "objections"):
        yield from _repeated(name, documents[name], "key")
    yield from _repeated("applicants", documents["applicants"], "credit_code")
    yield from _repeated("districts", documents["districts"], "division")


def _repeated(name: str, entries: list[dict[str, Any]], field: str) -> Found:
    seen: set[Any] = set()
    for index, entry in enumerate(entries):
        value = entry.get(field)
        if value is not None and value in seen:
            yield name, (index, field), f"「{value}」与前面的重复"
        seen.add(value)


def _units(documents: Documents) -> Found:
    districts = {its["division"] for its in documents["districts"]}
    for index, its in enumerate(documents["applicants"]):
        if its["division"] not in districts:
            told = f"「{its['division']}」不在 districts.csv 中"
            yield "applicants", (index, "division"), told
        if "credit_code" in its and not is_valid(its["credit_code"]):
            yield "applicants", (index, "credit_code"), "统一社会信用代码的校验位不符"
        kind = kind_of(its["unit_kind"])
        for check in its.get("review", {}).get("checks", {}):
            if kind not in documents["checks"][check]:
                at = (index, "review", "checks", check)
                yield "applicants", at, f"这类单位没有「{check}」这项核查"


def _courses(documents: Documents) -> Found:
    """A unit leaves once: what comes after that would be told of nobody."""
    for index, its in enumerate(documents["applicants"]):
        supplement = its.get("supplement", {"answer": ""})
        ways = {
            "supplement": "answer" not in supplement,
            "formal_failure": "formal_failure" in its,
            "withdrawal": "withdrawal" in its,
        }
        ends = [field for field, is_end in ways.items() if is_end]
        if its.get("review", {}).get("conclusion") == "not_qualified":
            ends.append("review")
        for field in ends[1:]:
            told = f"这家单位已因「{ends[0]}」退出，不会再有「{field}」"
            yield "applicants", (index, field), told


def _group(documents: Documents) -> Found:
    """People with accounts are the whole group; who stays out of a review is one of them."""
    group = documents["batch"]["review_group"]
    people = group.get("people", ())
    yield from _repeated_members(people)
    if people and len(people) != group["members"]:
        told = f"列出 {len(people)} 人，与 members 的 {group['members']} 人不符"
        yield "batch", ("review_group", "people"), told
    known = {its["key"] for its in people}
    for index, its in enumerate(documents["applicants"]):
        review = its.get("review", {})
        out = [one["member"] for one in review.get("recusals", ())]
        for number, key in enumerate(out):
            at = ("review", "recusals", number, "member")
            if key not in known:
                yield "applicants", (index, *at), f"「{key}」不是审查小组成员"
            elif key in out[:number]:
                yield "applicants", (index, *at), f"「{key}」与前面的重复"
        taking_part = group["members"] - len(out)
        if taking_part < 1:
            yield "applicants", (index, "review", "recusals"), "全部成员回避，无人审查"
        votes = review.get("votes_for", 0) + review.get("votes_against", 0)
        if votes > taking_part:
            votes_at = (index, "review", "votes_for")
            yield "applicants", votes_at, f"共 {votes} 票，可以表决的只有 {taking_part} 人"


def _repeated_members(people: Sequence[dict[str, Any]]) -> Found:
    seen: set[str] = set()
    for index, its in enumerate(people):
        if its["key"] in seen:
            at = ("review_group", "people", index, "key")
            yield "batch", at, f"「{its['key']}」与前面的重复"
        seen.add(its["key"])


def _days(documents: Documents) -> Found:
    batch = documents["batch"]
    closes = batch["days"]["closes"]
    if closes < batch["days"]["opens"]:
        yield "batch", ("days", "closes"), "截止日不能早于开始日"
    before = closes
    for index, its in enumerate(batch["meetings"]):
        if its["day"] <= before:
            yield "batch", ("meetings", index, "day"), f"应晚于第 {before} 日"
        before = max(before, its["day"])


def _plan(documents: Documents) -> Found:
    batch = documents["batch"]
    for side, places in batch.get("plan", {}).items():
        total = sum(places.values())
        if places and total != batch["places"]:
            told = f"合计 {total} 个，与名额 {batch['places']} 个不符"
            yield "batch", ("plan", side), told


def _meetings(documents: Documents) -> Found:
    """Each unit named in one list, once, of units that come so far; the places are enough."""
    candidates = {its["key"] for its in documents["applicants"] if _is_candidate(its)}
    named: set[str] = set()
    for number, its in enumerate(documents["batch"]["meetings"]):
        for path, key in _named(its):
            at = ("meetings", number, *path)
            if key not in candidates:
                yield "batch", at, f"「{key}」不是审查合格、可供研究的单位"
            elif key in named:
                yield "batch", at, f"「{key}」重复列入"
            named.add(key)
        attending = its["deliberation"]
        if attending["present"] > attending["members"]:
            at = ("meetings", number, "deliberation", "present")
            yield "batch", at, "实到人数多于应到人数"


def _named(meeting: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    for field in ("listed", "reserves"):
        for index, key in enumerate(meeting.get(field, ())):
            yield (field, index), key
    for index, entry in enumerate(meeting.get("left_out", ())):
        yield ("left_out", index, "applicant"), entry["applicant"]


def _is_candidate(its: Mapping[str, Any]) -> bool:
    leaves = "formal_failure" in its or "withdrawal" in its
    lapses = "answer" not in its.get("supplement", {"answer": ""})
    disqualified = its.get("review", {}).get("conclusion") == "not_qualified"
    return not (leaves or lapses or disqualified)


_RULES: tuple[Callable[[Documents], Found], ...] = (
    _keys,
    _units,
    _courses,
    _group,
    _days,
    _plan,
    _meetings,
)
