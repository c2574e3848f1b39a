"""Evidence on its way in and out: looked at, cleaned, scanned, encrypted; streamed and decrypted.

A file is put into the store before anybody is told of it. What then makes it part of a case is a
command that tells its hash and its key (`Taken.plain`); what none names is swept after a day.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import time
import unicodedata
import uuid
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from flask import Response, request, stream_with_context
from werkzeug.datastructures import FileStorage

from services.portal.web.downloads import as_attachment
from services.portal.web.edge import edge
from services.portal.web.slots import Slots, seconds_for
from services.portal.web.spool import Spool, SpooledPart, spooled
from services.portal.web.worker import give_answer_time
from shared.contracts.clues.evidence import LONGEST_NAME
from shared.contracts.errors import NotFound, Refused
from shared.contracts.media import MediaType
from shared.contracts.reasons import Reason
from shared.privacy.evidence.cipher import decrypt, encrypt
from shared.privacy.evidence.scanning import Malicious
from shared.privacy.evidence.store import ObjectMissing
from shared.privacy.files.cleaning import PICTURES, NotCleaned, cleaned
from shared.privacy.files.inspection import inspect
from shared.privacy.sealing import CannotOpen, new_key, open_sealed, seal

_TAKING = Slots(of_one=2, in_all=4)
_GIVING = Slots(of_one=2, in_all=6)
_KEPT_SECONDS = 12 * 3_600
"""How long a form that was not carried out may keep a file; the store keeps it for a day."""
_FORM = "evidence of a form"
_ENDINGS: Mapping[MediaType, tuple[str, ...]] = {
    MediaType.PDF: (".pdf",),
    MediaType.JPEG: (".jpg", ".jpeg"),
    MediaType.PNG: (".png",),
    MediaType.WEBP: (".webp",),
}


@dataclass(frozen=True)
class Taken:
    """A file that lies in the store; the fields are those of the contract's EvidenceFile."""

    file_id: str
    media_type: str
    size: int
    ciphertext_sha256: str
    file_key: str
    file_name: str
    traces_kept: bool

    def plain(self) -> dict[str, Any]:
        return asdict(self)


def take(file: FileStorage, *, keep_traces: bool) -> Taken:
    """Put a file of a form into the store.

    keep_traces: leave in a picture what its camera wrote into it
    Raises Refused for what it is or holds, StoreAway, ScannerAway, TooManyRequests.
    """
    assert isinstance(file.stream, SpooledPart)
    return take_spooled(file.stream.spool, file.filename or "", keep_traces=keep_traces)


def take_spooled(spool: Spool, name: str, *, keep_traces: bool) -> Taken:
    """As `take`, of what was received otherwise."""
    if not spool.size:
        raise Refused(Reason.FILE_UNREADABLE, "there is nothing in it", ["file"])
    with _TAKING.taken():
        media_type = _sniffed(spool.read(0, 16))
        seen = inspect(spool.pieces(), media_type)
        if seen.verdict != "ok":
            raise Refused(seen.reason, "its content is not what it should be", ["file"])
        with _without_traces(spool, media_type, keep_traces) as clean:
            _refuse_malicious(clean)
            return _put(clean, media_type, safe_name(name, media_type), keep_traces)


def _sniffed(head: bytes) -> MediaType:
    """What it begins as; browsers guess by the name, and know not every type. Raises Refused."""
    if head.startswith(b"%PDF-"):
        return MediaType.PDF
    if head.startswith(b"\xff\xd8\xff"):
        return MediaType.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return MediaType.PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return MediaType.WEBP
    raise Refused(Reason.FILE_OTHER_TYPE, "it begins as nothing that is taken", ["file"])


@contextmanager
def _without_traces(spool: Spool, media_type: MediaType, keep: bool) -> Iterator[Spool]:
    if media_type not in PICTURES:
        yield spool
        return
    try:
        with (
            cleaned(spool.pieces(), media_type, keep=keep) as pieces,
            spooled(pieces) as clean,
        ):
            yield clean
    except NotCleaned:
        raise Refused(Reason.FILE_UNREADABLE, "it cannot be cleaned", ["file"]) from None


def _refuse_malicious(spool: Spool) -> None:
    scanner = edge().settings.scanner
    if scanner is None:
        return
    try:
        scanner.refuse_malicious(spool.pieces())
    except Malicious:
        raise Refused(Reason.FILE_MALICIOUS, "a scanner knows it", ["file"]) from None


def _put(spool: Spool, media_type: MediaType, name: str, keep_traces: bool) -> Taken:
    key, file_id, digest = new_key(), str(uuid.uuid4()), hashlib.sha256()

    def hashed() -> Iterator[bytes]:
        for piece in encrypt(key, file_id, spool.pieces()):
            digest.update(piece)
            yield piece

    edge().evidence.put(file_id, hashed())
    return Taken(
        file_id=file_id,
        media_type=str(media_type),
        size=spool.size,
        ciphertext_sha256=digest.hexdigest(),
        file_key=base64.b64encode(key).decode(),
        file_name=name,
        traces_kept=keep_traces and media_type in PICTURES,
    )


def safe_name(given: str, media_type: MediaType) -> str:
    """A file's name without folders and what cannot be shown, ending as its type does."""
    plain = unicodedata.normalize("NFC", given).replace("\\", "/").rpartition("/")[2]
    shown = "".join(its for its in plain if its == " " or unicodedata.category(its)[0] not in "CZ")
    name = shown.strip(" .") or "文件"
    endings = _ENDINGS[media_type]
    if not name.lower().endswith(endings):
        name += endings[0]
    stem, _, ending = name.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(ending) - 1].rstrip(' .') or '文件'}.{ending}"


def kept_in_form(taken: Taken) -> str:
    """What a form that is shown again carries of a file, so that it need not be sent again.

    Only this portal opens it, and for half a day.
    """
    until = int(time.time()) + _KEPT_SECONDS  # real time, by which the store is swept
    sealed = seal(_form_key(), _FORM, json.dumps([until, taken.plain()]).encode())
    return base64.urlsafe_b64encode(sealed).decode()


def from_form(carried: str) -> Taken | None:
    """The file that a form carries; None for what is too old, or none of ours."""
    try:
        sealed = base64.urlsafe_b64decode(carried)
        until, plain = json.loads(open_sealed(_form_key(), _FORM, sealed))
    except (CannotOpen, ValueError, binascii.Error):
        return None
    return Taken(**plain) if until > time.time() else None


def _form_key() -> bytes:
    return edge().keyring.keyed_hash(_FORM)


def evidence_file(opened: Mapping[str, Any]) -> Response:
    """A file that a query has opened, decrypted as it comes out of the store.

    Raises NotFound for one whose object has gone or is another, StoreAway. Later than the first
    piece the connection ends, and the length tells that it is not whole.
    """
    file_id, size = opened["file_id"], int(opened["size"])
    taken = ExitStack()
    taken.enter_context(_GIVING.taken())
    try:
        key = base64.b64decode(opened["file_key"])
        clear = decrypt(key, file_id, edge().evidence.get(file_id))
        first = next(clear)
    except (ObjectMissing, CannotOpen):
        taken.close()
        raise NotFound("evidence", file_id) from None
    except BaseException:
        taken.close()
        raise

    def told() -> Iterator[bytes]:
        yield first
        yield from clear

    response = Response(stream_with_context(told()), content_type=opened["media_type"])
    response.headers["Content-Length"] = str(size)
    response.call_on_close(taken.close)
    give_answer_time(request.environ, seconds_for(size))
    return as_attachment(response, opened["file_name"] or file_id)
