"""Review groups, and what they do about an application."""

from __future__ import annotations

from typing import Any

from services.registry.domain import application, asking_opinions, examining
from services.registry.domain.deliberation import NoteQualified
from services.registry.domain.recusal import Panel
from services.registry.domain.review_group import ReviewGroup
from services.registry.handlers.aggregates import APPLICATION, BATCH, REVIEW_GROUP
from services.registry.handlers.applications import about_application
from services.registry.handlers.common import BUREAU, known, may_answer, of
from services.registry.handlers.organisation import refuse_former_partner
from services.registry.handlers.panels import panel_of, refuse_tied
from services.registry.handlers.unit_names import end_application
from shared.contracts.errors import NotFound, Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands
from shared.contracts.registry.vocabulary import Conclusion
from shared.contracts.roles import Role
from shared.contracts.scope import reaches
from shared.service.command_bus import Route
from shared.service.work import Work

OPINION_ID = "opinion_id"


def set_up_review_group(work: Work, command: Any) -> None:
    """The bureau that runs the batch appoints its group, and changes it."""
    known(work, BATCH, command.batch_id)
    work.decide(REVIEW_GROUP, command.batch_id, command)


def declare_interests(work: Work, command: commands.DeclareInterests) -> None:
    """By a member, or by an officer or leader who works on the batch's applications.

    Either may be of a district, for whom the city's batch lies out of reach.
    """
    group: ReviewGroup = work.require(REVIEW_GROUP, command.batch_id)
    if work.actor.id not in group.members:
        _refuse_stranger(work, command.batch_id)
    work.decide(REVIEW_GROUP, command.batch_id, command)


def _refuse_stranger(work: Work, batch_id: str) -> None:
    """Raise NotFound for who has nothing to do with the batch, Refused for another reviewer."""
    division = work.require(BATCH, batch_id).division
    below = reaches(division, work.actor.division) and work.actor.role is not Role.REVIEWER
    if not below:
        known(work, BATCH, batch_id)
    if work.actor.role is Role.REVIEWER:
        raise Refused(Reason.NOT_A_MEMBER, "you are not of this batch's group", ["member_id"])


def about_examination(work: Work, command: Any) -> None:
    """A record of the examination, by an officer or a member of the group, without ties."""
    known(work, APPLICATION, command.application_id)
    refuse_tied(work, command.application_id)
    work.decide(APPLICATION, command.application_id, command)


def ask_opinion(work: Work, command: commands.AskOpinion) -> None:
    """An opinion is told by its id alone, so that no two applications have one of the same id."""
    about_examination(work, command)
    work.claim(
        OPINION_ID,
        (command.opinion_id,),
        APPLICATION.stream(command.application_id),
        Reason.ALREADY_EXISTS,
        "opinion_id",
    )


def examine_recusals(work: Work, command: commands.ExamineRecusals) -> None:
    known(work, APPLICATION, command.application_id)
    panel = _needed(panel_of(work, command.application_id))
    work.decide(APPLICATION, command.application_id, examining.Examine(panel))


def cast_vote(work: Work, command: commands.CastVote) -> None:
    known(work, APPLICATION, command.application_id)
    panel = _needed(panel_of(work, command.application_id))
    panel.refuse(work.actor.id)
    panel.refuse_silent(work.actor.id)
    work.decide(APPLICATION, command.application_id, command)


def conclude_review(work: Work, command: commands.ConcludeReview) -> None:
    """By the votes of the batch's group; a batch without one tells how a meeting has voted."""
    known(work, APPLICATION, command.application_id)
    panel = panel_of(work, command.application_id)
    if panel is not None:
        panel.refuse(work.actor.id)
        panel.refuse_silent(work.actor.id)
    by_vote = command if panel is None else application.ConcludeByVote(command, panel)
    work.decide(APPLICATION, command.application_id, by_vote)
    if command.conclusion is Conclusion.QUALIFIED:
        batch_id = work.state(APPLICATION, command.application_id).batch_id
        work.decide(BATCH, batch_id, NoteQualified(command.application_id))
    else:
        end_application(work, command.application_id)


def answer_opinion(work: Work, command: commands.AnswerOpinion) -> None:
    """By an officer, or by the unit that was asked; to others it is as if nobody had asked."""
    by_body = work.actor.role is not Role.OFFICER
    if by_body:
        state: application.Application = work.require(APPLICATION, command.application_id)
        asked = state.examination.opinions.get(command.opinion_id)
        if asked is None or not may_answer(work.actor, asked.body_unit, state.division):
            raise NotFound("opinion", command.opinion_id)
        if work.actor.role is Role.PARTNER and work.actor.unit is not None:
            refuse_former_partner(work, work.actor.unit, state.division)
    else:
        known(work, APPLICATION, command.application_id)
    refuse_tied(work, command.application_id)
    answer = asking_opinions.Answer(command, by_body)
    work.decide(APPLICATION, command.application_id, answer)


def mark_opinion_overdue(work: Work, command: commands.MarkOpinionOverdue) -> None:
    work.decide(APPLICATION, command.application_id, command)


def _needed(panel: Panel | None) -> Panel:
    if panel is None:
        raise Refused(Reason.NO_REVIEW_GROUP, "the batch has no review group yet")
    return panel


_EXAMINING = {Role.OFFICER, Role.REVIEWER}
_OF_BATCH = of(REVIEW_GROUP, "batch_id")
_OF_APPLICATION = of(APPLICATION, "application_id")

ROUTES: dict[type, Route] = {
    commands.AppointReviewGroup: Route({Role.LEADER}, _OF_BATCH, set_up_review_group),
    commands.ChangeReviewGroup: Route({Role.LEADER}, _OF_BATCH, set_up_review_group),
    commands.DeclareInterests: Route(BUREAU | {Role.REVIEWER}, _OF_BATCH, declare_interests),
    commands.DeclareRecusal: Route(BUREAU | {Role.REVIEWER}, _OF_APPLICATION, about_application),
    commands.ExamineRecusals: Route(BUREAU | {Role.REVIEWER}, _OF_APPLICATION, examine_recusals),
    commands.RecordReviewCheck: Route({Role.REVIEWER}, _OF_APPLICATION, about_examination),
    commands.ResolveFlag: Route({Role.REVIEWER, Role.LEADER}, _OF_APPLICATION, about_examination),
    commands.RecordPoliticalDirection: Route({Role.REVIEWER}, _OF_APPLICATION, about_examination),
    commands.RecordGovernanceAbility: Route({Role.REVIEWER}, _OF_APPLICATION, about_examination),
    commands.RecordVisit: Route(_EXAMINING, _OF_APPLICATION, about_examination),
    commands.RecordTalk: Route(_EXAMINING, _OF_APPLICATION, about_examination),
    commands.AskOpinion: Route(_EXAMINING, _OF_APPLICATION, ask_opinion),
    commands.TakeBackOpinion: Route(_EXAMINING, _OF_APPLICATION, about_examination),
    commands.AnswerOpinion: Route(
        {Role.OFFICER, Role.ENFORCEMENT_BODY, Role.PARTNER}, _OF_APPLICATION, answer_opinion
    ),
    commands.MarkOpinionOverdue: Route({Role.SYSTEM}, _OF_APPLICATION, mark_opinion_overdue),
    commands.CastVote: Route({Role.REVIEWER}, _OF_APPLICATION, cast_vote),
    commands.ConcludeReview: Route({Role.REVIEWER}, _OF_APPLICATION, conclude_review),
}
