"""A file is what it is said to be, or it is not kept: every look in a process of its own."""

from __future__ import annotations

import hashlib

import pytest

from shared.privacy.files.inspection import inspect
from tests import files

PDF, JPEG, PNG, WEBP = "application/pdf", "image/jpeg", "image/png", "image/webp"


@pytest.mark.parametrize(
    ("raw", "media_type"),
    [
        (files.pdf(), PDF),
        (files.pdf(pages=300), PDF),
        (files.picture("JPEG"), JPEG),
        (files.picture("PNG"), PNG),
        (files.picture("WEBP"), WEBP),
    ],
    ids=["pdf", "pdf of 300 pages", "jpeg", "png", "webp"],
)
def test_a_whole_file_of_the_type_it_says_is_taken(raw: bytes, media_type: str) -> None:
    seen = inspect([raw[:100], raw[100:]], media_type)
    assert (seen.verdict, seen.size) == ("ok", len(raw))
    assert seen.sha256 == hashlib.sha256(raw).hexdigest()


@pytest.mark.parametrize(
    ("raw", "media_type", "verdict"),
    [
        (files.picture("PNG"), JPEG, "other_type"),
        (files.pdf(), PNG, "other_type"),
        (files.office_file(), PDF, "other_type"),
        (b"<html><script>alert(1)</script></html>", PNG, "other_type"),
        (b"MZ" + bytes(500), PDF, "other_type"),
        (b"", PDF, "unreadable"),
        (b"%PDF-1.7 nothing else", PDF, "unreadable"),
        (files.pdf()[:-200], PDF, "unreadable"),
        (files.picture("JPEG", 600, 400)[:-300], JPEG, "unreadable"),
        (files.picture("PNG", 600, 400)[:300], PNG, "unreadable"),
        (files.pdf_with_password(), PDF, "encrypted"),
        (files.pdf_with_script(), PDF, "active_content"),
        (files.pdf_that_launches(), PDF, "active_content"),
        (files.pdf_with_file(), PDF, "active_content"),
        (files.moving_picture(), WEBP, "active_content"),
        (files.pdf(pages=301), PDF, "too_large_inside"),
        (files.bomb(), PNG, "too_large_inside"),
    ],
    ids=[
        "png as jpeg", "pdf as png", "office as pdf", "html as png", "exe as pdf", "nothing",
        "head of a pdf", "cut pdf", "cut jpeg", "cut png", "password", "script", "launch",
        "file within", "animation", "pages", "bomb",
    ],
)  # fmt: skip
def test_what_is_not_what_it_says_is_told_apart(raw: bytes, media_type: str, verdict: str) -> None:
    assert inspect([raw], media_type).verdict == verdict


def test_a_file_that_takes_for_ever_to_open_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.privacy.files.inspection.SECONDS", 0.01)
    assert inspect([files.pdf(pages=200)], PDF).verdict == "unreadable"


def test_the_hash_is_that_of_all_chunks_even_when_nobody_reads_them_any_more() -> None:
    raw = b"<html>" + bytes(3_000_000)
    seen = inspect((raw[at : at + 50_000] for at in range(0, len(raw), 50_000)), PNG)
    assert (seen.sha256, seen.size) == (hashlib.sha256(raw).hexdigest(), len(raw))
