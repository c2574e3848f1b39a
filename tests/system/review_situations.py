"""For every command of a review, a deliberation or about a file, where it would be carried out."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from shared.contracts.registry.vocabulary import UnitKind
from tests import files
from tests.system.bureau import (
    ANYONE,
    APPLICANT,
    DISTRICT,
    LEADER,
    NO_INTERESTS,
    OFFICER,
    REVIEWER,
    Bureau,
    Payload,
    deliberation,
    new_id,
    objection,
    review_check,
    striking_off,
)
from tests.system.point_situations import About

_KIND = UnitKind.CHAMBER
_FLAGGED = "violations_and_penalties"


def reviews_about(bureau: Bureau) -> list[About]:
    """A situation for each command, each about an application or a batch of its own."""
    batch_id = bureau.open_batch()
    appointed, changed, declaring = (bureau.open_batch() for _ in range(3))
    group = {"member_ids": [REVIEWER.id, "reviewer-2", "reviewer-3"], "chair": REVIEWER.id}
    for grouped in (batch_id, changed, declaring):
        bureau.send(LEADER, "AppointReviewGroup", {"batch_id": grouped, **group})
    bureau.send(REVIEWER, "DeclareInterests", {"batch_id": batch_id, **NO_INTERESTS})
    flagged, answering = _under_review(bureau, batch_id), _under_review(bureau, batch_id)
    bureau.send(REVIEWER, "RecordReviewCheck", review_check(flagged, _FLAGGED, "flagged"))
    asking = {
        "opinion_id": new_id(),
        "source": "enforcement_body",
        "body": "市生态环境局",
        "body_unit": "environment-bureau",
    }
    bureau.send(REVIEWER, "AskOpinion", {"application_id": answering, **asking})
    voting = _under_review(bureau, batch_id)
    bureau.check(voting, _KIND)
    checked = bureau.last["version"]
    in_vain = {"application_id": _under_review(bureau, batch_id), "opinion_id": new_id()}
    bureau.send(REVIEWER, "AskOpinion", {**asking, **in_vain})
    today = bureau.today.isoformat()
    nothing = {"employer_name": None, "employer_code": None, "industry_group": None}
    interests = {**nothing, "member_id": REVIEWER.id, "bodies": ["市律师协会"], "district": None}
    answer = {"opinion_id": asking["opinion_id"], "view": "no_objection", "text": "无行政处罚记录"}
    findings = dict.fromkeys(("self_discipline", "mediation", "oversight"), "passed")
    interview = {"interviewed_on": today, "interviewed": "党支部书记", "minutes": "党组织健全"}
    political = {"party_organisation": "branch", "finding": "passed", **interview}
    meeting = {"held_on": today, "participants": "两名成员", "minutes": "查看了生产经营情况"}
    resolution = {"check": _FLAGGED, "resolution": "cleared", "reasons": "情节轻微，已经整改到位"}
    return [
        ("AppointReviewGroup", LEADER, {"batch_id": appointed, **group},
         f"review_group-{appointed}", 0),
        ("ChangeReviewGroup", LEADER, {"batch_id": changed, **group, "reasons": "成员工作调动"},
         f"review_group-{changed}", 1),
        ("DeclareInterests", REVIEWER, {"batch_id": declaring, **interests},
         f"review_group-{declaring}", 1),
        ("ResolveFlag", REVIEWER, {"application_id": flagged, **resolution}, "application", 3),
        ("AnswerOpinion", OFFICER, {"application_id": answering, **answer}, "application", 3),
        ("CastVote", REVIEWER, {"application_id": voting, "in_favour": True},
         "application", checked),
        ("TakeBackOpinion", REVIEWER, {**in_vain, "reasons": "征求错了单位"}, "application", 3),
        *(
            (name, REVIEWER, {"application_id": _under_review(bureau, batch_id), **payload},
             "application", 2)
            for name, payload in _records(meeting).items()
        ),
        ("RecordPoliticalDirection", REVIEWER,
         {"application_id": _under_review(bureau, batch_id), **political}, "application", 2),
        ("RecordGovernanceAbility", REVIEWER,
         {"application_id": _under_review(bureau, batch_id), **findings,
          "evidence": "自律公约完善"}, "application", 2),
        ("AskOpinion", REVIEWER,
         {"application_id": _under_review(bureau, batch_id), **asking, "opinion_id": new_id()},
         "application", 2),
        *_decisions(bureau),
        *_notices(bureau),
        *_files(bureau),
    ]  # fmt: skip


def _records(meeting: Payload) -> dict[str, Payload]:
    """What is told of an application under review beside its id."""
    return {
        "DeclareRecusal": {"reasons": "与该单位负责人有近亲属关系"},
        "ExamineRecusals": {},
        "RecordVisit": {"visit_id": new_id(), **meeting},
        "RecordTalk": {"talk_id": new_id(), **meeting},
    }


def _decisions(bureau: Bureau) -> list[About]:
    """A batch whose meeting has no quorum; another of which a place is free for its reserve."""
    adjourning, promoting = bureau.open_batch(), bureau.open_batch(places=2)
    listed, reserve = (bureau.apply(promoting, _KIND) for _ in range(2))
    for application_id in (listed, reserve):
        bureau.qualify(application_id, _KIND)
    held = deliberation(promoting, [listed], bureau.today)
    bureau.send(LEADER, "RecordDeliberation", {**held, "reserves": [reserve]})
    meeting = {**deliberation(adjourning, [], bureau.today), "present": 4}
    del meeting["listed"]
    closing = bureau.open_batch()
    kept = bureau.apply(closing, _KIND)
    bureau.qualify(kept, _KIND)
    keeping = {**deliberation(closing, [], bureau.today), "reserves": [kept]}
    bureau.send(LEADER, "RecordDeliberation", keeping)
    struck = bureau.apply(bureau.open_batch(), _KIND)
    bureau.qualify(struck, _KIND)
    stands = bureau.last["version"]
    return [
        ("AdjournDeliberation", LEADER, meeting, "batch", 1),
        ("StrikeOff", LEADER, striking_off(struck, bureau.today), f"application-{struck}", stands),
        ("PromoteReserve", LEADER, {"batch_id": promoting, "application_id": reserve}, "batch", 4),
        ("CloseReserves", LEADER, {"batch_id": closing, "reasons": "本批次已经结束"}, "batch", 3),
    ]


def _notices(bureau: Bureau) -> list[About]:
    """A notice to correct, and one with an objection that needs more time."""
    _, corrected, (unit,) = bureau.on_notice([(_KIND, DISTRICT)])
    _, objected, (other,) = bureau.on_notice([(_KIND, DISTRICT)])
    raised = objection(objected, other)
    bureau.send(ANYONE, "ObjectToNotice", raised)
    correction = {"wrong": "单位名称有误", "correction": "以营业执照为准"}
    extension = {"objection_id": raised["objection_id"], "reasons": "需要向其他机关调取材料"}
    return [
        ("CorrectNotice", OFFICER,
         {"notice_id": corrected, "application_id": unit, **correction}, "notice", 1),
        ("ExtendVerification", LEADER, {"notice_id": objected, **extension}, "notice", 2),
    ]  # fmt: skip


def _files(bureau: Bureau) -> list[About]:
    """A file that was brought, and one that is a document already."""
    batch_id = bureau.open_batch()
    attaching, withdrawing = (_brought(bureau, bureau.apply(batch_id, _KIND)) for _ in range(2))
    bureau.send(APPLICANT, "AttachDocument", withdrawing)
    withdrawal = {name: withdrawing[name] for name in ("application_id", "document_id")}
    return [
        ("AttachDocument", APPLICANT, attaching, "application", 1),
        ("WithdrawDocument", APPLICANT, {**withdrawal, "reasons": "上传了错误的文件"},
         "application", 2),
    ]  # fmt: skip


def _brought(bureau: Bureau, application_id: str) -> Payload:
    """Bring a file; the command that makes it a document."""
    raw, file_id = files.pdf(), new_id()
    told: dict[str, Any] = {
        "media_type": "application/pdf",
        "size": len(raw),
        "sha256": hashlib.sha256(raw).hexdigest(),
    }

    def send(step: str, payload: Payload) -> None:
        bureau.client.transfer(APPLICANT, "registry", step, {"file_id": file_id, **payload})

    send("BeginUpload", {"owner_id": application_id, **told})
    send("PutChunk", {"index": 0, "data": base64.b64encode(raw).decode()})
    send("FinishUpload", {})
    about = {"application_id": application_id, "document_id": file_id}
    return {**about, **told, "kind": "commitment", "file_name": "承诺书.pdf"}


def _under_review(bureau: Bureau, batch_id: str) -> str:
    application_id = bureau.apply(batch_id, _KIND)
    bureau.pass_form(application_id)
    return application_id
