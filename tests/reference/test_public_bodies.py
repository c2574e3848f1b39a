"""Public bodies are told by code or name from those who may apply; nobody else is taken for one."""

from __future__ import annotations

import pytest

from shared.reference.credit_code import complete
from shared.reference.public_bodies import is_public_body


@pytest.mark.parametrize(
    "name",
    [
        "株洲市人民政府",
        "云麓街道办事处",
        "市城市管理和综合执法局",
        "天元区市场监督管理局",
        "株洲市公安局",
        "株洲市公安局（交警支队）",
        "天元区交通运输综合行政执法大队",
        "株洲市 生态环境局",
        "芦淞区人民法院",
        "市监察委员会",
    ],
)
def test_a_public_body_is_known_by_its_name(name: str) -> None:
    assert is_public_body(name, None)


@pytest.mark.parametrize(
    "name",
    [
        "云麓村村民委员会",
        "白鹤社区居民委员会",
        "株洲市企业家协会",
        "荷塘区餐饮行业商会",
        "中铁四局集团有限公司",
        "老饭局餐饮店",
        "执法装备制造有限公司",
        "公安县食品有限公司",
        "市政工程有限公司",
        "交通驾校车队",
        "𠮷野家餐饮有限公司",
    ],
)
def test_whoever_may_apply_is_not_taken_for_one(name: str) -> None:
    assert not is_public_body(name, complete("91430211MA4L1ABC2"))
    assert not is_public_body(name, None)


@pytest.mark.parametrize(
    ("prefix", "told"), [("11", True), ("12", True), ("13", False), ("51", False), ("91", False)]
)
def test_a_public_body_is_known_by_how_it_is_registered(prefix: str, told: bool) -> None:
    assert is_public_body("某单位", complete(f"{prefix}430211MA4L1ABC2")) is told
