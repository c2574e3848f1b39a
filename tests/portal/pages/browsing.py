"""A browser without JavaScript: cookies, pages as trees, forms filled in and sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

import requests
from bs4 import BeautifulSoup, Tag
from requests.adapters import HTTPAdapter

_SECONDS = 30.0
"""How long an answer may take on a busy machine before a test gives up."""


@dataclass(frozen=True)
class Page:
    """What came back, at which address in the end."""

    status: int
    url: str
    tree: BeautifulSoup
    headers: requests.structures.CaseInsensitiveDict[str]

    @property
    def main(self) -> str:
        """The text of the page's own part, spaces and line ends as one space."""
        return " ".join(self.one("main").get_text(" ", strip=True).split())

    def one(self, selector: str) -> Tag:
        found = self.tree.select_one(selector)
        assert found is not None, f"{self.url} has no {selector}"
        return found

    def texts(self, selector: str) -> list[str]:
        return [each.get_text(strip=True) for each in self.tree.select(selector)]

    def error_at(self, field: str) -> str:
        """What is said at a field, which must be told to a screen reader too."""
        control = self.one(f"#field-{field}")
        boxes = control.get("type") in ("radio", "checkbox") or control.find_parent(
            class_="date-boxes"
        )
        holder = control.find_parent("fieldset") if boxes else control
        assert isinstance(holder, Tag)
        assert f"error-{field}" in str(holder["aria-describedby"]).split()
        return self.one(f"#error-{field}").get_text(strip=True).removeprefix("错误：")


class Browser:
    """One visitor's, at an address of their own; follows redirects as browsers do."""

    _numbers = count(2)

    def __init__(self, url: str) -> None:
        self.url, self._session = url, requests.Session()
        self._session.mount("http://", _From(f"127.0.1.{next(self._numbers) % 250 + 2}"))

    def open(self, path: str) -> Page:
        return self._page(self._session.get(self.url + path, timeout=_SECONDS))

    def file(self, path: str) -> requests.Response:
        """Something to download."""
        return self._session.get(self.url + path, timeout=_SECONDS)

    def send(
        self, page: Page, selector: str = "main form", /, **typed: str | Sequence[str]
    ) -> Page:
        """Fill in a form of a page and send it; what is not typed stays as the page has it.

        Asked whether they are sure, this visitor is.
        """
        answer = self.send_once(page, selector, **typed)
        sure = answer.tree.select_one("main form[data-sure]")
        return answer if sure is None else self._send(sure, {"sure": "yes"}, {})

    def send_once(
        self, page: Page, selector: str = "main form", /, **typed: str | Sequence[str]
    ) -> Page:
        """The same, up to the question whether one is sure."""
        return self._send(page.one(selector), typed, {})

    def bring(
        self,
        page: Page,
        name: str,
        content: bytes,
        media_type: str,
        selector: str = "main form[enctype]",
        /,
        **typed: str,
    ) -> Page:
        """The same for a form that takes a file, of this name on the visitor's machine."""
        return self.enclose(page, "file", [(name, content, media_type)], selector, **typed)

    def enclose(
        self,
        page: Page,
        field: str,
        files: Sequence[tuple[str, bytes, str]],
        selector: str = "main form[enctype]",
        /,
        **typed: str | Sequence[str],
    ) -> Page:
        """The same for a form that takes several; of each its name, content and media type."""
        return self._send(page.one(selector), typed, [(field, its) for its in files])

    def _send(self, form: Tag, typed: Any, files: Any) -> Page:
        """A form with files is sent in parts, as browsers do."""
        fields = {**_as_shown(form), **typed}
        address = self.url + str(form["action"])
        answer = self._session.post(address, data=fields, files=files or None, timeout=_SECONDS)
        return self._page(answer)

    def post(self, path: str, headers: Mapping[str, str] | None = None, /, **fields: str) -> Page:
        """What a page of ours would never send."""
        answer = self._session.post(self.url + path, data=fields, headers=headers, timeout=_SECONDS)
        return self._page(answer)

    def _page(self, answer: requests.Response) -> Page:
        tree = BeautifulSoup(answer.text, "html.parser")
        return Page(answer.status_code, answer.url, tree, answer.headers)


class _From(HTTPAdapter):
    """Connections from one of the machine's own addresses: limits count by address."""

    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, source_address=(self._address, 0), **kwargs)


def shown_value(page: Page, name: str) -> str:
    """What a form's field holds as it stands."""
    return next(iter(_as_shown(page.one("main form")).get(name, [])), "")


def _as_shown(form: Tag) -> dict[str, list[str]]:
    """Fields with their values; ticked boxes of one name are several."""
    shown: dict[str, list[str]] = {}
    for control in form.select("input[name], textarea[name], select[name]"):
        name = str(control["name"])
        if control.name == "select":
            chosen = control.select_one("option[selected]") or control.select_one("option")
            value = str(chosen["value"]) if chosen is not None else ""
        elif control.name == "textarea":
            value = control.get_text().removeprefix("\n")
        elif control.get("type") in ("radio", "checkbox") and not control.has_attr("checked"):
            continue
        else:
            value = str(control.get("value", ""))
        shown.setdefault(name, []).append(value)
    return shown
