"""Clues and opinions in every state that a page shows, and the address of each such page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from deploy.local.processes import wait_until
from shared.access.actor import Actor
from shared.contracts.roles import Role
from tests.portal.browser.opening_scene import Openings, opening_addresses, set_openings
from tests.portal.matrix.clue_cases import (
    ACCEPTED,
    ANSWER,
    ANSWERED,
    CLAIM,
    CLOSED,
    FED_BACK,
    FINDING,
    OPINION,
    OUTCOME,
    PAUSE,
    PAYMENT,
    REFERRED,
    STARTED,
    STEP,
    TELL,
    TEXT,
    VERIFYING,
    WAITING,
    Step,
    adopted,
    clue,
    filed,
    go_on,
    handler,
    referral_of,
    send,
)
from tests.portal.matrix.dialogue_cases import asked as asked_something
from tests.portal.matrix.dialogue_cases import suffering
from tests.portal.matrix.scene import Scene
from tests.portal.people import People
from tests.system.bureau import OFFICER, Bureau, new_id
from tests.system.installation import PATIENCE


@dataclass(frozen=True)
class ClueScene:
    """Clues by how far they are, each handled by the known officer.

    owing: verified, with an opinion to follow and a refund of which a part is paid
    told: of the point that the scene has, which told its reporter
    openings: of confidential ones, to see who told them
    asked: whose reporter is asked something · suffering: about retaliation against one
    theme_id: raised by them · proposal_id, completed: one that is open, and one that is not
    """

    filed: str
    accepted: str
    referred: str
    returned: str
    answered: str
    started: str
    verifying: str
    waiting: str
    paused: str
    owing: str
    closed: str
    fed_back: str
    told: str
    asked: str
    suffering: str
    theme_id: str
    proposal_id: str
    completed: str
    openings: Openings


_AMOUNT = {"claim_id": CLAIM, "amount": 100_000}
_OWING: list[Step] = [
    *ANSWERED,
    ("StartVerification", {}),
    ("TakeVerificationStep", STEP),
    ("ClaimRefund", {**_AMOUNT, "claimant": "某机械厂"}),
    ("VerifyRefund", {**_AMOUNT, "basis": TEXT}),
    ("ConcludeVerification", FINDING),
    ("RecordOutcome", {"outcome_id": OUTCOME, **OPINION}),
    ("OrderRefund", {**_AMOUNT, "document_number": OPINION["document_number"]}),
]
_INCOMPLETE = {"referral_id": "", **ANSWER, "basis": None, "refund": None}


def set_clues(people: People, bureau: Bureau, point_id: str, point_account: str) -> ClueScene:
    """Make them all, and wait until each is shown."""
    scene, officer = Scene(bureau, people), people.known(Role.OFFICER).account_id
    made = {
        name: filed(scene, officer, steps)
        for name, steps in (
            ("filed", []),
            ("accepted", ACCEPTED),
            ("referred", REFERRED),
            ("returned", [*REFERRED, ("AnswerReferral", _INCOMPLETE)]),
            ("answered", ANSWERED),
            ("started", STARTED),
            ("verifying", VERIFYING),
            ("waiting", WAITING),
            ("paused", [*STARTED, ("PauseVerification", PAUSE)]),
            ("owing", _OWING),
            ("closed", CLOSED),
        )
    }
    its = ClueScene(
        **made,
        asked=asked_something(scene, officer),
        suffering=suffering(scene, officer),
        theme_id=_theme(bureau),
        proposal_id=adopted(scene, officer),
        completed=_completed(scene, officer),
        openings=set_openings(scene, officer),
        fed_back=_of_point(scene, officer, point_id, point_account, FED_BACK),
        told=_of_point(scene, officer, point_id, point_account, FED_BACK),
    )
    today = bureau.today.isoformat()
    paid = {"payment_id": PAYMENT, "claim_id": CLAIM, "amount": 40_000, "paid_on": today}
    payment = {"clue_id": its.owing, **paid, "proof": "银行回单 001"}
    send(scene, handler(officer), "RecordRefundPayment", payment)
    relayed = {"clue_id": its.told, "relayed_on": today, **TELL}
    done = bureau.client.command(handler(officer), "clues", "RelayFeedback", relayed)
    asked = {"clue_id": its.told, "purpose": "查看办理情况"}
    bureau.client.query(handler(officer), "clues", "OpenClue", asked, after=done)
    return its


def _theme(bureau: Bureau) -> str:
    """The one that so many clues about one body raise."""
    found: list[str] = []

    def is_raised() -> bool:
        asked = {"status": "raised", "limit": 100}
        rows = bureau.client.query(OFFICER, "clues", "ListThemes", asked)["items"]
        found[:] = [row["theme_id"] for row in rows if row["body"] == clue("form")["body"]]
        return bool(found)

    assert wait_until(is_raised, PATIENCE)
    return found[0]


def _completed(scene: Scene, officer: str) -> str:
    proposal_id = adopted(scene, officer)
    step = {"taken_on": scene.bureau.today.isoformat(), "account": "征求意见。"}
    send(scene, handler(officer), "TakeProposalStep", {"proposal_id": proposal_id, **step})
    changed = {"result": "rule_changed", "document": "涉企检查办法", "account": "已经施行。"}
    send(scene, handler(officer), "CompleteProposal", {"proposal_id": proposal_id, **changed})
    return proposal_id


def _of_point(scene: Scene, officer: str, point_id: str, account_id: str, steps: list[Step]) -> str:
    """A clue that came through the point, once the clues service knows it."""
    point, clue_id = Actor(account_id, Role.POINT, unit=point_id), new_id()
    given = {"clue_id": clue_id, "reporter_id": new_id(), **clue("point")}

    def is_filed() -> bool:
        try:
            send(scene, point, "FileClue", given)
        except Exception as error:
            if getattr(error, "reason", None) != "point_not_active":
                raise
            return False
        return True

    assert wait_until(is_filed, PATIENCE)
    go_on(scene, officer, clue_id, steps)
    return clue_id


def clue_addresses(its: ClueScene) -> Mapping[str, tuple[str, ...]]:
    """Every rule of their pages → where it has something to show."""
    clues = vars(its)
    forms = {
        "acceptance": its.filed,
        "declining": its.filed,
        "handlers": its.accepted,
        "recusal": its.accepted,
        "consent": its.accepted,
        "joining": its.accepted,
        "retaliation": its.fed_back,
        "referral": its.accepted,
        "answer-return": its.answered,
        "referral-withdrawal": its.referred,
        "verification": its.answered,
        "verification-step": its.started,
        "verification-conclusion": its.verifying,
        "verification-resumption": its.paused,
        "pause": its.accepted,
        "resumption": its.waiting,
        "reopening": its.told,
        "verification-extension": its.verifying,
        "verification-pause": its.verifying,
        "extension": its.accepted,
        **{f"outcome-{kind}": its.owing for kind in ("discipline", "notice", "opinion")},
        **{f"outcome-{kind}": its.owing for kind in ("decision", "correction")},
        "compliance": f"{its.owing}?about={OUTCOME}",
        "refund-claim": its.owing,
        "refund-verification": f"{its.owing}?about={CLAIM}",
        "refund-order": f"{its.owing}?about={CLAIM}",
        "refund-reduction": f"{its.owing}?about={CLAIM}",
        "refund-payment": f"{its.owing}?about={CLAIM}",
        "refund-reversal": f"{its.owing}?about={PAYMENT}",
        "evidence": its.owing,
        "closing": its.owing,
        "feedback": its.closed,
        "feedback-relay": its.fed_back,
        "satisfaction": its.told,
        "question": its.asked,
        "note": its.asked,
        "reading": its.asked,
        "follow-up": its.suffering,
    }
    referrals = [referral_of(clues[name]) for name in ("referred", "returned", "owing")]
    return {
        "/clues": ("/clues", "/clues?late=1", "/clues?mine=1&kind=illegal_fine"),
        "/clues/<clue_id>": (
            *(
                f"/clues/{clues[name]}"
                for name in (
                    *("owing", "filed", "verifying", "waiting", "told"),
                    *("asked", "suffering"),
                )
            ),
        ),
        **{f"/clues/<clue_id>/{name}": (_form(name, at),) for name, at in forms.items()},
        **opening_addresses(its.openings),
        "/dialogues": ("/dialogues", "/dialogues?mine=1"),
        "/themes": ("/themes", "/themes?status=all"),
        "/themes/<theme_id>/conclusion": (f"/themes/{its.theme_id}/conclusion",),
        "/frequent-inspections": ("/frequent-inspections",),
        "/inspections/new": ("/inspections/new",),
        "/proposals": ("/proposals",),
        "/proposals/<proposal_id>": tuple(
            f"/proposals/{each}" for each in (its.completed, its.proposal_id)
        ),
        **{
            f"/proposals/<proposal_id>/{name}": (f"/proposals/{its.proposal_id}/{name}",)
            for name in ("step", "completion", "dropping")
        },
        "/proposals/<proposal_id>/telling-back": (f"/proposals/{its.completed}/telling-back",),
        "/referrals": ("/referrals", "/referrals?open=no"),
        "/referrals/<referral_id>": tuple(f"/referrals/{each}" for each in referrals),
        "/referrals/<referral_id>/refusal": (f"/referrals/{referrals[0]}/refusal",),
        "/referrals/<referral_id>/payment": (f"/referrals/{referrals[2]}/payment?about={CLAIM}",),
    }


def _form(name: str, at: str) -> str:
    clue_id, _, about = at.partition("?")
    return f"/clues/{clue_id}/{name}" + (f"?{about}" if about else "")
