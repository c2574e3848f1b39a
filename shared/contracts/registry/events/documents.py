"""Documents of an application."""

from __future__ import annotations

from shared.contracts.fields import Identifier, OneOf, Text, Whole
from shared.contracts.media import LARGEST_FILE, MediaType
from shared.contracts.message import Sealable, define, internal, public, sealed
from shared.contracts.registry.events.vocabulary import EVENTS
from shared.contracts.registry.fields import LONG, file_name
from shared.contracts.registry.vocabulary import DocumentKind
from shared.contracts.transfers import sha256_hex


@define(EVENTS)
class DocumentAttached:
    """A file belongs to the application from here on; `sha256` is that of its content."""

    application_id: str = public(Identifier())
    document_id: str = public(Identifier())
    kind: DocumentKind = internal(OneOf(DocumentKind))
    media_type: MediaType = internal(OneOf(MediaType))
    size: int = internal(Whole(1, LARGEST_FILE))
    sha256: str = internal(sha256_hex())
    file_name: Sealable[str] = sealed(file_name(), under="application_id")


@define(EVENTS)
class DocumentWithdrawn:
    """The document counts no more; its file is kept, since it was seen."""

    application_id: str = public(Identifier())
    document_id: str = public(Identifier())
    reasons: Sealable[str] = sealed(Text(LONG), under="application_id")
