"""Which passwords are accepted."""

from __future__ import annotations

import pytest
from argon2 import extract_parameters

from services.portal.accounts.passwords import (
    COSTS,
    QUICK,
    SHORTEST,
    STRONG,
    CostsRefused,
    costs,
    go_by,
    hash_password,
    is_outdated,
    is_right,
)
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason


@pytest.mark.parametrize(
    "password",
    [
        "short-one",
        "1q2w3e4r5t",
        "PassWord12",
        "password@2026",
        "Woaini1314520",
        "1234567890123",
        "9876543210987",
        "abcdefghijklm",
        "aaaaaaaaaaaaaa",
        "ababababababab",
        "zhang.san-2026",
        "my-ZHANG.SAN-x",
        "１２３４５６７８９０",
        "司法局-2026-0801",
    ],
)
def test_a_password_that_is_guessed_soon_is_refused(password: str) -> None:
    with pytest.raises(Refused) as refusal:
        hash_password(password, "zhang.san")

    assert (refusal.value.reason, refusal.value.fields) == (
        Reason.PASSWORD_TOO_WEAK,
        ("password",),
    )


@pytest.mark.parametrize(
    "password", ["correct horse battery", "湘江北去橘子洲头看万山", "x" * 3 + "Tr0ub4dor&3"]
)
def test_a_long_password_of_ones_own_is_accepted_and_found_right(password: str) -> None:
    assert len(password) >= SHORTEST

    kept = hash_password(password, "zhang.san")

    assert kept.startswith("$argon2id$")
    assert password not in kept
    assert is_right(kept, password)
    assert not is_right(kept, password + "x")


def test_nobodys_hash_fits_no_password() -> None:
    assert not is_right(None, "nobody has this password")
    assert not is_right("no hash at all", "whatever it is")


def test_hashes_are_strong_unless_tests_on_one_machine_ask_for_quick_ones() -> None:
    assert costs({}) is costs({"JIANDU_ENVIRONMENT": "local"}) is STRONG
    assert costs({COSTS: "quick", "JIANDU_ENVIRONMENT": "local"}) is QUICK
    for elsewhere in ({}, {"JIANDU_ENVIRONMENT": "production"}, {"JIANDU_ENVIRONMENT": "staging"}):
        with pytest.raises(CostsRefused, match="unset it"):
            costs({COSTS: "quick", **elsewhere})


def test_a_strong_hash_has_the_costs_of_the_standard() -> None:
    kept = extract_parameters(hash_password("correct horse battery", "zhang.san"))

    assert (kept.time_cost, kept.memory_cost, kept.parallelism) == (3, 64 * 1024, 4)


def test_a_quick_hash_is_outdated_where_strong_ones_are_kept() -> None:
    before = go_by(QUICK)
    try:
        kept = hash_password("correct horse battery", "zhang.san")
        assert not is_outdated(kept)
        assert is_right(kept, "correct horse battery")
        assert not is_right(None, "correct horse battery")
    finally:
        go_by(before)
    assert is_outdated(kept)
    assert is_right(kept, "correct horse battery")
