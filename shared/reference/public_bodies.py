"""Bodies of government and of enforcement, which do not apply to watch enforcement themselves.

Who may apply is an enterprise, an individual business, a village or community, or an association
(rules.md section 1). An industry section alone does not tell: whoever fills in a form may choose
any. So the credit code and the name are looked at too, each by what can only be a public body's.
"""

from __future__ import annotations

import re
import unicodedata

_REGISTERED_AS = ("11", "12")
"""GB 32100-2015, table 1: registered with the commission for public establishments (1), as an
organ (1) or a public institution (2)."""

_ORGANS = (
    r"人民政府",
    r"(乡|镇|区|县|市|省)政府",
    r"街道办事处",
    r"人民(法院|检察院)",
    r"(监察|发展和改革|卫生健康|国有资产监督管理)委员会",
    r"派出所",
    r"公安分局",
    r"(综合|行政|执法|监察|稽查|交通|城管|劳动|环境)\w{0,8}(大队|支队|总队|中队)",
)
_OFFICES = (
    *("公安", "司法", "税务", "财政", "审计", "统计", "水利", "林业", "民政", "教育", "商务"),
    *("管理", "监督", "执法", "监管", "环境", "环保", "交通运输", "农业农村", "应急", "信访"),
    *("自然资源", "住房和城乡建设", "卫生健康", "人力资源和社会保障", "医疗保障", "烟草专卖"),
    *("发展和改革", "市场", "文化旅游广电体育", "文化和旅游", "退役军人事务", "气象", "海关"),
)
_NAME = re.compile(f"(?:{'|'.join(_ORGANS)}|(?:{'|'.join(_OFFICES)})局)$")
"""At the end of a name: 某某执法局 is an office, 某某执法装备有限公司 a company."""


def is_public_body(name: str, credit_code: str | None) -> bool:
    """Whether the name or the unified social credit code is that of a public body."""
    if credit_code is not None and credit_code.startswith(_REGISTERED_AS):
        return True
    return _NAME.search(_plain(name)) is not None


def _plain(name: str) -> str:
    """Without spaces, invisible characters and what stands in brackets at the end."""
    visible = "".join(c for c in name if unicodedata.category(c) not in ("Cf", "Zs"))
    return re.sub(r"\([^()]*\)$", "", unicodedata.normalize("NFKC", visible))
