"""Signing in with a password: who gets in, who does not, and what a stranger learns from it."""

from __future__ import annotations

import datetime as dt
import statistics
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher

from services.portal.accounts.lockout import OF_ADDRESS, OF_LOGIN, Locked
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


def refused(attempt: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refusal:
        attempt()
    return refusal.value.reason


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


def test_five_failures_lock_the_login_even_for_the_right_password(office: Office) -> None:
    login = new_login()
    account_id = office.register(login)

    for _ in range(5):
        assert refused(lambda: office.enter(login, "wrong")) == Reason.SIGN_IN_FAILED

    assert refused(lambda: office.enter(login)) == Reason.SIGN_IN_LOCKED
    assert office.types(account_id)[-1] == "AccountLocked"
    assert office.types(account_id).count("AccountLocked") == 1


def test_a_login_that_does_not_exist_is_locked_just_the_same(office: Office) -> None:
    login = new_login()

    for _ in range(5):
        assert refused(lambda: office.enter(login, "wrong")) == Reason.SIGN_IN_FAILED

    assert refused(lambda: office.enter(login)) == Reason.SIGN_IN_LOCKED


def test_a_lock_ends_and_the_next_one_is_longer(office: Office) -> None:
    login = new_login()
    account_id = office.register(login)

    for _ in range(5):
        refused(lambda: office.enter(login, "wrong"))
    _let_locks_end(office)
    for _ in range(5):
        assert refused(lambda: office.enter(login, "wrong")) == Reason.SIGN_IN_FAILED
    assert refused(lambda: office.enter(login)) == Reason.SIGN_IN_LOCKED

    minutes = [
        event.internal["minutes"]["value"]
        for event in office.log.stream(f"account-{account_id}")
        if event.type == "AccountLocked"
    ]
    assert minutes == [15, 30]


def _let_locks_end(office: Office) -> None:
    office.execute("UPDATE portal.failure SET locked_until = now() - interval '1 second'")


def test_after_a_lock_the_right_password_lets_in_and_failures_are_forgotten(
    office: Office,
) -> None:
    login = new_login()
    office.register(login)
    for _ in range(5):
        refused(lambda: office.enter(login, "wrong"))
    _let_locks_end(office)

    office.enter(login)

    for _ in range(4):
        assert refused(lambda: office.enter(login, "wrong")) == Reason.SIGN_IN_FAILED
    assert office.enter(login)


def test_an_administrator_who_resets_the_password_lets_its_holder_in_again(
    office: Office,
) -> None:
    login = new_login()
    account_id = office.register(login)
    for _ in range(5):
        refused(lambda: office.enter(login, "wrong"))

    reset = commands.ResetPassword(account_id=account_id, password=OTHER_PASSWORD)
    office.send(reset, CONSOLE)

    assert office.enter(login, OTHER_PASSWORD).must_change


def test_an_address_that_tries_many_logins_is_locked_for_all(office: Office) -> None:
    address = f"test-{fresh()}"
    login = new_login()
    office.register(login)
    for _ in range(50):
        office.lockout.begin(new_login(), 0, address)

    assert refused(lambda: office.enter(login, address=address)) == Reason.SIGN_IN_LOCKED
    assert office.enter(login)  # from elsewhere


def test_signing_in_rightly_does_not_count_against_the_address(office: Office) -> None:
    address = f"test-{fresh()}"
    login = new_login()
    office.register(login)

    office.enter(login, address=address)
    refused(lambda: office.enter(new_login(), "wrong", address=address))

    of_address = office.keyring.keyed_hash("failure.address", address)
    counted = office.rows(
        "SELECT round(failures) FROM portal.failure WHERE subject = %s", of_address
    )
    assert counted == [(1,)]


def _let_time_pass(office: Office, passed: dt.timedelta) -> None:
    office.execute(
        "UPDATE portal.failure SET last_at = last_at - %s, locked_until = locked_until - %s",
        *(passed, passed),
    )


def test_an_address_that_is_always_busy_is_not_locked_by_what_was_long_ago(office: Office) -> None:
    address = f"test-{fresh()}"
    for _ in range(3 * OF_ADDRESS.failures):
        office.lockout.begin(new_login(), 0, address)
        _let_time_pass(office, OF_ADDRESS.one_forgotten_in)


def test_failures_are_forgotten_one_by_one_and_not_all_at_once(office: Office) -> None:
    login = new_login()
    for _ in range(OF_LOGIN.failures - 1):
        office.lockout.begin(login, 0, fresh())
    _let_time_pass(office, OF_LOGIN.one_forgotten_in * 2)

    for _ in range(3):
        office.lockout.begin(login, 0, fresh())

    with pytest.raises(Locked):
        office.lockout.begin(login, 0, fresh())


def test_who_is_locked_is_told_for_how_long(office: Office) -> None:
    login = new_login()
    for _ in range(5):
        refused(lambda: office.enter(login, "wrong"))

    with pytest.raises(Locked) as locked:
        office.enter(login)

    assert 14 * 60 < locked.value.seconds <= 15 * 60


def test_a_lock_is_forgotten_as_well(office: Office) -> None:
    """The next one is as short as the first was, a day later."""
    login = new_login()
    for _ in range(2):
        for _ in range(5):
            attempt = office.lockout.begin(login, 0, fresh())
        assert attempt.locks_minutes == 15
        _let_time_pass(office, dt.timedelta(hours=24, minutes=15))


@pytest.mark.parametrize("use", ["change", "disable"])
def test_the_present_password_is_not_guessed_at_in_a_session_either(
    office: Office, use: str
) -> None:
    """By a session that was taken over; the account is locked as by failed sign-ins."""
    login = new_login()
    account_id = office.register(login)

    def prove(password: str) -> object:
        command = {
            "change": commands.ChangePassword(
                account_id=account_id, old_password=password, new_password=OTHER_PASSWORD
            ),
            "disable": commands.DisableTotp(account_id=account_id, password=password),
        }[use]
        return office.proofs.with_present_password(
            account_id, f"test-{fresh()}", lambda: office.send(command, office.holder(account_id))
        )

    for _ in range(4):
        assert refused(lambda: prove("wrong")) == Reason.PASSWORD_WRONG
    if use == "disable":  # what is refused for another reason is no failure
        assert refused(lambda: prove(PASSWORD)) == Reason.WRONG_STATE
    assert refused(lambda: prove("wrong")) == Reason.PASSWORD_WRONG

    assert refused(lambda: prove(PASSWORD)) == Reason.SIGN_IN_LOCKED
    assert refused(lambda: office.enter(login)) == Reason.SIGN_IN_LOCKED
    assert office.types(account_id)[-1] == "AccountLocked"


def test_a_right_password_in_a_session_is_no_failure(office: Office) -> None:
    login = new_login()
    account_id = office.register(login)
    change = commands.ChangePassword(
        account_id=account_id, old_password=PASSWORD, new_password=OTHER_PASSWORD
    )
    office.proofs.with_present_password(
        account_id, f"test-{fresh()}", lambda: office.send(change, office.holder(account_id))
    )

    for _ in range(4):
        assert refused(lambda: office.enter(login, "wrong")) == Reason.SIGN_IN_FAILED
    assert office.enter(login, OTHER_PASSWORD)


def test_many_guesses_at_once_are_no_more_guesses(office: Office) -> None:
    login = new_login()
    office.register(login)
    together = threading.Barrier(12)

    def guess() -> str:
        together.wait()
        return refused(lambda: office.enter(login, "wrong"))

    with ThreadPoolExecutor(12) as pool:
        answers = [its.result() for its in [pool.submit(guess) for _ in range(12)]]

    assert answers.count(Reason.SIGN_IN_FAILED) == 5
    assert answers.count(Reason.SIGN_IN_LOCKED) == 7


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
