"""What changed from one JSON Schema to another: does it allow more than before, or less?

It knows the keywords that `field_schemas` writes. Any other keyword that differs counts as both
more and less, since nobody can tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_SAYS_NOTHING = frozenset({"title", "description", "properties", "items"})
"""Words for people, and keywords that are looked into and not compared as a whole."""

_UPPER = frozenset({"maxLength", "maximum", "maxItems"})
_LOWER = frozenset({"minLength", "minimum", "minItems"})


@dataclass(frozen=True)
class Change:
    """One difference.

    path: where in the value, such as `[].division`; empty for the whole
    more: values are allowed that were not
    less: values that were allowed are no more
    """

    path: str
    what: str
    more: bool = False
    less: bool = False


def changes(old: Mapping[str, Any], new: Mapping[str, Any], path: str = "") -> Iterator[Change]:
    """Every difference that a sender or a reader could notice, in a fixed order."""
    for keyword in dict.fromkeys([*old, *new]):
        before, after = old.get(keyword), new.get(keyword)
        if before == after or keyword in _SAYS_NOTHING or keyword.startswith("x-"):
            continue
        yield from _of_keyword(keyword, before, after, path)
    yield from _of_properties(old, new, path)
    if "items" in old and "items" in new:
        yield from changes(old["items"], new["items"], f"{path}[]")


def _of_keyword(keyword: str, before: Any, after: Any, path: str) -> Iterator[Change]:
    match keyword:
        case "enum":
            yield from _of_words("the word", before, after, path)
        case "type":
            yield from _of_words("the type", _listed(before), _listed(after), path)
        case "required":
            yield from _of_required(before or [], after or [], path)
        case "uniqueItems":
            yield Change(path, f"uniqueItems is {after}", more=not after, less=bool(after))
        case _ if keyword in _UPPER or keyword in _LOWER:
            yield _of_bound(keyword, before, after, path)
        case _:
            yield Change(path, f"{keyword} is another", more=True, less=True)


def _of_bound(keyword: str, before: Any, after: Any, path: str) -> Change:
    """A bound that is absent bounds nothing."""
    was, now = ("none" if bound is None else bound for bound in (before, after))
    what = f"{keyword} went from {was} to {now}"
    if before is None or after is None:
        return Change(path, what, more=after is None, less=before is None)
    raised = after > before
    more = raised if keyword in _UPPER else not raised
    return Change(path, what, more=more, less=not more)


def _of_words(noun: str, before: Any, after: Any, path: str) -> Iterator[Change]:
    """A closed list against another; an absent one allows everything."""
    if before is None or after is None:
        what = f"{noun}s are {'no longer ' if after is None else ''}a closed list"
        yield Change(path, what, more=after is None, less=before is None)
        return
    for word in after:
        if word not in before:
            yield Change(path, f"{noun} {_said(word)} was added", more=True)
    for word in before:
        if word not in after:
            yield Change(path, f"{noun} {_said(word)} was removed", less=True)


def _of_required(before: list[str], after: list[str], path: str) -> Iterator[Change]:
    for name in after:
        if name not in before:
            yield Change(_below(path, name), "is required", less=True)
    for name in before:
        if name not in after:
            yield Change(_below(path, name), "is no longer required", more=True)


def _of_properties(old: Mapping[str, Any], new: Mapping[str, Any], path: str) -> Iterator[Change]:
    before, after = old.get("properties", {}), new.get("properties", {})
    closed = old.get("additionalProperties") is False
    for name in before:
        if name not in after:
            yield Change(_below(path, name), "was removed", more=True, less=True)
        elif isinstance(before[name], dict) and isinstance(after[name], dict):
            yield from changes(before[name], after[name], _below(path, name))
        elif before[name] != after[name]:
            yield Change(_below(path, name), "is another", more=True, less=True)
    for name in after:
        if name not in before:
            # Where other properties were allowed all along, a name for one is no news.
            yield Change(_below(path, name), "was added", more=closed)


def _listed(types: Any) -> Any:
    return types if types is None or isinstance(types, list) else [types]


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _said(value: Any) -> str:
    return "null" if value is None else str(value)
