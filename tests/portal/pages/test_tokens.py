"""Text can be read: every pair of colours that is used together has a contrast of 4.5 (WCAG)."""

from __future__ import annotations

import re

import pytest

from services.portal.assets import STATIC

_SHEETS = {path.name: path.read_text(encoding="utf-8") for path in STATIC.glob("style/*.css")}
_TOKENS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", _SHEETS["10-tokens.css"]))

PAIRS = [
    *[(text, "paper") for text in ("ink", "ink-soft", "link", "brand", "good", "bad", "bamboo")],
    *[(text, "ground") for text in ("ink", "ink-soft", "link")],
    *[(text, "brand-pale") for text in ("ink", "brand", "brand-dark", "link")],
    *[(text, "bamboo-pale") for text in ("ink", "bamboo")],
    *[(text, f"{text}-pale") for text in ("good", "bad")],
    *[("paper", ground) for ground in ("brand", "brand-dark", "bad")],
]


@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(text: str, ground: str) -> None:
    assert contrast(_TOKENS[text], _TOKENS[ground]) >= 4.5


@pytest.mark.parametrize(("edge", "ground"), [("line-strong", "paper"), ("ink", "focus")])
def test_edges_of_boxes_and_of_the_focus_can_be_seen(edge: str, ground: str) -> None:
    assert contrast(_TOKENS[edge], _TOKENS[ground]) >= 3


def test_every_token_that_is_used_is_there() -> None:
    known = set(re.findall(r"(--[a-z0-9-]+):", _SHEETS["10-tokens.css"]))
    used = {
        name for sheet in _SHEETS.values() for name in re.findall(r"var\((--[a-z0-9-]+)", sheet)
    }
    assert used <= known


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
