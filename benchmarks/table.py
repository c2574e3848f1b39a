"""The result as text."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.bars import Verdict
from benchmarks.figures import Figure

_HEADINGS = ("", "unit", "ours", "peer", "limit", "of peer", "of limit")


def table(figures: Sequence[Figure]) -> str:
    """A row for each figure."""
    rows = [_HEADINGS, *(_row(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    return "\n".join(_line(row, widths) for row in rows)


def verdicts(given: Sequence[Verdict]) -> str:
    """A line for each bar."""
    return "\n".join(
        f"{'holds ' if verdict.holds else 'SHORT '} {verdict.bar.text}: {verdict.reached:.2f}"
        for verdict in given
    )


def _row(figure: Figure) -> tuple[str, ...]:
    return (
        figure.name,
        figure.unit,
        _number(figure.ours),
        _number(figure.peer),
        _number(figure.limit),
        _ratio(figure.ratio_to_peer),
        _ratio(figure.ratio_to_limit),
    )


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    words = [text.ljust(width) for text, width in zip(row[:2], widths[:2], strict=True)]
    numbers = [text.rjust(width) for text, width in zip(row[2:], widths[2:], strict=True)]
    return "  ".join([*words, *numbers]).rstrip()


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def _ratio(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
