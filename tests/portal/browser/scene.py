"""Objects in every state that a page shows, and the address of each page that shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import Flask

from services.portal.pages import drafting
from services.portal.pages.account_acts import ACTS
from services.portal.pages.point_acts import ACTS as POINT_ACTS
from services.portal.pages.review_forms import RECORDS
from services.portal.web.edge import edge
from shared.access.actor import Actor
from shared.contracts.registry.vocabulary import UnitKind
from shared.contracts.roles import Role
from tests import files
from tests.portal.browser.clue_scene import ClueScene, clue_addresses, set_clues
from tests.portal.browser.duty_scene import DutyScene, duty_addresses, set_duties
from tests.portal.browser.entry_scene import Collected, entry_addresses, set_entries
from tests.portal.browser.erasure_scene import ErasureScene, set_erasures
from tests.portal.edge.test_files import brought
from tests.portal.matrix.clue_cases import FED_BACK, go_on
from tests.portal.matrix.dashboard_pages import BOARDS, REPORTS
from tests.portal.matrix.office_cases import WRONG, meeting, partner
from tests.portal.matrix.scene import Scene as CaseScene
from tests.portal.pages.own.test_application_form import typed
from tests.portal.people import People
from tests.portal.reporting import Reported, reported
from tests.portal.settling import let_settle
from tests.system.bureau import (
    ANYONE,
    CITY,
    DISTRICT,
    LEADER,
    NO_INTERESTS,
    OFFICER,
    REVIEWER,
    Bureau,
    application,
    figures,
    new_id,
    objection,
    recommended,
    review_check,
)

_ENTERPRISE, _CHAMBER = UnitKind.ENTERPRISE, UnitKind.CHAMBER


@dataclass(frozen=True)
class Scene:
    """Ids. `checked` is an application with all its checks, `own` one of the known applicant.

    collected: what came in through that point, by every way
    reported: whose reporter holds a code, and was told what came of it
    question_id: what that reporter is asked
    retirement_id, renewal_id, point_account: open about `point_id`; who speaks for it
    document_id: a document of `own` · supplementing: one of the same applicant's that is to be
    supplemented · named: one that names the known partner as its recommender
    unplanned: a batch without a plan · opinion_id: one that the known enforcement body is asked for
    meeting_id, task_id: a coordination meeting, and a task that it gave
    deliberation_id: of the meeting that made `reserve` one
    ended: a notice whose days are over, one unit designated as `point_id`, one to be designated
    """

    batch_id: str
    unplanned: str
    submitted: str
    under_review: str
    checked: str
    own: str
    document_id: str
    deliberation_id: str
    reserve: str
    supplementing: str
    named: str
    opinion_id: str
    notice_id: str
    objection_id: str
    ended: str
    point_id: str
    retirement_id: str
    renewal_id: str
    meeting_id: str
    task_id: str
    appointment_id: str
    partner_id: str
    point_account: str
    account_id: str
    grant_id: str
    erasures: ErasureScene
    clues: ClueScene
    collected: Collected
    duties: DutyScene
    reported: Reported
    question_id: str


NO_PAGES = {
    "/applications/<application_id>/documents/<document_id>/file",
    "/clues/<clue_id>/evidence/<file_id>",
    "/report/progress/evidence/<file_id>",
    "/assets/<name>",
    "/clues.csv",
    "/clues.xlsx",
    "/coverage.csv",
    *(f"/dashboard/{name}.csv" for name in BOARDS),
    *(f"/dashboard/{name}" for name in REPORTS),
    "/my/point",
    "/points.csv",
    "/sign-in/openid",
    "/sign-in/openid/back",
}
"""GET routes that answer with files, redirects or somebody else's page."""


def addresses(its: Scene) -> Mapping[str, tuple[str, ...]]:
    """Every rule that answers with a page of ours → where it has something to show."""
    application, notice = f"/applications/{its.under_review}", f"/notices/{its.notice_id}"
    account, apply = f"/accounts/{its.account_id}", f"/apply/{its.batch_id}"
    return {
        "/": ("/",),
        "/batches": ("/batches",),
        "/batches/<batch_id>": (f"/batches/{its.batch_id}",),
        "/notices": ("/notices",),
        "/notices/<notice_id>": (notice, f"/notices/{its.ended}"),
        "/notices/<notice_id>/object": (f"{notice}/object",),
        "/objection-outcome": ("/objection-outcome",),
        "/points": ("/points", f"/points?division={DISTRICT}"),
        "/points/<point_id>": (f"/points/{its.point_id}",),
        "/problems/<code>": ("/problems/invalid",),
        "/gallery": ("/gallery",),
        "/sign-in": ("/sign-in",),
        "/register": ("/register",),
        "/account": ("/account",),
        "/account/password": ("/account/password",),
        "/account/totp": ("/account/totp",),
        "/account/role": ("/account/role",),
        "/apply/<batch_id>/<key>": tuple(
            f"{apply}/{key}" for key in ("unit", "industry", "contact")
        ),
        "/apply/<batch_id>/check": (f"{apply}/check",),
        "/apply/<batch_id>/discard": (f"{apply}/discard",),
        "/my/applications": ("/my/applications",),
        "/my/applications/<application_id>": (
            f"/my/applications/{its.own}",
            f"/my/applications/{its.supplementing}",
        ),
        "/desk": ("/desk",),
        "/dashboard": ("/dashboard",),
        **{f"/dashboard/{name}": (f"/dashboard/{name}",) for name in BOARDS},
        "/applications": ("/applications",),
        "/applications/<application_id>": (application,),
        "/applications/<application_id>/formal-check": (
            f"/applications/{its.submitted}/formal-check",
        ),
        "/applications/<application_id>/checks": (f"{application}/checks",),
        "/applications/<application_id>/conclusion": (f"/applications/{its.checked}/conclusion",),
        "/applications/<application_id>/documents": (
            f"{application}/documents",
            f"/applications/{its.own}/documents",
        ),
        "/applications/<application_id>/documents/<document_id>/withdrawal": (
            f"/applications/{its.own}/documents/{its.document_id}/withdrawal",
        ),
        "/recommendations": ("/recommendations",),
        "/applications/<application_id>/recommendation": (
            f"/applications/{its.named}/recommendation",
        ),
        "/applications/<application_id>/supplement-request": (
            f"/applications/{its.submitted}/supplement-request",
        ),
        "/applications/<application_id>/supplement": (
            f"/applications/{its.supplementing}/supplement",
        ),
        "/applications/<application_id>/striking-off": (
            f"/applications/{its.reserve}/striking-off",
        ),
        "/applications/<application_id>/withdrawal": (f"/applications/{its.own}/withdrawal",),
        **{
            f"/applications/<application_id>/review/{name}": (f"{application}/review/{name}",)
            for name in (its.name for its in RECORDS)
        },
        "/applications/<application_id>/review": (f"{application}/review",),
        "/batches/<batch_id>/review-group": (f"/batches/{its.batch_id}/review-group",),
        "/batches/<batch_id>/interests": (f"/batches/{its.batch_id}/interests",),
        "/opinions": ("/opinions", "/opinions?open=no"),
        "/opinions/<opinion_id>": (f"/opinions/{its.opinion_id}",),
        "/opinions/<opinion_id>/withdrawal": (f"/opinions/{its.opinion_id}/withdrawal",),
        "/batches/<batch_id>/plan": (
            f"/batches/{its.batch_id}/plan",
            f"/batches/{its.unplanned}/plan",
        ),
        "/batches/<batch_id>/extension": (f"/batches/{its.batch_id}/extension",),
        "/batches/<batch_id>/ranking": (f"/batches/{its.batch_id}/ranking",),
        "/batches/new": ("/batches/new",),
        "/batches/<batch_id>/deliberation": (f"/batches/{its.batch_id}/deliberation",),
        "/batches/<batch_id>/deliberations/<deliberation_id>": (
            f"/batches/{its.batch_id}/deliberations/{its.deliberation_id}",
        ),
        "/batches/<batch_id>/reserves": (f"/batches/{its.batch_id}/reserves",),
        "/batches/<batch_id>/reserves/closing": (f"/batches/{its.batch_id}/reserves/closing",),
        "/batches/<batch_id>/reserves/<application_id>/promotion": (
            f"/batches/{its.batch_id}/reserves/{its.reserve}/promotion",
        ),
        "/batches/<batch_id>/notice": (f"/batches/{its.batch_id}/notice",),
        "/notices/<notice_id>/objections": (f"{notice}/objections",),
        "/notices/<notice_id>/correction": (f"{notice}/correction",),
        "/objections/<objection_id>/extension": (f"/objections/{its.objection_id}/extension",),
        "/objections/<objection_id>": (f"/objections/{its.objection_id}",),
        "/notices/<notice_id>/designation": (f"/notices/{its.ended}/designation",),
        **{
            f"/points/<point_id>/{act.path}": (f"/points/{its.point_id}/{act.path}",)
            for act in POINT_ACTS
        },
        "/points/<point_id>/contacts": (f"/points/{its.point_id}/contacts",),
        "/retirements": ("/retirements", "/retirements?all=1"),
        "/retirements/<retirement_id>": (f"/retirements/{its.retirement_id}",),
        "/renewals": ("/renewals",),
        "/renewals/<renewal_id>": (f"/renewals/{its.renewal_id}",),
        "/figures": ("/figures?year=2025",),
        "/certificate-prefix": ("/certificate-prefix",),
        "/settings": ("/settings",),
        "/settings/<figure>": ("/settings/notice_days",),
        "/settings/size-limits/<trade>": ("/settings/size-limits/construction",),
        "/working-days": ("/working-days", "/working-days?year=2025"),
        "/working-days/load": ("/working-days/load",),
        "/organisation": ("/organisation", "/organisation?past=1"),
        "/organisation/leaders/new": ("/organisation/leaders/new",),
        "/organisation/leaders/<appointment_id>/end": (
            f"/organisation/leaders/{its.appointment_id}/end",
        ),
        "/organisation/partners/new": ("/organisation/partners/new",),
        "/organisation/partners/<partner_id>/end": (
            f"/organisation/partners/{its.partner_id}/end",
        ),
        "/meetings": ("/meetings",),
        "/meetings/tasks": ("/meetings/tasks", "/meetings/tasks?standing=open"),
        "/meetings/new": ("/meetings/new",),
        "/meetings/<meeting_id>": (f"/meetings/{its.meeting_id}",),
        **{
            f"/meetings/<meeting_id>/tasks/<task_id>/{act}": (
                f"/meetings/{its.meeting_id}/tasks/{its.task_id}/{act}",
            )
            for act in ("completion", "extension")
        },
        "/records/<stream>/corrections": (
            f"/records/application-{its.under_review}/corrections",
            f"/records/meeting-{its.meeting_id}/corrections",
        ),
        "/records/<stream>/corrections/new": (
            f"/records/application-{its.under_review}/corrections/new?version=1",
        ),
        "/applications/<application_id>/data": (f"{application}/data",),
        "/erasures": ("/erasures", "/erasures?of=registry&status=locked"),
        "/erasures/<service>/new": (
            f"/erasures/clues/new?stream=clue-{its.clues.told}",
            f"/erasures/registry/new?stream=application-{its.submitted}",
        ),
        "/erasures/<service>/<erasure_id>": (
            f"/erasures/clues/{its.erasures.waiting}",
            f"/erasures/registry/{its.erasures.erased}",
        ),
        **{
            f"/erasures/<service>/<erasure_id>/{act}": (
                f"/erasures/clues/{its.erasures.waiting}/{act}",
            )
            for act in ("approval", "refusal", "lock")
        },
        "/erasures/<service>/<erasure_id>/reading": (
            f"/erasures/registry/{its.erasures.locked}/reading",
        ),
        "/operations": ("/operations",),
        "/history": ("/history", f"/history?source=registry&stream=application-{its.checked}"),
        "/openings": ("/openings", f"/openings?about=application&identifier={its.under_review}"),
        "/accounts": ("/accounts",),
        "/accounts/new": ("/accounts/new",),
        "/accounts/<account_id>": (account,),
        "/accounts/<account_id>/<act>": tuple(f"{account}/{act}" for act in ACTS),
        "/accounts/<account_id>/identity": (f"{account}/identity",),
        "/accounts/<account_id>/password": (f"{account}/password",),
        "/accounts/<account_id>/roles/new": (f"{account}/roles/new",),
        "/accounts/<account_id>/roles/<grant_id>/revoke": (
            f"{account}/roles/{its.grant_id}/revoke",
        ),
        **clue_addresses(its.clues),
        **entry_addresses(its.collected),
        **duty_addresses(its.duties),
        "/report/progress/question/<question_id>": (
            f"/report/progress/question/{its.question_id}",
        ),
    }


def set_scene(app: Flask, people: People, bureau: Bureau) -> Scene:
    """Make it all, and wait until every page can show it."""
    # First what needs time to pass: it would end the days of all the rest.
    over_id, ended, (first, _) = bureau.on_notice([(_ENTERPRISE, DISTRICT), (_CHAMBER, DISTRICT)])
    bureau.let_notice_end()
    bureau.designate(ended, [first])
    bureau.send(OFFICER, "RecordDistrictFigures", figures(2025, d430211=52_000, d430203=61_000))
    batch_id, notice_id, (noticed,) = bureau.on_notice([(_CHAMBER, DISTRICT)])
    raised = objection(notice_id, noticed)
    bureau.send(ANYONE, "ObjectToNotice", raised)
    account_id = people.known(Role.REVIEWER).account_id
    with app.app_context():
        grant_id = next(iter(edge().directory.account(account_id).grants))
    point_id = str(bureau.points(over_id)[first]["point_id"])
    renewal_id, retirement_id = _ending(bureau, point_id)
    applicant = people.known(Role.APPLICANT)
    own = _own(app, people, bureau, batch_id)
    document_id, _ = brought(applicant, own, files.pdf())
    under_review, opinion_id = _under_review(bureau, batch_id), new_id()
    held = meeting(bureau.today)
    bureau.send(OFFICER, "RecordCoordinationMeeting", held)
    appointment_id, partner_id = _organisation(bureau)
    reserve, deliberation_id = _deliberated(bureau, batch_id)
    correction = {"wrong": "单位的规模有误。", "correction": "规模以营业执照为准。"}
    bureau.send(
        OFFICER, "CorrectNotice", {"notice_id": notice_id, "application_id": noticed, **correction}
    )
    point_account = people.new(Role.POINT, unit=point_id).account_id
    told = _reported(app, people, bureau)
    its = Scene(
        batch_id=batch_id,
        unplanned=bureau.open_batch(),
        submitted=bureau.apply(batch_id, _CHAMBER),
        under_review=under_review,
        opinion_id=opinion_id,
        checked=_checked(bureau, batch_id),
        own=own,
        document_id=document_id,
        deliberation_id=deliberation_id,
        reserve=reserve,
        supplementing=_supplementing(bureau, applicant.account_id),
        named=_named(bureau, applicant.account_id, batch_id),
        notice_id=notice_id,
        objection_id=str(raised["objection_id"]),
        ended=ended,
        point_id=point_id,
        retirement_id=retirement_id,
        renewal_id=renewal_id,
        meeting_id=held["meeting_id"],
        task_id=held["tasks"][0]["task_id"],
        appointment_id=appointment_id,
        partner_id=partner_id,
        point_account=point_account,
        account_id=account_id,
        grant_id=grant_id,
        erasures=set_erasures(people, bureau),
        clues=set_clues(people, bureau, point_id, point_account),
        collected=set_entries(bureau, Actor(point_account, Role.POINT, unit=point_id)),
        duties=set_duties(bureau, Actor(point_account, Role.POINT, unit=point_id)),
        reported=told,
        question_id=_question(bureau, told),
    )
    asked = {"application_id": under_review, "opinion_id": opinion_id, "body": "市生态环境局"}
    bureau.send(
        OFFICER, "AskOpinion", {**asked, "source": "enforcement_body", "body_unit": "unit-1"}
    )
    members = [account_id, REVIEWER.id]
    bureau.send(
        LEADER,
        "ChangeReviewGroup",
        {"batch_id": batch_id, "member_ids": members, "chair": members[0], "reasons": "增补成员"},
    )
    bureau.examine(its.checked)
    declared = {**NO_INTERESTS, "batch_id": batch_id, "member_id": account_id}
    bureau.send(replace(REVIEWER, id=account_id), "DeclareInterests", declared)
    for member in members:
        vote = {"application_id": its.checked, "in_favour": True}
        bureau.send(replace(REVIEWER, id=member), "CastVote", vote)
    bureau.wait_for_assessment()
    let_settle(bureau)
    return its


def _organisation(bureau: Bureau) -> tuple[str, str]:
    """A responsible leader and a partner body, and a figure that will change."""
    appointment_id, partner_id = new_id(), new_id()
    appointed = {"division": DISTRICT, "leader_name": "欧阳明", "office": "区司法局副局长"}
    since = {"since": bureau.today.isoformat()}
    bureau.send(
        LEADER,
        "AppointResponsibleLeader",
        {"appointment_id": appointment_id, **appointed, **since},
    )
    bureau.send(OFFICER, "RegisterPartnerBody", {"partner_id": partner_id, **partner()})
    changed = {
        "effective_from": "2093-03-01",
        "figures": [{"name": "notice_days", "value": 9}],
        "corrects": None,
        "reason": "按新的规定调整。",
    }
    bureau.send(LEADER, "ChangeSettings", changed)
    return appointment_id, partner_id


def _under_review(bureau: Bureau, batch_id: str) -> str:
    """One of whose checks some are made, one of them doubtful; a record of it is corrected."""
    application_id = bureau.apply(batch_id, _ENTERPRISE)
    bureau.pass_form(application_id)
    for check, finding in (("tax_arrears", "passed"), ("street_opinion", "flagged")):
        bureau.send(REVIEWER, "RecordReviewCheck", review_check(application_id, check, finding))
    bureau.send(OFFICER, "CorrectRecord", {"stream": f"application-{application_id}", **WRONG})
    return application_id


def _checked(bureau: Bureau, batch_id: str) -> str:
    application_id = bureau.apply(batch_id, _CHAMBER)
    bureau.pass_form(application_id)
    bureau.check(application_id, _CHAMBER)
    return application_id


def _reported(app: Flask, people: People, bureau: Bureau) -> Reported:
    """A clue of which its reporter has been told what came of it."""
    its = reported(app, bureau)
    officer = people.known(Role.OFFICER).account_id
    go_on(CaseScene(bureau, people), officer, its.clue_id, FED_BACK)
    return its


def _question(bureau: Bureau, its: Reported) -> str:
    asked = {"clue_id": its.clue_id, "question_id": new_id(), "days": None, "text": "票据还在吗？"}
    bureau.client.command(OFFICER, "clues", "AskReporter", asked)
    return asked["question_id"]


def _own(app: Flask, people: People, bureau: Bureau, batch_id: str) -> str:
    """The known applicant's application, beside a draft of another for the same batch."""
    account_id = people.known(Role.APPLICANT).account_id
    payload = application(batch_id, _ENTERPRISE)
    bureau.send(Actor(account_id, Role.APPLICANT, CITY), "SubmitApplication", payload)
    with app.app_context():
        drafting.keep(account_id, batch_id, drafting.Draft(new_id(), typed(_ENTERPRISE)))
    return str(payload["application_id"])


def _ending(bureau: Bureau, point_id: str) -> tuple[str, str]:
    """A renewal that was proposed, and a retirement that was opened afterwards."""
    renewal_id = new_id()
    proposed = {"renewal_id": renewal_id, "point_id": point_id, "reasons": "履职情况良好。"}
    bureau.let_renewals_begin()
    bureau.send(OFFICER, "ProposeRenewal", proposed)
    return renewal_id, bureau.open_retirement(point_id, "leaking")


def _supplementing(bureau: Bureau, account_id: str) -> str:
    payload = application(bureau.open_batch(), _ENTERPRISE)
    bureau.send(Actor(account_id, Role.APPLICANT, CITY), "SubmitApplication", payload)
    asked = {"application_id": payload["application_id"], "missing": "请补交承诺书。"}
    bureau.send(OFFICER, "RequestSupplement", asked)
    return str(payload["application_id"])


def _named(bureau: Bureau, account_id: str, batch_id: str) -> str:
    payload = recommended(batch_id, _CHAMBER)
    bureau.send(Actor(account_id, Role.APPLICANT, CITY), "SubmitApplication", payload)
    return str(payload["application_id"])


def _deliberated(bureau: Bureau, batch_id: str) -> tuple[str, str]:
    """A unit to put on notice, one to deliberate on, and a reserve: that one, and the meeting."""
    listed, reserve, qualified = (bureau.apply(batch_id, _CHAMBER) for _ in range(3))
    for application_id in (listed, reserve, qualified):
        bureau.qualify(application_id, _CHAMBER)
    return reserve, bureau.deliberate(batch_id, [listed], [reserve])
