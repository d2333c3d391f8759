"""OpenID Connect by authlib (the extra `oidc`): authorization code with PKCE, and an ID token that is checked.

Imported only when a provider is set. What is checked of the ID token (OpenID Connect Core §3.1.3.7): its
signature by a key of the provider's and an asymmetric algorithm, issuer, audience, authorised party, expiry,
and the nonce that this sign-in began with.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from api.openid import Departure, Identity, ProviderAway, ProviderRefused
from catalog.credentials import new_secret

_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Never `none`, and none by a shared secret, which a public key could be taken for."""
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_LEEWAY = 60
_TIMEOUT = 10.0


@dataclass(slots=True)
class Client:
    """This installation as a client of one provider. What it reads of the provider it keeps."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    redirect_uri: str
    name: str
    _metadata: dict[str, Any] = field(default_factory=dict, repr=False)
    _keys: KeySet | None = field(default=None, repr=False)

    def depart(self) -> Departure:
        """Begin a sign-in. Raises ProviderAway."""
        endpoint = self._known()["authorization_endpoint"]
        state, nonce, verifier = new_secret(), new_secret(), new_secret() + new_secret()
        with self._client() as client:
            url, _ = client.create_authorization_url(endpoint, state=state, nonce=nonce, code_verifier=verifier)
        return Departure(url, state, nonce, verifier)

    def arrive(self, code: str, *, nonce: str, verifier: str, now: dt.datetime) -> Identity:
        """Who came back with this code. Raises ProviderRefused or ProviderAway."""
        try:
            with self._client() as client:
                answer = client.fetch_token(
                    self._known()["token_endpoint"], grant_type="authorization_code", code=code, code_verifier=verifier
                )
        except OAuthError as error:
            raise ProviderRefused(f"the provider gave no token: {str(error.error)[:60]}") from error
        except (httpx.HTTPError, ValueError) as error:
            raise ProviderAway(type(error).__name__) from error
        return self._identity(answer, nonce, now)

    def _identity(self, answer: dict[str, Any], nonce: str, now: dt.datetime) -> Identity:
        options = {
            "iss": {"essential": True, "value": self.issuer},
            "aud": {"essential": True, "value": self.client_id},
            "exp": {"essential": True},
        }
        try:
            token = self._decoded(str(answer.get("id_token", "")))
            given = {"nonce": nonce, "client_id": self.client_id, "access_token": answer.get("access_token")}
            claims = CodeIDToken(token.claims, token.header, options, given)
            claims.validate(now=int(now.timestamp()), leeway=_LEEWAY)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise ProviderRefused(f"the ID token is not valid: {type(error).__name__}") from error
        verified = claims.get("email_verified") is True
        email = str(claims.get("email") or "") if verified else ""
        return Identity(str(claims["sub"]), email, str(claims.get("name") or ""))

    def _decoded(self, token: str) -> jwt.Token:
        registry = JWSRegistry(algorithms=list(_ALGORITHMS), strict_check_header=False)
        try:
            return jwt.decode(token, key=self._key_set(), registry=registry)
        except InvalidKeyIdError:  # the provider has new keys
            return jwt.decode(token, key=self._key_set(again=True), registry=registry)

    def _key_set(self, *, again: bool = False) -> KeySet:
        if self._keys is None or again:
            self._keys = KeySet.import_key_set(self._read(self._known()["jwks_uri"]))  # type: ignore[arg-type]
        return self._keys

    def _known(self) -> dict[str, Any]:
        """The provider's description of itself, which must be of the issuer that is set. Raises ProviderAway."""
        if not self._metadata:
            found = self._read(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
            if found.get("issuer") != self.issuer:
                raise ProviderAway("it describes another issuer")
            for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
                check_address(str(found.get(name, "")))
            self._metadata = found
        return self._metadata

    def _read(self, url: str) -> dict[str, Any]:
        try:
            answer = httpx.get(url, timeout=_TIMEOUT, follow_redirects=False)
            answer.raise_for_status()
            found = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise ProviderAway(type(error).__name__) from error
        if not isinstance(found, dict):
            raise ProviderAway("it answers with no object")
        return found

    def _client(self) -> OAuth2Client:
        return OAuth2Client(
            self.client_id,
            self.client_secret,
            scope="openid email profile",
            redirect_uri=self.redirect_uri,
            code_challenge_method="S256",
            timeout=_TIMEOUT,
        )


def check_address(url: str) -> None:
    """Raise ProviderAway unless it is https, or plain http on loopback (for tests)."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise ProviderAway("one of its addresses is not https")
