"""A unit that leaves after deliberation: struck off by the leader, and gone from its notice."""

from __future__ import annotations

import pytest

from shared.contracts.registry.vocabulary import UnitKind
from tests.portal.pages.browsing import Browser
from tests.portal.pages.work.conftest import after, form_fields, opened, qualified
from tests.system.bureau import APPLICANT, Bureau

MEETING = {"members": "9", "present": "7", "minutes": "会议同意取消资格。"}


@pytest.fixture(scope="module")
def noticed(bureau: Bureau) -> tuple[str, list[str]]:
    """A notice, and the two units on it."""
    batch_id, units = qualified(bureau, 2)
    bureau.deliberate(batch_id, units)
    return bureau.publish(batch_id, units), units


def test_a_leader_strikes_a_unit_off_with_grounds_reasons_and_a_meeting(
    leader: Browser, bureau: Bureau, noticed: tuple[str, list[str]]
) -> None:
    _, (struck, _) = noticed
    here = f"/applications/{struck}/striking-off"
    form = leader.open(f"{here}?{after(bureau)}")
    assert form.status == 200, form.main
    told = leader.send(form, **MEETING)
    assert told.error_at("grounds") == "请至少选择一项原因。"
    assert told.error_at("reasons") == "请写明理由和依据，申报单位会看到。"
    told = leader.send(told, grounds="dishonest_debtor", reasons="已列入失信名单。", present="4")
    assert told.error_at("present").startswith("到会人数没有超过规定的比例")
    page = leader.send(told, present="7")
    assert "取消资格已登记" in page.main
    assert "取消资格阶段：列入失信被执行人名单" in page.main
    assert "grounds" not in form_fields(leader.open(here))


def test_whoever_left_is_marked_on_the_notice_and_nobody_objects_any_more(
    officer: Browser, bureau: Bureau, noticed: tuple[str, list[str]]
) -> None:
    notice_id, (_, left) = noticed
    bureau.send(APPLICANT, "WithdrawApplication", {"application_id": left, "reasons": None})
    bureau.applications(bureau.batch_of[left])
    bureau.read("ShowNotice", {"notice_id": notice_id})
    page = officer.open(f"/notices/{notice_id}")
    assert "不再参加" in page.texts(".tag")
    assert f"unit={left}" not in str(page.tree)


def test_who_may_not_strike_off_is_not_shown_the_form(
    officer: Browser, leader: Browser, bureau: Bureau
) -> None:
    submitted = bureau.apply(bureau.open_batch(), UnitKind.CHAMBER)
    page = opened(leader, bureau, f"/applications/{submitted}/striking-off")
    assert "grounds" not in form_fields(page)
    assert officer.open(f"/applications/{submitted}/striking-off").status == 403
