"""Files that become part of a case: what the store holds must be what was told of it."""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from collections.abc import Sequence

from services.clues.domain import evidence
from services.clues.handlers.aggregates import EVIDENCE
from services.clues.handlers.common import BUREAU, clue_within, of, within_item
from shared.contracts.clues import commands
from shared.contracts.clues.evidence import EvidenceFile
from shared.contracts.clues.vocabulary import EvidenceSource
from shared.contracts.errors import Refused, Unavailable
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from shared.keeping.handlers import active_point
from shared.privacy.evidence.cipher import encrypted_size
from shared.privacy.evidence.store import ObjectMissing, StoreAway
from shared.service.command_bus import Route
from shared.service.loose_evidence import KEPT_FOR, EvidenceRules
from shared.service.work import Work

EVIDENCE_RULES = EvidenceRules("evidence", lambda stream: f"clue:{stream.partition('-')[2]}")
"""No two files bear one id, by which the store's sweeper asks whose an object is."""
_TOO_OLD = KEPT_FOR - dt.timedelta(hours=2)
"""An object that waits for longer may be swept while it is being attached."""
_SOURCES = {
    Role.POINT: EvidenceSource.POINT,
    Role.OFFICER: EvidenceSource.BUREAU,
    Role.LEADER: EvidenceSource.BUREAU,
    Role.ENFORCEMENT_BODY: EvidenceSource.BODY,
}
"""Everybody else is the reporter, of whom no account is kept."""


def attach_evidence(work: Work, command: commands.AttachEvidence) -> None:
    """By its reporter, by the point that brought it in, or by the bureau: not by who stays out."""
    state = clue_within(work, command.clue_id)
    if work.actor.role is Role.POINT:
        active_point(work)
    elif work.actor.id in state.recused:
        raise Refused(Reason.CASE_RECUSED, "you stay out of this case")
    _attach_all(work, command.clue_id, command.files, "files")


def attach_filed(work: Work, command: commands.FileClue) -> None:
    """What comes with the filing, whole with it or not at all."""
    _attach_all(work, command.clue_id, command.evidence or (), "evidence")


def attach_proof(work: Work, command: commands.RecordRefundPayment) -> None:
    """The paper beside the words that prove a payment."""
    if command.proof_file is not None:
        _attach(work, command.clue_id, command.proof_file, "proof_file", command.payment_id)


def _attach_all(work: Work, clue_id: str, files: Sequence[EvidenceFile], path: str) -> None:
    for index, file in enumerate(files):
        _attach(work, clue_id, file, f"{path}[{index}]")


def _attach(
    work: Work, clue_id: str, file: EvidenceFile, path: str, payment_id: str | None = None
) -> None:
    source = _SOURCES.get(work.actor.role, EvidenceSource.REPORTER)
    account = None if source is EvidenceSource.REPORTER else work.actor.id
    with within_item(path):
        work.decide(EVIDENCE, clue_id, evidence.Attach(clue_id, file, source, account, payment_id))
        work.claim(
            EVIDENCE_RULES.scope,
            (file.file_id,),
            EVIDENCE.stream(clue_id),
            Reason.ALREADY_EXISTS,
            f"{path}.file_id",
        )
        _refuse_other(work, file)


def _refuse_other(work: Work, file: EvidenceFile) -> None:
    """Raise Refused unless the object is there, fresh, and byte for byte what was told.

    Raises Unavailable while the store is away: what nobody has seen is not attached.
    """
    store = work.evidence
    try:
        found = store.find(file.file_id)
        if found is None or dt.datetime.now(dt.UTC) - found.stored_at > _TOO_OLD:
            raise Refused(Reason.EVIDENCE_MISSING, "no such object was put lately", ["file_id"])
        if found.size != encrypted_size(file.size):
            raise Refused(Reason.FILE_DIFFERS, "the object has another size", ["size"])
        digest = hashlib.sha256()
        for piece in store.get(file.file_id):
            digest.update(piece)
            time.sleep(0)  # lets others of this process have their turn
    except ObjectMissing:
        raise Refused(Reason.EVIDENCE_MISSING, "the object has gone", ["file_id"]) from None
    except StoreAway as away:
        raise Unavailable(str(away)) from None
    if digest.hexdigest() != file.ciphertext_sha256:
        raise Refused(Reason.FILE_DIFFERS, "its SHA-256 is another", ["ciphertext_sha256"])


ROUTES: dict[type, Route] = {
    commands.AttachEvidence: Route(
        BUREAU | {Role.POINT, Role.REPORTER}, of(EVIDENCE, "clue_id"), attach_evidence
    ),
}
