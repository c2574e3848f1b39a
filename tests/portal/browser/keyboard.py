"""A visitor without a mouse: Tab, Enter, arrows and typing, and the focus never out of sight."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

_MOST = 150
"""Steps from one end of a page to the other, and more."""

_FOCUS = """() => {
  const its = document.activeElement;
  const look = getComputedStyle(its);
  const box = its.getBoundingClientRect();
  return {
    name: `${its.tagName} ${its.getAttribute("name") || its.textContent.trim().slice(0, 30)}`,
    outlined: look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2,
    onScreen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0
      && box.top < innerHeight && box.left < innerWidth,
  };
}"""


class Keyboard:
    """Goes through a page as the Tab key does."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def to(self, wanted: Locator) -> None:
        """Tab on until it has the focus; whatever has it on the way must be seen to have it."""
        for _ in range(_MOST):
            self.press("Tab")
            focus = self._page.evaluate(_FOCUS)
            assert focus["outlined"], f"no outline: {focus['name']}"
            assert focus["onScreen"], f"out of sight: {focus['name']}"
            if wanted.evaluate("its => its === document.activeElement"):
                return
        raise AssertionError(f"no way to {wanted}")

    def press(self, key: str) -> None:
        self._page.keyboard.press(key)

    def enter(self, wanted: Locator) -> None:
        """Go to a link or a button, press Enter, and arrive."""
        self.to(wanted)
        with self._page.expect_navigation(wait_until="load"):
            self.press("Enter")

    def type(self, wanted: Locator, text: str) -> None:
        self.to(wanted)
        self._page.keyboard.type(text)

    def choose(self, wanted: Locator, value: str) -> None:
        """Go to a list of choices and down to one of them."""
        self.to(wanted)
        for _ in range(wanted.locator("option").count()):
            if wanted.input_value() == value:
                return
            self.press("ArrowDown")
        assert wanted.input_value() == value

    def pick(self, wanted: Locator) -> None:
        """Go to a group of which one is chosen, and by arrows to the one that is wanted.

        Tab stops at the chosen one alone, or at the first while there is none.
        """
        name = wanted.get_attribute("name")
        group = self._page.locator(f'input[type="radio"][name="{name}"]')
        chosen = self._page.locator(f'input[type="radio"][name="{name}"]:checked')
        self.to(chosen if chosen.count() else group.first)
        self.press("Space")
        for _ in range(group.count()):
            if wanted.is_checked():
                return
            self.press("ArrowDown")
        assert wanted.is_checked()
