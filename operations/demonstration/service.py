"""The demo's service: `opportune serve` as a child on a loopback port, from when it is ready."""

import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx

from operations.demonstration.failing import DemoFailed
from operations.nightly import opportune

READY_WITHIN = 120.0  # seconds; it takes two or three
INDEXED_WITHIN = 30.0  # seconds; it takes less than one
LOOPBACK = "127.0.0.1"


def held(port: int) -> socket.socket:
    """A socket that keeps the port to serve on, from before anything is set up; for 0 a free one. Raises DemoFailed.

    Setting up takes a while, and whatever runs beside it could take a port that was only tried.
    """
    kept = socket.socket()
    kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # an ended service's connections may linger
    try:
        kept.bind((LOOPBACK, port))
        kept.listen()  # without that another that reuses addresses may take it
    except OSError as error:
        kept.close()
        why = error.strerror or error
        raise DemoFailed(f"port {port} cannot be used ({why}): name another with --port, or 0 for any") from error
    return kept


@contextmanager
def serving(kept: socket.socket, environment: Mapping[str, str]) -> Iterator[str]:
    """Its address, from when the service is ready until the block ends; the socket goes to it. Raises DemoFailed."""
    address = f"http://{LOOPBACK}:{kept.getsockname()[1]}"
    log = Path(environment["OPPORTUNE_DATA_DIR"]) / "serve.log"
    with log.open("w") as out, kept:
        passed = kept.fileno()
        command = [*opportune(), "serve", "--fd", str(passed)]
        child = subprocess.Popen(command, env=environment, stdout=out, stderr=out, pass_fds=(passed,))
    try:
        wait_until_ready(address, child, log)
        yield address
    finally:
        child.terminate()
        try:
            child.wait(timeout=15)
        except subprocess.TimeoutExpired:
            child.kill()


def wait_until_ready(address: str, child: "subprocess.Popen[bytes]", log: Path) -> None:
    """Return once the child answers that it is ready. Raises DemoFailed with what it wrote if it does not."""
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        if child.poll() is not None:
            break
        try:
            ready = httpx.get(f"{address}/readyz", timeout=5).status_code == httpx.codes.OK
            if ready and child.poll() is None:  # else it was somebody else who answered
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise DemoFailed(f"the service did not become ready:\n{log.read_text('utf-8')[-4000:]}")


def wait_until_indexed(address: str) -> None:
    """Return once the service answers from the index that the night has made: it looks for one now and then.

    Whoever looks sooner is told that the calls are ranked by words alone. After a while it is waited for no longer.
    """
    deadline = time.monotonic() + INDEXED_WITHIN
    while time.monotonic() < deadline:
        checks = httpx.get(f"{address}/readyz", timeout=INDEXED_WITHIN).json()["checks"]
        if any(one["name"] == "index" and one["state"] == "ok" for one in checks):
            return
        time.sleep(0.2)
