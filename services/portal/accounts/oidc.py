"""Signing in at the city's OpenID provider: code flow with PKCE, state and nonce (OIDC Core 1.0).

Authlib makes the requests and checks the claims; what it leaves to its user is here: which
algorithms, whose keys, and that everything said comes from the provider that was configured.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlencode, urlsplit

import requests
import structlog
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from services.portal.accounts.handshakes import Handshake
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason

ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
"""Signatures with a public key; with a shared secret, or none, an ID token proves nothing here."""
_SCOPE = "openid"
_SECONDS = 5.0
"""Longest wait for one answer of the provider."""
_LEEWAY_SECONDS = 60
_METADATA_KEPT_SECONDS = 3_600.0
_LARGEST_ANSWER = 256 * 1024

_log = structlog.get_logger(__name__)
_T = TypeVar("_T")


class ProviderAway(Refused):
    """The provider does not answer, or not in the words of the standard; with reason
    IDENTITY_PROVIDER_AWAY.
    """

    def __init__(self, why: str) -> None:
        super().__init__(Reason.IDENTITY_PROVIDER_AWAY, why)


@dataclass(frozen=True)
class Identity:
    """Who the provider says it is. `id_token` is kept to sign out there too."""

    issuer: str
    subject: str = field(repr=False)
    id_token: str = field(repr=False)


class OpenIdProvider:
    """The provider with this issuer identifier; `callback` is our address that it sends back to."""

    def __init__(self, issuer: str, client_id: str, client_secret: str, callback: str) -> None:
        self._issuer, self._client_id, self._secret = issuer, client_id, client_secret
        self._callback = callback
        self._guard = threading.Lock()
        self._metadata: tuple[float, Mapping[str, Any]] | None = None
        self._keys: KeySet | None = None

    def sign_in_url(self, handshake: Handshake) -> str:
        """Where the browser goes to sign in. Raises ProviderAway."""
        with self._session() as session:
            url, _ = session.create_authorization_url(
                self._endpoint("authorization_endpoint"),
                state=handshake.state,
                nonce=handshake.nonce,
                code_verifier=handshake.verifier,
            )
        return str(url)

    def identity(self, handshake: Handshake, answer: str) -> Identity:
        """Who it is, by the address with which the browser came back.

        Raises Refused with IDENTITY_REFUSED when anything does not fit, and ProviderAway.
        """
        given = {name: values[0] for name, values in parse_qs(urlsplit(answer).query).items()}
        if given.get("state") != handshake.state:
            raise _refused("the state is another one")
        # RFC 9207: an answer of another provider is none of this one.
        if given.get("iss", self._issuer) != self._issuer:
            raise _refused("the answer names another issuer")
        if "error" in given or "code" not in given:
            raise _refused(f"the provider says {given.get('error', 'nothing')[:80]}")
        token = self._token(given["code"], handshake)
        return self._checked(str(token["id_token"]), token.get("access_token"), handshake.nonce)

    def sign_out_url(self, id_token: str, back_to: str) -> str | None:
        """Where the browser goes to sign out there too; None where the provider has no such page.

        `back_to` must be registered with the provider (OpenID Connect RP-Initiated Logout 1.0).
        """
        try:
            page = self._described().get("end_session_endpoint")
        except ProviderAway:
            return None  # signed out here all the same
        if not isinstance(page, str):
            return None
        told = {
            "id_token_hint": id_token,
            "client_id": self._client_id,
            "post_logout_redirect_uri": back_to,
        }
        return f"{page}{'&' if '?' in page else '?'}{urlencode(told)}"

    def _token(self, code: str, handshake: Handshake) -> Mapping[str, Any]:
        endpoint = self._endpoint("token_endpoint")

        def fetch() -> Mapping[str, Any]:
            with self._session() as session:
                token: Mapping[str, Any] = session.fetch_token(
                    endpoint,
                    grant_type="authorization_code",
                    code=code,
                    redirect_uri=self._callback,
                    code_verifier=handshake.verifier,
                )
                return token

        token = _asking(fetch)
        if not isinstance(token.get("id_token"), str):
            raise _refused("the provider gave no ID token")
        return token

    def _checked(self, id_token: str, access_token: Any, nonce: str) -> Identity:
        try:
            decoded = self._decoded(id_token)
            claims = CodeIDToken(
                decoded.claims,
                decoded.header,
                {
                    "iss": {"essential": True, "value": self._issuer},
                    "aud": {"essential": True, "value": self._client_id},
                    "nonce": {"essential": True, "value": nonce},
                    "sub": {"essential": True},
                },
                {"nonce": nonce, "client_id": self._client_id, "access_token": access_token},
            )
            claims.validate(leeway=_LEEWAY_SECONDS)
        except (JoseError, AuthlibBaseError, ValueError) as error:
            raise _refused(f"the ID token is refused: {type(error).__name__}") from None
        subject = claims["sub"]
        if not isinstance(subject, str) or not 0 < len(subject) <= 255:
            raise _refused("the subject is no identifier")
        return Identity(self._issuer, subject, id_token)

    def _decoded(self, id_token: str) -> jwt.Token:
        """The token, verified by the provider's keys; by fresh ones if it names a new key."""
        registry = JWSRegistry(algorithms=list(ALGORITHMS), strict_check_header=False)
        try:
            return jwt.decode(id_token, self._key_set(), registry=registry)
        except InvalidKeyIdError:
            return jwt.decode(id_token, self._key_set(fresh=True), registry=registry)

    def _key_set(self, *, fresh: bool = False) -> KeySet:
        with self._guard:
            known = self._keys
        if known is None or fresh:
            known = KeySet.import_key_set(_fetched(self._endpoint("jwks_uri")))  # type: ignore[arg-type]
            with self._guard:
                self._keys = known
        return known

    def _endpoint(self, name: str) -> str:
        value = self._described().get(name)
        if not isinstance(value, str):
            raise ProviderAway(f"the provider describes no {name}")
        return value

    def _described(self) -> Mapping[str, Any]:
        """What the provider says of itself (OpenID Connect Discovery 1.0), for an hour."""
        with self._guard:
            known = self._metadata
        if known is not None and time.monotonic() - known[0] < _METADATA_KEPT_SECONDS:
            return known[1]
        described = _fetched(f"{self._issuer}/.well-known/openid-configuration")
        if described.get("issuer") != self._issuer:
            raise ProviderAway("the provider says it is another issuer than the one configured")
        with self._guard:
            self._metadata = (time.monotonic(), described)
        return described

    def _session(self) -> OAuth2Session:
        return OAuth2Session(
            self._client_id,
            self._secret,
            scope=_SCOPE,
            redirect_uri=self._callback,
            code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_basic",  # noqa: S106 - a method's name
            default_timeout=_SECONDS,
        )


def _fetched(url: str) -> Mapping[str, Any]:
    def fetch() -> Mapping[str, Any]:
        answer = requests.get(url, timeout=_SECONDS, allow_redirects=False)
        answer.raise_for_status()
        if len(answer.content) > _LARGEST_ANSWER or not isinstance(answer.json(), dict):
            raise ValueError("not a JSON object of a sensible size")
        found: Mapping[str, Any] = answer.json()
        return found

    return _asking(fetch)


def _asking(fetch: Callable[[], _T]) -> _T:
    try:
        return fetch()
    except AuthlibBaseError as error:
        raise _refused(f"the provider says {str(error.error)[:80]}") from None
    except (requests.RequestException, ValueError) as error:
        _log.warning("oidc.provider_away", error=type(error).__name__)
        raise ProviderAway("the provider does not answer") from None


def _refused(why: str) -> Refused:
    _log.info("oidc.refused", why=why)
    return Refused(Reason.IDENTITY_REFUSED, "the provider's answer does not fit: begin anew")
