"""Signing in and out at a real provider, over HTTP."""

from __future__ import annotations

import dataclasses
from urllib.parse import parse_qs, urlsplit

import pytest

from services.portal.accounts.oidc import OpenIdProvider, ProviderAway
from shared.contracts.errors import Refused
from shared.contracts.portal import commands
from shared.contracts.reasons import Reason
from tests.portal.accounts.office import CONSOLE, Office, fresh
from tests.portal.oidc.browser import Browser
from tests.portal.oidc.conftest import CALLBACK, CLIENT, HOME


def test_somebody_known_signs_in_and_out_at_both(
    office: Office, provider: OpenIdProvider, browser: Browser, issuer: str
) -> None:
    subject, account_id = fresh(), office.open()
    bind = commands.BindIdentity(account_id=account_id, issuer=issuer, subject=subject)
    office.send(bind, CONSOLE)
    cookie, begun = office.handshakes.begin("/desk")

    back = browser.sign_in(provider.sign_in_url(begun), subject)

    handshake = office.handshakes.take(cookie)
    assert handshake is not None
    assert handshake.back_to == "/desk"
    identity = provider.identity(handshake, back)
    assert (identity.issuer, identity.subject) == (issuer, subject)
    signed = office.sign_in.by_identity(identity.issuer, identity.subject, identity.id_token)
    assert signed.session.account_id == account_id
    assert not signed.must_change, "the provider knows its own password"
    assert office.standing(signed.token)

    id_token = office.sign_in.id_token(signed.session)
    assert id_token == identity.id_token
    away = provider.sign_out_url(id_token, f"{HOME}/")
    assert away is not None
    assert browser.sign_out(away).split("?")[0] == f"{HOME}/"
    _, again = office.handshakes.begin("/")
    assert 'name="login"' in browser.open(provider.sign_in_url(again)), "asks who it is again"


def test_somebody_the_portal_does_not_know_is_told_so(
    office: Office, provider: OpenIdProvider, browser: Browser
) -> None:
    _, handshake = office.handshakes.begin("/")
    identity = provider.identity(
        handshake, browser.sign_in(provider.sign_in_url(handshake), fresh())
    )

    with pytest.raises(Refused) as refusal:
        office.sign_in.by_identity(identity.issuer, identity.subject, identity.id_token)

    assert refusal.value.reason == Reason.IDENTITY_UNKNOWN


def test_a_closed_account_is_not_opened_by_the_provider(
    office: Office, provider: OpenIdProvider, browser: Browser, issuer: str
) -> None:
    subject, account_id = fresh(), office.open()
    bind = commands.BindIdentity(account_id=account_id, issuer=issuer, subject=subject)
    office.send(bind, CONSOLE)
    office.send(commands.CloseAccount(account_id=account_id), CONSOLE)

    with pytest.raises(Refused) as refusal:
        office.sign_in.by_identity(issuer, subject, "a token")

    assert refusal.value.reason == Reason.IDENTITY_UNKNOWN


def test_what_the_provider_is_asked_holds_proof_and_no_secret(
    office: Office, provider: OpenIdProvider
) -> None:
    _, handshake = office.handshakes.begin("/")

    url = provider.sign_in_url(handshake)

    asked = {name: value[0] for name, value in parse_qs(urlsplit(url).query).items()}
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert (asked["state"], asked["nonce"]) == (handshake.state, handshake.nonce)
    assert asked["redirect_uri"] == CALLBACK
    assert handshake.verifier not in url
    assert str(CLIENT["client_secret"]) not in url


def test_a_code_of_another_handshake_is_refused(
    office: Office, provider: OpenIdProvider, browser: Browser
) -> None:
    """Somebody lures a browser to come back with their own code: state and verifier differ."""
    _, attackers = office.handshakes.begin("/")
    back = browser.sign_in(provider.sign_in_url(attackers), fresh())
    _, victims = office.handshakes.begin("/")

    for handshake in (victims, dataclasses.replace(victims, state=attackers.state)):
        with pytest.raises(Refused) as refusal:
            provider.identity(handshake, back)
        assert refusal.value.reason == Reason.IDENTITY_REFUSED


def test_a_code_is_good_once(office: Office, provider: OpenIdProvider, browser: Browser) -> None:
    _, handshake = office.handshakes.begin("/")
    back = browser.sign_in(provider.sign_in_url(handshake), fresh())
    provider.identity(handshake, back)

    with pytest.raises(Refused) as refusal:
        provider.identity(handshake, back)

    assert refusal.value.reason == Reason.IDENTITY_REFUSED


def test_a_client_whose_secret_is_wrong_is_refused(
    office: Office, issuer: str, browser: Browser
) -> None:
    wrong = OpenIdProvider(issuer, str(CLIENT["client_id"]), "another secret", CALLBACK)
    _, handshake = office.handshakes.begin("/")
    back = browser.sign_in(wrong.sign_in_url(handshake), fresh())

    with pytest.raises(Refused) as refusal:
        wrong.identity(handshake, back)

    assert refusal.value.reason == Reason.IDENTITY_REFUSED


def test_somebody_who_breaks_off_at_the_provider_is_not_signed_in(
    office: Office, provider: OpenIdProvider
) -> None:
    _, handshake = office.handshakes.begin("/")

    with pytest.raises(Refused) as refusal:
        provider.identity(handshake, f"{CALLBACK}?error=access_denied&state={handshake.state}")

    assert refusal.value.reason == Reason.IDENTITY_REFUSED


def test_a_provider_that_does_not_answer_is_said_to_be_away(office: Office) -> None:
    away = OpenIdProvider("http://127.0.0.1:9", "jiandu", "secret", CALLBACK)
    _, handshake = office.handshakes.begin("/")

    with pytest.raises(ProviderAway) as refusal:
        away.sign_in_url(handshake)

    assert refusal.value.reason == Reason.IDENTITY_PROVIDER_AWAY
    assert away.sign_out_url("a token", f"{HOME}/") is None
