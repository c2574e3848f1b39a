"""A browser at the provider's pages: follows redirects, fills in forms, stops at our address."""

from __future__ import annotations

from urllib.parse import urljoin

import requests
from bs4 import BeautifulSoup, Tag


class Browser:
    """One browser with its cookies. `home` is where our own pages are, which no server answers."""

    def __init__(self, home: str) -> None:
        self._home = home
        self._session = requests.Session()

    def sign_in(self, url: str, subject: str) -> str:
        """Go to the provider, sign in as `subject`, consent; the address we come back to."""
        return self._onwards(url, {"login": subject, "password": "whatever"})

    def sign_out(self, url: str) -> str:
        """Go to the provider's page for it and confirm; the address we come back to."""
        return self._onwards(url, {"logout": "yes"})

    def open(self, url: str) -> str:
        """The page's text, after redirects within the provider."""
        response = self._session.get(url, timeout=10)
        response.raise_for_status()
        return response.text

    def _onwards(self, url: str, filled: dict[str, str]) -> str:
        response = self._session.get(url, timeout=10, allow_redirects=False)
        for _ in range(20):
            if response.is_redirect:
                url = urljoin(response.url, response.headers["Location"])
                if url.startswith(self._home):
                    return url
                response = self._session.get(url, timeout=10, allow_redirects=False)
                continue
            response.raise_for_status()
            action, fields = _form(response.text)
            response = self._session.post(
                urljoin(response.url, action),
                data={**fields, **filled},
                timeout=10,
                allow_redirects=False,
            )
        raise AssertionError("the provider sends the browser round in a circle")


def _form(page: str) -> tuple[str, dict[str, str]]:
    """Where the page's form goes and the hidden fields it has."""
    form = BeautifulSoup(page, "html.parser").find("form")
    assert isinstance(form, Tag), page
    hidden = form.find_all("input", type="hidden")
    return str(form["action"]), {str(its["name"]): str(its["value"]) for its in hidden}
