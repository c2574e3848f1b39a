"""What makes a service this one: its vocabularies, routes and read models, as one value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from shared.contracts.message import Vocabulary
from shared.projections.model import Model
from shared.reactions.reaction import Reaction
from shared.service.command_bus import MakesContext, Route
from shared.service.destroying import Forget
from shared.service.loose_evidence import EvidenceRules
from shared.service.proposing import Propose
from shared.service.query_bus import (
    MayFollow,
    QueryRoute,
    ReadsLocked,
    nothing_is_locked,
    only_what_they_wrote,
)
from shared.service.timekeeping import Timekeeping
from shared.service.uploads import UploadRules


@dataclass(frozen=True)
class ServiceDefinition:
    """`context` gives the domain what it may know of the moment and the actor.

    `may_follow` says for which streams a query may wait beside those of the asker's own writes.
    `timekeeping` is what its limits lead to; `uploads` is None for a service that takes no files.
    `evidence` is None for one that keeps no files in the store of evidence.
    `reads_locked` says who may read what the law has kept, `forgets` deletes what a subject's key
    has taken with it, `proposes` finds what is due though no limit of a stream says so.
    `migrations` are folders of the service's own tables beside log and read models.
    """

    name: str
    events: Vocabulary
    commands: Vocabulary
    queries: Vocabulary
    routes: Mapping[type, Route]
    query_routes: Mapping[type, QueryRoute]
    models: Sequence[Model]
    context: MakesContext
    may_follow: MayFollow = only_what_they_wrote
    reactions: Sequence[Reaction] = ()
    timekeeping: Timekeeping | None = None
    migrations: Sequence[Path] = ()
    uploads: UploadRules | None = None
    evidence: EvidenceRules | None = None
    reads_locked: ReadsLocked = nothing_is_locked
    forgets: Sequence[Forget] = ()
    proposes: Sequence[Propose] = ()
