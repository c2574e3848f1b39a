"""One of everything that an address of the API or a page can name."""

from __future__ import annotations

from deploy.local.processes import wait_until
from shared.contracts.errors import NotFound
from shared.contracts.roles import Role
from tests.portal.matrix.clue_cases import DECIDED, OUTCOME, adopted, filed, referral_of, send
from tests.portal.matrix.clue_cases import opinion as filed_opinion
from tests.portal.matrix.collecting_cases import collected
from tests.portal.matrix.document_cases import brought
from tests.portal.matrix.duty_cases import duty_things
from tests.portal.matrix.erasure_cases import requested
from tests.portal.matrix.office_cases import WRONG, appointment, meeting, partner
from tests.portal.matrix.opening_cases import SECRET, request
from tests.portal.matrix.review_cases import opinion
from tests.portal.matrix.scene import Scene
from tests.portal.people import People
from tests.system.bureau import (
    ANYONE,
    LEADER,
    OFFICER,
    Bureau,
    new_id,
    objection,
    opening_of_retirement,
)
from tests.system.installation import PATIENCE


def things(bureau: Bureau, people: People) -> dict[str, str]:
    """Ids of the city's, which is all shown already, by their names in addresses."""
    scene = Scene(bureau, people)
    point_id, renewal_id = scene.point(), new_id()
    bureau.let_renewals_begin()
    proposed = {"renewal_id": renewal_id, "point_id": point_id, "reasons": "任期将满。"}
    bureau.send(OFFICER, "ProposeRenewal", proposed)
    retiring = opening_of_retirement(point_id)
    bureau.send(OFFICER, "OpenRetirement", retiring)
    notice_id, noticed = scene.running()
    raised = objection(notice_id, noticed)
    bureau.send(ANYONE, "ObjectToNotice", raised)
    bureau.group(scene.batch_id)
    application_id = scene.submitted()
    document = brought(bureau, OFFICER, application_id)
    bureau.send(OFFICER, "AttachDocument", {"application_id": application_id, **document})
    bureau.pass_form(application_id)
    opinion_id = opinion(scene, application_id)
    account_id, _ = people.account(Role.OFFICER)
    stream = f"application-{scene.submitted()}"
    bureau.send(OFFICER, "CorrectRecord", {"stream": stream, **WRONG})
    held = meeting(bureau.today)
    bureau.send(OFFICER, "RecordCoordinationMeeting", held)
    appointed = appointment(scene)
    bureau.send(LEADER, "AppointResponsibleLeader", appointed)
    partner_id = new_id()
    bureau.send(OFFICER, "RegisterPartnerBody", {"partner_id": partner_id, **partner()})
    bureau.applications(scene.batch_id)
    for model in _MODELS:
        bureau.read(model, {})
    bureau.read("ListDocuments", {"application_id": application_id})
    clue_id = filed(scene, OFFICER.id, DECIDED, **SECRET)
    opening_id = request(scene, OFFICER, clue_id)
    send(scene, OFFICER, "ReadCase", {"clue_id": clue_id, "purpose": "办理"})
    entry_id = new_id()
    told = {"opinion_id": entry_id, "reporter_id": new_id(), **filed_opinion("form")}
    send(scene, ANYONE, "FileOpinion", told)
    box_id, symposium_id = collected(scene)
    proposal_id, theme_id = adopted(scene, OFFICER.id), _theme(bureau, clue_id)
    for query, asked in (
        ("OpenClue", {"clue_id": clue_id, "purpose": "办理"}),
        ("OpenOpinionFiled", {"entry_id": entry_id, "purpose": "办理"}),
    ):
        assert wait_until(lambda q=query, a=asked: _is_shown(bureau, q, a), PATIENCE)  # type: ignore[misc]
    erasure_id = _requested(scene)
    (decided,) = bureau.read("ShowBatch", {"batch_id": scene.batch_id})["deliberations"]
    return {
        "stream": stream,
        "erasure_id": erasure_id,
        "document_id": document["document_id"],
        "meeting_id": held["meeting_id"],
        "task_id": held["tasks"][0]["task_id"],
        "appointment_id": appointed["appointment_id"],
        "partner_id": partner_id,
        "clue_id": clue_id,
        "opening_id": opening_id,
        "entry_id": entry_id,
        "referral_id": referral_of(clue_id),
        "outcome_id": OUTCOME,
        "box_id": box_id,
        "symposium_id": symposium_id,
        "proposal_id": proposal_id,
        "theme_id": theme_id,
        "batch_id": scene.batch_id,
        "deliberation_id": decided["deliberation_id"],
        "application_id": application_id,
        "opinion_id": opinion_id,
        "account_id": account_id,
        "notice_id": notice_id,
        "objection_id": str(raised["objection_id"]),
        "point_id": point_id,
        "renewal_id": renewal_id,
        "retirement_id": retiring["retirement_id"],
        **duty_things(scene),
    }


def _requested(scene: Scene) -> str:
    """One in each service that holds personal data, of the same id."""
    erasure_id = new_id()
    asked = {"erasure_id": erasure_id}
    for service in ("clues", "registry"):
        requested(scene, service, erasure_id)

        def is_shown(service: str = service) -> bool:
            try:
                return bool(scene.bureau.client.query(OFFICER, service, "ShowErasure", asked))
            except NotFound:
                return False

        assert wait_until(is_shown, PATIENCE)
    return erasure_id


def _is_shown(bureau: Bureau, query: str, asked: dict[str, str]) -> bool:
    try:
        shown = bureau.client.query(OFFICER, "clues", query, asked)
    except NotFound:
        return False
    return bool(shown["status"] == ("verified" if query == "OpenClue" else "filed"))


def _theme(bureau: Bureau, clue_id: str) -> str:
    """The one that the clue counts for; it grows, so it stays among the latest."""
    found: list[str] = []

    def is_shown() -> bool:
        rows = bureau.client.query(OFFICER, "clues", "ListThemes", {"limit": 100})["items"]
        found[:] = [row["theme_id"] for row in rows if clue_id in row["clue_ids"]]
        return bool(found)

    assert wait_until(is_shown, PATIENCE)
    return found[0]


_MODELS = (
    "ListNotices",
    "ListOpinions",
    "ListRetirements",
    "ListCoordinationMeetings",
)
"""What is done is shown once these tell of it, each by its own read model."""
