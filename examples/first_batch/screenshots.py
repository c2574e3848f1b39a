"""`python -m examples.first_batch.screenshots`: photograph the main pages of a played demo.

Writes docs/screenshots/*.webp, which both READMEs show. Needs Chromium (`make browser`).
"""

from __future__ import annotations

import argparse
import base64
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as BrowserTrouble

from deploy.local import SetupError, load_environment
from deploy.local.browser import arguments, chromium
from deploy.local.files import write_atomically
from deploy.local.place import PROJECT, Place, asked_run_dir
from examples.first_batch import cast, second_data
from examples.first_batch.play import CALL_SECONDS, STORY, say
from examples.first_batch.second import NAME
from examples.play import people
from examples.play.accounts import Accounts
from examples.play.console import REGISTRY, Console
from examples.play.ids import Ids
from examples.play.people import Person
from examples.play.portal import Portal
from examples.play.trouble import DemoFailed
from shared.access.actor import Issuer
from shared.messaging.rpc_client import RpcClient
from shared.service.client import ServiceClient

FOLDER = PROJECT / "docs/screenshots"
MOST_BYTES = 120 * 1024
DESK, TALL, PHONE = (1280, 900), (1280, 1300), (390, 844)
"""Width and height in CSS pixels."""

_PATIENCE_MS = 120_000.0
"""How long a page may take on a busy machine."""
_QUALITIES = (85, 70, 55, 40)
_BEGUN = "rice-mill"
"""The unit whose examination is half done, so that its page has most to tell."""


@dataclass(frozen=True)
class Shot:
    """One photograph. `place` is the path of the page, `person` who looks at it."""

    name: str
    place: str
    person: Person = people.PUBLIC
    size: tuple[int, int] = DESK


def shots(ids: Ids) -> list[Shot]:
    """What is photographed, in an installation with these ids."""
    courses = second_data.load().courses
    applicant = next(its.applicant for its in courses if its.reaches == "submitted")
    batch_id = ids.id("batch", NAME)
    notice_id = ids.id("notice", f"{NAME}/{len(second_data.load().sittings)}")
    return [
        Shot("home", "/"),
        Shot("home-phone", "/", size=PHONE),
        Shot("points", "/points#coverage"),
        Shot("notice", f"/notices/{notice_id}"),
        Shot("apply", f"/apply/{batch_id}/unit", cast.CAST.applicant(applicant)),
        Shot("desk", "/desk", cast.CITY_OFFICER),
        Shot(
            "application",
            f"/applications/{ids.id('application', _BEGUN)}",
            cast.CHAIR,
            size=TALL,
        ),
    ]


def main() -> int:
    """0 when all are taken, 1 when something is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run-dir", type=Path, default=asked_run_dir())
    parser.add_argument("--folder", type=Path, default=FOLDER)
    options = parser.parse_args()
    try:
        _photograph(load_environment(options.run_dir), options.folder)
    except (SetupError, DemoFailed, BrowserTrouble) as trouble:
        print(f"截图中止：{trouble}", file=sys.stderr)
        return 1
    return 0


def _photograph(environment: Mapping[str, str], folder: Path) -> None:
    url = environment["JIANDU_PORTAL_URL"]
    with _accounts(environment) as (accounts, ids), _browser() as browser:
        folder.mkdir(parents=True, exist_ok=True)
        for shot in shots(ids):
            with _page(browser, shot) as page:
                if shot.person.login:
                    _sign_in(page, url, shot.person, accounts)
                _open(page, url + shot.place)
                image = _small(page)
            write_atomically(folder / f"{shot.name}.webp", image, mode=0o644)
            say(f"{shot.name}.webp {len(image) // 1024} KiB")


@contextmanager
def _accounts(environment: Mapping[str, str]) -> Iterator[tuple[Accounts, Ids]]:
    issuer = Issuer.from_file("console", Path(environment["JIANDU_CONSOLE_KEY_FILE"]))
    with RpcClient(environment["JIANDU_AMQP_URL"], CALL_SECONDS, name="jiandu demo") as rpc:
        console = Console(ServiceClient(rpc, issuer), say)
        ids = Ids.of(console.verifier_key(REGISTRY), STORY)
        place = Place(Path(environment["JIANDU_RUN_DIR"]))
        portal = Portal(environment["JIANDU_PORTAL_URL"], say)
        yield Accounts(console, portal, place, ids), ids


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=arguments())
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def _page(browser: Browser, shot: Shot) -> Iterator[Page]:
    width, height = shot.size
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="zh-CN", reduced_motion="reduce"
    )
    context.set_default_timeout(_PATIENCE_MS)
    try:
        yield context.new_page()
    finally:
        context.close()


def _sign_in(page: Page, url: str, person: Person, accounts: Accounts) -> None:
    _open(page, f"{url}/sign-in")
    page.fill("input[name=login]", person.login)
    page.fill("input[name=password]", accounts.password(person))
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda address: "/sign-in" not in address)


def _open(page: Page, address: str) -> None:
    answer = page.goto(address, wait_until="load")
    if answer is None or not answer.ok:
        raise DemoFailed(
            f"页面 {address} 没有打开：请先执行 make demo",
            f"The page does not open ({answer and answer.status}): run `make demo` first.",
        )
    page.evaluate("document.fonts.ready")
    page.wait_for_function("!document.querySelector('[data-chart]:not(.chart-drawn)')")


def _small(page: Page) -> bytes:
    """What the window shows, as WebP of at most `MOST_BYTES`. Raises DemoFailed."""
    devtools = page.context.new_cdp_session(page)
    for quality in _QUALITIES:
        told = devtools.send("Page.captureScreenshot", {"format": "webp", "quality": quality})
        image = base64.b64decode(told["data"])
        if len(image) <= MOST_BYTES:
            return image
    raise DemoFailed(f"{page.url} 的截图过大。", "The screenshot is too large.")


if __name__ == "__main__":
    sys.exit(main())
