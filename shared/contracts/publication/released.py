"""released.json: every type and version that others have been told of, as it was then.

Entries are added and never changed. They are what later code is compared with, and what the
schemas of older versions are made from.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shared.contracts.publication.contract import EVENT, Contract
from shared.contracts.publication.documents import (
    cloudevent_frame,
    leaf_document_schema,
    withheld_schema,
)
from shared.contracts.publication.field_schemas import JsonSchema

PATH = "released.json"
FORMAT = 1


@dataclass(frozen=True)
class Released:
    """contracts: by their keys. frame: what is around the fields of every event's public form."""

    contracts: Mapping[str, Contract] = field(default_factory=dict)
    frame: JsonSchema | None = None

    def with_new(self, current: Iterable[Contract]) -> Released:
        """With the contracts whose key is not in it yet; what is in it stays as it is."""
        new = {each.key: each for each in current if each.key not in self.contracts}
        return Released({**self.contracts, **new}, self.frame or frame())

    def missing(self, current: Iterable[Contract]) -> list[Contract]:
        """Contracts that are not released yet."""
        return [each for each in current if each.key not in self.contracts]

    def superseded_by(self, current: Iterable[Contract]) -> list[Contract]:
        """Released contracts that the code no longer describes: older versions."""
        known = {each.key for each in current}
        return [its for key, its in self.contracts.items() if key not in known]


def frame() -> JsonSchema:
    """The public form of an event without fields, for either precision."""
    return {
        "withheld": withheld_schema(),
        **{
            precision: {
                "cloudevent": cloudevent_frame(_empty(precision)),
                "data": leaf_document_schema(_empty(precision)),
            }
            for precision in ("exact", "day")
        },
    }


def load(docs: Path) -> Released:
    """What was released, out of the folder of published documents; nothing when it is new.

    Raises ValueError for a file of another format.
    """
    path = docs / PATH
    if not path.exists():
        return Released()
    plain = json.loads(path.read_text("utf-8"))
    if plain["format"] != FORMAT:
        raise ValueError(f"{path} has format {plain['format']!r}, and {FORMAT} is known here")
    contracts = {key: Contract.from_json(key, its) for key, its in plain["types"].items()}
    return Released(contracts, plain["frame"])


def text_of(released: Released) -> str:
    """The file: one field a line, types in the order of their names, so that a diff reads well."""
    types = ",\n".join(_type_lines(released.contracts[key]) for key in sorted(released.contracts))
    head = f'"format": {FORMAT},\n"frame": {_line(released.frame)},\n'
    return f'{{\n{head}"types": {{\n{types}\n}}\n}}\n'


def _type_lines(contract: Contract) -> str:
    plain = contract.to_json()
    fields = ",\n".join(f"    {_line(name)}: {_line(its)}" for name, its in plain["fields"].items())
    its_own = "".join(
        f"  {_line(name)}: {_line(its)},\n" for name, its in plain.items() if name != "fields"
    )
    return f'{_line(contract.key)}: {{\n{its_own}  "fields": {{\n{fields}\n  }}\n}}'


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _empty(precision: str) -> Contract:
    return Contract(
        service="SERVICE",
        kind=EVENT,
        name="TYPE",
        version=1,
        precision=precision,
        description=None,
        fields={},
    )
