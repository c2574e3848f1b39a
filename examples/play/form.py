"""A batch read from its folder: five files of the form of `examples/batch.schema.json`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path as Folder
from typing import Any

from jsonschema import Draft202012Validator, ValidationError

from examples.play import course, lines, rules
from examples.play.data import Batch
from examples.play.lines import Path
from examples.play.reading import batch_of
from examples.play.said import said

SCHEMA = json.loads((Folder(__file__).parents[1] / "batch.schema.json").read_text("utf-8"))
FILES: Mapping[str, str] = {
    "batch": "batch.json",
    "districts": "districts.csv",
    "applicants": "applicants.json",
    "checks": "checks.json",
    "objections": "objections.json",
}
"""Where each document of the schema lies in the folder."""


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong with a line of a file; `line` counts from 1."""

    file: str
    line: int
    told: str

    def __str__(self) -> str:
        return f"{self.file} 第 {self.line} 行：{self.told}"


class FormError(Exception):
    """The folder holds no batch that can be played; `problems` are all that were found."""

    def __init__(self, problems: list[Problem]) -> None:
        # A schema may find the same twice on its ways through a document.
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True)
class _Document:
    value: Any
    lines: Mapping[Path, int]


def read(folder: Folder) -> Batch:
    """The batch in a folder. Raises FormError with every wrong line.

    What the files say of each other is looked at when each of them has its form.
    """
    problems: list[Problem] = []
    documents: dict[str, _Document] = {}
    for name, file in FILES.items():
        try:
            documents[name] = _document(folder / file)
        except lines.NotJson as error:
            problems.append(Problem(file, error.line, error.told))
        except OSError as error:
            problems.append(Problem(file, 1, f"文件无法读取（{error.strerror}）"))
        except UnicodeDecodeError:
            problems.append(Problem(file, 1, "文件不是 UTF-8 编码"))
        else:
            problems += _misformed(name, documents[name])
    if problems:
        raise FormError(problems)
    told = {name: its.value for name, its in documents.items()}
    problems = [_at(name, documents[name], path, what) for name, path, what in rules.broken(told)]
    if problems:
        raise FormError(problems)
    batch = batch_of(told)
    problems = [_at(name, documents[name], path, what) for name, path, what in _outcome(batch)]
    if problems:
        raise FormError(problems)
    return batch


def _document(path: Folder) -> _Document:
    text = path.read_text("utf-8-sig")
    if path.suffix == ".csv":
        return _table(text)
    return _Document(*lines.read(text))


def _table(text: str) -> _Document:
    """Rows under a header. Digits are numbers in the columns that the schema counts."""
    columns = SCHEMA["$defs"]["district"]["properties"]
    counted = {name for name, its in columns.items() if its.get("$ref") == "#/$defs/whole"}
    reader = csv.reader(io.StringIO(text, newline=""))
    header = next(reader, [])
    found: list[dict[str, Any]] = []
    at: dict[Path, int] = {(): 1}
    for cells in reader:
        if len(cells) != len(header):
            raise lines.NotJson(reader.line_num, f"应有 {len(header)} 列，实有 {len(cells)} 列")
        at[(len(found),)] = reader.line_num
        row = dict(zip(header, cells, strict=True))
        found.append({name: _cell(its, name in counted) for name, its in row.items() if its})
    return _Document(found, at)


def _cell(text: str, is_counted: bool) -> str | int:
    return int(text) if is_counted and text.isascii() and text.isdigit() else text


def _misformed(name: str, document: _Document) -> Iterator[Problem]:
    schema = {"$ref": f"#/$defs/{name}", "$defs": SCHEMA["$defs"]}
    for error in Draft202012Validator(schema).iter_errors(document.value):
        yield from _told(name, document, error)


def _told(name: str, document: _Document, error: ValidationError) -> Iterator[Problem]:
    path: Path = tuple(error.absolute_path)
    for further, what in said(error):
        yield _at(name, document, (*path, *further), what)


def _outcome(batch: Batch) -> Iterator[tuple[str, Path, str]]:
    """What only shows when the meetings are gone through."""
    places = batch.places
    noticed: set[str] = set()
    for decision in course.decisions(batch):
        at = ("meetings", decision.number - 1)
        noticed |= {its.key for its in (*decision.listed, *decision.promoted)}
        if len(decision.listed) > places:
            yield "batch", at, f"列入 {len(decision.listed)} 家，名额只余 {places} 个"
        freed = sum(1 for its in decision.listed if its.key in course.sustained(batch))
        places += freed - len(decision.listed) - len(decision.promoted)
        if not decision.meeting.adjourned and not decision.listed:
            yield "batch", at, "会议没有列入任何单位，无从公示"
    for index, its in enumerate(batch.objections):
        if its.applicant not in noticed:
            told = f"「{its.applicant}」没有公示，无从提出异议"
            yield "objections", (index, "applicant"), told


def _at(name: str, document: _Document, path: Path, told: str) -> Problem:
    """The problem at the place, or at the nearest around it that has a line."""
    around = path
    while around not in document.lines:
        around = around[:-1]
    return Problem(FILES[name], document.lines[around], f"{_written(path)}{told}")


def _written(path: Path) -> str:
    parts = (f"[{its}]" if isinstance(its, int) else f".{its}" for its in path)
    text = "".join(parts).removeprefix(".")
    return f"{text}：" if text else ""
