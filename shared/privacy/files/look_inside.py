"""Says whether a file is what it is said to be: a program of its own, with narrow limits.

`python look_inside.py MEDIA_TYPE < file` prints one word: `ok`, or why not. Somebody else's file
is opened here by libraries that were not written for enemies; so what reads it has no database,
no key, no network to speak of, a bound on memory and time, and ends after one file.
It stands alone (standard library, puremagic, Pillow, pypdf), to start with `python -I`.
"""

from __future__ import annotations

import io
import resource
import sys
import zipfile
from typing import Any

MEMORY_BYTES = 1024 * 1024 * 1024
CPU_SECONDS = 10
MOST_PIXELS = 60_000_000
"""Of a picture: what a good phone takes."""
MOST_PAGES = 300
MOST_FRAMES = 1

_PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


class No(Exception):
    """Not what it should be; the text is the word to print."""


def main(media_type: str) -> str:
    """The word for the file on standard input."""
    raw = sys.stdin.buffer.read()
    try:
        _refuse_other_type(raw, media_type)
        if media_type == "application/pdf":
            _open_pdf(raw)
        else:
            _open_picture(raw, _PICTURES[media_type])
    except No as no:
        return str(no)
    except MemoryError:
        return "too_large_inside"
    except Exception:  # whatever a broken file makes a library do
        return "unreadable"
    return "ok"


def _refuse_other_type(raw: bytes, media_type: str) -> None:
    import puremagic

    try:
        found = puremagic.magic_string(raw[:4096])
    except puremagic.PureError:
        raise No("other_type") from None
    if media_type not in {match.mime_type for match in found}:
        raise No("other_type")
    # An archive is read from its end: what begins as one thing may be another as well.
    if zipfile.is_zipfile(io.BytesIO(raw)):
        raise No("other_type")


def _open_picture(raw: bytes, kind: str) -> None:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # ours is stricter than its warning, and told apart
    with Image.open(io.BytesIO(raw), formats=[kind]) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise No("too_large_inside")
        if getattr(picture, "n_frames", 1) > MOST_FRAMES:
            raise No("active_content")
        picture.load()


def _open_pdf(raw: bytes) -> None:
    from pypdf import PdfReader
    from pypdf.errors import FileNotDecryptedError

    # What is cut off must not pass for whole: a reader that mends would take half a file.
    if b"%%EOF" not in raw[-2048:]:
        raise No("unreadable")
    reader = PdfReader(io.BytesIO(raw), strict=False)
    if reader.is_encrypted:
        raise No("encrypted")
    try:
        pages = len(reader.pages)
    except FileNotDecryptedError:
        raise No("encrypted") from None
    if pages == 0:
        raise No("unreadable")
    if pages > MOST_PAGES:
        raise No("too_large_inside")
    _refuse_active(reader)
    for page in reader.pages:
        _ = page.mediabox
        _refuse_actions(_resolved(page))


def _refuse_active(reader: Any) -> None:
    """A document to read: no script, no file within the file, nothing that starts by itself."""
    root = _resolved(reader.trailer["/Root"])
    names = _resolved(root.get("/Names")) or {}
    if "/JavaScript" in names or "/EmbeddedFiles" in names:
        raise No("active_content")
    action = _resolved(root.get("/OpenAction"))
    if isinstance(action, dict) and str(action.get("/S")) not in ("/GoTo", "None"):
        raise No("active_content")
    _refuse_actions(root)


def _refuse_actions(holder: Any) -> None:
    if "/AA" in holder:
        raise No("active_content")
    for annotation in _resolved(holder.get("/Annots")) or []:
        its = _resolved(annotation)
        action = _resolved(its.get("/A")) if hasattr(its, "get") else None
        if isinstance(action, dict) and str(action.get("/S")) in (
            "/JavaScript", "/Launch", "/ImportData", "/SubmitForm",
        ):  # fmt: skip
            raise No("active_content")


def _resolved(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


if __name__ == "__main__":
    _limit()
    sys.stdout.write(main(sys.argv[1]))
