"""What a change of the language would break for those who know an older version.

- Whoever reads events knows exactly the shape that was released: live ones may not say more, and
  those in the log, written earlier, must be readable still, so they may not say less either. A
  type's shape therefore changes only with its `schema_version`, and upcasters lead from each
  older version to the newest.
- Whoever sends commands and queries may be behind: what was accepted is accepted, or there is a
  new `schema_version`, and upcasters to it.
- Upcasters never see a sealed value of an event, and a service opens what its newest version
  calls sealed: a sealed field stays sealed under its name, whatever the version.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from shared.contracts.catalogue import Language
from shared.contracts.message import Classification, Vocabulary
from shared.contracts.publication.changes import changes
from shared.contracts.publication.contract import (
    COMMAND,
    EVENT,
    QUERY,
    Contract,
    FieldContract,
    contracts_of,
)
from shared.contracts.publication.field_schemas import JsonSchema
from shared.contracts.publication.released import Released, frame

_SEALED = str(Classification.SEALED)
_KEEP_SEALED = "Keep it sealed under its name, in a new version too"
_SEAL_ANOTHER = "Seal a field of another name, in a new version"


@dataclass(frozen=True)
class Break:
    """One promise that would be broken: of which type, in which field, and what to do instead."""

    type: str
    field: str | None
    what: str
    instead: str

    def __str__(self) -> str:
        where = self.type if self.field is None else f"{self.type}, field {self.field}"
        return f"{where}: {self.what}. {self.instead}."


def breaks(released: Released, catalogue: Mapping[str, Language]) -> list[Break]:
    """Every promise of a released type that the code of the catalogue does not keep.

    Raises CannotPublish.
    """
    current = {_type_of(each): each for each in contracts_of(catalogue)}
    found: list[Break] = []
    for promised in released.contracts.values():
        now = current.get(_type_of(promised))
        if now is None:
            found.append(_gone(promised))
        else:
            vocabulary = _vocabulary(catalogue[promised.service], promised.kind)
            found += _of_type(promised, now, vocabulary)
    return found + list(_of_frame(released.frame))


def _of_type(promised: Contract, now: Contract, vocabulary: Vocabulary) -> Iterator[Break]:
    if now.version < promised.version:
        yield Break(
            _said(promised),
            None,
            f"the code is at version {now.version}, and {promised.version} was released",
            f"Set schema_version to {promised.version} or more; versions only go up",
        )
        return
    if now.unpublished != promised.unpublished:
        yield _told_otherwise(promised)
    if now.version == promised.version:
        yield from _of_fields(promised, now)
        return
    yield from _of_upcasters(promised, now, vocabulary)
    yield from _of_sealing(promised, now)


def _told_otherwise(promised: Contract) -> Break:
    if promised.unpublished:
        return Break(
            _said(promised),
            None,
            "others were not told of it, and would be, of older ones in the log too",
            "Keep it unpublished, or publish what may be told by an event of another name",
        )
    return Break(
        _said(promised),
        None,
        "others were told of it, and would not be any more",
        "Keep publishing it, or keep what may not be told in an event of another name",
    )


def _of_fields(promised: Contract, now: Contract) -> Iterator[Break]:
    """Between contracts of which one must do for the other as it is."""
    if promised.precision != now.precision:
        yield _break(
            promised,
            None,
            f"its precision went from {promised.precision} to"
            f" {now.precision}, which changes the classification of occurred_at",
        )
    for name, field in promised.fields.items():
        if name in now.fields:
            yield from _of_field(promised, name, field, now.fields[name])
        else:
            yield _break(promised, name, "it is gone (or has another name)")
    for name, field in now.fields.items():
        if name not in promised.fields:
            yield from _of_new_field(promised, name, field)


def _of_field(
    promised: Contract, name: str, old: FieldContract, new: FieldContract
) -> Iterator[Break]:
    if old.classification != new.classification:
        yield _reclassified(promised, name, old, new)
    elif old.under != new.under:
        yield _break(promised, name, f"it went from the key of {old.under} to that of {new.under}")
    if new.required and not old.required:
        yield _break(promised, name, "it must be given now")
    for change in changes(old.schema, new.schema):
        breaking = change.less or (change.more and promised.kind == EVENT)
        if breaking:
            at = f"in {change.path}, " if change.path else ""
            yield _break(promised, name, f"{at}{change.what}, {_why(promised, change.less)}")


def _reclassified(promised: Contract, name: str, old: FieldContract, new: FieldContract) -> Break:
    what = f"it went from {old.classification} to {new.classification}"
    if _is_sealed(old):
        return Break(_said(promised), name, what, _KEEP_SEALED)
    if promised.kind == COMMAND and _is_sealed(new):
        return Break(_said(promised), name, what, _SEAL_ANOTHER)
    return _break(promised, name, what)


def _of_new_field(promised: Contract, name: str, field: FieldContract) -> Iterator[Break]:
    if promised.kind == EVENT:
        yield _break(promised, name, "it is new, and events in the log do not have it")
    elif field.required:
        yield _break(promised, name, "it is new and must be given, which no sender knows yet")


def _of_upcasters(promised: Contract, now: Contract, vocabulary: Vocabulary) -> Iterator[Break]:
    for step in range(promised.version, now.version):
        if not _has_upcaster(vocabulary, promised.name, step):
            yield Break(
                _said(promised),
                None,
                f"no upcaster leads from version {step} to {step + 1}, so version"
                f" {promised.version} can be read no more",
                f'Write one: @{vocabulary.kind.upper()}S.upcaster("{promised.name}", {step})',
            )


def _of_sealing(promised: Contract, now: Contract) -> Iterator[Break]:
    """What an upcaster cannot mend: it never gets an event's sealed values."""
    for name, field in promised.fields.items():
        newer = now.fields.get(name)
        if field.classification == _SEALED and not _is_sealed(newer):
            yield Break(
                _said(promised),
                name,
                f"it is sealed, and no longer so in version {now.version}",
                _KEEP_SEALED,
            )
        if promised.kind == COMMAND and field.classification != _SEALED and _is_sealed(newer):
            yield Break(
                _said(promised),
                name,
                f"it is sealed in version {now.version}, and its senders send it in clear",
                _SEAL_ANOTHER,
            )
    for name, field in now.fields.items():
        if promised.kind == EVENT and _is_sealed(field) and name not in promised.fields:
            if _may_be_null(field):
                continue
            yield Break(
                _said(promised),
                name,
                f"version {now.version} needs it, and no upcaster can make a sealed value",
                "Let it be null (allow_none=True)",
            )


def _of_frame(promised: JsonSchema | None) -> Iterator[Break]:
    if promised is None:
        return
    for name, old, new in _frame_parts(promised, frame()):
        for change in changes(old, new):
            if change.more or change.less:
                yield Break(
                    f"the public form of every event ({name})",
                    change.path or None,
                    change.what,
                    "Leave it: there is no version by which readers could tell, and the hashes of"
                    " the log are of this form",
                )


def _frame_parts(old: JsonSchema, new: JsonSchema) -> Iterator[tuple[str, JsonSchema, JsonSchema]]:
    yield "withheld", old["withheld"], new["withheld"]
    for precision in ("exact", "day"):
        for part in ("cloudevent", "data"):
            yield f"{part}, {precision}", old[precision][part], new[precision][part]


def _gone(promised: Contract) -> Break:
    reader = "logs hold such events" if promised.kind == EVENT else "others send it"
    return Break(_said(promised), None, f"it is gone, and {reader}", "Bring it back")


def _break(promised: Contract, field: str | None, what: str) -> Break:
    return Break(_said(promised), field, what, _instead(promised))


def _instead(promised: Contract) -> str:
    return (
        f"Keep to what was released, or give {promised.name} schema_version"
        f" {promised.version + 1} and an upcaster from {promised.version}"
    )


def _why(promised: Contract, less: bool) -> str:
    if promised.kind != EVENT:
        return "which refuses what was accepted"
    if less:
        return "so events in the log may be readable no more"
    return "which readers of that version do not expect"


def _said(contract: Contract) -> str:
    return f"{contract.service} {contract.kind} {contract.name} {contract.version}"


def _type_of(contract: Contract) -> tuple[str, str, str]:
    return contract.service, contract.kind, contract.name


def _vocabulary(language: Language, kind: str) -> Vocabulary:
    return {EVENT: language.events, COMMAND: language.commands, QUERY: language.queries}[kind]


def _has_upcaster(vocabulary: Vocabulary, name: str, version: int) -> bool:
    return (name, version) in vocabulary._upcasters


def _is_sealed(field: FieldContract | None) -> bool:
    return field is not None and field.classification == _SEALED


def _may_be_null(field: FieldContract) -> bool:
    return "null" in field.schema["type"]
