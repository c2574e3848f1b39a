"""Files given to visitors: a chunk at a time, as what they are, never shown within our pages."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from typing import Any
from urllib.parse import quote

from flask import Response, request, stream_with_context

from services.portal.web.edge import services
from services.portal.web.slots import Slots, seconds_for
from services.portal.web.worker import give_answer_time

_SLOTS = Slots(of_one=2, in_all=6)


def stored_file(service: str, opened: Mapping[str, Any]) -> Response:
    """A file that a query has opened: it told `document_id`, `file_name`, `media_type`, `size` and
    `opening`. Raises the service's refusal, ServiceAway; later than the first chunk the
    connection ends, and the length tells that it is not whole.
    """
    taken = ExitStack()
    taken.enter_context(_SLOTS.taken())
    try:
        chunks = _chunks(service, opened)
        first = next(chunks)
    except BaseException:
        taken.close()
        raise

    def told() -> Iterator[bytes]:
        yield first
        yield from chunks

    response = Response(stream_with_context(told()), content_type=opened["media_type"])
    response.headers["Content-Length"] = str(opened["size"])
    response.call_on_close(taken.close)
    give_answer_time(request.environ, seconds_for(opened["size"]))
    return as_attachment(response, opened["file_name"] or opened["document_id"])


def as_attachment(response: Response, file_name: str) -> Response:
    """To be saved under that name; a browser that shows it nevertheless runs nothing of it."""
    # RFC 6266: Chinese in its own parameter; what does not know that asks its user for a name.
    quoted = quote(file_name, safe="!#$&+-.^_`|~")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quoted}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "no-store"
    return response


def _chunks(service: str, opened: Mapping[str, Any]) -> Iterator[bytes]:
    left, index = int(opened["size"]), 0
    while left > 0:
        asked = {"file_id": opened["document_id"], "opening": opened["opening"], "index": index}
        data = base64.b64decode(services().transfer(service, "ReadChunk", asked)["data"])
        left, index = left - len(data), index + 1
        yield data
