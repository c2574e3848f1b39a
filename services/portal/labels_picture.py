"""Chinese words for the vocabulary of the supervision picture."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from shared.contracts.assessment.vocabulary.picture import Grouping

PICTURE_KINDS: Mapping[str, type[StrEnum]] = {"grouping": Grouping}
"""Name in templates → vocabulary."""

PICTURE_LABELS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    Grouping: {
        Grouping.BODY: "执法机关",
        Grouping.DIVISION: "区县",
        Grouping.KIND: "问题类型",
        Grouping.MONTH: "月份",
    },
}
