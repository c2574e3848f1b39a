"""How a file crosses the broker: declared, brought in sealed chunks, looked at, read in chunks.

Nothing of this is logged. What a file then means (a document of an application, say) is said by
a command that names it.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from marshmallow import fields

from shared.contracts.fields import Identifier, OneOf, Pattern, Whole, coded
from shared.contracts.media import LARGEST_FILE, MediaType
from shared.contracts.message import Vocabulary, define, internal, public, sealed

TRANSFERS = Vocabulary("transfers", "transfer")

_MOST_CHUNKS = 100_000


class Chunk(fields.Field[bytes]):
    """Bytes as base64."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> bytes:
        try:
            return base64.b64decode(value, validate=True)
        except (TypeError, ValueError, binascii.Error):
            raise coded("bad_format", "must be base64") from None

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else base64.b64encode(value).decode()


def sha256_hex(**kwargs: Any) -> Pattern:
    """A SHA-256 digest, 64 hexadecimal digits in lower case."""
    return Pattern(
        r"[0-9a-f]{64}", "must be a SHA-256 digest in lower-case hexadecimal", longest=64, **kwargs
    )


@define(TRANSFERS)
class BeginUpload:
    """Declare a file for something (`owner_id`), or come back to one that is half there.

    Answers `{"chunk_bytes", "chunks", "missing": [index], "checked"}`.
    """

    file_id: str = public(Identifier())
    owner_id: str = public(Identifier())
    media_type: MediaType = public(OneOf(MediaType))
    size: int = public(Whole(1, LARGEST_FILE))
    sha256: str = internal(sha256_hex())


@define(TRANSFERS)
class PutChunk:
    """Bring one chunk; again replaces it. Answers `{"kept": index}` once it is committed."""

    file_id: str = public(Identifier())
    index: int = public(Whole(0, _MOST_CHUNKS))
    data: bytes = sealed(Chunk(), under="file_id")


@define(TRANSFERS)
class FinishUpload:
    """Have the whole file checked against what was declared. Answers `{"checked": true}`."""

    file_id: str = public(Identifier())


@define(TRANSFERS)
class ReadChunk:
    """One chunk of a file that was opened for a purpose; `opening` is the id of that query.

    Answers `{"data": base64, sealed to the reply key}`.
    """

    file_id: str = public(Identifier())
    opening: str = public(Identifier())
    index: int = public(Whole(0, _MOST_CHUNKS))
