"""How many places each district gets: largest remainder and Sainte-Laguë, with minimums.

The scheme spreads places over districts in proportion to their market entities and economic size
and proposes both spreads; the bureau chooses (rules.md section 1, coverage). Arithmetic is exact:
weights are whole numbers and shares are fractions. Ties go to the greater weight, then to the
lower name, so that the same figures give the same proposal to everyone.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

Weights = Mapping[str, int]
"""District to weight, such as its market entities; at least one is above 0."""


def largest_remainder(
    places: int, weights: Weights, minimums: Mapping[str, int] | None = None
) -> dict[str, int]:
    """Each its whole share; what is left goes to the largest remainders (Hare quota).

    A district whose share is below its minimum gets the minimum, and the others share what then
    remains. Raises ValueError when the minimums exceed the places, or nothing has a weight.
    """
    least = _checked(places, weights, minimums)
    fixed: dict[str, int] = {}
    while True:
        free = {name: weight for name, weight in weights.items() if name not in fixed}
        shares = _shares(places - sum(fixed.values()), free)
        short = {name: least[name] for name in free if shares[name] < least[name]}
        if not short:
            return {**fixed, **_rounded(places - sum(fixed.values()), shares, free)}
        fixed.update(short)


def sainte_lague(
    places: int, weights: Weights, minimums: Mapping[str, int] | None = None
) -> dict[str, int]:
    """Places one by one, each to the greatest weight / (2 × places so far + 1).

    Everybody begins with the minimum. Raises ValueError as `largest_remainder` does.
    """
    given = _checked(places, weights, minimums)
    for _ in range(places - sum(given.values())):
        winner = min(
            (name for name in weights if weights[name]),
            key=lambda name: (
                -Fraction(weights[name], 2 * given[name] + 1),
                -weights[name],
                name,
            ),
        )
        given[winner] += 1
    return given


def _checked(places: int, weights: Weights, minimums: Mapping[str, int] | None) -> dict[str, int]:
    least = dict.fromkeys(weights, 0) | dict(minimums or {})
    if least.keys() != weights.keys():
        raise ValueError("a minimum is given for a district without a weight")
    if min(weights.values(), default=0) < 0 or sum(weights.values()) == 0:
        raise ValueError("weights are whole numbers from 0 on, and one is above 0")
    if sum(least.values()) > places:
        raise ValueError(f"the minimums need {sum(least.values())} of {places} places")
    return least


def _shares(places: int, weights: Weights) -> dict[str, Fraction]:
    total = sum(weights.values())
    if total == 0:
        return {name: Fraction(0) for name in weights}
    return {name: Fraction(places * weight, total) for name, weight in weights.items()}


def _rounded(places: int, shares: Mapping[str, Fraction], weights: Weights) -> dict[str, int]:
    whole = {name: int(share) for name, share in shares.items()}
    by_remainder = sorted(
        shares, key=lambda name: (whole[name] - shares[name], -weights[name], name)
    )
    for name in by_remainder[: places - sum(whole.values())]:
        whole[name] += 1
    return whole
