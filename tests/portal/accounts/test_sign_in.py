"""Signing in with a password: who gets in, who does not, and what a stranger learns from it."""

from __future__ import annotations

import statistics
import time

import pytest
from argon2 import PasswordHasher

from services.portal.accounts.sign_in import FAILURE_SECONDS
from shared.contracts.errors import Refused
from shared.contracts.portal import commands
from shared.contracts.reasons import Reason
from tests.portal.accounts.office import (
    CONSOLE,
    OTHER_PASSWORD,
    PASSWORD,
    Office,
    fresh,
    new_login,
)
from tests.portal.accounts.telling import refused


def test_the_right_password_lets_in_under_any_spelling_of_the_login(office: Office) -> None:
    login = new_login()
    account_id = office.register(login)

    signed = office.enter(login.upper())

    assert signed.session.account_id == account_id
    assert office.standing(signed.token) == signed.session


def test_a_password_that_an_administrator_chose_must_be_changed(office: Office) -> None:
    login = new_login()
    account_id = office.open(login)

    assert office.enter(login).must_change

    change = commands.ChangePassword(
        account_id=account_id, old_password=PASSWORD, new_password=OTHER_PASSWORD
    )
    office.send(change, office.holder(account_id))
    assert not office.enter(login, OTHER_PASSWORD).must_change


def test_nobody_learns_from_the_answer_which_logins_exist(office: Office) -> None:
    login, closed = new_login(), new_login()
    office.register(login)
    office.send(commands.CloseAccount(account_id=office.register(closed)), CONSOLE)
    answers = []

    for attempt in (
        lambda: office.enter(login, "not the password"),
        lambda: office.enter(new_login(), "not the password"),
        lambda: office.enter(closed, PASSWORD),
    ):
        with pytest.raises(Refused) as refusal:
            attempt()
        answers.append(refusal.value.to_wire())

    assert answers[0]["reason"] == Reason.SIGN_IN_FAILED
    assert answers[0] == answers[1] == answers[2]


def test_nobody_learns_from_the_time_which_logins_exist(office: Office) -> None:
    """No refusal comes before its time, and the work until then is a password's check."""
    known, unknown = [], []
    for _ in range(5):
        login = new_login()
        office.register(login)
        known.append(_work(office, login))
        unknown.append(_work(office, new_login()))

    difference = abs(statistics.median(known) - statistics.median(unknown))

    assert difference < statistics.median(known) * 0.25


def _work(office: Office, login: str) -> float:
    """Seconds of CPU that a refusal takes."""
    begun, worked = time.monotonic(), time.process_time()
    assert refused(lambda: office.enter(login, "not the password")) == Reason.SIGN_IN_FAILED
    assert time.monotonic() - begun >= FAILURE_SECONDS
    return time.process_time() - worked


def test_a_hash_of_lower_costs_is_kept_anew_at_the_next_sign_in(office: Office) -> None:
    login = new_login()
    account_id = office.register(login)
    cheap = PasswordHasher(time_cost=1, memory_cost=1024).hash(PASSWORD)
    _keep_hash(office, account_id, cheap)

    signed = office.enter(login)

    kept = office.directory.clear(office.account(account_id).password_hash)
    assert kept != cheap
    assert not PasswordHasher().check_needs_rehash(kept)
    assert office.types(account_id)[-1] == "PasswordRehashed"
    assert office.standing(signed.token), "its session stands"
    version = len(office.types(account_id))
    assert office.enter(login)
    assert len(office.types(account_id)) == version, "once is enough"


def test_a_password_set_meanwhile_is_not_undone_by_keeping_the_old_one_anew(
    office: Office,
) -> None:
    login = new_login()
    account_id = office.register(login)
    late = commands.RehashPassword(
        account_id=account_id, password_hash="the old one", instead_of="an older one"
    )

    with pytest.raises(Refused):
        office.commands.act(late, fresh(), fresh(), "test")

    assert office.enter(login)


def _keep_hash(office: Office, account_id: str, kept: str) -> None:
    """As an older version of the portal would have left it: by the same log, at other costs."""
    stored = office.directory.account(account_id)
    old = office.directory.clear(stored.password_hash)
    command = commands.RehashPassword(account_id=account_id, password_hash=kept, instead_of=old)
    office.commands.act(command, fresh(), fresh(), "test")
