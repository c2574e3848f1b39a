"""Bodies by their names: districts have bodies of one name, which are not the same."""

from __future__ import annotations

import re

from shared.contracts.scope import above
from shared.reference.divisions import Divisions

_OF_THE_CITY = re.compile("省|市(?!场|政|容)")
"""How a name begins that is the city's or the province's: 市生态环境局, but not 市场监督管理局."""


def names_its_division(body: str, division: str, year: int) -> bool:
    """Whether the name says whose body it is, so that it is one wherever a clue tells of it.

    It begins as the city's do, or names a division of the year's table: the province, the city, or
    one of the city's districts. Any other name is a body of the division that the clue is about.
    """
    table = Divisions.for_year(year)
    city = f"{division[:4]}00"
    districts = table.leaves(city) if table.is_known(city) else ()
    around = (code for code in above(division) if table.is_known(code))
    named = any(table.name(code) in body for code in (*around, *districts))
    return named or _OF_THE_CITY.match(body) is not None
