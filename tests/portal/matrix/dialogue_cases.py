"""Cases of what the bureau says to a reporter and notes for itself, and of follow-ups."""

from __future__ import annotations

import secrets

from tests.portal.matrix.clue_cases import TEXT, clue, filed, handler, on_clue, send
from tests.portal.matrix.scene import Case, Make, Scene
from tests.system.bureau import ANYONE, OFFICER, new_id

_CLUE = "POST /api/v1/clues/<clue_id>"


def reachable(scene: Scene) -> str:
    """A clue whose reporter was given a receipt code, which nobody here knows."""
    clue_id = new_id()
    given = {"clue_id": clue_id, "reporter_id": new_id(), "receipt": secrets.token_hex(32)}
    send(scene, ANYONE, "FileClue", {**clue("form"), **given})
    return clue_id


def asked(scene: Scene, officer: str) -> str:
    """One whose reporter is asked something, with a note about it."""
    clue_id = reachable(scene)
    about = {"clue_id": clue_id, "text": "罚款票据还在吗？"}
    by = handler(officer)
    send(scene, by, "AskReporter", {**about, "question_id": new_id(), "days": 5})
    send(scene, by, "KeepNote", {**about, "note_id": new_id(), "text": "先调阅案卷。"})
    return clue_id


def suffering(scene: Scene, officer: str) -> str:
    """A case of retaliation, whose reporter was followed up once."""
    clue_id = filed(scene, officer)
    flag = {"clue_id": clue_id, "text": "检查次数突然增多"}
    done = scene.bureau.client.command(handler(officer), "clues", "FlagRetaliation", flag)
    opening = {"clue_id": clue_id, "purpose": "查看办理情况"}
    shown = scene.bureau.client.query(OFFICER, "clues", "OpenClue", opening, after=done)
    (case,) = [
        its["values"]["retaliation_clue_id"]
        for its in shown["records"]
        if its["type"] == "RetaliationFlagged"
    ]
    call = {"clue_id": case, "done_on": scene.bureau.today.isoformat(), **_CALL}
    send(scene, handler(officer), "RecordFollowUp", call)
    return str(case)


_CALL = {"means": "by_phone", "suffering": True, "text": TEXT}


def _question(scene: Scene, _: str) -> Case:
    return Case({"clue_id": reachable(scene)}, {"text": TEXT, "days": None})


def _follow_up(scene: Scene, caller: str) -> Case:
    case = suffering(scene, caller)
    return Case({"clue_id": case}, {"done_on": scene.bureau.today.isoformat(), **_CALL})


DIALOGUE_CASES: dict[str, Make] = {
    f"{_CLUE}/dialogue/questions": _question,
    f"{_CLUE}/dialogue/notes": on_clue({"text": TEXT}),
    f"{_CLUE}/follow-ups": _follow_up,
}
"""By the names of the written table."""
