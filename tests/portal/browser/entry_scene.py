"""Something collected in every state that a page of the ways in shows, and where that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deploy.local.processes import wait_until
from shared.access.actor import Actor
from shared.contracts.errors import Refused
from tests.portal.matrix.clue_cases import clue, opinion
from tests.portal.matrix.collecting_cases import SLIP
from tests.system.bureau import CITY, DISTRICT, OFFICER, Bureau, new_id
from tests.system.installation import PATIENCE


@dataclass(frozen=True)
class Collected:
    """Ids. clue_id, entry_id: a clue and an opinion of the scene's point
    box_id: emptied once · held, planned: symposia, all of the same point
    """

    clue_id: str
    entry_id: str
    box_id: str
    held: str
    planned: str


def entry_addresses(its: Collected) -> Mapping[str, tuple[str, ...]]:
    """Every rule of their pages → where it has something to show."""
    clue_path, opinion_path = f"/my/filings/clues/{its.clue_id}", f"/opinions-filed/{its.entry_id}"
    mine = f"/my/filings/opinions/{its.entry_id}"
    box, symposium = f"/opinion-boxes/{its.box_id}", f"/symposia/{its.planned}"
    return {
        "/search": ("/search",),
        "/report": ("/report",),
        "/report/clue": ("/report/clue",),
        "/report/opinion": ("/report/opinion",),
        "/report/progress": ("/report/progress",),
        "/report/progress/satisfaction": ("/report/progress", "/report/progress/satisfaction"),
        "/report/progress/retaliation": ("/report/progress/retaliation",),
        "/report/progress/evidence": ("/report/progress/evidence",),
        "/report/progress/information": ("/report/progress/information",),
        "/my/filings": ("/my/filings",),
        "/my/filings/clues/<clue_id>": (clue_path,),
        **{
            f"/my/filings/clues/<clue_id>/{act}": (f"{clue_path}/{act}",)
            for act in ("relay", "satisfaction", "retaliation")
        },
        "/my/filings/opinions/<entry_id>": (mine,),
        "/my/filings/opinions/<entry_id>/relay": (f"{mine}/relay",),
        "/opinions-filed": ("/opinions-filed", "/opinions-filed?status=all"),
        "/opinions-filed/<entry_id>": (opinion_path,),
        "/opinions-filed/<entry_id>/answer": (f"{opinion_path}/answer",),
        "/opinions-filed/<entry_id>/recusal": (f"{opinion_path}/recusal",),
        "/opinions-filed/<entry_id>/clue": (f"{opinion_path}/clue",),
        "/opinions-filed/<entry_id>/relay": (f"{opinion_path}/relay",),
        "/opinion-boxes": ("/opinion-boxes",),
        "/opinion-boxes/new": ("/opinion-boxes/new",),
        "/opinion-boxes/<box_id>": (box,),
        "/opinion-boxes/<box_id>/emptying": (f"{box}/emptying",),
        "/opinion-boxes/<box_id>/removal": (f"{box}/removal",),
        "/symposia": ("/symposia",),
        "/symposia/new": ("/symposia/new",),
        "/symposia/<symposium_id>": (f"/symposia/{its.held}", symposium),
        "/symposia/<symposium_id>/minutes": (f"{symposium}/minutes",),
        "/symposia/<symposium_id>/cancellation": (f"{symposium}/cancellation",),
        "/hotline-imports": ("/hotline-imports",),
        "/baselines": ("/baselines",),
        "/baselines/new": ("/baselines/new",),
    }


def set_entries(bureau: Bureau, point: Actor) -> Collected:
    """Make it all. The point is one that the registry has designated."""
    its = Collected(*(new_id() for _ in range(5)))
    today = bureau.today.isoformat()

    def send(actor: Actor, command: str, **payload: Any) -> None:
        bureau.last = bureau.client.command(actor, "clues", command, payload)

    def is_known() -> bool:
        try:
            told = {"clue_id": its.clue_id, "reporter_id": new_id()}
            send(point, "FileClue", **told, **clue("point", amount=5_000_000))
        except Refused:
            return False
        return True

    assert wait_until(is_known, PATIENCE)
    send(point, "FileOpinion", opinion_id=its.entry_id, reporter_id=new_id(), **opinion("point"))
    where = {"division": DISTRICT, "place": "街道办事处一楼大厅"}
    send(point, "PlaceBox", box_id=its.box_id, contact="0731-22223333", placed_on=today, **where)
    slip = {**SLIP, "entry_id": new_id()}
    by = {"emptied_on": today, "opened_by": ["王某", "刘某"]}
    send(point, "EmptyBox", box_id=its.box_id, emptying_id=new_id(), entries=[slip], **by)
    for symposium_id in (its.held, its.planned):
        plan = {"symposium_id": symposium_id, "planned_on": today, "subject": "听取意见"}
        send(point, "ScheduleSymposium", **where, **plan)
    said = {"held_on": today, "attendees": 9, "minutes": "与会人员发言。"}
    entries = [{**SLIP, "entry_id": new_id()}]
    send(point, "HoldSymposium", symposium_id=its.held, entries=entries, **said)
    totals = {"complaints": 326, "shares": [{"name": "涉企检查", "number": 158}]}
    send(OFFICER, "RecordBaseline", division=CITY, year=2024, source="年度统计", **totals)
    orders = [{"number": f"HL-{new_id()[:8]}", "entry": {**SLIP, "entry_id": new_id()}}]
    send(OFFICER, "ImportHotline", import_id=new_id(), division=CITY, orders=orders)
    return its
