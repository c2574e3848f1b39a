"""Looks for text that must lie nowhere in clear, in every form in which software writes text."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

CHUNK_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, order=True)
class Sighting:
    """A marker that was seen: which, written how, and where."""

    marker: str
    form: str
    where: str


def forms(text: str) -> dict[str, bytes]:
    """How `text` may look as bytes, by the name of the form.

    Base64 looks different by where in its groups of three the text begins; what depends on its
    neighbours is left out of each, so that it is found whatever stands around it.
    """
    utf8 = text.encode()
    found = {
        "utf-8": utf8,
        "utf-16-le": text.encode("utf-16-le"),
        "utf-16-be": text.encode("utf-16-be"),
        "gb18030": text.encode("gb18030"),
        "json": json.dumps(text)[1:-1].encode(),
        "json of json": json.dumps(json.dumps(text)[1:-1])[1:-1].encode(),
        "percent": quote(text).encode(),
        "percent, small": quote(text).lower().encode(),
        "hex": utf8.hex().encode(),
        "hex, large": utf8.hex().upper().encode(),
    }
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + utf8)
        first = -(-before * 8 // 6)
        certain = (before + len(utf8)) * 8 // 6
        found[f"base64 at {before}"] = encoded[first:certain]
        found[f"base64url at {before}"] = encoded[first:certain].translate(_URL_SAFE)
    return found


_URL_SAFE = bytes.maketrans(b"+/", b"-_")


def seen_in(data: Iterable[bytes], markers: Mapping[str, str], where: str) -> set[Sighting]:
    """The markers (by name) that stand in the data, which may come in any pieces."""
    sought = [(name, form, raw) for name, text in markers.items() for form, raw in _each(text)]
    overlap = max((len(raw) for _, _, raw in sought), default=1) - 1
    seen, tail = set(), b""
    for piece in data:
        window = tail + piece
        seen |= {Sighting(name, form, where) for name, form, raw in sought if raw in window}
        tail = window[-overlap:] if overlap else b""
    return seen


def _each(text: str) -> Iterator[tuple[str, bytes]]:
    """The forms, each sequence of bytes once."""
    told: set[bytes] = set()
    for form, raw in forms(text).items():
        if raw not in told:
            told.add(raw)
            yield form, raw


def seen_below(root: Path, markers: Mapping[str, str]) -> set[Sighting]:
    """The markers that stand in the files below `root`, or in one of their names."""
    seen: set[Sighting] = set()
    for folder, _, names in os.walk(root):
        for name in names:
            path = Path(folder) / name
            seen |= seen_in([os.fsencode(name)], markers, f"the name of {path}")
            seen |= seen_in(_pieces(path), markers, str(path))
    return seen


def _pieces(path: Path) -> Iterator[bytes]:
    """A file's bytes; none of what is no file, or has gone by now."""
    if not path.is_file():
        return
    try:
        with path.open("rb") as file:
            while piece := file.read(CHUNK_BYTES):
                yield piece
    except FileNotFoundError:
        return
