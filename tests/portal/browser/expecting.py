"""What pages must show of points and objections."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from shared.reference.divisions import Divisions
from tests.portal.browser.moving import FACTS
from tests.portal.settling import let_settle
from tests.system.bureau import OFFICER, Bureau


def expect_only(page: Page, column: str, value: str) -> None:
    """Each row that is listed says this in this column."""
    cells = page.locator(f'#results td[data-label="{column}"]')
    expect(cells.filter(has_not_text=value)).to_have_count(0)
    expect(cells.first).to_have_text(value)


def expect_objection(page: Page, bureau: Bureau, contact_name: str | None) -> None:
    """The page confirms it, and the registry has it."""
    expect(page.get_by_role("heading", level=1)).to_have_text("异议已提交")
    number = page.locator(".objection-id").inner_text()
    let_settle(bureau)
    kept = bureau.read("OpenObjection", {"objection_id": number, "purpose": "核对内容"}, OFFICER)
    assert (kept["facts"], kept["contact_name"]) == (FACTS, contact_name)


def name_of(division: str) -> str:
    return Divisions.for_year(2025).name(division)
