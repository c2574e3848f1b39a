"""A real browser for the portal's pages; whatever goes wrong in it fails the test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect, sync_playwright

from deploy.local.browser import arguments, chromium
from shared.contracts.registry.vocabulary import UnitKind
from tests.portal.browser.scene import Scene, set_scene
from tests.portal.browser.visitors import Visitors
from tests.portal.people import People
from tests.system.bureau import DISTRICT, OFFICER, OTHER_DISTRICT, Bureau, figures
from tests.system.installation import PATIENCE

_QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Whatever a page asks of others fails before it leaves the machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


# Not the session's: while it runs, this thread has an event loop, which other tests may not want.
@pytest.fixture(scope="package")
def chrome() -> Iterator[Browser]:
    """Chromium. Raises SetupError, which tells how to come by it, when there is none."""
    expect.set_options(timeout=PATIENCE * 1_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=[*arguments(), *_QUIET], timeout=PATIENCE * 1_000
        )
        try:
            yield browser
        finally:
            browser.close()


@pytest.fixture
def visitors(chrome: Browser, app: Flask, people: People) -> Iterator[Visitors]:
    """Opens browsers for people, who may ask nobody but the portal and must see no error."""
    its = Visitors(chrome, app, people)
    try:
        yield its
    finally:
        its.leave()
    assert its.troubles == []


@pytest.fixture(scope="package")
def scene(app: Flask, people: People, bureau: Bureau) -> Scene:
    """Something to see on every page."""
    return set_scene(app, people, bureau)


@pytest.fixture
def notice_id(bureau: Bureau) -> str:
    """A notice that runs, of one unit."""
    batch_id, notice_id, _ = bureau.on_notice([(UnitKind.CHAMBER, DISTRICT)])
    bureau.notice(batch_id)  # the read model has it before a page asks
    return notice_id


@pytest.fixture(scope="package")
def point_id(bureau: Bureau) -> str:
    """A point in one district beside one in another, both counted in the coverage."""
    batch_id, notice_id, listed = bureau.on_notice(
        [(UnitKind.VILLAGE_COMMUNITY, DISTRICT), (UnitKind.CHAMBER, OTHER_DISTRICT)]
    )
    bureau.let_notice_end()
    bureau.designate(notice_id, listed)
    bureau.send(OFFICER, "RecordDistrictFigures", figures(2025, d430211=52_000, d430203=61_000))
    bureau.wait_for_assessment()
    return str(bureau.points(batch_id)[listed[0]]["point_id"])
