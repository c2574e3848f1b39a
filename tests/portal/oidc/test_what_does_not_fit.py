"""ID tokens that must let nobody in, from a provider that gives any."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from joserfc.jwk import OctKey

from services.portal.accounts.handshakes import Handshake
from services.portal.accounts.oidc import Identity, OpenIdProvider, ProviderAway
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from tests.portal.oidc.conftest import CALLBACK
from tests.portal.oidc.hostile import CLIENT_ID, SECRET, Hostile, new_key

HANDSHAKE = Handshake("the state", "the nonce", "v" * 64, "/")
NONCE = HANDSHAKE.nonce
BACK = f"{CALLBACK}?code=a-code&state=the%20state"


def provider(hostile: Hostile) -> OpenIdProvider:
    return OpenIdProvider(hostile.issuer, CLIENT_ID, SECRET, CALLBACK)


def identity(hostile: Hostile, back: str = BACK) -> Identity:
    return provider(hostile).identity(HANDSHAKE, back)


def test_a_token_that_fits_lets_in(hostile: Hostile) -> None:
    """So that each refusal below is for the one thing that is wrong."""
    hostile.gives(NONCE)

    assert identity(hostile).subject == "zhang.san"


WRONG: dict[str, Callable[[Hostile], None]] = {
    "another nonce": lambda its: its.gives("another nonce"),
    "no nonce": lambda its: its.gives(NONCE, nonce=None),
    "no nonce, and says that is fine": lambda its: its.gives(
        NONCE, nonce=None, nonce_supported=False
    ),
    "another audience": lambda its: its.gives(NONCE, aud="somebody else"),
    "for somebody else, and given to us": lambda its: its.gives(
        NONCE, aud="somebody else", azp=CLIENT_ID
    ),
    "no audience": lambda its: its.gives(NONCE, aud=None),
    "another authorised party": lambda its: its.gives(
        NONCE, aud=[CLIENT_ID, "somebody else"], azp="somebody else"
    ),
    "another issuer": lambda its: its.gives(NONCE, iss="https://another.example"),
    "no issuer": lambda its: its.gives(NONCE, iss=None),
    "expired": lambda its: its.gives(NONCE, exp=int(time.time()) - 3_600),
    "without an end": lambda its: its.gives(NONCE, exp=None),
    "of the future": lambda its: its.gives(NONCE, iat=int(time.time()) + 3_600),
    "a foreign key": lambda its: its.gives(NONCE, key=its.foreign),
    "signed with the client's secret": lambda its: its.gives(
        NONCE, key=OctKey.import_key(SECRET), alg="HS256"
    ),
    "signed with the public key as a secret": lambda its: its.gives_signed_with_the_public_key(
        NONCE
    ),
    "not signed": lambda its: its.gives_unsigned(NONCE),
    "no subject": lambda its: its.gives(NONCE, sub=None),
    "an empty subject": lambda its: its.gives(NONCE, sub=""),
    "a subject that is no text": lambda its: its.gives(NONCE, sub=["zhang.san"]),
    "a subject that is too long": lambda its: its.gives(NONCE, sub="z" * 256),
    "of another access token": lambda its: its.gives(NONCE, at_hash="AAAAAAAAAAAAAAAAAAAAAA"),
    "no token at all": lambda its: its.token.pop("id_token", None),
    "no JWT": lambda its: its.token.update(id_token="not.a.token"),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_a_token_that_does_not_fit_lets_nobody_in(
    hostile: Hostile, wrong: Callable[[Hostile], None]
) -> None:
    wrong(hostile)

    with pytest.raises(Refused) as refusal:
        identity(hostile)

    assert refusal.value.reason == Reason.IDENTITY_REFUSED


@pytest.mark.parametrize(
    "back",
    [
        f"{CALLBACK}?code=a-code",
        f"{CALLBACK}?code=a-code&state=another",
        f"{CALLBACK}?state=the%20state",
        f"{CALLBACK}?code=a-code&state=the%20state&iss=https://another.example",
        f"{CALLBACK}?code=a-code&state=the%20state&error=access_denied",
    ],
    ids=["no state", "another state", "no code", "another issuer", "an error beside the code"],
)
def test_an_address_that_does_not_fit_lets_nobody_in(hostile: Hostile, back: str) -> None:
    hostile.gives(NONCE)

    with pytest.raises(Refused) as refusal:
        identity(hostile, back)

    assert refusal.value.reason == Reason.IDENTITY_REFUSED


def test_a_new_key_of_the_provider_is_learnt_without_a_restart(hostile: Hostile) -> None:
    its = provider(hostile)
    hostile.gives(NONCE)
    its.identity(HANDSHAKE, BACK)
    second = new_key("two")
    hostile.published = [hostile.key, second]
    hostile.gives(NONCE, key=second, kid="two")

    assert its.identity(HANDSHAKE, BACK).subject == "zhang.san"


def test_a_key_that_is_no_public_key_signs_nothing(hostile: Hostile) -> None:
    secret = OctKey.generate_key(256, {"kid": "one", "alg": "HS256"})
    hostile.published = [secret]
    hostile.gives(NONCE, key=secret, alg="HS256")

    with pytest.raises(Refused) as refusal:
        identity(hostile)

    assert refusal.value.reason == Reason.IDENTITY_REFUSED


def test_a_description_of_another_issuer_is_no_description(hostile: Hostile) -> None:
    hostile.description = {"issuer": "https://another.example"}

    with pytest.raises(ProviderAway):
        provider(hostile).sign_in_url(HANDSHAKE)


def test_a_provider_without_a_page_to_sign_out_at_has_none(hostile: Hostile) -> None:
    assert provider(hostile).sign_out_url("a token", "http://portal.example/") is None
