"""Calling an address that somebody else chose, without being led anywhere private by it.

The name is resolved once, every address it resolves to must be public (`catalog.addresses`), and the
connection goes to the very address that was judged: a name that resolves otherwise a moment later
changes nothing. No redirect is followed, no proxy of the environment is used, and of the answer
nothing is read but its status, so that nothing of it can be shown to anybody.
"""

import asyncio
import contextlib
import ipaddress
import socket
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import httpx

from catalog.addresses import AddressRefused, check_target, host_in_ascii, is_public_ip

DEADLINE = 15.0
"""Seconds for all of an attempt: resolving, connecting, sending, and the head of the answer."""
_ON_LOOPBACK = ("127.0.0.1", "localhost")
Resolve = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """The status that came back, or why none did. `error` holds no address. `retry_after`: as the header says it."""

    status: int | None = None
    error: str = ""
    retry_after: str = ""
    refused: bool = False  # by our own policy: nothing was sent

    @property
    def taken(self) -> bool:
        """Whether the receiver said that it has it."""
        return self.status is not None and 200 <= self.status < 300


def resolve(host: str, port: int) -> Sequence[str]:
    """All addresses of a name, by the system's resolver. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


async def _beside(work: Callable[[], Sequence[str]]) -> Sequence[str]:
    """What `work` finds, on a thread that is left behind when waiting for it is given up.

    `asyncio.to_thread` would be waited for all the same: a name server that never answers would outlast any deadline.
    """
    loop = asyncio.get_running_loop()
    found: asyncio.Future[Sequence[str]] = loop.create_future()

    def settle(result: Sequence[str], error: Exception | None) -> None:
        if found.done():
            return
        if error is None:
            found.set_result(result)
        else:
            found.set_exception(error)

    def run() -> None:
        result: Sequence[str] = ()
        problem: Exception | None = None
        try:
            result = list(work())
        except Exception as error:
            problem = error
        with contextlib.suppress(RuntimeError):  # nobody waits any more, and the loop is closed
            loop.call_soon_threadsafe(settle, result, problem)

    threading.Thread(target=run, name="resolving", daemon=True).start()
    return await found


@dataclass(frozen=True, slots=True)
class Caller:
    """Posts to addresses. `resolve` and `transport` are given by tests."""

    loopback: bool = False
    resolve: Resolve = resolve
    deadline: float = DEADLINE
    transport: httpx.AsyncBaseTransport | None = None

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Try once; never raises for what a name, network or server does."""
        return asyncio.run(self._post(url, headers, body))

    async def _post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        try:
            async with asyncio.timeout(self.deadline):
                pinned = await self._pinned(url)
                return await self._send(url, pinned, headers, body)
        except AddressRefused as error:
            return Answer(error=f"the address may not be called: {error}", refused=True)
        except TimeoutError:
            return Answer(error=f"no answer within {self.deadline:.0f} seconds")
        except (OSError, UnicodeError):
            return Answer(error="the host's name cannot be resolved")
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return Answer(error=f"the connection failed ({type(error).__name__})")

    async def _pinned(self, url: str) -> str:
        """The one address that will be connected to. Raises AddressRefused or OSError."""
        check_target(url, loopback=self.loopback)
        parts = urlsplit(url)
        host, port = host_in_ascii(parts.hostname or ""), parts.port or (443 if parts.scheme == "https" else 80)
        if self.loopback and host in _ON_LOOPBACK:
            return "127.0.0.1"
        found = await _beside(lambda: self.resolve(host, port))
        if not found:
            raise OSError("no address")
        if not all(is_public_ip(one) for one in found):
            raise AddressRefused("its name leads to an address that is not on the public internet")
        return str(ipaddress.ip_address(found[0]))

    async def _send(self, url: str, pinned: str, headers: Mapping[str, str], body: bytes) -> Answer:
        parts = urlsplit(url)
        host = f"[{pinned}]" if ":" in pinned else pinned
        sni = host_in_ascii(parts.hostname or "")
        port = f":{parts.port}" if parts.port else ""
        at = urlunsplit(parts._replace(netloc=host + port, fragment=""))
        named = parts.netloc if parts.netloc.isascii() else sni + port
        async with (
            httpx.AsyncClient(
                transport=self.transport, trust_env=False, follow_redirects=False, timeout=self.deadline
            ) as client,
            client.stream(
                "POST", at, content=body, headers={**headers, "Host": named}, extensions={"sni_hostname": sni}
            ) as answer,
        ):
            return Answer(
                status=answer.status_code,
                error="" if answer.is_success else f"the receiver answered {answer.status_code}",
                retry_after=answer.headers.get("retry-after", ""),
            )
