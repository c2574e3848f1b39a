"""How a paper is answered: set as a PDF to keep, and told in the API's document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from services.portal.api.documents import Document, refusals
from services.portal.papers.setting import Paper, set_paper
from services.portal.papers.words import Content
from services.portal.web.downloads import as_attachment
from services.portal.web.slots import Slots
from shared.contracts.errors import NotFound

PDF = "application/pdf"
_SLOTS = Slots(of_one=2, in_all=4)


def printed(paper: Paper, data: Content | None, about: Mapping[str, Any]) -> Response:
    """The PDF. Raises NotFound for a paper that there is not yet."""
    if data is None:
        raise NotFound("paper", paper)
    with _SLOTS.taken():
        made = set_paper(paper, data)
    named = about.get("unit_name")
    title = f"{data['title']}（{named}）" if named else data["title"]
    return as_attachment(Response(made, content_type=PDF), f"{title}.pdf")


def paper_document(summary: str, personal: bool) -> Document:
    """What the API's document says of a paper; of a personal one the purpose is asked."""
    purpose = {
        "name": "purpose",
        "in": "query",
        "required": True,
        "schema": {"type": "string", "minLength": 4, "maxLength": 200},
        "example": "打印存档",
    }
    return {
        "summary": summary,
        "parameters": [purpose] if personal else [],
        "responses": {
            "200": {"description": "PDF 文书", "content": {PDF: {}}},
            **refusals(400, 401, 403, 404, 422, 429, 503),
        },
    }
