"""Clues and opinions: what is told, what is done about it, and what is told back."""

from __future__ import annotations

from services.portal.api.binding import Bound, Command, Query
from services.portal.hotline_sheet import HOTLINE_SHEET
from services.portal.web.access import allow, everyone
from services.portal.web.limits import limit_filing
from shared.contracts.clues import commands, queries
from shared.contracts.roles import Role

_OFFICER, _LEADER, _OF_POINT = Role.OFFICER, Role.LEADER, Role.POINT
_BUREAU = (_OFFICER, _LEADER)
_WATCHING = (*_BUREAU, Role.AUDITOR)
_WITH_POINT = (*_BUREAU, _OF_POINT)
_BODY = Role.ENFORCEMENT_BODY

_CLUE = "/clues/<id:clue_id>"
_REFERRAL = f"{_CLUE}/referrals/<id:referral_id>"
_CLAIM = f"{_CLUE}/refunds/<id:claim_id>"
_PAYMENT = f"{_CLAIM}/payments/<id:payment_id>"
_BOX = "/opinion-boxes/<id:box_id>"
_SYMPOSIUM = "/symposia/<id:symposium_id>"
_OPINION = "/opinions-filed/<id:opinion_id>"
_PROPOSAL = "/proposals/<id:proposal_id>"


def _do(
    path: str, does: type, *roles: Role, makes: tuple[str, ...] = (), at: str | None = None
) -> Command:
    return Command(path, "clues", does, allow(*roles), makes, at)


def _tell(path: str, does: type, makes: tuple[str, ...]) -> Command:
    """What everybody may tell, as often as one address may; files follow, each by its own address.

    A receipt code is shown on a page to the person it is for (decision 021), and so not here.
    """
    ours = ("receipt", "evidence") if does is commands.FileClue else ("receipt",)
    return Command(path, "clues", does, everyone, makes, often=limit_filing, ours=ours)


def _ask(path: str, asks: type, *roles: Role, many: bool = False, personal: bool = False) -> Query:
    who = allow(*roles) if roles else everyone
    return Query(path, "clues", asks, who, many=many, personal=personal)


CLUES: tuple[Bound, ...] = (
    _ask("/clues", queries.ListClues, *_WATCHING, _OF_POINT, many=True),
    Query(
        "/cases/search",
        "clues",
        queries.SearchCases,
        allow(*_WITH_POINT),
        personal=True,
        method="POST",
    ),
    _ask(_CLUE, queries.OpenClue, *_WITH_POINT, personal=True),
    _ask(f"{_CLUE}/evidence", queries.ListEvidence, *_WITH_POINT),
    _ask(f"{_CLUE}/similar", queries.SuggestSimilarClues, *_BUREAU),
    _ask(f"{_CLUE}/refunds", queries.ShowRefundLedger, *_WATCHING),
    _tell("/clues", commands.FileClue, ("clue_id", "reporter_id")),
    _do(f"{_CLUE}/retaliation", commands.FlagRetaliation, *_WITH_POINT),
    _do(f"{_CLUE}/acceptance", commands.AcceptClue, _OFFICER),
    _do(f"{_CLUE}/declining", commands.DeclineClue, _OFFICER),
    _do(f"{_CLUE}/handlers", commands.AssignClue, *_BUREAU),
    _do(f"{_CLUE}/recusals", commands.RecuseOfficer, *_BUREAU),
    _do(f"{_CLUE}/consent", commands.RecordConsent, _OFFICER),
    _do(f"{_CLUE}/joining", commands.JoinClue, _OFFICER),
    _do(f"{_CLUE}/extension", commands.ExtendCase, _LEADER),
    _do(f"{_CLUE}/pause", commands.PauseLimits, _LEADER),
    _do(f"{_CLUE}/resumption", commands.ResumeLimits, _OFFICER),
    _do(f"{_CLUE}/outcomes", commands.RecordOutcome, _LEADER, makes=("outcome_id",)),
    _do(f"{_CLUE}/outcomes/<id:outcome_id>/compliance", commands.RecordCompliance, _OFFICER),
    _do(f"{_CLUE}/closing", commands.CloseClue, *_BUREAU),
    _do(f"{_CLUE}/feedback", commands.GiveFeedback, _OFFICER),
    _do(f"{_CLUE}/feedback/relay", commands.RelayFeedback, *_WITH_POINT),
    _do(f"{_CLUE}/satisfaction", commands.RateSatisfaction, *_WITH_POINT),
    _do(f"{_CLUE}/reopening", commands.ReopenClue, _LEADER),
)

REFERRALS: tuple[Bound, ...] = (
    _ask("/referrals", queries.ListReferrals, *_WATCHING, _BODY, many=True),
    _ask("/referrals/<id:referral_id>", queries.OpenReferral, *_BUREAU, _BODY, personal=True),
    _do(
        f"{_CLUE}/referrals",
        commands.ReferClue,
        _OFFICER,
        makes=("referral_id",),
        at="/referrals/{referral_id}",
    ),
    _do(f"{_REFERRAL}/refusal", commands.RefuseReferral, _OFFICER, _BODY),
    _do(f"{_REFERRAL}/answer", commands.AnswerReferral, _OFFICER, _BODY),
    _do(f"{_CLUE}/referral/return", commands.ReturnAnswer, _OFFICER),
    _do(f"{_CLUE}/referral/withdrawal", commands.WithdrawReferral, _OFFICER),
)

VERIFICATIONS: tuple[Bound, ...] = (
    _do(f"{_CLUE}/verification", commands.StartVerification, _OFFICER),
    _do(
        f"{_CLUE}/verification/steps",
        commands.TakeVerificationStep,
        _OFFICER,
        makes=("step_id",),
    ),
    _do(f"{_CLUE}/verification/extension", commands.ExtendClueVerification, _LEADER),
    _do(f"{_CLUE}/verification/pause", commands.PauseVerification, _LEADER),
    _do(f"{_CLUE}/verification/resumption", commands.ResumeVerification, _OFFICER),
    _do(f"{_CLUE}/verification/conclusion", commands.ConcludeVerification, _OFFICER),
)

REFUNDS: tuple[Bound, ...] = (
    _do(f"{_CLUE}/refunds", commands.ClaimRefund, _OFFICER, makes=("claim_id",)),
    _do(f"{_CLAIM}/verification", commands.VerifyRefund, _OFFICER),
    _do(f"{_CLAIM}/order", commands.OrderRefund, _LEADER),
    _do(f"{_CLAIM}/reduction", commands.ReduceRefundOrder, _LEADER),
    Command(
        f"{_CLAIM}/payments",
        "clues",
        commands.RecordRefundPayment,
        allow(_OFFICER, _BODY),
        ("payment_id",),
        ours=("proof_file",),
    ),
    _do(f"{_PAYMENT}/reversal", commands.ReverseRefundPayment, _OFFICER),
)

COLLECTING: tuple[Bound, ...] = (
    _ask("/opinion-boxes", queries.ListBoxes, many=True),
    _ask(_BOX, queries.ShowBox),
    _do("/opinion-boxes", commands.PlaceBox, *_WITH_POINT, makes=("box_id",)),
    _do(f"{_BOX}/emptyings", commands.EmptyBox, *_WITH_POINT, makes=("emptying_id",)),
    _do(f"{_BOX}/removal", commands.RemoveBox, *_WITH_POINT),
    _ask("/symposia", queries.ListSymposia, *_WATCHING, _OF_POINT, many=True),
    _ask(_SYMPOSIUM, queries.OpenSymposium, *_WITH_POINT, personal=True),
    _do("/symposia", commands.ScheduleSymposium, *_WITH_POINT, makes=("symposium_id",)),
    _do(f"{_SYMPOSIUM}/minutes", commands.HoldSymposium, *_WITH_POINT),
    _do(f"{_SYMPOSIUM}/cancellation", commands.CancelSymposium, *_WITH_POINT),
    _ask("/hotline-imports", queries.ListHotlineImports, *_WATCHING, many=True),
    Command(
        "/divisions/<division:division>/hotline-imports",
        "clues",
        commands.ImportHotline,
        allow(_OFFICER),
        ("import_id",),
        sheet=HOTLINE_SHEET,
    ),
    _ask("/baselines", queries.ShowBaseline, *_WATCHING),
    Command(
        "/divisions/<division:division>/baselines/<year:year>",
        "clues",
        commands.RecordBaseline,
        allow(*_BUREAU),
        method="PUT",
    ),
    _do("/inspections", commands.NoteInspection, *_WITH_POINT, makes=("inspection_id",)),
)
OPINIONS: tuple[Bound, ...] = (
    _ask("/opinions-filed", queries.ListOpinionsFiled, *_WATCHING, _OF_POINT, many=True),
    _ask("/opinions-filed/<id:entry_id>", queries.OpenOpinionFiled, *_WITH_POINT, personal=True),
    _tell("/opinions-filed", commands.FileOpinion, ("opinion_id", "reporter_id")),
    _do(f"{_OPINION}/recusals", commands.RecuseFromOpinion, *_BUREAU),
    _do(f"{_OPINION}/answer", commands.AnswerOpinion, _OFFICER),
    _do(f"{_OPINION}/clue", commands.TakeOpinionAsClue, _OFFICER, makes=("clue_id",)),
    _do(f"{_OPINION}/relay", commands.RelayAnswer, *_WITH_POINT),
    _ask("/proposals", queries.ListProposals, *_WATCHING, _OF_POINT, many=True),
    _ask(_PROPOSAL, queries.ShowProposal, *_WATCHING, _OF_POINT),
    _do(f"{_PROPOSAL}/steps", commands.TakeProposalStep, *_BUREAU),
    _do(f"{_PROPOSAL}/completion", commands.CompleteProposal, *_BUREAU),
    _do(f"{_PROPOSAL}/dropping", commands.DropProposal, _LEADER),
    _do(f"{_PROPOSAL}/telling-back", commands.TellProposalBack, *_WITH_POINT),
    _ask("/themes", queries.ListThemes, *_WATCHING, many=True),
    _ask("/themes/<id:theme_id>", queries.ShowTheme, *_WATCHING),
    _ask(
        "/frequent-inspections",
        queries.ListFrequentInspections,
        *_BUREAU,
        many=True,
        personal=True,
    ),
    _do("/themes/<id:theme_id>/conclusion", commands.ConcludeTheme, *_BUREAU),
    _ask(
        "/clue-settings",
        queries.ShowClueSettings,
        *(*_WATCHING, _OF_POINT, Role.ADMINISTRATOR, Role.OPERATOR),
    ),
    _do("/clue-settings", commands.ChangeSettings, _LEADER, Role.ADMINISTRATOR),
)
