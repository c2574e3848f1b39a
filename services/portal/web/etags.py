"""Entity tags: which version of a stream somebody saw, and whether a page has changed since.

A tag is `"<version>-<digest>"`: what is shown also depends on the day and on who looks, so the
version alone would not tell that it has changed. To write, the version alone counts.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from flask import request
from werkzeug.exceptions import PreconditionFailed

from services.portal.web.reading import Unreadable

_TAGS = re.compile(r'(W/)?"[!#-~]*"(\s*,\s*(W/)?"[!#-~]*")*', re.ASCII)
_VERSIONED = re.compile(r'"([0-9]{1,9})(?:-[0-9a-f]{16})?"', re.ASCII)


def tag_of(shown: Any) -> str:
    """The tag of an answer, without its quotes; `version` is told when the answer has one."""
    raw = json.dumps(shown, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    digest = hashlib.sha256(raw).hexdigest()[:16]
    version = shown.get("version") if isinstance(shown, dict) else None
    return f"{version}-{digest}" if isinstance(version, int) else f"list-{digest}"


def expected_version() -> int | None:
    """The version that a write may go on from, by If-Match; None: any.

    Raises PreconditionFailed for a tag that no answer of ours with a version has, and Unreadable
    for what is no tag at all.
    """
    given = request.headers.get("If-Match")
    if given is None or given.strip() == "*":
        return None
    if _TAGS.fullmatch(given.strip()) is None:
        raise Unreadable("If-Match 请求头应为查询时得到的 ETag，请连同引号一起给出。")
    found = _VERSIONED.fullmatch(given.strip())
    if found is None:
        raise PreconditionFailed
    return int(found[1])
