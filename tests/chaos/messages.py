"""Commands of the load that stand alone: figures of the registry, and clues that nobody handles."""

from __future__ import annotations

import random
import uuid
from dataclasses import dataclass
from typing import Any

from shared.access.actor import Actor
from shared.contracts.roles import Role

OFFICER = Actor("chaos", Role.OFFICER)
ANYBODY = Actor("public", Role.PUBLIC)
DIVISIONS = ("430202", "430203", "430204", "430211", "430223", "430224", "430225")
FIRST_YEAR = 1950
YEARS = 40


@dataclass(frozen=True)
class Message:
    """A command of the load: whose, of which service, and what it says."""

    actor: Actor
    service: str
    command: str
    payload: dict[str, Any]


def figures(chance: random.Random) -> Message:
    payload = {
        "division": "430200",
        "year": FIRST_YEAR + chance.randrange(YEARS),
        "figures": [
            {"division": division, "market_entities": chance.randrange(1_000_000)}
            for division in chance.sample(DIVISIONS, 3)
        ],
        "reason": "按统计年鉴更正",
    }
    return Message(OFFICER, "registry", "RecordDistrictFigures", payload)


def clue(chance: random.Random) -> Message:
    """Somebody tells of one of a few bodies, so that themes are counted by several at once.

    Its ids are never those of another load, whose seed may be the same.
    """
    payload = {
        "clue_id": str(uuid.uuid4()),
        "reporter_id": str(uuid.uuid4()),
        "way": "form",
        "kinds": chance.sample(("illegal_fine", "inaction", "excessive_inspection"), 2),
        "division": chance.choice(DIVISIONS),
        "body": chance.choice(("市生态环境局", "市应急管理局")),
        "amount": chance.randrange(1, 10_000_000),
        "urgent": chance.random() < 0.1,
        "retaliation": chance.random() < 0.1,
        "reporting": "named",
        "text": "检查时超标罚款。",
        "reporter_name": "赵某",
        "reporter_phone": "13900001111",
        **dict.fromkeys(("happened_on", "place", "unit_concerned")),
    }
    return Message(ANYBODY, "clues", "FileClue", payload)


ALONE = (figures, clue)
