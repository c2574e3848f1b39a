"""An example of every value that a body has, such as the documents show."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields

from shared.contracts.fields import (
    Day,
    Flag,
    Identifier,
    Many,
    Moment,
    OneOf,
    Pattern,
    Text,
    Whole,
)
from shared.contracts.message import Part
from shared.contracts.registry.events import FigureSet
from shared.contracts.registry.fields import CreditCode
from shared.reference.credit_code import complete

_SPACE = uuid.UUID("4f0e5f2e-4d8e-4c8f-9a55-6b7f0a5f3d11")

_BY_NAME: Mapping[str, Any] = {
    "unit_name": "示例精密机械有限公司",
    "address": "工业路8号",
    "contact_name": "李明",
    "contact_phone": "13900001234",
    "recommender": "市工商业联合会",
    "document": "市工商联函〔2026〕12号",
    "missing": "请补交税务登记证明。",
    "answer": "已补交税务登记证明，并更正了联系电话。",
    "industry_section": "C",
    "title": "2026年第一批行政执法监督联系点",
    "text": "现将拟确定的行政执法监督联系点予以公示，公示期7天，从发布的次日算起。",
    "reasons": "经核实，材料齐全，符合遴选条件。",
    "minutes": "经集体研究，同意将名单所列单位列为拟确定联系点。",
    "file_name": "营业执照.pdf",
    "sha256": "0" * 64,
    "size": 120000,
    "receipt_code": "r7Kd-93Qm-wX2p-84Lt",
    "wrong": "公示中该单位的名称有误。",
    "correction": "该单位名称更正为“示例精密机械有限公司”。",
    "employer_name": "示例食品有限公司",
    "bodies": ["市工商业联合会"],
    "body": "市生态环境局",
    "body_unit": "行政执法机关的编号",
    "participants": "街道办事处负责人、社区网格员",
    "interviewed": "单位负责人",
    "chair": "小组成员的账号编号",
    "member_ids": ["小组成员的账号编号"],
    "member_id": "小组成员的账号编号",
    "district": "430211",
    "interviewed_on": "2026-12-01",
    "evidence": "经查询有关系统，未发现异常。",
    "facts": "该单位去年曾受过行政处罚，请核实有关情况。",
    "purpose": "资格审查",
    "division": "430211",
    "login": "zhang.san",
    "display_name": "张三",
    "password": "长而好记的一句话2026",
    "old_password": "长而好记的一句话2026",
    "new_password": "另一句更长的话2026",
    "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
    "code": "123456",
    "recovery_hashes": "0" * 64,
    "issuer": "https://sso.example.gov.cn",
    "subject": "a1b2c3",
    "unit": "联系点或执法机关的编号",
    "liaison_phone": "13900004321",
    "liaison_name": "王联络",
    "plaque_number": "2026-001",
    "prefix": "株司监联",
    "limits": [
        {"trade": "retail", "measure": "staff", "large": 300, "medium": 50, "small": 10},
        {"trade": "retail", "measure": "revenue_wan", "large": 20000, "medium": 500, "small": 100},
    ],
    "off": ["2027-01-01"],
    "worked": ["2027-02-20"],
    "stream": f"application-{uuid.uuid5(_SPACE, 'application_id')}",
    "source": "国务院办公厅关于2027年部分节假日安排的通知",
    "reason": "按照最新规定调整。",
    "effective_from": "2027-01-01",
    "places": 50,
    "year": 2026,
    "staff": 400,
    "revenue_wan": 3000,
    "assets_wan": 5000,
    "market_entities": 52000,
    "output_wan": 1200000,
    "members": 9,
    "present": 7,
    "votes_for": 5,
    "votes_against": 0,
    "opens_on": "2026-11-24",
    "closes_on": "2027-01-23",
    "held_on": "2026-12-08",
    "reporter_name": "赵明",
    "reporter_phone": "13900001234",
    "number": "HL2026-0001",
    "objection_number": "0c9b8f0e",
    "opened_by": ["王某", "刘某"],
    "handlers": ["经办人员的账号编号"],
    "account_id": str(uuid.uuid5(_SPACE, "account_id")),
    "first": "2026-01",
    "last": "2026-12",
    "measure": "substantiated",
    "report_id": f"2026q3-{uuid.uuid5(_SPACE, 'point_id')}",
    "funding_id": f"2026-{uuid.uuid5(_SPACE, 'point_id')}",
}

_BY_PART: Mapping[type, Mapping[str, Any]] = {FigureSet: {"name": "notice_days", "value": 7}}


def _takes(field: fields.Field[Any], value: Any) -> bool:
    """One name may stand for several kinds of thing: a size of a file, and one of a unit."""
    try:
        field.deserialize(value)
    except ValidationError:
        return False
    return True


def example_of(name: str, field: fields.Field[Any]) -> Any:
    """A value that the field takes, as plain JSON. Raises TypeError for a type it does not know."""
    if name in _BY_NAME and _takes(field, _BY_NAME[name]):
        return _BY_NAME[name]
    match field:
        case Identifier():
            return str(uuid.uuid5(_SPACE, name))
        case CreditCode():
            return complete("91430211MA4L00001")
        case OneOf():
            return field.words[0]
        case Whole():
            return max(field.least, min(1, field.most))
        case Flag():
            return False
        case Day():
            return "2026-11-24"
        case Moment():
            return "2026-11-24T02:00:00.000000Z"
        case Many():
            return [example_of(name, field.inner)]
        case Part() if field.cls in _BY_PART:
            return dict(_BY_PART[field.cls])
        case Part():
            return {
                each.name: example_of(each.name, each.metadata["field"])
                for each in dataclasses.fields(field.cls)
            }
        case Text() if not isinstance(field, Pattern):
            return "示例文字，请按实际情况填写。"
    raise TypeError(f"{name}: no example for {type(field).__name__}")
