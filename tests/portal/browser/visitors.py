"""Visitors at real browsers, each with cookies of their own and watched all the time."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from services.portal.web.edge import edge
from services.portal.web.reporting import AREA
from services.portal.web.reporting import COOKIE as RECEIPT_COOKIE
from services.portal.web.visitor import COOKIE
from shared.contracts.roles import Role
from tests.portal.browser.watching import Watch
from tests.portal.people import People
from tests.system.installation import PATIENCE

DESK, PHONE = 1280, 360
"""Widths in CSS pixels."""
_HEIGHT = 900


class Visitors:
    """Opens browsers. What any of them met is in `troubles`."""

    def __init__(self, chrome: Browser, app: Flask, people: People) -> None:
        self._chrome, self._app, self._people = chrome, app, people
        self._contexts: list[BrowserContext] = []
        self._watches: list[Watch] = []

    @property
    def troubles(self) -> list[str]:
        return [trouble for watch in self._watches for trouble in watch.troubles]

    def new(self, *, javascript: bool = True, width: int = DESK) -> Page:
        """Nobody's; addresses without a host are the portal's."""
        context = self._chrome.new_context(
            base_url=self._people.url,
            java_script_enabled=javascript,
            locale="zh-CN",
            reduced_motion="reduce",
            viewport={"width": width, "height": _HEIGHT},
        )
        context.set_default_timeout(PATIENCE * 1_000)
        self._contexts.append(context)
        self._watches.append(Watch(context, self._people.url))
        return context.new_page()

    def of(self, role: Role) -> Page:
        """One who holds the role, signed in already."""
        if role is Role.PUBLIC:
            return self.new()
        return self.signed_in(self._people.known(role).account_id)

    def signed_in(self, account_id: str) -> Page:
        """Whoever has this account, in the first of their roles."""
        with self._app.app_context():
            account = edge().directory.account(account_id)
            token, _ = edge().sessions.begin(account, next(iter(account.grants)), "browser")
        page = self.new()
        page.context.add_cookies([{"name": COOKIE, "value": token, "url": self._people.url}])
        return page

    def reporting(self, receipt: str) -> Page:
        """Whoever has entered the code of this receipt."""
        with self._app.app_context():
            kept = edge().receipts.into_cookie(edge().receipts.entered(receipt))
        page = self.new()
        where = {"domain": urlsplit(self._people.url).hostname or "", "path": AREA}
        page.context.add_cookies([{"name": RECEIPT_COOKIE, "value": kept, **where}])
        return page

    def leave(self) -> None:
        """Close every browser."""
        for context in self._contexts:
            context.close()

    def forgive(self) -> None:
        """Forget the troubles so far, which a test has made itself."""
        for watch in self._watches:
            watch.troubles.clear()
