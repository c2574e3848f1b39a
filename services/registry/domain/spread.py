"""The spread of a batch's places over districts that the bureau is shown, and may go by.

In proportion to market entities, to output, or to both as the settings mix them (rules.md section
1, coverage). With the points in office counted, what is spread is all points there will be then,
and nobody loses one: so a district that has few gets more of the new places.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from services.registry.domain.apportionment import largest_remainder, sainte_lague
from services.registry.domain.settings import Settings
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry.events import DistrictFigure, DistrictShare, SpreadProposal
from shared.contracts.registry.vocabulary import Apportionment, Weighting

_METHODS = {
    Apportionment.LARGEST_REMAINDER: largest_remainder,
    Apportionment.SAINTE_LAGUE: sainte_lague,
}


@dataclass(frozen=True)
class Ground:
    """What places are spread by: a year's figures, and the points in office that are counted."""

    year: int
    figures: Sequence[DistrictFigure]
    present: Mapping[str, int] = field(default_factory=dict)


def propose(
    places: int,
    ground: Ground,
    method: Apportionment,
    weighting: Weighting,
    settings: Settings,
) -> SpreadProposal:
    """The spread by one method and weighting.

    Raises Refused when a figure that it needs is not on record.
    """
    percent = settings.output_percent
    weights = _weights(ground, weighting, percent)
    least = _affordable(places, ground.present, weights, settings.district_places)
    total = _METHODS[method](
        places + sum(ground.present.values()),
        weights,
        {name: max(least, ground.present.get(name, 0)) for name in weights},
    )
    known = {figure.division: figure for figure in ground.figures}
    return SpreadProposal(
        method=method,
        weighting=weighting,
        year=ground.year,
        output_percent=percent,
        least=least,
        districts=tuple(
            DistrictShare(
                division=name,
                market_entities=known[name].market_entities if name in known else 0,
                output_wan=known[name].output_wan if name in known else None,
                present=ground.present.get(name, 0),
                places=total[name] - ground.present.get(name, 0),
            )
            for name in sorted(weights)
        ),
    )


def _weights(ground: Ground, weighting: Weighting, output_percent: int) -> dict[str, int]:
    """Whole numbers in the proportion of the districts' weights.

    Of a mixed one: p % of the share of output and the rest of the share of market entities, both
    over the common denominator of the two sums, so that nothing is rounded.
    """
    entities = {figure.division: figure.market_entities for figure in ground.figures}
    output = {figure.division: figure.output_wan for figure in ground.figures}
    everywhere = {**dict.fromkeys(ground.present, 0), **entities}
    if weighting is Weighting.MARKET_ENTITIES:
        return _refuse_nothing(everywhere)
    stated = {name: its for name, its in output.items() if its is not None}
    if len(stated) < len(output):
        raise Refused(Reason.FIGURES_MISSING, "a district's output is not on record", ["weighting"])
    produced = _refuse_nothing({**dict.fromkeys(everywhere, 0), **stated})
    if weighting is Weighting.OUTPUT:
        return produced
    all_entities, all_output = sum(_refuse_nothing(everywhere).values()), sum(produced.values())
    return {
        name: (100 - output_percent) * everywhere[name] * all_output
        + output_percent * produced[name] * all_entities
        for name in everywhere
    }


def _refuse_nothing(weights: dict[str, int]) -> dict[str, int]:
    if sum(weights.values()) == 0:
        raise Refused(Reason.FIGURES_MISSING, "no district has any weight", ["weighting"])
    return weights


def _affordable(
    places: int, present: Mapping[str, int], weights: Mapping[str, int], least: int
) -> int:
    """The places that everybody is to have, as far as there are enough for everybody."""
    total = places + sum(present.values())
    while least and sum(max(least, present.get(name, 0)) for name in weights) > total:
        least -= 1
    return least
