"""What the clues service holds of whom, and when it may be erased."""

from __future__ import annotations

from services.clues.domain.clue import Clue
from services.clues.domain.opinion import Opinion
from services.clues.domain.reopening import last_day
from services.clues.handlers.aggregates import CLUE, OPINION, READING
from shared.contracts.clues.vocabulary import ClueStatus, OpinionStatus
from shared.contracts.erasure.vocabulary import ErasureScope
from shared.contracts.errors import NotFound, Refused
from shared.contracts.reasons import Reason
from shared.erasure.handlers import routes
from shared.erasure.holdings import Held
from shared.service.command_bus import Route
from shared.service.work import Work

ANSWERED = (OpinionStatus.TOLD, OpinionStatus.TAKEN)
"""In which nothing is to be done about an opinion any more."""


def held(work: Work, stream: str, scope: ErasureScope) -> Held:
    """Of a clue or an opinion: its words, and who told it (`shared.erasure.holdings`)."""
    prefix, _, identifier = stream.partition("-")
    if prefix == CLUE.prefix:
        return _of_clue(work, identifier, scope)
    if prefix == OPINION.prefix:
        return _of_opinion(work, identifier, scope)
    raise NotFound(prefix, identifier)


def _of_clue(work: Work, clue_id: str, scope: ErasureScope) -> Held:
    """Who told it is erased with the words, unless another case that they told is still open."""
    state: Clue = work.require(CLUE, clue_id)
    if work.actor.id in state.recused:
        raise Refused(Reason.CASE_RECUSED, "you stay out of this case")
    over = _is_over(work, state)
    reporter = f"reporter:{state.reporter_id}"
    if scope is ErasureScope.REPORTER:
        return Held(state.division, (reporter,), over)
    told_too = [work.state(CLUE, its) for its in sorted(state.kin)]
    needed = any(
        its.reporter_id == state.reporter_id and not _is_over(work, its) for its in told_too
    )
    clue, reading = f"clue:{clue_id}", READING.stream(clue_id).replace("-", ":", 1)
    if needed:
        return Held(state.division, (clue,), over, beside=(reading,), needed=(reporter,))
    return Held(state.division, (clue, reporter), over, beside=(reading,))


def _is_over(work: Work, state: Clue) -> bool:
    """Whoever told it knows what came of it, and the days in which they may reopen it are past."""
    if state.status is not ClueStatus.TOLD or state.limits:
        return False
    reopens = state.declined is None and state.satisfaction is None
    return not reopens or bool(work.context.today > last_day(state, work.context))


def _of_opinion(work: Work, opinion_id: str, scope: ErasureScope) -> Held:
    """Who told one that was taken as a clue is erased with that clue."""
    state: Opinion = work.require(OPINION, opinion_id)
    over = state.status in ANSWERED
    reporter = f"reporter:{state.reporter_id}"
    if scope is ErasureScope.REPORTER:
        return Held(state.division, (reporter,), over)
    its = f"opinion:{opinion_id}"
    if state.status is OpinionStatus.TAKEN:
        return Held(state.division, (its,), over, needed=(reporter,))
    return Held(state.division, (its, reporter), over)


ROUTES: dict[type, Route] = routes(held)
