"""Moving through pages by what a person sees: names of links, buttons and fields."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page

from deploy.local.processes import wait_until
from tests.system.installation import PATIENCE

FACTS = "该单位去年十月在工业路8号无证经营，附近商户都能作证。"
"""What whoever objects has to say."""


def link(page: Page, name: str) -> Locator:
    """By its whole name; what only screen readers are told is set off from the rest by a blank."""
    whole = re.escape(name).replace("：", r"\s?：")
    return page.get_by_role("link", name=re.compile(f"^{whole}$"))


def area(page: Page, name: str) -> Locator:
    """A link of the header's navigation."""
    return page.get_by_role("navigation", name="主导航").get_by_role("link", name=name, exact=True)


def field(page: Page, name: str) -> Locator:
    return page.get_by_label(name, exact=True)


def follow(page: Page, name: str) -> None:
    """Press a link and arrive."""
    arrive_by(page, link(page, name))


def send(page: Page, button: str) -> None:
    """Press a form's button, with a yes where it is asked for, and see what comes of it."""
    arrive_by(page, page.get_by_role("button", name=button, exact=True))
    sure = page.locator("form[data-sure] button[value=yes]")
    if sure.count():
        arrive_by(page, sure)


def arrive_by(page: Page, pressed: Locator) -> None:
    with page.expect_navigation(wait_until="load"):
        pressed.click()


def found(page: Page, wanted: Locator) -> bool:
    """Whether it is on this page of a list or on one that follows; stops there."""
    further = link(page, "下一页")
    while not wanted.count() and further.count():
        arrive_by(page, further)
    return wanted.count() > 0


def find(page: Page, path: str, wanted: Locator) -> Locator:
    """Something in the list at `path`, which may not show yet what others have just done."""

    def is_shown() -> bool:
        page.goto(path)
        return found(page, wanted)

    assert wait_until(is_shown, PATIENCE), f"not in {path}: {wanted}"
    return wanted


def heading(page: Page) -> str:
    """What the page calls itself."""
    return page.get_by_role("heading", level=1).inner_text()
