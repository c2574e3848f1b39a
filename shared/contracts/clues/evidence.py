"""A file of evidence, as whoever has put its ciphertext into the store tells the service of it."""

from __future__ import annotations

from shared.contracts.fields import Flag, Identifier, OneOf, Pattern, Text, Whole
from shared.contracts.media import LARGEST_FILE, MediaType
from shared.contracts.message import part, value
from shared.contracts.transfers import sha256_hex

MOST_AT_ONCE = 10
"""Files that one command may bring."""
LONGEST_NAME = 120


@value
class EvidenceFile:
    """file_id: the random name of the object in the store, never used before
    size: bytes in clear · ciphertext_sha256: of the object, byte for byte
    file_key: the 32 bytes that open it, base64; used for this file alone
    file_name: as its sender called it, without folders
    traces_kept: of a picture, whether what its camera wrote into it was left there on request
    """

    file_id: str = part(Identifier())
    media_type: MediaType = part(OneOf(MediaType))
    size: int = part(Whole(1, LARGEST_FILE))
    ciphertext_sha256: str = part(sha256_hex())
    file_key: str = part(
        Pattern(r"[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=", "must be 32 bytes in base64", longest=44)
    )
    file_name: str = part(Text(LONGEST_NAME))
    traces_kept: bool = part(Flag())
