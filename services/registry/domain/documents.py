"""Documents of an application: who brings which kind, when, and what must be there.

Rules of selection: the review consults licence and tax registration (speech 二(一)三); a
recommended unit is recommended in writing; everybody signs the commitment.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from services.registry.domain.review import TRADERS
from services.registry.domain.settings import Settings
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands, events
from shared.contracts.registry.vocabulary import Channel, DocumentKind, UnitKind

OF_APPLICANT = frozenset(
    {
        DocumentKind.BUSINESS_LICENCE,
        DocumentKind.TAX_REGISTRATION,
        DocumentKind.RECOMMENDATION_FORM,
        DocumentKind.COMMITMENT,
        DocumentKind.GOVERNANCE_RULES,
        DocumentKind.OTHER,
    }
)
"""Kinds that are part of what is applied with; closed once the formal check has passed."""
OF_REVIEW = frozenset(DocumentKind) - OF_APPLICANT


@dataclass(frozen=True)
class Document:
    kind: DocumentKind
    withdrawn: bool = False


Documents = Mapping[str, Document]
"""All that were ever attached, by id."""


def required(unit_kind: UnitKind, channel: Channel, settings: Settings) -> frozenset[DocumentKind]:
    """What must be there before the formal check can pass.

    The tax registration was merged into the licence (国办发〔2015〕50号), which counts for both as
    long as the settings say so.
    """
    needed = {DocumentKind.COMMITMENT}
    if unit_kind in TRADERS:
        needed.add(DocumentKind.BUSINESS_LICENCE)
        if not settings.licence_covers_tax:
            needed.add(DocumentKind.TAX_REGISTRATION)
    if channel is Channel.RECOMMENDED:
        needed.add(DocumentKind.RECOMMENDATION_FORM)
    return frozenset(needed)


def missing(
    unit_kind: UnitKind, channel: Channel, there: Collection[DocumentKind], settings: Settings
) -> list[DocumentKind]:
    """Required kinds that are not among those `there`, in their usual order."""
    needed = required(unit_kind, channel, settings) - set(there)
    return [kind for kind in DocumentKind if kind in needed]


def that_count(documents: Documents) -> set[DocumentKind]:
    """Kinds of which a document is there and was not taken back."""
    return {its.kind for its in documents.values() if not its.withdrawn}


def counting(documents: Documents) -> set[str]:
    """Ids of what is there and was not taken back."""
    return {document_id for document_id, its in documents.items() if not its.withdrawn}


def refuse_unknown(documents: Documents, named: Sequence[str] | None) -> None:
    """Raise Refused for evidence that is no document of this application, or was taken back."""
    there = counting(documents)
    for index, document_id in enumerate(named or ()):
        if document_id not in there:
            told = "no such document of the application counts"
            raise Refused(Reason.DOCUMENT_UNKNOWN, told, [f"documents[{index}]"])


def refuse_missing(
    unit_kind: UnitKind, channel: Channel, documents: Documents, settings: Settings
) -> None:
    """Raise Refused while a required document is missing, where the bureau requires them."""
    there = that_count(documents)
    lacking = missing(unit_kind, channel, there, settings) if settings.documents_required else []
    if lacking:
        raise Refused(Reason.DOCUMENTS_MISSING, f"missing: {', '.join(lacking)}")


def attach(documents: Documents, command: commands.AttachDocument, settings: Settings) -> list[Any]:
    """Raises Refused for an id that is there already, and for one more than there may be."""
    if command.document_id in documents:
        raise Refused(Reason.ALREADY_EXISTS, "the document is attached", ["document_id"])
    if len(documents) >= settings.documents_per_application:
        raise Refused(
            Reason.TOO_MANY_DOCUMENTS,
            f"an application has at most {settings.documents_per_application} documents",
        )
    return [
        events.DocumentAttached(
            application_id=command.application_id,
            document_id=command.document_id,
            kind=command.kind,
            media_type=command.media_type,
            size=command.size,
            sha256=command.sha256,
            file_name=command.file_name,
        )
    ]


def withdraw(documents: Documents, command: commands.WithdrawDocument) -> list[Any]:
    """Raises Refused for a document that is not there, or does not count already."""
    found = documents.get(command.document_id)
    if found is None or found.withdrawn:
        raise Refused(Reason.DOCUMENT_UNKNOWN, "no such document counts", ["document_id"])
    return [
        events.DocumentWithdrawn(
            application_id=command.application_id,
            document_id=command.document_id,
            reasons=command.reasons,
        )
    ]


def attached(documents: Documents, event: events.DocumentAttached) -> Documents:
    return {**documents, event.document_id: Document(event.kind)}


def withdrawn(documents: Documents, event: events.DocumentWithdrawn) -> Documents:
    gone = replace(documents[event.document_id], withdrawn=True)
    return {**documents, event.document_id: gone}
