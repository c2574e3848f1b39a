"""Failures are counted, lock, and are forgotten; by login, by address, in a session as well."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from services.portal.accounts.lockout import (
    FAMILIAR_FOR,
    OF_ADDRESS,
    OF_LOGIN,
    OF_LOGIN_HERE,
    Locked,
    Wait,
    Whose,
)
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

HERE = "192.0.2.77"
"""One address of many logins; no test fails there often enough to lock it."""


def test_five_failures_lock_the_login_here_even_for_the_right_password(office: Office) -> None:
    login = new_login()
    account_id = office.register(login)

    for _ in range(5):
        assert refused(lambda: office.enter(login, "wrong", address=HERE)) == Reason.SIGN_IN_FAILED

    assert refused(lambda: office.enter(login, address=HERE)) == Reason.SIGN_IN_LOCKED
    assert office.types(account_id)[-1] == "AccountLocked"
    assert office.types(account_id).count("AccountLocked") == 1


def test_whoever_knows_a_login_alone_locks_nobody_out_elsewhere(office: Office) -> None:
    login = new_login()
    office.register(login)
    stranger = f"test-{fresh()}"
    for _ in range(5):
        refused(lambda: office.enter(login, "wrong", address=stranger))

    assert refused(lambda: office.enter(login, address=stranger)) == Reason.SIGN_IN_LOCKED
    assert office.enter(login)


def test_many_machines_that_guess_lock_a_login_but_where_its_holder_signed_in(
    office: Office,
) -> None:
    login, home = new_login(), f"test-{fresh()}"
    account_id = office.register(login)
    office.enter(login, address=home)

    _guessed_at(office, login, account_id)

    assert refused(lambda: office.enter(login)) == Reason.SIGN_IN_LOCKED
    assert office.enter(login, address=home)
    assert refused(lambda: office.enter(login)) == Reason.SIGN_IN_LOCKED  # it does not open it


@pytest.mark.parametrize("way", ["changes the password", "signs out everywhere", "is reset"])
def test_an_address_stays_familiar_unless_an_administrator_resets_the_password(
    office: Office, way: str
) -> None:
    login, home = new_login(), f"test-{fresh()}"
    account_id = office.register(login)
    office.enter(login, address=home)
    changed = {"old_password": PASSWORD, "new_password": OTHER_PASSWORD}
    command, actor, password = {
        "changes the password": (
            commands.ChangePassword(account_id=account_id, **changed),
            office.holder(account_id),
            OTHER_PASSWORD,
        ),
        "signs out everywhere": (
            commands.EndSessions(account_id=account_id), office.holder(account_id), PASSWORD,
        ),
        "is reset": (
            commands.ResetPassword(account_id=account_id, password=OTHER_PASSWORD),
            CONSOLE,
            OTHER_PASSWORD,
        ),
    }[way]  # fmt: skip
    office.send(command, actor)

    _guessed_at(office, login, account_id)

    if way == "is reset":
        told = refused(lambda: office.enter(login, password, address=home))
        assert told == Reason.SIGN_IN_LOCKED
    else:
        assert office.enter(login, password, address=home)


def test_where_somebody_signed_in_long_ago_they_are_strangers_again(office: Office) -> None:
    login, home = new_login(), f"test-{fresh()}"
    account_id = office.register(login)
    office.enter(login, address=home)
    office.execute("UPDATE portal.familiar SET seen_at = seen_at - %s", FAMILIAR_FOR)

    _guessed_at(office, login, account_id)

    assert refused(lambda: office.enter(login, address=home)) == Reason.SIGN_IN_LOCKED


def _guessed_at(office: Office, login: str, account_id: str) -> None:
    """From as many addresses as it takes to lock it."""
    account = office.account(account_id)
    for _ in range(OF_LOGIN.failures):
        _fails(office, login, fresh(), account.epoch, account.resets)


def _fails(office: Office, login: str, address: str, epoch: int = 0, resets: int = 0) -> int | None:
    """A guess that was wrong; for how many minutes it locks the login."""
    return office.lockout.failed(office.lockout.begin(Whose(login, epoch, resets), address))


def test_a_login_that_does_not_exist_is_locked_just_the_same(office: Office) -> None:
    login = new_login()

    for _ in range(5):
        assert refused(lambda: office.enter(login, "wrong", address=HERE)) == Reason.SIGN_IN_FAILED

    assert refused(lambda: office.enter(login, address=HERE)) == Reason.SIGN_IN_LOCKED


def test_a_lock_ends_and_the_next_one_is_longer(office: Office) -> None:
    login = new_login()
    account_id = office.register(login)

    for _ in range(5):
        refused(lambda: office.enter(login, "wrong", address=HERE))
    _let_locks_end(office)
    for _ in range(5):
        assert refused(lambda: office.enter(login, "wrong", address=HERE)) == Reason.SIGN_IN_FAILED
    assert refused(lambda: office.enter(login, address=HERE)) == Reason.SIGN_IN_LOCKED

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
        refused(lambda: office.enter(login, "wrong", address=HERE))
    _let_locks_end(office)

    office.enter(login, address=HERE)

    for _ in range(4):
        assert refused(lambda: office.enter(login, "wrong", address=HERE)) == Reason.SIGN_IN_FAILED
    assert office.enter(login, address=HERE)


def test_an_administrator_who_resets_the_password_lets_its_holder_in_again(
    office: Office,
) -> None:
    login = new_login()
    account_id = office.register(login)
    for _ in range(5):
        refused(lambda: office.enter(login, "wrong", address=HERE))

    reset = commands.ResetPassword(account_id=account_id, password=OTHER_PASSWORD)
    office.send(reset, CONSOLE)

    assert office.enter(login, OTHER_PASSWORD, address=HERE).must_change


def test_an_address_that_tries_many_logins_is_locked_for_all(office: Office) -> None:
    address = f"test-{fresh()}"
    login = new_login()
    office.register(login)
    for _ in range(50):
        _fails(office, new_login(), address)

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
        _fails(office, new_login(), address)
        _let_time_pass(office, OF_ADDRESS.one_forgotten_in)


def test_failures_are_forgotten_one_by_one_and_not_all_at_once(office: Office) -> None:
    login = new_login()
    for _ in range(OF_LOGIN_HERE.failures - 1):
        _fails(office, login, HERE)
    _let_time_pass(office, OF_LOGIN_HERE.one_forgotten_in * 2)

    for _ in range(3):
        _fails(office, login, HERE)

    with pytest.raises(Locked):
        _fails(office, login, HERE)


def test_who_is_locked_is_told_for_how_long(office: Office) -> None:
    login = new_login()
    for _ in range(5):
        refused(lambda: office.enter(login, "wrong", address=HERE))

    with pytest.raises(Locked) as locked:
        office.enter(login, address=HERE)

    assert 14 * 60 < locked.value.seconds <= 15 * 60


def test_a_lock_is_forgotten_as_well(office: Office) -> None:
    """The next one is as short as the first was, a day later."""
    login = new_login()
    for _ in range(2):
        for _ in range(5):
            minutes = _fails(office, login, HERE)
        assert minutes == 15
        _let_time_pass(office, dt.timedelta(hours=24, minutes=15))


@pytest.mark.parametrize("use", ["change", "disable"])
def test_the_present_password_is_not_guessed_at_in_a_session_either(
    office: Office, use: str
) -> None:
    """By a session that was taken over, wherever it is used; its holder can still sign in."""
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
    assert office.types(account_id)[-1] == "AccountLocked"
    assert office.enter(login)


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

    answers = _at_once(12, lambda: refused(lambda: office.enter(login, "wrong", address=HERE)))

    assert answers.count(Reason.SIGN_IN_FAILED) == 5
    others = answers.count(Reason.SIGN_IN_LOCKED) + answers.count(Reason.SIGN_IN_BUSY)
    assert others == 7


def test_right_passwords_at_once_lock_neither_their_login_nor_their_address(
    office: Office,
) -> None:
    """However many bursts there are: what is undecided counts for nothing once it is decided."""
    address = f"test-{fresh()}"
    of_address = office.keyring.keyed_hash("failure.address", address)
    for _ in range(3):
        login = new_login()
        office.register(login)
        answers = _at_once(12, lambda login=login: _told(office, login, address))  # type: ignore[misc]
        assert set(answers) <= {"", Reason.SIGN_IN_BUSY}
        assert answers.count("") >= OF_LOGIN_HERE.failures
        assert office.enter(login, address=address)

    counted = office.rows(
        "SELECT failures, undecided, locked_until FROM portal.failure WHERE subject = %s",
        of_address,
    )
    assert counted == [(0, [], None)]


def test_what_is_undecided_locks_nobody_and_is_forgotten_when_nobody_decides_it(
    office: Office,
) -> None:
    address = f"test-{fresh()}"
    login = new_login()
    office.register(login)
    for _ in range(OF_LOGIN_HERE.failures):
        office.lockout.begin(Whose(login, 1), address)

    with pytest.raises(Wait) as told:
        office.lockout.begin(Whose(login, 1), address)
    assert (told.value.reason, told.value.seconds) == (Reason.SIGN_IN_BUSY, 1)
    _let_attempts_age(office, dt.timedelta(minutes=2))
    assert office.lockout.begin(Whose(login, 1), address)


def test_an_attempt_that_nobody_decides_is_forgotten_however_many_others_are_decided(
    office: Office,
) -> None:
    """Each has its own time: one that comes later does not lengthen it."""
    address = f"test-{fresh()}"
    login = new_login()
    office.register(login)
    for _ in range(OF_LOGIN_HERE.failures - 1):
        office.lockout.begin(Whose(login, 1), address)
    for _ in range(3):
        _let_attempts_age(office, dt.timedelta(seconds=25))
        office.lockout.undecided(office.lockout.begin(Whose(login, 1), address))

    for _ in range(OF_LOGIN_HERE.failures):
        office.lockout.begin(Whose(login, 1), address)


def _let_attempts_age(office: Office, by: dt.timedelta) -> None:
    office.execute(
        "UPDATE portal.failure SET undecided ="
        " ARRAY(SELECT begun - %s FROM unnest(undecided) AS begun ORDER BY begun)",
        by,
    )


def _told(office: Office, login: str, address: str) -> str:
    """The reason of a refusal, empty when the right password lets in."""
    try:
        office.enter(login, address=address)
    except Refused as told:
        return str(told.reason)
    return ""


def _at_once(count: int, work: Callable[[], str]) -> list[str]:
    together = threading.Barrier(count)

    def begin() -> str:
        together.wait()
        return work()

    with ThreadPoolExecutor(count) as pool:
        return [its.result() for its in [pool.submit(begin) for _ in range(count)]]
