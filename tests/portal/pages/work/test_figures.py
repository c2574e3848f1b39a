"""A year's figures of the districts, recorded as a whole."""

from __future__ import annotations

from shared.contracts.roles import Role
from tests.portal.pages.browsing import Browser, shown_value
from tests.portal.pages.work.conftest import Staff, form_fields
from tests.system.bureau import (
    ANYONE,
    CITY,
    DISTRICT,
    OFFICER,
    OTHER_DISTRICT,
    Bureau,
    figures,
)

_BOX, _OTHER = f"market_entities-{DISTRICT}", f"market_entities-{OTHER_DISTRICT}"


def test_figures_are_recorded_and_shown_to_whoever_comes_next(
    officer: Browser, staff: Staff, bureau: Bureau
) -> None:
    page = officer.send(
        officer.open("/figures?year=2024"),
        **{_BOX: "12,300", f"output_wan-{DISTRICT}": "45600", "reason": "按统计年鉴更正"},
    )
    assert page.status == 200
    assert "区县数据已登记" in page.main
    assert "year=2024" in page.url
    bureau.wait_for_assessment()
    page = officer.open("/figures?year=2024")
    assert shown_value(page, _BOX) == "12300"
    assert shown_value(page, f"output_wan-{DISTRICT}") == "45600"
    seen = staff(Role.LEADER).open("/figures?year=2024")
    assert "12300" in seen.main
    assert not form_fields(seen)


def test_figures_on_record_are_replaced_with_a_reason(officer: Browser) -> None:
    boxes = {_BOX: "12300"}
    form = officer.open("/figures?year=2020")
    assert officer.send(form, **boxes, reason="按统计年鉴更正").status == 200
    page = officer.send(officer.open("/figures?year=2020"), **boxes, reason="")
    assert page.status == 422
    assert page.error_at("reason") == "该年已有数据，请写明为什么更正。"


def test_figures_that_are_wrong_are_told_at_their_box(officer: Browser) -> None:
    form = officer.open("/figures?year=2023")
    page = officer.send(form, **{_BOX: "很多", f"output_wan-{OTHER_DISTRICT}": "5", _OTHER: ""})
    assert page.status == 422
    assert page.error_at(_BOX) == "请填写整数，例如 12。"
    assert page.error_at(_OTHER) == "填写了经济总量的，请同时填写经营主体数。"
    assert shown_value(page, _BOX) == "很多"
    assert shown_value(page, "year") == "2023"
    links = [str(link["href"]) for link in page.tree.select(".error-summary a")]
    assert links == [f"#field-{_OTHER}", f"#field-{_BOX}"]


def test_no_figures_at_all_are_none(officer: Browser) -> None:
    page = officer.send(officer.open("/figures?year=2022"))
    assert page.status == 422
    assert "请至少填写一个区县的数据。" in page.one(".error-summary").get_text()


def test_a_year_that_cannot_be_is_this_year(officer: Browser, bureau: Bureau) -> None:
    for year in ("1066", "3000", "x"):
        page = officer.open(f"/figures?year={year}")
        assert page.texts("h1") == [f"{bureau.today.year} 年区县数据"]


def test_the_page_opens_at_the_newest_year_on_record(officer: Browser, bureau: Bureau) -> None:
    bureau.send(OFFICER, "RecordDistrictFigures", figures(2019, d430211=48_000))
    bureau.wait_for_assessment()
    newest = bureau.client.query(ANYONE, "assessment", "ShowCoverage", {"division": CITY})
    page = officer.open("/figures")
    assert page.texts("h1") == [f"{newest['year']} 年区县数据"]
