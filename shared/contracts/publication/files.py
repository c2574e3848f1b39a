"""The folder of published documents beside what the code gives: how they differ, and writing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from shared.contracts.catalogue import Language
from shared.contracts.publication import asyncapi
from shared.contracts.publication.contract import Contract, contracts_of
from shared.contracts.publication.documents import cloudevent_path, documents_of
from shared.contracts.publication.released import Released
from shared.contracts.publication.stand_in import stand_in_schema, stand_ins_of

SCHEMAS = "schemas"


def wanted(catalogue: Mapping[str, Language], released: Released) -> dict[str, str]:
    """Every generated file's text by its path: what the code says, and older released versions.

    Raises CannotPublish.
    """
    current = contracts_of(catalogue)
    return _texts([*released.superseded_by(current), *current])


def stale(docs: Path, files: Mapping[str, str]) -> list[str]:
    """A sentence for each file in the folder that is missing, is another, or is not wanted."""
    found = [f"{path} is missing" for path in sorted(files) if not (docs / path).exists()]
    found += [
        f"{path} is not what the code gives"
        for path, text in sorted(files.items())
        if (docs / path).exists() and (docs / path).read_text("utf-8") != text
    ]
    return found + [f"{path} belongs to nothing in the code" for path in _strays(docs, files)]


def write(docs: Path, files: Mapping[str, str]) -> None:
    """Make the folder hold these files, and no other schemas."""
    for stray in _strays(docs, files):
        (docs / stray).unlink()
    for path, text in files.items():
        (docs / path).parent.mkdir(parents=True, exist_ok=True)
        (docs / path).write_text(text, "utf-8")


def _texts(contracts: Iterable[Contract]) -> dict[str, str]:
    every = list(contracts)
    documents: dict[str, Any] = {}
    for contract in every:
        documents |= documents_of(contract)
    for stand_in in stand_ins_of(every):
        documents[cloudevent_path(stand_in)] = stand_in_schema(stand_in)
    documents[asyncapi.PATH] = asyncapi.asyncapi_document(every)
    return {
        path: json.dumps(document, ensure_ascii=False, indent=2) + "\n"
        for path, document in documents.items()
    }


def _strays(docs: Path, files: Mapping[str, str]) -> list[str]:
    there = (path for path in (docs / SCHEMAS).rglob("*") if path.is_file())
    return sorted(
        name for path in there if (name := path.relative_to(docs).as_posix()) not in files
    )
