"""Pictures lose what tells of their maker, and never a pixel."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from shared.privacy.files.cleaning import NotCleaned, cleaned
from shared.privacy.files.inspection import inspect
from tests import files

JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"
MARK = "张三的手机"
KINDS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP"}


def drawn() -> Image.Image:
    picture = Image.new("RGB", (64, 40))
    picture.putdata([(x * 4, y * 6, (x * y) % 256) for y in range(40) for x in range(64)])
    return picture


def told_of(media_type: str, turned: int = 1) -> bytes:
    """A picture full of its maker: owner, place, time, comment, profile."""
    exif = Image.Exif()
    exif[0x010F], exif[0x013B], exif[0x0112] = "Camera", MARK.encode().decode("latin-1"), turned
    exif.get_ifd(0x8825)[1] = "N"
    more: dict[str, Any] = {"exif": exif, "icc_profile": b"profile of " + MARK.encode() * 20}
    if media_type == PNG:
        info = PngImagePlugin.PngInfo()
        info.add_text("Author", MARK)
        info.add_itxt("Comment", MARK, zip=False)
        more["pnginfo"] = info
    if media_type == JPEG:
        more |= {"comment": MARK.encode(), "xmp": f"<x>{MARK}</x>".encode(), "quality": 90}
    if media_type == WEBP:
        more |= {"xmp": f"<x>{MARK}</x>".encode(), "lossless": True}
    made = io.BytesIO()
    drawn().save(made, KINDS[media_type], **more)
    return made.getvalue()


def clean(raw: bytes, media_type: str, *, keep: bool = False) -> bytes:
    with cleaned([raw[:100], raw[100:]], media_type, keep=keep) as pieces:
        return b"".join(pieces)


def pixels(raw: bytes) -> bytes:
    with Image.open(io.BytesIO(raw)) as picture:
        return picture.convert("RGB").tobytes()


@pytest.mark.parametrize("media_type", KINDS)
def test_nothing_of_the_maker_is_left_and_every_pixel_is(media_type: str) -> None:
    raw = told_of(media_type)
    assert MARK.encode() in raw
    made = clean(raw, media_type)
    assert pixels(made) == pixels(raw)
    assert inspect([made], media_type).verdict == "ok"
    for trace in (MARK.encode(), b"Camera", b"profile of", b"Exif", b"GPS", b"<x>", b"ICC"):
        assert trace not in made


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_photo_still_says_which_way_is_up_and_nothing_else(turned: int) -> None:
    with Image.open(io.BytesIO(clean(told_of(JPEG, turned), JPEG))) as picture:
        exif = dict(picture.getexif())
    assert exif == ({} if turned == 1 else {0x0112: turned})


@pytest.mark.parametrize("media_type", KINDS)
def test_who_wants_the_traces_kept_keeps_them_all(media_type: str) -> None:
    raw = told_of(media_type)
    assert clean(raw, media_type, keep=True) == raw


@pytest.mark.parametrize("keep", [True, False])
@pytest.mark.parametrize("media_type", KINDS)
def test_what_hides_behind_the_picture_s_end_is_dropped(media_type: str, keep: bool) -> None:
    raw = told_of(media_type)
    hidden = raw + b"<script>" + files.office_file()
    assert clean(hidden, media_type, keep=keep) == clean(raw, media_type, keep=keep)


@pytest.mark.parametrize("kind", ["progressive", "cmyk", "grey", "restarts"])
def test_every_way_a_jpeg_is_put_together_is_read(kind: str) -> None:
    made = io.BytesIO()
    match kind:
        case "progressive":
            drawn().save(made, "JPEG", progressive=True)
        case "cmyk":
            drawn().convert("CMYK").save(made, "JPEG")
        case "grey":
            drawn().convert("L").save(made, "JPEG")
        case "restarts":
            drawn().save(made, "JPEG", restart_marker_blocks=1)
    raw = made.getvalue()
    assert pixels(clean(raw, JPEG)) == pixels(raw)


@pytest.mark.parametrize("media_type", KINDS)
def test_what_is_cut_or_another_thing_is_not_cleaned(media_type: str) -> None:
    raw = told_of(media_type)
    for bad in (raw[: len(raw) // 2], b"", b"<html>", raw[:3] + b"\0" * 50, files.pdf()):
        with pytest.raises(NotCleaned):
            clean(bad, media_type)


def test_a_picture_of_forty_megabytes_is_cleaned_in_its_time() -> None:
    made = io.BytesIO()
    Image.effect_noise((6_000, 4_000), 100).convert("RGB").save(made, "JPEG", quality=100)
    raw = made.getvalue()
    assert len(raw) > 20_000_000
    assert len(clean(raw, JPEG)) <= len(raw)
