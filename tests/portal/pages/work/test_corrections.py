"""What was recorded wrong is said to be wrong where it is shown, and data are put right."""

from __future__ import annotations

import pytest

from shared.contracts.registry.vocabulary import UnitKind
from shared.contracts.roles import Role
from tests.portal.pages.browsing import Browser, shown_value
from tests.portal.pages.work.conftest import Staff, after, form_fields
from tests.system.bureau import DISTRICT, LEADER, OTHER_DISTRICT, Bureau, new_id


@pytest.fixture
def application(bureau: Bureau, batch_id: str) -> str:
    """The address of a new one, an enterprise."""
    return f"/applications/{bureau.apply(batch_id, UnitKind.ENTERPRISE)}"


def test_an_event_of_an_application_is_corrected_and_shown_with_it(
    officer: Browser, reviewer: Browser, staff: Staff, bureau: Bureau, application: str
) -> None:
    page = officer.open(f"{application}?{after(bureau)}")
    (link,) = page.tree.select(".timeline a[href*='/corrections/new']")
    form = officer.open(str(link["href"]))
    assert "申报已提交" in form.main
    page = officer.send(form, wrong="电话写错一位。", right="", reason="已与单位核对。")
    assert page.error_at("right") == "请写明正确的内容。"
    assert shown_value(page, "wrong") == "电话写错一位。"
    page = officer.send(page, right="末位是 5。")
    assert "更正已登记" in page.main
    shown = reviewer.open(application)
    for text in ("电话写错一位。", "末位是 5。", "已与单位核对。", "更正的是“申报已提交”"):
        assert text in shown.main
    assert not shown.tree.select("a[href*='/corrections/new']")
    stream = f"/records/application-{application.rpartition('/')[2]}/corrections"
    assert "末位是 5。" in reviewer.open(stream).main
    assert staff(Role.OFFICER, OTHER_DISTRICT).open(stream).status == 404
    assert officer.open(f"{stream}/new?version=99").status == 404
    assert officer.open("/records/settings-1/corrections").status == 404


def test_a_record_of_the_organisation_is_corrected(leader: Browser, bureau: Bureau) -> None:
    partner = {"partner_id": new_id(), "division": DISTRICT, "name": "区工商联"}
    bureau.send(LEADER, "RegisterPartnerBody", {**partner, "kind": "other", "duties": "推荐"})
    bureau.read("ListPartnerBodies", {})
    path = f"/records/partner-{partner['partner_id']}/corrections"
    assert path in str(leader.open("/organisation").tree)
    form = leader.open(f"{path}/new?version=1")
    page = leader.send(form, wrong="职责漏写。", right="推荐，参加会议。", reason="登记时遗漏。")
    assert "推荐，参加会议。" in page.main


@pytest.mark.parametrize("kind", ["batch", "notice", "review_group"])
def test_pages_of_the_bureaus_work_lead_to_the_correction_of_their_records(
    leader: Browser, staff: Staff, bureau: Bureau, kind: str
) -> None:
    batch_id, notice_id, _ = bureau.on_notice([(UnitKind.CHAMBER, DISTRICT)])
    path, about = {
        "batch": (f"/batches/{batch_id}", batch_id),
        "notice": (f"/notices/{notice_id}", notice_id),
        "review_group": (f"/batches/{batch_id}/review-group", batch_id),
    }[kind]
    records = f"/records/{kind}-{about}/corrections"
    page = leader.open(f"{path}?{after(bureau)}")
    assert page.tree.select(f'a[href="{records}"]'), page.main
    form = leader.open(f"{records}/new?version=1")
    page = leader.send(form, wrong="登记有误。", right="以会议纪要为准。", reason="核对后更正。")
    assert "以会议纪要为准。" in page.main
    assert staff(Role.OFFICER, OTHER_DISTRICT).open(records).status == 404


def test_a_units_data_are_corrected_by_what_was_changed_in_the_form(
    officer: Browser, bureau: Bureau, application: str
) -> None:
    page = officer.open(f"{application}?{after(bureau)}")
    assert page.tree.select(f'a[href="{application}/data"]')
    form = officer.open(f"{application}/data")
    assert shown_value(form, "staff") == "400"
    page = officer.send(form, staff="很多", contact_name="", reason="")
    assert page.error_at("staff") == "请填写整数，例如 12。"
    assert page.error_at("contact_name") == "更正不能清空，请填写正确的内容。"
    page = officer.send(form, reason="没有改动。")
    assert "相同" in page.main
    page = officer.send(form, staff="10", address="新华东路8号", reason="与营业执照核对。")
    assert "单位资料已更正" in page.main
    assert "新华东路8号" in page.main
    assert "制造业，微型" in page.main
    assert "地址、从业人员" in page.main
    assert shown_value(officer.open(f"{application}/data"), "staff") == "10"


def test_once_on_notice_the_notice_is_to_be_corrected_too(officer: Browser, bureau: Bureau) -> None:
    _, _, (application_id,) = bureau.on_notice([(UnitKind.CHAMBER, DISTRICT)])
    page = officer.open(f"/applications/{application_id}/data?{after(bureau)}")
    assert "还要更正公示" in page.main
    assert "declared_size" in form_fields(page)
    shown = officer.open(f"/applications/{application_id}")
    assert shown.tree.select(f'a[href="/applications/{application_id}/data"]')
