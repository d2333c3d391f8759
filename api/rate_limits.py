"""How many requests a credential and a network may make: draft-ietf-httpapi-ratelimit-headers-10, in every answer.

Each process counts for itself, in memory: this protects the process, and a count shared through the
database would make every GET a write. What must hold across processes is counted in the database: failed
sign-ins (`catalog.stores.sign_in`) and mails (`catalog.stores.mail_quota`). The library `limits` counts in
memory just as little across processes, by the wall clock, and starts a thread every ten milliseconds.
"""

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.networks import network_of
from api.problems import Kind, Problem
from api.request_headers import header


@dataclass(frozen=True, slots=True)
class Policy:
    """So many in so many seconds; `name` is how the headers call it."""

    name: str
    quota: int
    window: int = 60

    def __str__(self) -> str:
        return f'"{self.name}";q={self.quota};w={self.window}'


@dataclass(frozen=True, slots=True)
class Standing:
    """What remains under a policy, and in how many seconds there is all of it again."""

    policy: Policy
    remaining: int
    resets_in: int
    allowed: bool = True

    def __str__(self) -> str:
        return f'"{self.policy.name}";r={self.remaining};t={self.resets_in}'


class Windows:
    """Counts under one policy. All windows begin together, so that an old one is forgotten at once and whole."""

    def __init__(self, policy: Policy, seconds: Callable[[], float] = time.monotonic) -> None:
        self.policy = policy
        self._seconds = seconds
        self._window = -1
        self._taken: dict[str, int] = {}

    def take(self, who: str) -> Standing:
        """Count one more for `who`, unless there is none left."""
        now = self._seconds()
        window = int(now // self.policy.window)
        if window != self._window:
            self._window, self._taken = window, {}
        taken = self._taken.get(who, 0)
        allowed = taken < self.policy.quota
        self._taken[who] = taken = taken + allowed
        resets_in = max(1, round((window + 1) * self.policy.window - now))
        return Standing(self.policy, self.policy.quota - taken, resets_in, allowed)


def add_standing(headers: MutableHeaders, standings: Sequence[Standing]) -> None:
    """Tell the policies and what remains, beside what the answer tells already."""
    ours = {
        b"ratelimit-policy": ", ".join([str(one.policy) for one in standings]),
        b"ratelimit": ", ".join([str(one) for one in standings]),
    }
    raw = headers.raw
    told = [pair for pair in raw if pair[0] in ours]
    for pair in told:
        raw.remove(pair)
    for name, standing in ours.items():
        raw.append((name, b", ".join([*(value for key, value in told if key == name), standing.encode("latin-1")])))


class RateLimits:
    """Refuses what goes beyond a policy. Networks are counted first: credentials can be made up without end."""

    def __init__(self, app: ASGIApp, *, per_credential: int, per_network: int, cookies: Sequence[str]) -> None:
        self.app = app
        self.cookies = cookies
        self.network = Windows(Policy("network", per_network)) if per_network else None
        self.credential = Windows(Policy("credential", per_credential)) if per_credential else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or not scope["path"].startswith("/v1/"):
            return await self.app(scope, receive, send)
        standings = self._take(scope)

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start" and standings:
                add_standing(MutableHeaders(scope=message), standings)
            await send(message)

        if all(one.allowed for one in standings):
            return await self.app(scope, receive, sending)
        refused = next(one for one in standings if not one.allowed)
        headers = MutableHeaders({"Retry-After": str(refused.resets_in)})
        add_standing(headers, standings)
        raise Problem(Kind.TOO_MANY_REQUESTS, f"The quota of this {refused.policy.name} is used.", headers=headers)

    def _take(self, scope: Scope) -> list[Standing]:
        taken = []
        if self.network is not None:
            client = scope.get("client")
            taken.append(self.network.take(network_of(client[0] if client else "")))
        if self.credential is not None and all(one.allowed for one in taken) and (who := self._credential(scope)):
            taken.append(self.credential.take(who))
        return taken

    def _credential(self, scope: Scope) -> str:
        """What tells this caller from others: a hash, since it is kept in memory."""
        sent = header(scope, b"authorization")
        if not sent:
            pairs = [pair.strip().partition("=") for pair in (header(scope, b"cookie") or "").split(";")]
            sent = next((value for name, _, value in pairs if name in self.cookies and value), "")
        return hashlib.blake2b(sent.encode(), digest_size=16).hexdigest() if sent else ""
