"""How each bureau numbers its certificates."""

from __future__ import annotations

from services.registry.views.folding import SOURCE
from shared.contracts.registry.events import EVENTS
from shared.projections.model import Key, Model, ReadEvent, Row, Rule, Table, by

_REGISTERS = Table(
    "registers",
    SOURCE,
    key=("division",),
    columns={
        "division": "text",
        "prefix": "text",
        "last": "jsonb NOT NULL",
        "version": "integer NOT NULL",
    },
)


def _of(row: Row | None, event: ReadEvent) -> Row:
    """The bureau's row, new with its first event; `prefix` is null until one is set."""
    begun = row or {"division": event.data["division"], "prefix": None, "last": {}}
    return {**begun, "version": event.version}


def _prefix_set(row: Row | None, event: ReadEvent, _: Key) -> Row:
    return {**_of(row, event), "prefix": event.data["prefix"]}


def _numbered(row: Row | None, event: ReadEvent, _: Key) -> Row:
    """`last` has each year's last serial."""
    its = _of(row, event)
    return {**its, "last": {**its["last"], str(event.data["year"]): event.data["serial"]}}


CERTIFICATES = Model(
    name="certificates",
    tables=[_REGISTERS],
    rules=[
        Rule("CertificatePrefixSet", "registers", by("division"), _prefix_set),
        Rule("CertificateNumbered", "registers", by("division"), _numbered),
    ],
    vocabularies={SOURCE: EVENTS},
)
