"""What somebody typed into a form that was not taken at all: it stays theirs to copy.

A form that is only wrong is shown again with itself. One whose session has ended, or that came
too fast or while our database was away, is answered by the page that says so, with this on it.
"""

from __future__ import annotations

from flask import request
from werkzeug.exceptions import HTTPException

from services.portal.web.security import is_from_elsewhere

_OF_THE_FORM = ("csrf_token", "command_id", "expected_version")
_SECRET = ("password", "code", "secret")


def untaken_texts() -> list[str]:
    """The texts of the request's form, in its order, without ids and what is secret.

    None of a request that another site's page sent: it would put its words on ours.
    """
    if request.method != "POST" or request.path.startswith("/api/") or is_from_elsewhere():
        return []
    try:
        given = request.form
    except HTTPException:
        return []
    return [
        text
        for name in given
        for text in given.getlist(name)
        if text.strip() and _is_typed(name) and not text.isdecimal()
    ]


def _is_typed(name: str) -> bool:
    ours = name in _OF_THE_FORM or name.endswith("_id")
    return not ours and not any(word in name for word in _SECRET)
