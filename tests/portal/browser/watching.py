"""What goes wrong in a browser while nobody looks: strangers asked, errors told to the console."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

_INLINE = ("about:", "blob:", "data:")
_FAILED = "Failed to load resource: the server responded"
"""Chromium's echo of an answer, which `_see_answer` judges."""


class Watch:
    """Writes down the troubles of a context from now on; violations of the policy are among them,
    as Chromium tells each to the console."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.troubles: list[str] = []
        self._origin = f"{origin}/"
        context.on("request", self._see_request)
        context.on("response", self._see_answer)
        context.on("console", self._see_message)
        context.on("weberror", self._see_error)

    def _see_request(self, request: Request) -> None:
        if not request.url.startswith((self._origin, *_INLINE)):
            self.troubles.append(f"asked a stranger: {request.url}")

    def _see_answer(self, response: Response) -> None:
        # A page may say no; what it is made of must be there.
        if response.status >= 400 and not response.request.is_navigation_request():
            self.troubles.append(f"{response.status} for {response.url}")

    def _see_message(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(_FAILED):
            self.troubles.append(f"console: {message.text}")

    def _see_error(self, error: WebError) -> None:
        self.troubles.append(f"uncaught: {error.error}")
