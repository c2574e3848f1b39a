"""Codes of a device, and recovery codes for when it is lost."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import pyotp
import pytest

from services.portal.accounts import totp
from shared.contracts.errors import Invalid, Refused
from shared.contracts.portal import commands
from shared.contracts.reasons import Reason
from tests.portal.accounts.office import CONSOLE, PASSWORD, Office, fresh, new_login

RFC_6238 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
"""The secret of the test vectors in RFC 6238, appendix B."""


@dataclass(frozen=True)
class Person:
    """Somebody with a device and codes on paper."""

    login: str
    account_id: str
    secret: str
    recovery: list[str]

    def code(self, steps: int = 0) -> str:
        return pyotp.TOTP(self.secret).at(int(time.time()) + steps * totp.STEP_SECONDS)


@pytest.fixture
def person(office: Office) -> Person:
    login = new_login()
    account_id = office.register(login)
    its = Person(login, account_id, totp.new_secret(), totp.new_recovery_codes())
    office.send(enabling(its), office.holder(account_id))
    return its


def enabling(person: Person, code: str = "", password: str = PASSWORD) -> commands.EnableTotp:
    return commands.EnableTotp(
        account_id=person.account_id,
        password=password,
        secret=person.secret,
        code=code or person.code(),
        recovery_hashes=totp.recovery_hashes(person.recovery),
    )


def refused(
    office: Office,
    person: Person,
    code: str | None,
    password: str = PASSWORD,
    address: str = "",
) -> str:
    with pytest.raises(Refused) as refusal:
        office.enter(person.login, password, code, address)
    return refusal.value.reason


def test_codes_are_those_of_the_standard() -> None:
    assert totp.step_of(RFC_6238, "287082", 59) == 1
    assert totp.step_of(RFC_6238, "081804", 1111111109) == 1111111109 // 30


def test_a_code_is_good_for_its_step_and_the_neighbours(office: Office) -> None:
    now = 1_111_111_109.0

    assert totp.step_of(RFC_6238, "081804", now + 30) is not None
    assert totp.step_of(RFC_6238, "081804", now - 30) is not None
    assert totp.step_of(RFC_6238, "081804", now + 61) is None
    assert totp.step_of(RFC_6238, "８１８０４0", now) is None


def test_it_is_switched_on_only_by_a_right_code(office: Office) -> None:
    account_id = office.register(new_login())
    its = Person("", account_id, totp.new_secret(), totp.new_recovery_codes())
    wrong = f"{(int(its.code()) + 1) % 1_000_000:06d}"

    with pytest.raises(Refused) as refusal:
        office.send(enabling(its, wrong), office.holder(account_id))

    assert refusal.value.reason == Reason.TOTP_WRONG
    assert office.account(account_id).totp_secret is None


def test_the_password_alone_does_not_let_in(office: Office, person: Person) -> None:
    assert refused(office, person, None) == Reason.TOTP_NEEDED
    assert refused(office, person, "") == Reason.TOTP_NEEDED
    assert office.enter(person.login, PASSWORD, person.code())


def test_without_the_password_nobody_learns_that_a_code_is_needed(
    office: Office, person: Person
) -> None:
    assert refused(office, person, None, "wrong") == Reason.SIGN_IN_FAILED
    assert refused(office, person, person.code(), "wrong") == Reason.SIGN_IN_FAILED


def test_no_code_lets_in_twice(office: Office, person: Person) -> None:
    code = person.code()
    office.enter(person.login, PASSWORD, code)

    assert refused(office, person, code) == Reason.SIGN_IN_FAILED
    assert office.enter(person.login, PASSWORD, person.code(steps=1))


def test_a_recovery_code_lets_in_once(office: Office, person: Person) -> None:
    first, second = person.recovery[:2]

    office.enter(person.login, PASSWORD, f" {first.upper()} ")

    assert refused(office, person, first) == Reason.SIGN_IN_FAILED
    assert office.enter(person.login, PASSWORD, second)


def test_guessing_codes_locks_the_login_although_the_password_is_right(
    office: Office, person: Person
) -> None:
    address = f"test-{fresh()}"
    for _ in range(5):
        assert refused(office, person, "no code", address=address) == Reason.SIGN_IN_FAILED
        if office.types(person.account_id)[-1] == "AccountLocked":
            break
        # Showing again and again that the password is known does not make failures forgotten.
        assert refused(office, person, None, address=address) == Reason.TOTP_NEEDED

    assert refused(office, person, person.code(), address=address) == Reason.SIGN_IN_LOCKED


def test_asking_for_the_code_counts_as_no_failure(office: Office, person: Person) -> None:
    for _ in range(6):
        assert refused(office, person, None) == Reason.TOTP_NEEDED

    assert office.enter(person.login, PASSWORD, person.code())


def test_used_steps_are_forgotten_and_used_recovery_codes_never(
    office: Office, person: Person
) -> None:
    office.enter(person.login, PASSWORD, person.recovery[0])
    office.enter(person.login, PASSWORD, person.code())
    office.execute(
        "UPDATE portal.used_code SET used_at = now() - interval '2 days' WHERE account_id = %s",
        person.account_id,
    )

    office.enter(person.login, PASSWORD, person.recovery[1])

    kept = office.rows("SELECT code FROM portal.used_code WHERE account_id = %s", person.account_id)
    assert len(kept) == 2
    assert not any(code.startswith("step:") for (code,) in kept)


@pytest.mark.parametrize("secret", ["A", "A B", "!!", "不是密钥"])
def test_what_is_no_secret_has_no_right_code(secret: str) -> None:
    assert totp.step_of(secret, "000000", now=0) is None


def test_another_factor_does_not_take_the_place_of_the_one_there_is(
    office: Office, person: Person
) -> None:
    """Or a stolen session would put its own device in place of the holder's."""
    thief = Person(person.login, person.account_id, totp.new_secret(), ["one"])
    with pytest.raises(Refused) as refusal:
        office.send(enabling(thief), office.holder(person.account_id))
    assert refusal.value.reason == Reason.WRONG_STATE


def test_whoever_does_not_know_the_password_switches_none_on(office: Office) -> None:
    """Or a stolen session would shut the holder out."""
    login = new_login()
    account_id = office.register(login)
    thief = Person(login, account_id, totp.new_secret(), ["one"])
    with pytest.raises(Refused) as refusal:
        office.send(enabling(thief, password="a guess"), office.holder(account_id))
    assert refusal.value.reason == Reason.PASSWORD_WRONG
    assert office.enter(login)


@pytest.mark.parametrize("hashes", ["one", "0" * 64 + "  " + "0" * 64, " ".join(["0" * 64] * 21)])
def test_what_is_no_list_of_digests_is_no_recovery(office: Office, hashes: str) -> None:
    its = Person("", office.register(new_login()), totp.new_secret(), ["one"])
    with pytest.raises(Invalid) as invalid:
        office.send(replace(enabling(its), recovery_hashes=hashes), office.holder(its.account_id))
    assert [problem.path for problem in invalid.value.problems] == ["recovery_hashes"]


def test_an_administrator_switches_it_off_for_a_lost_device(office: Office, person: Person) -> None:
    office.send(commands.DisableTotp(account_id=person.account_id, password=None), CONSOLE)

    assert office.enter(person.login)


def test_the_holder_switches_it_off_with_the_password(office: Office, person: Person) -> None:
    holder = office.holder(person.account_id)

    for wrong in (None, "not the password"):
        with pytest.raises(Refused) as refusal:
            office.send(commands.DisableTotp(account_id=person.account_id, password=wrong), holder)
        assert refusal.value.reason == Reason.PASSWORD_WRONG

    office.send(commands.DisableTotp(account_id=person.account_id, password=PASSWORD), holder)
    assert office.enter(person.login)


def test_the_qr_code_names_the_system_and_the_login() -> None:
    uri = totp.provisioning_uri(RFC_6238, "zhang.san")

    assert pyotp.parse_uri(uri).issuer == totp.ISSUER
    assert pyotp.parse_uri(uri).name == "zhang.san"
