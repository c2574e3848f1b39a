"""Evidence, once its ciphertext lies in the store."""

from __future__ import annotations

from shared.contracts.clues.commands.vocabulary import COMMANDS
from shared.contracts.clues.evidence import MOST_AT_ONCE, EvidenceFile
from shared.contracts.fields import Identifier, Many
from shared.contracts.message import Part, define, public, sealed


@define(COMMANDS)
class AttachEvidence:
    """Make files part of a case. Each one's object must lie in the store, with its hash."""

    clue_id: str = public(Identifier())
    files: tuple[EvidenceFile, ...] = sealed(
        Many(Part(EvidenceFile), least=1, most=MOST_AT_ONCE), under="clue_id"
    )
