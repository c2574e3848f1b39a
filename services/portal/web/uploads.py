"""Files that visitors send: admitted before they are read, one a person and a few at a time.

A page that takes a file in a form and the API do the same: `@takes_files` on the view, then
`upload` with the stream of what was sent.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, TypeVar

from flask import current_app, g, request
from werkzeug.wrappers import Response

from services.portal.web.access import check_access
from services.portal.web.edge import services
from services.portal.web.reading import Unreadable
from services.portal.web.slots import Slots, seconds_for
from services.portal.web.spool import Cut, Spool, received
from services.portal.web.worker import give_body_time
from shared.contracts.envelope import LARGEST_MESSAGE
from shared.contracts.media import LARGEST_FILE

View = TypeVar("View", bound=Callable[..., Any])

FORM_AROUND = 64 * 1024
"""Bytes that a form may have around its file."""
_FINISH_SECONDS = 40.0
"""A look into a file takes up to 15 s, and others may be waiting for theirs."""
_TAKES_FILES = "jiandu_takes_files"

_SLOTS = Slots(of_one=1, in_all=4)
_BODIES = Slots(of_one=3, in_all=8)
"""Large bodies on their way in: half of our threads stay for everything else."""


def takes_files(view: View) -> View:
    """Decorator: requests to this view may be as large as a file."""
    setattr(view, _TAKES_FILES, True)
    return view


def admit_large() -> Response | None:
    """Before each request, and before anything reads its body: for views that take files, who may
    not send one is told so before it is read. Raises as `check_access` does.
    """
    if request.endpoint is None or request.content_length is None:
        return None
    if not getattr(current_app.view_functions[request.endpoint], _TAKES_FILES, False):
        return None
    refused = check_access()
    if refused is None:
        request.max_content_length = LARGEST_FILE + FORM_AROUND
        _hold_large(request.content_length)
        give_body_time(request.environ, seconds_for(request.content_length))
    return refused


def _hold_large(length: int) -> None:
    """Raises TooManyRequests; what the usual limit lets in takes no slot."""
    if length > LARGEST_MESSAGE:
        g.large_body = ExitStack()
        g.large_body.enter_context(_BODIES.taken())


def let_go_of_large(_: BaseException | None = None) -> None:
    """After each request."""
    if "large_body" in g:
        g.pop("large_body").close()


def upload(
    service: str, owner_id: str, file_id: str, media_type: str, stream: Any, size: int
) -> dict[str, Any]:
    """Bring a file to a service; `{"file_id", "media_type", "size", "sha256"}` once it is there,
    whole and checked. The same again goes on where it ended.

    Raises the service's refusal, ServiceAway, Unreadable, TooManyRequests.
    """
    try:
        with _SLOTS.taken(), received(stream, size) as spool:
            _bring(service, owner_id, file_id, media_type, spool)
            sha256 = spool.sha256
    except Cut:
        raise Unreadable("文件没有完整收到，请重新上传。") from None
    return {"file_id": file_id, "media_type": media_type, "size": size, "sha256": sha256}


def _bring(service: str, owner_id: str, file_id: str, media_type: str, spool: Spool) -> None:
    declared = {
        "file_id": file_id,
        "owner_id": owner_id,
        "media_type": media_type,
        "size": spool.size,
        "sha256": spool.sha256,
    }
    begun = services().transfer(service, "BeginUpload", declared)
    if begun["checked"]:
        return
    length = begun["chunk_bytes"]
    for index in begun["missing"]:
        data = base64.b64encode(spool.read(index * length, length)).decode()
        chunk = {"file_id": file_id, "index": index, "data": data}
        services().transfer(service, "PutChunk", chunk)
    services().transfer(service, "FinishUpload", {"file_id": file_id}, _FINISH_SECONDS)
