"""Documents of an application: files that were brought before (`shared.contracts.transfers`)."""

from __future__ import annotations

from shared.contracts.fields import Identifier, OneOf, Text, Whole
from shared.contracts.media import LARGEST_FILE, MediaType
from shared.contracts.message import define, internal, public, sealed
from shared.contracts.registry.commands.vocabulary import COMMANDS
from shared.contracts.registry.fields import LONG, file_name
from shared.contracts.registry.vocabulary import DocumentKind
from shared.contracts.transfers import sha256_hex


@define(COMMANDS)
class AttachDocument:
    """Make a file that is there, whole and checked, a document of an application.

    What is said of the file must be what lies there: whoever attaches has seen it.
    """

    application_id: str = public(Identifier())
    document_id: str = public(Identifier())
    kind: DocumentKind = internal(OneOf(DocumentKind))
    media_type: MediaType = internal(OneOf(MediaType))
    size: int = internal(Whole(1, LARGEST_FILE))
    sha256: str = internal(sha256_hex())
    file_name: str = sealed(file_name(), under="application_id")


@define(COMMANDS)
class WithdrawDocument:
    """Take a document back that should not count; it stays on record."""

    application_id: str = public(Identifier())
    document_id: str = public(Identifier())
    reasons: str = sealed(Text(LONG), under="application_id")
