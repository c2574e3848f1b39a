"""Sign-ins that are with a provider: each good once, for a while, in the browser it began in."""

from __future__ import annotations

from tests.portal.accounts.office import Office


def test_it_is_taken_once_by_the_browser_that_began_it(office: Office) -> None:
    browser, begun = office.handshakes.begin("/desk")

    assert office.handshakes.take("another browser") is None
    assert office.handshakes.take(browser) == begun
    assert office.handshakes.take(browser) is None


def test_no_two_are_alike(office: Office) -> None:
    (one, first), (other, second) = office.handshakes.begin("/"), office.handshakes.begin("/")

    values = {one, other, first.state, first.nonce, first.verifier}
    assert len(values | {second.state, second.nonce, second.verifier}) == 8


def test_it_is_good_for_ten_minutes(office: Office) -> None:
    browser, _ = office.handshakes.begin("/")
    office.execute("UPDATE portal.handshake SET made_at = now() - interval '11 minutes'")

    assert office.handshakes.take(browser) is None
    office.handshakes.begin("/")
    assert office.rows("SELECT count(*) FROM portal.handshake")[0][0] == 1


def test_its_values_are_not_told_in_logs(office: Office) -> None:
    _, begun = office.handshakes.begin("/desk")

    assert begun.nonce not in repr(begun)
    assert begun.verifier not in repr(begun)
