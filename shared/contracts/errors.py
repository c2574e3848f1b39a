"""The closed set of errors that a service answers with, and their form on the wire.

The portal turns them into RFC 9457 problem documents and Chinese sentences; nothing else may
leave a service, so that no exception text with somebody's data in it does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


class JianduError(Exception):
    """Base of everything a service says no with."""

    kind = "error"

    def detail(self) -> dict[str, Any]:
        """What the wire form carries beside kind and message."""
        return {}

    def to_wire(self) -> dict[str, Any]:
        return {"kind": self.kind, "message": str(self), **self.detail()}


class Refused(JianduError):
    """The command is well formed and the rules say no.

    `reason` is a code out of `shared.contracts.reasons`; `fields` are the paths in the payload
    that it is about, such as `application_ids[2]`.
    """

    kind = "refused"

    def __init__(self, reason: str, message: str = "", fields: Iterable[str] = ()) -> None:
        super().__init__(message or reason)
        self.reason = str(reason)
        self.fields = tuple(fields)

    def detail(self) -> dict[str, Any]:
        return {"reason": self.reason, "fields": list(self.fields)}


class Conflict(JianduError):
    """Somebody else wrote to the stream first: read again, then decide again.

    `actual` is the stream's version when it is known, else None.
    """

    kind = "conflict"

    def __init__(self, stream: str, expected: int, actual: int | None = None) -> None:
        super().__init__(f"{stream} is not at version {expected}")
        self.stream, self.expected, self.actual = stream, expected, actual

    def detail(self) -> dict[str, Any]:
        return {"stream": self.stream, "expected": self.expected, "actual": self.actual}


class NotFound(JianduError):
    """There is nothing of that kind under that id, or none that this actor may see."""

    kind = "not_found"

    def __init__(self, what: str, identifier: str) -> None:
        super().__init__(f"no {what} {identifier}")
        self.what, self.identifier = what, identifier

    def detail(self) -> dict[str, Any]:
        return {"what": self.what, "id": self.identifier}


class Unavailable(JianduError):
    """The service cannot do anything now, since what it stands on does not answer.

    `may_be_done`: the command was on its way into the log; sent again with the same id it is
    carried out once.
    """

    kind = "unavailable"

    def __init__(self, message: str = "", *, may_be_done: bool = False) -> None:
        super().__init__(message or "the service cannot be used now: try again later")
        self.may_be_done = may_be_done

    def detail(self) -> dict[str, Any]:
        return {"may_be_done": self.may_be_done}


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one field. `path` is like `units[0].name`, empty for the whole."""

    path: str
    code: str
    message: str

    def to_wire(self) -> dict[str, str]:
        return {"path": self.path, "code": self.code, "message": self.message}


class Invalid(JianduError):
    """The message itself is wrong: a type, a missing or unknown field, a value out of range."""

    kind = "invalid"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.path or '(whole)'}: {p.message}" for p in self.problems))

    @classmethod
    def one(cls, path: str, code: str, message: str) -> Invalid:
        return cls([Problem(path, code, message)])

    def detail(self) -> dict[str, Any]:
        return {"problems": [problem.to_wire() for problem in self.problems]}


def from_wire(wire: Mapping[str, Any]) -> JianduError:
    """The error that `to_wire` described; an unknown kind comes back as plain JianduError."""
    match wire.get("kind"):
        case "refused":
            return Refused(wire["reason"], wire["message"], wire["fields"])
        case "conflict":
            return Conflict(wire["stream"], wire["expected"], wire["actual"])
        case "not_found":
            return NotFound(wire["what"], wire["id"])
        case "invalid":
            return Invalid(Problem(**problem) for problem in wire["problems"])
        case "unavailable":
            return Unavailable(wire["message"], may_be_done=wire["may_be_done"])
        case _:
            return JianduError(str(wire.get("message", wire)))
