"""Signing in through the organisation's own OpenID provider: what the routes need of one, whoever implements it."""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol


class ProviderRefused(Exception):
    """The provider's answer is not to be trusted, or is a no. The message is for the log and holds nothing personal."""


class ProviderAway(Exception):
    """The provider cannot be reached, or does not answer as one."""


@dataclass(frozen=True, slots=True)
class Departure:
    """Where to send a browser, and what must come back with it."""

    url: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is according to the provider. `subject` is theirs for ever, an address may become another's."""

    subject: str
    email: str  # empty unless the provider has verified it
    name: str


class OpenIdProvider(Protocol):
    """A provider that is set up."""

    name: str
    issuer: str

    def depart(self) -> Departure:
        """Begin a sign-in. Raises ProviderAway."""
        ...

    def arrive(self, code: str, *, nonce: str, verifier: str, now: dt.datetime) -> Identity:
        """Who came back with this code. Raises ProviderRefused or ProviderAway."""
        ...
