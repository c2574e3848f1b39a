"""The Chromium that tests of pages and screenshots drive; `make browser` installs it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from deploy.local.trouble import SetupError

CHROMIUM = "JIANDU_CHROMIUM"
"""Names another Chromium than the one on PATH."""


def chromium(environ: Mapping[str, str] = os.environ) -> Path:
    """The browser's program. Raises SetupError, whose text tells the ways to one."""
    given = environ.get(CHROMIUM)
    if given:
        if os.access(given, os.X_OK):
            return Path(given)
        raise SetupError(f"{CHROMIUM} names {given}, which is no program: correct or unset it.")
    for name in ("chromium", "chromium-browser"):
        found = shutil.which(name, path=environ.get("PATH"))
        if found is not None:
            return Path(found)
    raise SetupError(
        "Chromium is not installed. There are three ways on:\n"
        f"  1. use one that lies elsewhere: set {CHROMIUM} to its program;\n"
        "  2. install it yourself: apt-get install chromium chromium-l10n fonts-noto-cjk;\n"
        "  3. run `make browser` as root, or as a user with passwordless sudo."
    )


def arguments() -> list[str]:
    """What Chromium must be told here: to speak Chinese, also in its own parts of a page such as
    a file's box, and that its sandbox refuses to work for root.
    """
    return ["--lang=zh-CN", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
