"""JSON read so that everything in it knows its line."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

Path = tuple[str | int, ...]
"""Where a value lies in a document: names of fields and numbers of items, from 0."""

_SPACE = re.compile(r"[ \t\n\r]*")
_SCALAR = json.JSONDecoder()


class NotJson(ValueError):
    """The text is no JSON, or says a field twice; `line` counts from 1, `told` is Chinese."""

    def __init__(self, line: int, told: str) -> None:
        super().__init__(f"line {line}: {told}")
        self.line, self.told = line, told


def read(text: str) -> tuple[Any, Mapping[Path, int]]:
    """The document and the line, from 1, on which each value of it begins. Raises NotJson."""
    reader = _Reader(text)
    value, end = reader.value(reader.skip(0), ())
    if reader.skip(end) != len(text):
        raise reader.wrong(reader.skip(end), "文件末尾有多余内容")
    return value, reader.lines


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self.lines: dict[Path, int] = {}

    def value(self, at: int, path: Path) -> tuple[Any, int]:
        self.lines.setdefault(path, self._line(at))
        match self._text[at : at + 1]:
            case "{":
                return self._object(at, path)
            case "[":
                return self._array(at, path)
        try:
            return _SCALAR.raw_decode(self._text, at)
        except json.JSONDecodeError as error:
            raise self.wrong(error.pos, "此处不是有效的 JSON") from error

    def skip(self, at: int) -> int:
        """Past white space."""
        found = _SPACE.match(self._text, at)
        assert found is not None
        return found.end()

    def wrong(self, at: int, told: str) -> NotJson:
        return NotJson(self._line(at), told)

    def _object(self, at: int, path: Path) -> tuple[dict[str, Any], int]:
        found: dict[str, Any] = {}
        at = self.skip(at + 1)
        while self._text[at : at + 1] != "}":
            if found:
                at = self._past(at, ",")
            name_at = at
            name, at = self.value(at, (*path, ""))
            if not isinstance(name, str):
                raise self.wrong(name_at, "字段名应写成双引号中的文字")
            if name in found:
                raise self.wrong(name_at, f"字段「{name}」重复")
            # A field's line is that of its name, where a person looks for it.
            self.lines[(*path, name)] = self._line(name_at)
            at = self._past(self.skip(at), ":")
            found[name], at = self.value(at, (*path, name))
            at = self.skip(at)
        return found, at + 1

    def _array(self, at: int, path: Path) -> tuple[list[Any], int]:
        found: list[Any] = []
        at = self.skip(at + 1)
        while self._text[at : at + 1] != "]":
            if found:
                at = self._past(at, ",")
            item, at = self.value(at, (*path, len(found)))
            found.append(item)
            at = self.skip(at)
        return found, at + 1

    def _past(self, at: int, sign: str) -> int:
        if self._text[at : at + 1] != sign:
            raise self.wrong(at, f"此处缺少「{sign}」")
        return self.skip(at + 1)

    def _line(self, at: int) -> int:
        return self._text.count("\n", 0, at) + 1
