"""Evidence that belongs to a case; its stream is one beside the case's own."""

from __future__ import annotations

from shared.contracts.clues.events.vocabulary import EVENTS
from shared.contracts.clues.evidence import LONGEST_NAME
from shared.contracts.clues.vocabulary import EvidenceSource
from shared.contracts.fields import Flag, Identifier, OneOf, Text, Whole
from shared.contracts.media import LARGEST_FILE, MediaType
from shared.contracts.message import Precision, Sealable, define, internal, public, sealed
from shared.contracts.transfers import sha256_hex


@define(EVENTS, precision=Precision.DAY, anonymous=True)
class EvidenceAttached:
    """A file is part of the case.

    Its key lies under the case's own, so that what erases the case ends the file wherever a copy
    of its ciphertext may be.
    attached_by: the account of point, bureau or body; null: the reporter did
    payment_id: the payment that it proves; null: it is about the case
    """

    clue_id: str = public(Identifier())
    file_id: str = internal(Identifier())
    brought_by: EvidenceSource = internal(OneOf(EvidenceSource))
    attached_by: str | None = internal(Text(allow_none=True))
    payment_id: str | None = internal(Identifier(allow_none=True))
    media_type: MediaType = internal(OneOf(MediaType))
    size: int = internal(Whole(1, LARGEST_FILE))
    ciphertext_sha256: str = internal(sha256_hex())
    traces_kept: bool = internal(Flag())
    file_key: Sealable[str] = sealed(Text(44), under="clue_id")
    file_name: Sealable[str] = sealed(Text(LONGEST_NAME), under="clue_id")
