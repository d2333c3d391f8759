"""The real service, on a loopback port, in a thread: what the tests of the API speak to over HTTP."""

import asyncio
import datetime as dt
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI
from sqlalchemy import Engine

from api.app import create_app
from api.recommending import Recommender
from catalog.credentials import hash_password
from catalog.database import connect, writing
from catalog.settings import Settings
from catalog.stores.keys import create_key
from catalog.tables import Mentor
from catalog.words import Scope
from tests.builders import NOW

PASSWORD = "a garden full of old apple trees"
PASSWORD_HASH = hash_password(PASSWORD)
NO_LIMITS = {"requests_per_minute": 0, "requests_per_minute_and_network": 0}
"""Tests are quicker than people."""


@dataclass
class Clock:
    """A clock that stands until it is set."""

    now: dt.datetime = NOW

    def __call__(self) -> dt.datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += dt.timedelta(**by)


@dataclass
class Served:
    """A running service, and clients for it."""

    url: str
    engine: Engine
    clock: Clock
    app: FastAPI
    clients: list[httpx.Client] = field(default_factory=list)

    def client(self, **headers: str) -> httpx.Client:
        """A client that is not signed in."""
        made = httpx.Client(base_url=self.url, headers=headers, timeout=120)
        self.clients.append(made)
        return made

    def key(self, mentor_id: str, *scopes: Scope) -> str:
        """A new API key of this mentor."""
        with writing(self.engine) as session:
            mentor = session.get_one(Mentor, mentor_id)
            _, key = create_key(session, mentor, name="test", scopes=scopes or (Scope.READ, Scope.WRITE), now=NOW)
        return key

    def as_mentor(self, mentor_id: str = "mtr_ada", *scopes: Scope) -> httpx.Client:
        """A client with an API key of this mentor."""
        return self.client(Authorization=f"Bearer {self.key(mentor_id, *scopes)}")


def no_recommender() -> Recommender:
    raise RuntimeError("this test runs without a recommender")


@contextmanager
def serving(
    database_url: str, *, load: Callable[[], Recommender] | None = no_recommender, **settings: Any
) -> Iterator[Served]:
    """Serve this database until the block ends."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    clock = Clock()
    given = {
        "environment": "test",
        "database_url": database_url,
        "port": port,
        "secret_key": "s" * 40,
        **NO_LIMITS,
        **settings,
    }
    app = create_app(Settings(_env_file=None, **given), clock=clock, load=load)
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="on", access_log=False, ws="none"))
    thread = threading.Thread(target=lambda: asyncio.run(_served(server, listening)), daemon=True)
    thread.start()
    served = Served(f"http://127.0.0.1:{port}", connect(database_url), clock, app)
    try:
        _wait_until_started(server, thread)
        yield served
    finally:
        for client in served.clients:
            client.close()
        server.should_exit = True
        thread.join(timeout=20)
        listening.close()
        served.engine.dispose()


async def _served(server: uvicorn.Server, listening: socket.socket) -> None:
    """Serve until told to stop, and let connections that were closed last be closed."""
    await server.serve(sockets=[listening])
    for _ in range(3):
        await asyncio.sleep(0)


def _wait_until_started(server: uvicorn.Server, thread: threading.Thread) -> None:
    pause = threading.Event()
    while not server.started:
        assert thread.is_alive(), "the service did not start; the log says why"
        pause.wait(0.01)
