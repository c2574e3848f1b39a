"""Review groups, reviews, opinions, deliberation, and what a notice meets beside designation."""

from __future__ import annotations

from services.portal.api.binding import Bound
from services.portal.api.resources.lines import ask, ask_with_secret, do
from services.portal.web.limits import limit_receipts
from shared.contracts.registry import commands, queries
from shared.contracts.roles import Role

_OFFICER, _REVIEWER, _LEADER = Role.OFFICER, Role.REVIEWER, Role.LEADER
_BUREAU = (_OFFICER, _REVIEWER, _LEADER)
_EXAMINING = (_OFFICER, _REVIEWER)
_BODIES = (Role.ENFORCEMENT_BODY, Role.PARTNER)

_BATCH = "/batches/<id:batch_id>"
_GROUP = f"{_BATCH}/review-group"
_REVIEW = "/applications/<id:application_id>/review"
_NOTICE = "/notices/<id:notice_id>"
_OBJECTION = f"{_NOTICE}/objections/<id:objection_id>"

REVIEW_GROUPS: tuple[Bound, ...] = (
    ask(_GROUP, queries.ShowReviewGroup, *_BUREAU, Role.AUDITOR),
    do(_GROUP, commands.AppointReviewGroup, _LEADER),
    do(f"{_GROUP}/changes", commands.ChangeReviewGroup, _LEADER),
    do(f"{_GROUP}/interests", commands.DeclareInterests, *_BUREAU),
)

REVIEWS: tuple[Bound, ...] = (
    ask(_REVIEW, queries.OpenReview, *_BUREAU, personal=True),
    do(f"{_REVIEW}/recusals", commands.DeclareRecusal, *_BUREAU),
    do(f"{_REVIEW}/recusals/examination", commands.ExamineRecusals, *_BUREAU),
    do(f"{_REVIEW}/political-direction", commands.RecordPoliticalDirection, _REVIEWER),
    do(f"{_REVIEW}/governance-ability", commands.RecordGovernanceAbility, _REVIEWER),
    do(f"{_REVIEW}/visits", commands.RecordVisit, *_EXAMINING, makes=("visit_id",)),
    do(f"{_REVIEW}/talks", commands.RecordTalk, *_EXAMINING, makes=("talk_id",)),
    do(f"{_REVIEW}/flags", commands.ResolveFlag, _REVIEWER, _LEADER),
    do(
        f"{_REVIEW}/opinions",
        commands.AskOpinion,
        *_EXAMINING,
        makes=("opinion_id",),
        at="/opinions/{opinion_id}",
    ),
    do(f"{_REVIEW}/opinions/<id:opinion_id>/answer", commands.AnswerOpinion, _OFFICER, *_BODIES),
    do(f"{_REVIEW}/opinions/<id:opinion_id>/withdrawal", commands.TakeBackOpinion, *_EXAMINING),
    do(f"{_REVIEW}/votes", commands.CastVote, _REVIEWER),
)

OPINIONS: tuple[Bound, ...] = (
    ask(
        "/opinions",
        queries.ListOpinions,
        *(*_BUREAU, Role.AUDITOR, *_BODIES),
        many=True,
        personal=True,
    ),
    ask("/opinions/<id:opinion_id>", queries.OpenOpinion, *_BUREAU, *_BODIES, personal=True),
)

DELIBERATIONS: tuple[Bound, ...] = (
    ask(
        f"{_BATCH}/deliberations/<id:deliberation_id>",
        queries.OpenDeliberation,
        _OFFICER,
        _LEADER,
        personal=True,
    ),
    do(
        f"{_BATCH}/deliberations/adjourned",
        commands.AdjournDeliberation,
        _LEADER,
        makes=("deliberation_id",),
    ),
    do(
        "/applications/<id:application_id>/striking-off",
        commands.StrikeOff,
        _LEADER,
        makes=("deliberation_id",),
    ),
    do(f"{_BATCH}/reserves/<id:application_id>/promotion", commands.PromoteReserve, _LEADER),
    do(f"{_BATCH}/reserves/closing", commands.CloseReserves, _LEADER),
)

NOTICES: tuple[Bound, ...] = (
    do(f"{_NOTICE}/corrections", commands.CorrectNotice, _OFFICER, _LEADER),
    do(f"{_OBJECTION}/extension", commands.ExtendVerification, _LEADER),
    ask_with_secret(
        "/objections/<id:objection_id>/outcome", queries.FollowObjection, limit_receipts
    ),
)
