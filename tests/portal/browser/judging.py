"""Pages as axe-core and a phone's width judge them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page

from services.portal.assets import NODE_MODULES
from tests.portal.browser.visitors import DESK, PHONE

_GRAVE = ("serious", "critical")
_HEIGHT = 900

_RUN = """async (rules) => {
  const options = { resultTypes: ["violations"], preload: false, rules };
  const { violations } = await axe.run(document, options);
  return violations.map(({ id, impact, nodes }) => ({
    id, impact, nodes: nodes.map((its) => `${its.target.join(" ")}: ${its.failureSummary}`),
  }));
}"""

_SEEN_ALREADY = {"color-contrast": {"enabled": False}}
"""Colours are the same at every width, and finding them takes most of axe-core's time."""

# A few of a list that are all alike.
_UNFOLD = """() => [...document.querySelectorAll("details")].slice(0, 3).forEach(
  (its) => { its.open = true; })"""
_SETTLE = "() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))"
_TOO_WIDE = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const wide = [...document.querySelectorAll("main *, header *, footer *")].filter(
    (its) => its.getBoundingClientRect().right > root.clientWidth + 1);
  return wide.slice(0, 5).map((its) => its.outerHTML.slice(0, 80)).concat(root.scrollWidth);
}"""


def faults(page: Page, paths: Iterable[str]) -> list[str]:
    """All that is grave at these addresses, at both widths, what folds unfolded."""
    return [fault for path in paths for fault in _faults_at(page, path)]


def grave(page: Page, rules: Mapping[str, Any] | None = None) -> list[str]:
    """What axe-core calls serious or critical in the page as it stands. `rules`: how its differ."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe())
    found: list[dict[str, Any]] = page.evaluate(_RUN, rules or {})
    return [f"{its['id']}: {its['nodes'][:3]}" for its in found if its["impact"] in _GRAVE]


def _faults_at(page: Page, path: str) -> list[str]:
    page.set_viewport_size({"width": DESK, "height": _HEIGHT})
    page.goto(path, wait_until="load")
    assert urlsplit(page.url).path == urlsplit(path).path, f"{path} led to {page.url}"
    page.evaluate(_UNFOLD)
    told = [f"{path} at {DESK}: {fault}" for fault in grave(page)]
    page.set_viewport_size({"width": PHONE, "height": _HEIGHT})
    page.evaluate(_SETTLE)
    told += [f"{path} at {PHONE}: {fault}" for fault in grave(page, _SEEN_ALREADY)]
    told += [f"{path} is too wide for {PHONE}: {wide}" for wide in page.evaluate(_TOO_WIDE)]
    return told


@cache
def _axe() -> str:
    return (NODE_MODULES / "axe-core/axe.min.js").read_text(encoding="utf-8")
