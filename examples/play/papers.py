"""Papers that applicants attach, set as PDF on the spot; the same data always the same bytes."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore

import typst

from examples.play.data import Applicant
from services.portal.labels import label

TEMPLATE = Path(__file__).parent / "templates/document.typ"
_AT_ONCE = BoundedSemaphore(2)

_ALWAYS = ("commitment",)
_OF_TRADERS = ("business_licence",)
_OF_ORGANISATIONS = ("governance_rules",)
_OF_RECOMMENDED = ("recommendation_form",)
_TRADERS = frozenset({"enterprise", "individual_business"})

_SAYS: Mapping[str, str] = {
    "commitment": "本单位承诺：所报材料真实有效；守法诚信经营（办事）；如被确定为联系点，如实反映"
    "行政执法情况，保守工作秘密，不以联系点名义谋取利益，自觉接受司法局的指导和监督。",
    "business_licence": "兹提交本单位营业执照（已并入税务登记证件）复印件，登记事项与申报表一致，"
    "与原件核对无误。",
    "governance_rules": "兹提交本单位自治（自律）章程，内容包括议事、调解、监督等制度。",
    "recommendation_form": "经推荐单位了解，该单位守法诚信、热心公益、具有代表性，推荐其申报"
    "行政执法监督联系点。",
}


def kinds_for(unit: Applicant) -> tuple[str, ...]:
    """The kinds of document that a unit of its kind and channel brings."""
    is_trader = unit.application["unit_kind"] in _TRADERS
    return (
        *(_OF_TRADERS if is_trader else _OF_ORGANISATIONS),
        *(_OF_RECOMMENDED if unit.application["recommender"] is not None else ()),
        *_ALWAYS,
    )


def paper(kind: str, unit: Applicant, day: dt.date) -> bytes:
    """One of them as PDF, dated `day`."""
    told = unit.application
    data = {
        "title": label(kind, "document_kind"),
        "unit": told["unit_name"],
        "day": day.isoformat(),
        "rows": [
            ("单位名称", told["unit_name"]),
            ("统一社会信用代码", told["credit_code"] or "—"),
            ("单位地址", told["address"]),
            *([("推荐单位", told["recommender"])] if told["recommender"] else []),
        ],
        "says": _SAYS[kind],
    }
    with _AT_ONCE:
        return typst.compile(
            str(TEMPLATE),
            format="pdf",
            font_paths=_fonts(),
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        )


@cache
def _fonts() -> typst.Fonts:
    """Looked for once: for each paper anew it would take longer than the paper itself."""
    return typst.Fonts()
