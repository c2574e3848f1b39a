"""What pages read from an address beside their own filters: where a list goes on, after what."""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import MultiDict

LONGEST_CURSOR = 200


def cursor_asked(args: MultiDict[str, str]) -> str | None:
    """`?cursor=`, as the page before gave it."""
    return args.get("cursor", "")[:LONGEST_CURSOR] or None


def after_asked(args: MultiDict[str, str]) -> dict[str, Any] | None:
    """`?after=<stream>:<version>`: what an answer must already show. Nonsense asks nothing."""
    stream, _, version = args.get("after", "").rpartition(":")
    if not stream or not (version.isascii() and version.isdigit()) or len(version) > 9:
        return None
    return {"stream": stream, "version": int(version)}
