"""The figures of duties and of the picture (rules.md section 3).

How they hold from one day to the next: `shared.contracts.figures`.
"""

from __future__ import annotations

from dataclasses import dataclass

from shared.contracts import figures
from shared.contracts.figures import figure, figures_of


@dataclass(frozen=True)
class Settings:
    """`*_days` are working days."""

    report_days: int = figure(10, 1, 120, "季度结束后报送季度报告的期限（工作日）")
    point_question_days: int = figure(10, 1, 120, "答复联系点提问的期限（工作日）")
    rank_least: int = figure(10, 1, 1_000, "参加排序的最少案件数（件）")
    suppress_below: int = figure(5, 4, 100, "对外提供数据时隐去的单元格上限（件，不含）")


FIGURES = figures_of(Settings)
"""Every figure there is, by name."""


@dataclass(frozen=True)
class Schedule(figures.Schedule[Settings]):
    """All changes, by their day and for one day as they were made; before them holds `base`."""

    base: Settings = Settings()
