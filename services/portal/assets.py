"""What pages load beside themselves: style, scripts and icons, from our own origin only.

Each is served as `/assets/<name>.<hash8>.<ext>`, so a browser may keep it for ever: other content
has another address. Files of npm packages are served from a list, never by path; files of our
own lie in `static/`, and the sheets in `static/style/` are joined into one, by name.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast

from flask import Flask, Response, abort, current_app, request

from services.portal.web.access import everyone

PACKAGES: Mapping[str, str] = {
    "bootstrap.css": "bootstrap/dist/css/bootstrap.min.css",
    "htmx.js": "htmx.org/dist/htmx.min.js",
    "echarts.js": "echarts/dist/echarts.common.min.js",
    "swagger-ui.css": "swagger-ui-dist/swagger-ui.css",
    "swagger-ui.js": "swagger-ui-dist/swagger-ui-bundle.js",
}
"""Name for `asset_url` → file in node_modules; nothing else of it can be asked for."""

NODE_MODULES = Path(__file__).parents[2] / "node_modules"
STATIC = Path(__file__).with_name("static")
STYLE = "site.css"

_CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_FOR_EVER = "public, max-age=31536000, immutable"
_EXTENSION = "jiandu.assets"


class AssetsMissing(RuntimeError):
    """A file that pages need is not there; the text says what to run."""


@dataclass(frozen=True)
class Asset:
    """One file. `address` is where browsers find it."""

    name: str
    body: bytes

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.body).hexdigest()

    @cached_property
    def file_name(self) -> str:
        path = Path(self.name)
        return f"{path.stem}.{self.digest[:8]}{path.suffix}"

    @property
    def address(self) -> str:
        return f"/assets/{self.file_name}"

    @property
    def content_type(self) -> str:
        return _CONTENT_TYPES[Path(self.name).suffix]

    @cached_property
    def zipped(self) -> bytes:
        """The body in gzip, made when first asked for."""
        return gzip.compress(self.body, mtime=0)


class Assets:
    """All of them, in memory. Raises AssetsMissing."""

    def __init__(self, node_modules: Path = NODE_MODULES, static: Path = STATIC) -> None:
        bodies = {name: _read(node_modules / path) for name, path in PACKAGES.items()}
        bodies |= _own(static)
        self._by_name = {name: Asset(name, body) for name, body in bodies.items()}
        self._by_file = {asset.file_name: asset for asset in self._by_name.values()}

    def url(self, name: str) -> str:
        """The address of an asset. Raises KeyError for a name that is none."""
        return self._by_name[name].address

    def find(self, file_name: str) -> Asset | None:
        """The asset that has this name with its hash now."""
        return self._by_file.get(file_name)


def install(app: Flask) -> None:
    """Serve assets at /assets/ and give templates `asset_url`. Raises AssetsMissing."""
    assets = Assets()
    app.extensions[_EXTENSION] = assets
    app.add_url_rule("/assets/<path:name>", "assets", _serve)
    app.jinja_env.globals["asset_url"] = assets.url


@everyone
def _serve(name: str) -> Response:
    asset = cast(Assets, current_app.extensions[_EXTENSION]).find(name)
    if asset is None:
        abort(404)
    zipped = request.accept_encodings.quality("gzip") > 0
    response = Response(asset.zipped if zipped else asset.body, content_type=asset.content_type)
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = _FOR_EVER
    return response


def _own(static: Path) -> dict[str, bytes]:
    files = {path.name: _read(path) for path in static.iterdir() if path.suffix in _CONTENT_TYPES}
    sheets = sorted((static / "style").glob("*.css"))
    return {**files, STYLE: b"\n".join(_read(path) for path in sheets)}


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise AssetsMissing(
            f"the pages need {path.name}, which is not there ({error.strerror}):"
            " run `npm ci` in the project's folder, or `make up`, which does"
        ) from None
