"""What looks for text in clear finds it, in whichever form and wherever it lies."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.privacy.markers import Sighting, forms, seen_below, seen_in

WORDS = "赵某某七号车间"
MARKERS = {"words": WORDS, "phone": "13900007777"}

WRITERS: dict[str, Callable[[str], bytes]] = {
    "UTF-8": str.encode,
    "UTF-16": lambda text: text.encode("utf-16-le"),
    "GBK": lambda text: text.encode("gbk"),
    "JSON": lambda text: json.dumps({"text": text}).encode(),
    "JSON in JSON": lambda text: json.dumps(json.dumps({"text": text})).encode(),
    "form": lambda text: f"text={quote(text)}".encode(),
    "hex": lambda text: text.encode().hex().encode(),
    "base64": lambda text: base64.b64encode(text.encode()),
    "base64 for addresses": lambda text: base64.urlsafe_b64encode(text.encode()),
}


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
@given(before=st.text(max_size=20), after=st.text(max_size=20), cut=st.integers(0, 400))
def test_a_marker_is_found_in_every_form_whatever_stands_around_it(
    write: Callable[[str], bytes], before: str, after: str, cut: int
) -> None:
    around = [each.encode("gbk", "ignore").decode("gbk") for each in (before, after)]
    data = write(around[0] + WORDS + around[1])

    found = seen_in([data[:cut], data[cut:]], MARKERS, "here")

    assert {its.marker for its in found} == {"words"}


@given(st.binary(max_size=300))
def test_what_holds_no_marker_shows_none(data: bytes) -> None:
    expected = any(raw in data for raw in forms(WORDS).values())

    assert bool(seen_in([data], {"words": WORDS}, "here")) is expected


def test_a_folder_is_searched_to_its_leaves_and_by_the_names_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "page").write_bytes(b"\0" * 9_000 + WORDS.encode() + b"\0")
    (tmp_path / "13900007777.log").touch()
    (tmp_path / "a" / "pipe").symlink_to(tmp_path / "nowhere")

    assert seen_below(tmp_path, MARKERS) == {
        Sighting("words", "utf-8", str(tmp_path / "a" / "b" / "page")),
        Sighting("phone", "utf-8", f"the name of {tmp_path / '13900007777.log'}"),
    }
