"""Applicants attach their documents: the file first, then what makes it part of the application."""

from __future__ import annotations

import datetime as dt
import hashlib

from examples.play import papers
from examples.play.data import Applicant
from examples.play.desk import Desk
from examples.play.people import Person
from examples.play.portal import SaysNo
from services.portal.labels import label

PDF = "application/pdf"
_FILE_MISSING = "file_incomplete"


def bring_all(
    desk: Desk, person: Person, unit: Applicant, application_id: str, day: dt.date
) -> None:
    """Every document that the unit needs, dated `day`; again changes nothing."""
    for kind in papers.kinds_for(unit):
        _bring(desk, person, unit, application_id, kind, papers.paper(kind, unit, day))


def _bring(
    desk: Desk, person: Person, unit: Applicant, application_id: str, kind: str, content: bytes
) -> None:
    """What is attached already is not brought again: later its application takes no files."""
    name = f"{unit.key}/{kind}"
    document_id = desk.id("document", name)
    payload = {
        "application_id": application_id,
        "document_id": document_id,
        "kind": kind,
        "media_type": PDF,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "file_name": f"{label(kind, 'document_kind')}.pdf",
    }
    try:
        desk.attempt(person, "AttachDocument", name, payload)
    except SaysNo as refused:
        if refused.reason != _FILE_MISSING:
            raise
        desk.bring(person, application_id, document_id, PDF, content)
        desk.send(person, "AttachDocument", name, payload)
