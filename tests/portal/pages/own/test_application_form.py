"""What the form asks of which unit: what it lets through, the registry takes."""

from __future__ import annotations

import pytest

from services.portal.pages.application_form import NAMES, STEPS, asked, payload, problems, tidy
from shared.contracts.registry.commands import COMMANDS
from shared.contracts.registry.vocabulary import UnitKind
from tests.system.bureau import application, new_id

COMMON = {
    "channel": "self_nominated",
    "unit_name": "测试单位",
    "division": "430211",
    "address": "工业路8号",
    "contact_name": "李四",
    "contact_phone": "13900001234",
}


def typed(kind: UnitKind, **more: str) -> dict[str, str]:
    """What an applicant of this kind would type."""
    made = application(new_id(), kind)
    given = {name: str(its) for name, its in made.items() if name in NAMES and its is not None}
    return {**given, **more}


def test_every_field_of_the_command_is_asked_for_once() -> None:
    fields = set(COMMANDS.find("SubmitApplication").classes) - {"application_id", "batch_id"}
    assert [name for step in STEPS for name in step.names] == list(NAMES)
    assert set(NAMES) == fields


@pytest.mark.parametrize("kind", UnitKind)
def test_what_the_form_lets_through_is_a_command(kind: UnitKind) -> None:
    values = typed(kind)
    assert problems(values) == {}
    COMMANDS.find("SubmitApplication").load(payload(values, new_id(), new_id()))


def test_nothing_typed_is_all_of_it_missing() -> None:
    told = problems({})
    assert told == {name: told[name] for name, needed in asked({}).items() if needed}
    assert told["unit_name"] == "请填写单位名称，与证照上的一致。"


def test_a_recommended_unit_names_who_recommends_it_and_no_other_does() -> None:
    recommended = {**COMMON, "unit_kind": "chamber", "channel": "recommended"}
    assert "recommender" in problems(recommended)
    left = payload({**COMMON, "unit_kind": "chamber", "recommender": "某局"}, new_id(), new_id())
    assert "recommender" not in left


@pytest.mark.parametrize("trade", ["construction", "real_estate", "leasing_business"])
def test_trades_judged_by_assets_are_asked_for_them(trade: str) -> None:
    values = typed(UnitKind.ENTERPRISE, trade=trade, industry_section="E")
    assert problems(values) == {"assets_wan": "该行业按资产总额划分规模，请填写资产总额。"}
    assert "assets_wan" not in payload({**values, "trade": "retail", "assets_wan": "1"}, "", "")


def test_what_was_typed_for_another_kind_is_left_out() -> None:
    values = {**typed(UnitKind.ENTERPRISE), "unit_kind": "chamber", "declared_size": "small"}
    sent = payload(values, new_id(), new_id())
    assert not {"trade", "staff", "revenue_wan", "industry_section"} & set(sent)


@pytest.mark.parametrize(
    ("name", "raw", "kept"),
    [
        ("credit_code", " 9143 0211lwfrbq3dx8 ", "91430211LWFRBQ3DX8"),
        ("contact_phone", "１３９ 0000 1234", "13900001234"),
        ("staff", "４００", "400"),
        ("revenue_wan", "3,000", "3000"),
        ("staff", "三百", "三百"),
        ("address", " 工业路8号 ", "工业路8号"),
    ],
)
def test_what_is_typed_is_kept_as_it_is_meant(name: str, raw: str, kept: str) -> None:
    assert tidy(name, raw) == kept
