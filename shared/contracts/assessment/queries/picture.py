"""The supervision picture: what came of what was told of enforcement bodies."""

from __future__ import annotations

from shared.contracts.assessment.queries.vocabulary import QUERIES
from shared.contracts.assessment.vocabulary.picture import Grouping
from shared.contracts.clues.vocabulary import ClueKind
from shared.contracts.fields import OneOf, Pattern, Text, Whole
from shared.contracts.message import define, public
from shared.contracts.registry.fields import division

MOST = 100
"""Items of the longest page of a list."""


def month(*, allow_none: bool = False) -> Pattern:
    """A month as `2026-03`."""
    return Pattern(
        r"(19|20)\d{2}-(0[1-9]|1[0-2])",
        "must be a month such as 2026-03",
        longest=7,
        allow_none=allow_none,
    )


@define(QUERIES)
class ShowSupervision:
    """Complaints of the months from `first` to `last`, grouped, beside those of a year before.

    A case counts in the month in which it was told. division: with all that lies in it; without
    one, all that the asker's role reaches. body, kind: of that one alone. What leaves the bureau
    is complaints alone, of one whole year by division, with counts that would tell of single
    people hidden (null).

    Answers `{"rows": [...], "total": {...}, "hidden", "totals_of_years"}`; a row is `{key,
    complaints, share, before, accepted, declined, joined, substantiated, partly_substantiated,
    unsubstantiated, substantiated_rate, closed, told, overdue, reopened, satisfied,
    partly_satisfied, not_solved, ordered_fen, paid_fen, themes, steps, rank}`. Shares and rates are
    in hundredths of a percent; money is in fen; `before` is how many there were in the same months
    a year earlier; `steps`: `{accepting, verifying, closing, telling, paying}`, each `{cases,
    median, p90}` in whole days; `rank` by the rate of what was substantiated, of bodies alone and
    null for those with too few cases. `totals_of_years`: what was counted of years before there
    was a log, `[{division, year, complaints, source, shares: [{name, number, share}]}]`.
    """

    first: str = public(month())
    last: str = public(month())
    by: Grouping = public(OneOf(Grouping))
    division: str | None = public(division(allow_none=True))
    body: str | None = public(Text(allow_none=True))
    kind: ClueKind | None = public(OneOf(ClueKind, allow_none=True))


@define(QUERIES)
class ListCasesBehind:
    """The cases behind a figure of the picture, the latest first, each with where its events are.

    measure: one that counts cases, such as `complaints` or `substantiated`; the rest as in
    ShowSupervision. Items `{clue_id, stream, filed_on, division, body, kinds, finding, overdue,
    ordered_fen, paid_fen}`.
    """

    first: str = public(month())
    last: str = public(month())
    measure: str = public(Pattern(r"[a-z_]{1,40}", "must be the name of a measure"))
    division: str | None = public(division(allow_none=True))
    body: str | None = public(Text(allow_none=True))
    kind: ClueKind | None = public(OneOf(ClueKind, allow_none=True))
    cursor: str | None = public(Text(1_000, allow_none=True))
    limit: int | None = public(Whole(1, MOST, allow_none=True))
