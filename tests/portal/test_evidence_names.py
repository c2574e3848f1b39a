"""A file's name as it is kept: no way out of a folder, nothing unseen, an ending that is true."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.portal.web.evidence import safe_name
from shared.contracts.clues.evidence import LONGEST_NAME, EvidenceFile
from shared.contracts.media import MediaType


@pytest.mark.parametrize(
    ("given_name", "media_type", "kept"),
    [
        ("收据.jpg", MediaType.JPEG, "收据.jpg"),
        ("收据.JPEG", MediaType.JPEG, "收据.JPEG"),
        ("../../etc/passwd", MediaType.PDF, "passwd.pdf"),
        ("C:\\Users\\张三\\罚单.pdf", MediaType.PDF, "罚单.pdf"),
        ("a/b/", MediaType.PNG, "文件.png"),
        ("", MediaType.WEBP, "文件.webp"),
        ("报告.exe", MediaType.PDF, "报告.exe.pdf"),
        ("图\u202egpj.pdf", MediaType.PDF, "图gpj.pdf"),
        ("a\r\nSet-Cookie: x.pdf", MediaType.PDF, "aSet-Cookie: x.pdf"),
        (" ..收据.. .pdf", MediaType.PDF, "收据.pdf"),
        ("长" * 300 + ".pdf", MediaType.PDF, "长" * (LONGEST_NAME - 4) + ".pdf"),
    ],
)
def test_a_name_is_kept_so(given_name: str, media_type: MediaType, kept: str) -> None:
    assert safe_name(given_name, media_type) == kept


@settings(deadline=None, max_examples=400)
@given(st.text(max_size=300), st.sampled_from(MediaType))
def test_whatever_a_browser_sends_the_contract_takes_its_name(
    given_name: str, media_type: MediaType
) -> None:
    name = safe_name(given_name, media_type)
    assert not set(name) & set("/\\")
    assert not any(unicodedata.category(its) == "Cc" for its in name)
    field = next(its for its in _FIELDS if its.name == "file_name").metadata["field"]
    assert field.deserialize(name) == name


_FIELDS = EvidenceFile.__dataclass_fields__.values()  # type: ignore[attr-defined]
