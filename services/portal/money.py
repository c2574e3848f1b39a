"""Money as people write it, in yuan, and as the log has it, in whole fen."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_YUAN = re.compile(r"-?([0-9]{1,16}|[0-9]{1,3}(,[0-9]{3}){1,4})(\.[0-9]{1,2})?", re.ASCII)


def fen(text: str) -> int:
    """Fen of an amount in yuan with at most two decimals, in whatever digits: 50,000 or ５０.5.

    A sign stays; whether less than nothing is allowed is the contract's. Raises ValueError for
    what is no amount, one of more than two decimals among them.
    """
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix("元").strip()
    if not _YUAN.fullmatch(plain):
        raise ValueError("wrong_type")
    return int(Decimal(plain.replace(",", "")) * 100)


def zh_yuan(amount: int | None) -> str:
    """50,000.00 元, of fen; "—" for none. A Jinja filter of the same name."""
    if amount is None:
        return "—"
    return f"{typed_yuan(amount)} 元"


def typed_yuan(amount: int) -> str:
    """50,000.00 of fen, as a form takes it again."""
    sign, whole = ("-", -amount) if amount < 0 else ("", amount)
    return f"{sign}{whole // 100:,}.{whole % 100:02}"
