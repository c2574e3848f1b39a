"""Carries out transfers: files brought to a service and read from it, every message signed.

Who may bring a file for what is said when it is declared; its chunks are taken from the same
actor alone. Who may read one is said by the query that opens it, which is on record; its chunks
are given to the same actor alone.
"""

from __future__ import annotations

import base64
from typing import Any

import structlog
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from shared.access.actor import Actor, Verifier, digest, transit_binding
from shared.contracts.envelope import Envelope
from shared.contracts.errors import Invalid, NotFound, Refused
from shared.contracts.reasons import Reason
from shared.contracts.transfers import (
    TRANSFERS,
    BeginUpload,
    FinishUpload,
    PutChunk,
    ReadChunk,
)
from shared.observability.context import bind_message, bind_role
from shared.privacy.files.inspection import inspect
from shared.privacy.files.store import ChunkRefused, Declared, FileStore, FileTaken, StoredFile
from shared.privacy.keyring import Erased, Keyring, Locked
from shared.privacy.transit import open_fields, seal_value
from shared.service.command_bus import CommandBus
from shared.service.loose_files import Connections, LooseFiles
from shared.service.query_bus import reply_context
from shared.service.uploads import UploadRules

_log = structlog.get_logger(__name__)


class Transfers:
    """The files of one service; without `rules` it takes none and gives none."""

    def __init__(
        self,
        files: FileStore,
        keyring: Keyring,
        connections: Connections,
        commands: CommandBus,
        verifier: Verifier,
        rules: UploadRules | None,
    ) -> None:
        self._files, self._keyring, self._connections = files, keyring, connections
        self._commands, self._verifier, self._rules = commands, verifier, rules

    def execute(self, wire: Any) -> dict[str, Any]:
        """Answer one message of `shared.contracts.transfers`, as it says there.

        Raises Invalid, Refused or NotFound.
        """
        envelope = Envelope.load(wire)
        bind_message("transfer", envelope.id, envelope.correlation_id, envelope.causation_id)
        actor = self._verifier.verify(envelope.actor, digest(wire))
        bind_role(str(actor.role))
        kind = TRANSFERS.find(envelope.type)
        if self._rules is None:
            raise NotFound("file", str(envelope.id))
        receiver = self._keyring.receiving_key()
        payload = open_fields(kind, envelope.payload, receiver, transit_binding(envelope.id, actor))
        try:
            match kind.load(payload):
                case BeginUpload() as begin:
                    return self._begin(self._rules, envelope, actor, begin)
                case PutChunk() as chunk:
                    return self._put(actor, chunk)
                case FinishUpload() as finish:
                    return self._finish(actor, finish)
                case ReadChunk() as read:
                    return self._read(envelope, actor, read)
        except Erased:
            raise Refused(Reason.SUBJECT_ERASED, "what was known has been erased") from None
        except Locked:
            raise Refused(Reason.SUBJECT_LOCKED, "it is kept under lock") from None
        raise AssertionError("every transfer has its case")

    def _begin(
        self, rules: UploadRules, envelope: Envelope, actor: Actor, begin: BeginUpload
    ) -> dict[str, Any]:
        if actor.role not in rules.roles:
            raise Refused(Reason.WRONG_ROLE, f"files are not for the role {actor.role}", ["actor"])
        work = self._commands.look(envelope, actor)
        admitted = rules.admit(work, begin)
        if begin.size > admitted.largest:
            raise Refused(
                Reason.FILE_TOO_LARGE, f"a file has at most {admitted.largest} bytes", ["size"]
            )
        if LooseFiles(self._connections, rules).too_many(actor.id, begin.file_id, begin.size):
            raise Refused(Reason.TOO_MANY_UPLOADS, "attach what you have brought first")
        declared = Declared(
            owner=admitted.owner,
            subject=admitted.subject,
            uploader=actor.id,
            media_type=begin.media_type,
            size=begin.size,
            sha256=begin.sha256,
        )
        try:
            file = self._files.begin(begin.file_id, declared, work.now)
        except FileTaken:
            raise Refused(
                Reason.ALREADY_EXISTS, "the id belongs to another file", ["file_id"]
            ) from None
        return {
            "chunk_bytes": file.chunk_bytes,
            "chunks": file.chunks,
            "missing": self._files.missing(file),
            "checked": file.checked,
        }

    def _put(self, actor: Actor, chunk: PutChunk) -> dict[str, Any]:
        file = self._own(actor, chunk.file_id)
        try:
            self._files.put(file, chunk.index, chunk.data)
        except ChunkRefused:
            raise Invalid.one("index", "out_of_range", "the file takes no such chunk") from None
        return {"kept": chunk.index}

    def _finish(self, actor: Actor, finish: FinishUpload) -> dict[str, Any]:
        file = self._own(actor, finish.file_id)
        if file.checked:
            return {"checked": True}
        if self._files.missing(file):
            raise Refused(Reason.FILE_INCOMPLETE, "chunks are missing", ["file_id"])
        seen = inspect(self._files.read(file), file.media_type)
        if (seen.sha256, seen.size) != (file.sha256, file.size):
            raise Refused(Reason.FILE_DIFFERS, "its SHA-256 is another", ["sha256"])
        if seen.verdict != "ok":
            _log.info("file.refused", verdict=seen.verdict)
            raise Refused(seen.reason, "its content is not what it should be", ["media_type"])
        if not self._files.check_off(file):
            raise Refused(Reason.FILE_INCOMPLETE, "somebody else is writing to it", ["file_id"])
        return {"checked": True}

    def _read(self, envelope: Envelope, actor: Actor, read: ReadChunk) -> dict[str, Any]:
        file = self._files.find(read.file_id)
        if file is None or not file.checked or not self._was_opened(actor, read):
            raise NotFound("file", read.file_id)
        if read.index >= file.chunks:
            raise Invalid.one("index", "out_of_range", f"the file has {file.chunks} chunks")
        if envelope.reply_key is None:
            raise Invalid.one("reply_key", "missing", "give a key to seal the file to")
        try:
            receiver = X25519PublicKey.from_public_bytes(base64.b64decode(envelope.reply_key))
            data = base64.b64encode(self._files.get(file, read.index)).decode()
            return {"data": seal_value(data, receiver, reply_context(envelope.id))}
        except ValueError:
            raise Invalid.one("reply_key", "bad_key", "is not a key to seal to") from None

    def _own(self, actor: Actor, file_id: str) -> StoredFile:
        file = self._files.find(file_id)
        if file is None or file.uploader != actor.id:
            raise NotFound("file", file_id)
        return file

    def _was_opened(self, actor: Actor, read: ReadChunk) -> bool:
        with self._connections.connection() as connection:
            row = connection.execute(
                "SELECT 1 FROM ops.opening WHERE subject = %s AND query_id = %s AND actor_id = %s",
                (file_subject(read.file_id), read.opening, actor.id),
            ).fetchone()
        return row is not None


def file_subject(file_id: str) -> str:
    """How a file is called in the record of openings."""
    return f"file:{file_id}"
