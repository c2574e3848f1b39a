"""What is on record of one application's examination beside the findings of its checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from shared.contracts.registry import events
from shared.contracts.registry.vocabulary import (
    Check,
    FlagResolution,
    OpinionSource,
    RecusalGround,
)


@dataclass(frozen=True)
class AskedOpinion:
    """An opinion that was asked for. `body_unit`: whose accounts may answer, if any may.

    taken_back: nobody waits for it any more, and it counts for nothing
    """

    body_unit: str | None
    source: OpinionSource
    answered: bool = False
    overdue: bool = False
    taken_back: bool = False

    @property
    def is_open(self) -> bool:
        """Whether an answer to it is taken."""
        return not (self.answered or self.taken_back)


@dataclass(frozen=True)
class Examination:
    """An examination's state.

    recused: account → why it stays out · resolutions: of the last flag of each check
    records: ids of visits and talks
    evidence: check, visit, talk or answer → ids of the documents that it rests on, of a check those
        of its last finding
    """

    recused: Mapping[str, RecusalGround] = field(default_factory=dict)
    resolutions: Mapping[Check, FlagResolution] = field(default_factory=dict)
    votes: Mapping[str, bool] = field(default_factory=dict)
    opinions: Mapping[str, AskedOpinion] = field(default_factory=dict)
    records: frozenset[str] = frozenset()
    evidence: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


EVENTS = (
    events.ReviewCheckRecorded,
    events.RecusalDeclared,
    events.RecusalsExamined,
    events.FlagResolved,
    events.PoliticalDirectionRecorded,
    events.GovernanceAbilityRecorded,
    events.VisitRecorded,
    events.TalkRecorded,
    events.OpinionAsked,
    events.OpinionAnswered,
    events.OpinionOverdue,
    events.OpinionTakenBack,
    events.VoteCast,
)
"""Events of an application's stream that its examination knows of."""


def evolve(state: Examination, event: Any) -> Examination:
    match event:
        case events.ReviewCheckRecorded():
            # A check made anew has a finding of its own: what was decided of the old one is over.
            kept = {check: its for check, its in state.resolutions.items() if check != event.check}
            return _resting_on(replace(state, resolutions=kept), event.check, event.documents)
        case events.RecusalDeclared():
            declared = {event.member_id: RecusalGround.SELF_DECLARED}
            return replace(state, recused={**state.recused, **declared})
        case events.RecusalsExamined():
            found = {its.member_id: its.ground for its in event.recused}
            return replace(state, recused={**found, **state.recused})
        case events.FlagResolved():
            resolved = {event.check: event.resolution}
            return replace(state, resolutions={**state.resolutions, **resolved})
        case events.PoliticalDirectionRecorded() | events.GovernanceAbilityRecorded():
            return state
        case events.VisitRecorded():
            seen = replace(state, records=state.records | {event.visit_id})
            return _resting_on(seen, event.visit_id, event.documents)
        case events.TalkRecorded():
            heard = replace(state, records=state.records | {event.talk_id})
            return _resting_on(heard, event.talk_id, event.documents)
        case events.OpinionAsked():
            asked = AskedOpinion(event.body_unit, event.source)
            return _with(state, event.opinion_id, asked)
        case events.OpinionAnswered():
            its = state.opinions[event.opinion_id]
            told = _with(state, event.opinion_id, replace(its, answered=True))
            named = None if event.document is None else [event.document]
            return _resting_on(told, f"answer to {event.opinion_id}", named)
        case events.OpinionOverdue():
            its = state.opinions[event.opinion_id]
            return _with(state, event.opinion_id, replace(its, overdue=True))
        case events.OpinionTakenBack():
            its = state.opinions[event.opinion_id]
            return _with(state, event.opinion_id, replace(its, taken_back=True))
        case events.VoteCast():
            return replace(state, votes={**state.votes, event.member_id: event.in_favour})
    raise TypeError(f"an examination knows nothing of {type(event).__name__}")


def _with(state: Examination, opinion_id: str, opinion: AskedOpinion) -> Examination:
    return replace(state, opinions={**state.opinions, opinion_id: opinion})


def _resting_on(state: Examination, record: str, documents: Sequence[str] | None) -> Examination:
    return replace(state, evidence={**state.evidence, record: tuple(documents or ())})
