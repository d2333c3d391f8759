"""The installation that is soaked: its settings, and its processes as an operator starts them, on loopback."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx

READY_WITHIN = 240.0  # seconds, on a busy machine


@dataclass
class Installation:
    """Where it keeps things, and the settings that all of its processes share."""

    folder: Path
    database_url: str
    settings: dict[str, str]
    children: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    """By the command and which of its starts it was: "serve 1", "worker 3"."""
    started: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def environment(self, **more: str) -> dict[str, str]:
        """These settings and none of this machine's."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("OPPORTUNE_")}
        given = {"DATABASE_URL": self.database_url, "DATA_DIR": str(self.folder), **self.settings, **more}
        return kept | {f"OPPORTUNE_{name}": value for name, value in given.items()} | {"HF_HUB_OFFLINE": "1"}

    def start(self, *arguments: str, **more: str) -> "subprocess.Popen[bytes]":
        """Start a command; what it says goes into a log by its name."""
        with (self.folder / f"{arguments[0]}.log").open("ab") as log:
            made = subprocess.Popen(
                [sys.executable, "-m", "operations", *arguments], env=self.environment(**more), stdout=log, stderr=log
            )
        with self.lock:
            self.started[arguments[0]] += 1
            self.children[f"{arguments[0]} {self.started[arguments[0]]}"] = made
        return made

    def alive(self) -> dict[str, int]:
        """By name the process ids of what runs now."""
        with self.lock:
            return {name: child.pid for name, child in self.children.items() if child.poll() is None}

    def stop_all(self) -> None:
        """End whatever still runs."""
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        for child in self.children.values():
            try:
                child.wait(timeout=25)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


@dataclass
class Service:
    """One `opportune serve`, which can be killed and started again at the same address."""

    installation: Installation
    port: int
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and return at once."""
        port = str(self.port)
        self.process = self.installation.start("serve", "--port", port, PUBLIC_URL=self.url)

    def wait(self) -> None:
        """Wait until it is ready. Raises RuntimeError when it does not become so."""
        end = time.monotonic() + READY_WITHIN
        while time.monotonic() < end and self.process is not None and self.process.poll() is None:
            with contextlib.suppress(httpx.TransportError):
                if httpx.get(f"{self.url}/livez", timeout=5).status_code == httpx.codes.OK:
                    return
            time.sleep(0.1)
        log = (self.installation.folder / "serve.log").read_text("utf-8", "replace")
        raise RuntimeError(f"the service did not start:\n{log[-3000:]}")

    def kill(self) -> None:
        """End it as when the power fails."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()


@contextlib.contextmanager
def installed(folder: Path, database_url: str, **settings: str) -> Iterator[Installation]:
    """An installation whose processes end with the block."""
    made = Installation(folder, database_url, settings)
    try:
        yield made
    finally:
        made.stop_all()
