"""A clue whose reporter holds a receipt code, as the form would have filed it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask

from services.portal.receipts.codes import new_code
from services.portal.web.edge import edge
from tests.portal.matrix.clue_cases import clue
from tests.system.bureau import ANYONE, Bureau, new_id


@dataclass(frozen=True)
class Reported:
    """code: what the reporter has · receipt: what the services know it by"""

    clue_id: str
    code: str
    receipt: str


def reported(app: Flask, bureau: Bureau, **instead: object) -> Reported:
    """Filed just now, anonymously."""
    code = new_code()
    with app.app_context():
        its = Reported(new_id(), code, edge().receipts.receipt_of(code))
    nobody = {"reporting": "anonymous", "reporter_name": None, "reporter_phone": None}
    told = {**clue("form"), **nobody, **instead, "receipt": its.receipt}
    ids = {"clue_id": its.clue_id, "reporter_id": new_id()}
    bureau.client.command(ANYONE, "clues", "FileClue", {**told, **ids})
    return its
