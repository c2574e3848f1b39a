"""What is answered about a batch's plan: spreads, rankings, districts' figures."""

from __future__ import annotations

from services.portal.api.shapes import (
    COUNT,
    DAY,
    FLAG,
    ID,
    TEXT,
    Schema,
    each,
    or_null,
    shape,
    words,
)
from shared.contracts.registry.vocabulary import (
    Apportionment,
    IndustryGroup,
    RankCriterion,
    Size,
    Weighting,
)

BY_DISTRICT: Schema = {"type": "object", "additionalProperties": COUNT}
PLAN: Schema = shape(
    districts=each(shape(division=TEXT, places=COUNT)),
    groups=each(shape(industry_group=words(IndustryGroup), places=COUNT)),
    sizes=each(shape(size=words(Size), places=COUNT)),
)
SPREAD: Schema = shape(
    batch_id=ID,
    division=TEXT,
    places=COUNT,
    year=COUNT,
    counting_present=FLAG,
    output_percent=COUNT,
    districts=each(
        shape(
            division=TEXT,
            market_entities=or_null(COUNT),
            output_wan=or_null(COUNT),
            present=COUNT,
            planned=or_null(COUNT),
        )
    ),
    proposals=each(
        shape(
            method=words(Apportionment), weighting=words(Weighting), least=COUNT, places=BY_DISTRICT
        )
    ),
)
RANKING: Schema = shape(
    batch_id=ID,
    places_left=COUNT,
    planned=FLAG,
    items=each(
        shape(
            rank=COUNT,
            application_id=ID,
            within_places=FLAG,
            fills=each(shape(side=TEXT, name=TEXT, open=COUNT, planned=COUNT)),
            decided_by=words(RankCriterion),
            tied=COUNT,
            division=TEXT,
            industry_group=words(IndustryGroup),
            size=words(Size),
            filed_on=or_null(DAY),
        )
    ),
)
FIGURES: Schema = shape(
    division=TEXT,
    year=COUNT,
    figures=each(
        shape(("output_wan",), division=TEXT, market_entities=COUNT, output_wan=or_null(COUNT))
    ),
    version=COUNT,
    stream=TEXT,
)
