"""Whole-site rules that each template keeps: our policy lets a browser run no inline code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from services.portal import pages
from services.portal.pages.notes import NOTES

_ROOT = Path(pages.__file__).parents[1] / "templates"
_TEMPLATES = sorted(_ROOT.rglob("*.html"))
_FORBIDDEN = {
    "a style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "an inline style": re.compile(r"<style", re.IGNORECASE),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE),
    "an inline handler": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "htmx code": re.compile(r"hx-on|hx-vals\s*=\s*[\"']js:|javascript:", re.IGNORECASE),
    "another origin": re.compile(r"(src|href|action)=[\"'](https?:)?//", re.IGNORECASE),
    "the mark of a conflict": re.compile(r"^(<{7} |={7}$|>{7} )", re.MULTILINE),
    "unescaped text": re.compile(r"\|\s*safe\b"),
}


@pytest.mark.parametrize("path", _TEMPLATES, ids=lambda path: str(path.relative_to(_ROOT)))
def test_a_template_has_nothing_that_the_policy_forbids(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = [what for what, pattern in _FORBIDDEN.items() if pattern.search(text)]
    assert not found


@pytest.mark.parametrize("path", _TEMPLATES, ids=lambda path: str(path.relative_to(_ROOT)))
def test_every_form_that_writes_carries_its_token(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", text, re.DOTALL):
        assert "csrf_token" in form, form[:200]


def test_every_note_is_said_by_some_page() -> None:
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in Path(pages.__file__).parent.rglob("*.py")
        if path.name not in ("notes.py", "notes_clues.py")
    )
    said = {note for note in NOTES if re.search(rf'["\'=]{note}["\']', code)}
    assert said == set(NOTES)


def test_the_rules_see_what_they_forbid() -> None:
    bad = '<a style="x" onclick="y"><script>z</script><style>{{ q | safe }}</style>'
    assert sum(bool(pattern.search(bad)) for pattern in _FORBIDDEN.values()) == 5
