"""Assets come under names with their hash, from a list; without them nothing starts."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from services.portal import assets
from services.portal.assets import NODE_MODULES, PACKAGES, STATIC, Assets, AssetsMissing


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    app = Flask("assets", static_folder=None)
    assets.install(app)
    return app.test_client()


def test_an_address_names_the_content() -> None:
    body = (NODE_MODULES / PACKAGES["htmx.js"]).read_bytes()
    digest = hashlib.sha256(body).hexdigest()
    assert Assets().url("htmx.js") == f"/assets/htmx.{digest[:8]}.js"


@pytest.mark.parametrize("name", [*PACKAGES, "site.css", "site.js", "charts.js", "emblem.svg"])
def test_browsers_keep_each_for_ever(client: FlaskClient, name: str) -> None:
    answer = client.get(Assets().url(name))
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.data


def test_who_understands_gzip_gets_it(client: FlaskClient) -> None:
    address = Assets().url("bootstrap.css")
    plain = client.get(address)
    zipped = client.get(address, headers={"Accept-Encoding": "br, gzip"})
    refused = client.get(address, headers={"Accept-Encoding": "gzip;q=0"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.data) == plain.data == refused.data
    assert "Content-Encoding" not in plain.headers
    assert "Content-Encoding" not in refused.headers


@pytest.mark.parametrize(
    "path",
    [
        "htmx.js",
        "htmx.00000000.js",
        "htmx.org/package.json",
        "../package.json",
        "%2e%2e/%2e%2e/package.json",
    ],
)
def test_nothing_else_can_be_asked_for(client: FlaskClient, path: str) -> None:
    assert client.get(f"/assets/{path}").status_code == 404


def test_a_start_before_npm_ci_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(AssetsMissing, match=r"bootstrap\.min\.css.*run `npm ci`"):
        Assets(node_modules=tmp_path)


def test_the_sheets_are_joined_in_order_of_their_names(client: FlaskClient) -> None:
    style = client.get(Assets().url("site.css")).data
    places = [style.index(path.read_bytes()) for path in sorted(STATIC.glob("style/*.css"))]
    assert len(places) > 1
    assert places == sorted(places)
