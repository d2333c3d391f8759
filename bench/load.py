"""Requests over loopback as fast as they are answered, from raw sockets: the generator is never what is waited for.

Each client keeps one connection and sends its next request when it has the whole answer (a closed loop). One process
and no HTTP library: a request costs about 20 microseconds here, a tenth of what the quickest service of ours takes;
`Answered.generator_busy` says how much of its core the generator used. Service and generator have a core each.
"""

import contextlib
import os
import selectors
import socket
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

READ_AT_ONCE = 1 << 20
WAITS_AT_MOST = 60.0  # seconds for one answer


@dataclass(slots=True)
class Answered:
    """What a run of requests took: `seconds` by the clock, `cpu` seconds of the service, latencies in seconds."""

    seconds: float
    cpu: float
    generator_busy: float
    latencies: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    bytes_read: int = 0

    @property
    def per_second(self) -> float:
        """Requests a second by the clock."""
        return len(self.latencies) / self.seconds

    @property
    def per_core_second(self) -> float:
        """Requests for each second of CPU that the service used: so a busy machine counts for less."""
        return len(self.latencies) / self.cpu

    def percentile(self, share: float) -> float:
        """The latency that so large a share of answers stays within."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    @property
    def median(self) -> float:
        """The middle latency."""
        return statistics.median(self.latencies)


@dataclass(slots=True)
class _Client:
    """One connection with the answer that is coming in."""

    connection: socket.socket
    sent_at: float = 0.0
    waiting: bytearray = field(default_factory=bytearray)
    wanted: int = -1  # bytes of the whole answer, once its head is here


def get(path: str, port: int, **headers: str) -> bytes:
    """A GET as it goes over the wire."""
    named = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{named}\r\n".encode()


def post(path: str, port: int, body: bytes) -> bytes:
    """A POST of JSON as it goes over the wire."""
    told = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{told}\r\n".encode() + body


def ask(port: int, asked: bytes) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of the answer to one request."""
    client = _Client(_connected(port))
    with contextlib.closing(client.connection):
        client.connection.settimeout(WAITS_AT_MOST)
        client.connection.sendall(asked)
        while not _is_whole(client):
            read = client.connection.recv(READ_AT_ONCE)
            if not read:
                raise ConnectionError("the service hung up")
            client.waiting += read
    head, _, body = bytes(client.waiting).partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    return int(first.split(" ")[1]), headers, body


def load(port: int, asked: Sequence[bytes], *, clients: int, seconds: float, service: int) -> Answered:
    """Send these requests in turn from so many clients for so long. service: the process whose CPU is counted."""
    queue = _endlessly(asked)
    own, theirs, begun = time.process_time(), cpu_seconds(service), time.perf_counter()
    found = Answered(0.0, 0.0, 0.0)
    with contextlib.ExitStack() as stack:
        waiting = stack.enter_context(selectors.DefaultSelector())
        for _ in range(clients):
            client = _Client(stack.enter_context(contextlib.closing(_connected(port))))
            waiting.register(client.connection, selectors.EVENT_READ, client)
            _send(client, next(queue))
        under_way, until = clients, begun + seconds
        while under_way:
            ready = waiting.select(WAITS_AT_MOST)
            if not ready:
                raise TimeoutError(f"no answer for {WAITS_AT_MOST:.0f} s")
            for key, _ in ready:
                client = key.data
                if _read(client, found):
                    if time.perf_counter() < until:
                        _send(client, next(queue))
                    else:
                        waiting.unregister(client.connection)
                        under_way -= 1
    found.seconds = time.perf_counter() - begun
    found.cpu = max(cpu_seconds(service) - theirs, 1 / os.sysconf("SC_CLK_TCK"))
    found.generator_busy = (time.process_time() - own) / found.seconds
    return found


def cpu_seconds(process: int) -> float:
    """The CPU time that a process has used, its threads' too."""
    user, system = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _connected(port: int) -> socket.socket:
    made = socket.create_connection(("127.0.0.1", port))
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return made


def _endlessly(asked: Sequence[bytes]) -> Iterator[bytes]:
    while True:
        yield from asked


def _send(client: _Client, asked: bytes) -> None:
    client.sent_at = time.perf_counter()
    client.connection.sendall(asked)


def _read(client: _Client, found: Answered) -> bool:
    """Take what has come; whether the answer is whole, which is then counted."""
    read = client.connection.recv(READ_AT_ONCE)
    if not read:
        raise ConnectionError("the service hung up")
    client.waiting += read
    if not _is_whole(client):
        return False
    found.latencies.append(time.perf_counter() - client.sent_at)
    found.statuses[int(client.waiting[9:12])] += 1
    found.bytes_read += client.wanted
    client.waiting.clear()
    client.wanted = -1
    return True


def _is_whole(client: _Client) -> bool:
    if client.wanted < 0:
        end = client.waiting.find(b"\r\n\r\n")
        if end < 0:
            return False
        head = bytes(client.waiting[:end]).lower()
        _, _, told = head.partition(b"content-length:")
        if not told and head[9:12] != b"304":
            raise ValueError("an answer does not say how long it is")
        client.wanted = end + 4 + (int(told.split(b"\r\n", 1)[0]) if told else 0)
    return len(client.waiting) >= client.wanted
