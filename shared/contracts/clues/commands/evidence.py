"""Evidence, once its ciphertext lies in the store."""

from __future__ import annotations

from shared.contracts.clues.commands.vocabulary import COMMANDS
from shared.contracts.clues.evidence import EvidenceFile
from shared.contracts.fields import Identifier
from shared.contracts.message import Part, define, public, sealed


@define(COMMANDS)
class AttachEvidence:
    """Make a file part of a case. Its object must lie in the store, with that hash."""

    clue_id: str = public(Identifier())
    file: EvidenceFile = sealed(Part(EvidenceFile), under="clue_id")
