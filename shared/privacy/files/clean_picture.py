"""Takes out of a picture what tells of whoever took it: a program of its own, as `look_inside`.

`python clean_picture.py MEDIA_TYPE drop|keep < picture > cleaned` ends with 0, or with 1 for what
it cannot read. What the camera, its owner and the place have left (EXIF, XMP, comments, colour
profiles, previews) goes with `drop`; the pixels are copied as they are, and which way is up is
kept. With `keep` all of that stays. What stands behind the picture's end is never copied: that is
where a second file hides. Standard library only, to start with `python -I`.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Iterator

Segment = tuple[int, bytes]
"""A JPEG's marker, and all that belongs to it, the marker included."""

_SOI, _EOI, _SOS, _COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
_APP0, _APP1, _APP14, _APP15 = 0xE0, 0xE1, 0xEE, 0xEF
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_ORIENTATION = 0x0112
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD"}
)
_WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"ALPH"})
_VP8X_WITHOUT = 0xFF & ~(0x20 | 0x08 | 0x04)
"""Its flags without those for a colour profile, EXIF and XMP."""


class Unreadable(Exception):
    """Not put together as such a picture is."""


def cleaned(raw: bytes, media_type: str, *, keep: bool) -> bytes:
    """The picture and nothing behind it; raises Unreadable (or ValueError, struct.error)."""
    parts = {"image/jpeg": _jpeg, "image/png": _png, "image/webp": _webp}[media_type]
    return parts(raw, keep)


def _jpeg(raw: bytes, keep: bool) -> bytes:
    segments = list(_segments(raw))
    if keep:
        return b"".join(its for _, its in segments)
    turned = next(filter(None, (_turned(its) for marker, its in segments if marker == _APP1)), 0)
    made = [b"\xff\xd8", _exif(turned) if turned else b""]
    for marker, its in segments[1:]:
        if marker == _APP0 and its[4:9] == b"JFIF\0" and len(its) >= 18:
            # Without the preview that may follow.
            made.append(b"\xff\xe0" + struct.pack(">H", 16) + its[4:16] + b"\0\0")
        elif not (_APP0 <= marker <= _APP15 or marker == _COMMENT) or marker == _APP14:
            made.append(its)
    return b"".join(made)


def _segments(raw: bytes) -> Iterator[Segment]:
    if raw[:2] != b"\xff\xd8":
        raise Unreadable
    yield _SOI, raw[:2]
    at = 2
    while True:
        if raw[at : at + 1] != b"\xff":
            raise Unreadable
        while raw[at + 1 : at + 2] == b"\xff":
            at += 1
        marker = raw[at + 1]
        if marker == _EOI:
            yield marker, b"\xff\xd9"
            return
        if marker in _ALONE:
            end = at + 2
        else:
            end = at + 2 + struct.unpack_from(">H", raw, at + 2)[0]
            if marker == _SOS:
                end = _end_of_scan(raw, end)
        if end > len(raw):
            raise Unreadable
        yield marker, raw[at:end]
        at = end


def _end_of_scan(raw: bytes, at: int) -> int:
    """Where the next marker stands that is none of those within a scan."""
    while True:
        at = raw.find(b"\xff", at)
        if at < 0 or at + 1 >= len(raw):
            raise Unreadable
        if raw[at + 1] == 0 or 0xD0 <= raw[at + 1] <= 0xD7:
            at += 2
        elif raw[at + 1] == 0xFF:
            at += 1
        else:
            return at


def _turned(segment: bytes) -> int:
    """Which way is up, 2 to 8 as EXIF counts them; 0 where nothing is said, or as it lies."""
    tiff = segment[10:]
    if segment[4:10] != b"Exif\0\0" or tiff[:2] not in (b"II", b"MM"):
        return 0
    order = "<" if tiff[:2] == b"II" else ">"
    try:
        (first,) = struct.unpack_from(order + "I", tiff, 4)
        (count,) = struct.unpack_from(order + "H", tiff, first)
        for index in range(count):
            tag, kind, _, value = struct.unpack_from(order + "HHIH", tiff, first + 2 + 12 * index)
            if (tag, kind) == (_ORIENTATION, 3):
                return value if 2 <= value <= 8 else 0
    except struct.error:
        pass
    return 0


def _exif(turned: int) -> bytes:
    """A segment that says which way is up and nothing else."""
    entry = struct.pack(">HHIHH", _ORIENTATION, 3, 1, turned, 0)
    body = b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 1) + entry + b"\0\0\0\0"
    return b"\xff\xe1" + struct.pack(">H", 2 + len(body)) + body


def _png(raw: bytes, keep: bool) -> bytes:
    if raw[:8] != _PNG:
        raise Unreadable
    made, at, kind = [_PNG], 8, b""
    while kind != b"IEND":
        (length,) = struct.unpack_from(">I", raw, at)
        kind, end = raw[at + 4 : at + 8], at + 12 + length
        if end > len(raw):
            raise Unreadable
        if keep or kind in _PNG_KEPT:
            made.append(raw[at:end])
        elif not kind[0] & 0x20:  # a chunk without which the picture cannot be shown
            raise Unreadable
        at = end
    return b"".join(made)


def _webp(raw: bytes, keep: bool) -> bytes:
    if raw[:4] != b"RIFF" or raw[8:12] != b"WEBP":
        raise Unreadable
    (size,) = struct.unpack_from("<I", raw, 4)
    whole, at, made = 8 + size, 12, []
    if whole > len(raw):
        raise Unreadable
    while at + 8 <= whole:
        kind, (length,) = raw[at : at + 4], struct.unpack_from("<I", raw, at + 4)
        end = at + 8 + length + length % 2
        if end > whole + length % 2:
            raise Unreadable
        if keep or kind in _WEBP_KEPT:
            made.append(
                _without_flags(raw[at:end]) if kind == b"VP8X" and not keep else raw[at:end]
            )
        at = end
    body = b"".join(made)
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body


def _without_flags(chunk: bytes) -> bytes:
    return chunk[:8] + bytes([chunk[8] & _VP8X_WITHOUT]) + chunk[9:]


def main(media_type: str, traces: str) -> int:
    raw = sys.stdin.buffer.read()
    try:
        made = cleaned(raw, media_type, keep=traces == "keep")
    except (Unreadable, ValueError, IndexError, struct.error, MemoryError):
        return 1
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
