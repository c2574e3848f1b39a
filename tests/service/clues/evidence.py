"""Files of evidence as the portal brings them: ciphertext in the store, the rest in a command."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
from typing import Any

from shared.contracts.clues.evidence import EvidenceFile
from shared.contracts.media import MediaType
from shared.privacy.evidence.cipher import decrypt, encrypt
from shared.privacy.evidence.store import EvidenceStore
from shared.privacy.sealing import new_key
from tests.service.town import fresh

CONTENT = b"a receipt for an illegal fee " * 9_000


def brought(store: EvidenceStore, clear: bytes = CONTENT, **instead: Any) -> EvidenceFile:
    """A file whose object lies in the store; `instead`: what is told otherwise than it is."""
    key, file_id = new_key(), fresh()
    ciphertext = b"".join(encrypt(key, file_id, [clear]))
    store.put(file_id, [ciphertext])
    told = EvidenceFile(
        file_id=file_id,
        media_type=MediaType.JPEG,
        size=len(clear),
        ciphertext_sha256=hashlib.sha256(ciphertext).hexdigest(),
        file_key=base64.b64encode(key).decode(),
        file_name="收据 张三.jpg",
        traces_kept=False,
    )
    return dataclasses.replace(told, **instead)


def read(store: EvidenceStore, opened: dict[str, Any]) -> bytes:
    """What an opened file says, as the portal decrypts it."""
    key = base64.b64decode(opened["file_key"])
    return b"".join(decrypt(key, opened["file_id"], store.get(opened["file_id"])))
