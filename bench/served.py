"""Services in processes of their own, each on a core, for what loads them: ours as `opportune serve`, and peers."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.catalogue import Installation
from bench.load import ask, cpu_seconds, get
from tests.ports import free_port

ROOT = Path(__file__).parents[1]
STARTS_WITHIN = 240.0  # seconds of CPU, where it is known whose; a machine that is busy with else may take
BUSY_AT_MOST = 5  # times as many by the clock
NO_LIMIT = "1000000000"  # the counting goes on, only nobody is refused


@dataclass(frozen=True, slots=True)
class Served:
    """A service that answers: its port, its process, and the seconds until it first answered."""

    port: int
    process: int
    seconds: float


def cores() -> tuple[set[int], set[int]]:
    """A core for the service and those for all else; the same where there is only one."""
    found = sorted(os.sched_getaffinity(0))
    return {found[0]}, set(found[1:]) or {found[0]}


def environment(installation: Installation, **more: str) -> dict[str, str]:
    """What `opportune` is told of an installation; nothing of whoever measures is passed on but where Python is."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OPPORTUNE_")}
    told = {
        "DATA_DIR": str(installation.folder),
        "DATABASE_URL": installation.url,
        "SECRET_KEY": "made up and long enough to sign what benchmarks ask",
        "REQUESTS_PER_MINUTE": NO_LIMIT,
        "REQUESTS_PER_MINUTE_AND_NETWORK": NO_LIMIT,
    }
    return kept | {"PYTHONPATH": str(ROOT)} | {f"OPPORTUNE_{name}": value for name, value in (told | more).items()}


@contextlib.contextmanager
def opportune(installation: Installation, *, core: set[int] | None = None, **more: str) -> Iterator[Served]:
    """`opportune serve` over an installation, from its first answer on."""
    port = free_port()
    command = [sys.executable, "-m", "operations", "serve", "--port", str(port)]
    with running(command, port, core=core, folder=installation.folder, env=environment(installation, **more)) as served:
        yield served


@contextlib.contextmanager
def running(
    command: Sequence[str],
    port: int,
    *,
    core: set[int] | None = None,
    folder: Path = ROOT,
    env: dict[str, str] | None = None,
    ready: str = "/readyz",
) -> Iterator[Served]:
    """A service by its command, from its first answer to `ready` on; it is stopped at the end."""
    begun = time.perf_counter()
    with (folder / "served.log").open("ab") if folder != ROOT else open(os.devnull, "ab") as log:
        child = subprocess.Popen(
            command,
            cwd=folder,
            env=env,
            stdout=log,
            stderr=log,
            preexec_fn=lambda: os.sched_setaffinity(0, core or os.sched_getaffinity(0)),
        )
    try:
        await_answer(port, ready, child)
        yield Served(port, child.pid, time.perf_counter() - begun)
    finally:
        child.send_signal(signal.SIGTERM)
        try:
            child.wait(20)  # it lets what it loads come to its end
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def await_answer(
    port: int,
    path: str,
    child: "subprocess.Popen[bytes] | None" = None,
    good: Callable[[bytes], bool] = bool,
    process: int | None = None,
) -> float:
    """Seconds until the service answers so; asked often at first. Raises TimeoutError.

    process: whose CPU is counted, so that a service that is kept waiting is waited for.
    """
    begun, used = time.perf_counter(), cpu_seconds(process) if process is not None else 0.0
    while time.perf_counter() - begun < STARTS_WITHIN * (BUSY_AT_MOST if process is not None else 1):
        if child is not None and child.poll() is not None:
            raise RuntimeError(f"the service ended with {child.returncode}")
        if process is not None and cpu_seconds(process) - used > STARTS_WITHIN:
            break
        with contextlib.suppress(OSError, ConnectionError):
            _, _, body = ask(port, get(path, port, Connection="close"))
            if good(body):
                return time.perf_counter() - begun
        time.sleep(0.01 if time.perf_counter() - begun < 3 else 2.0)  # asking costs the one that loads
    raise TimeoutError(f"no answer within {STARTS_WITHIN:.0f} s")
