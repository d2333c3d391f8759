"""The demo: the real thing on an invented web. Crawled as of yesterday and as of today, indexed, served.

Nothing is put into the database by the back door: calls come through the spiders, people and
forwards through the API; only the first accounts are made as an operator makes them.
"""

import datetime as dt
import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import httpx
from sqlmodel import Session

from catalog.credentials import hash_password, new_secret
from catalog.database import connect, writing
from catalog.schema import upgrade
from catalog.stores.accounts import create_mentor
from catalog.stores.keys import create_key
from catalog.tables import Programme, ProgrammeMentor
from catalog.words import Role, Scope
from crawlers.samples.people import SampleMentor, people
from crawlers.samples.server import SampleServer, running
from crawlers.samples.web import web_on
from operations.nightly import opportune

READY_WITHIN = 120.0  # seconds; the model takes about five of them
LOOPBACK = "127.0.0.1"
Announce = Callable[[str], None]


class DemoFailed(RuntimeError):
    """A step of the demo did not work; the message says which, and its output is above."""


@dataclass(frozen=True, slots=True)
class Account:
    """Someone who can sign in to the demo."""

    email: str
    password: str
    api_key: str


@dataclass(frozen=True, slots=True)
class Ready:
    """What a person or a program needs to use the demo."""

    url: str
    email: str
    password: str
    api_key: str
    mentees: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """One line for programs."""
        sign_in = {"email": self.email, "password": self.password}
        return {"url": self.url, "sign_in": sign_in, "api_key": self.api_key, "mentees": list(self.mentees)}


@contextmanager
def demonstration(folder: Path, port: int, today: dt.date, announce: Announce) -> Iterator[Ready]:
    """Set everything up in `folder` and serve it for as long as the block lasts. Raises DemoFailed."""
    port = _bindable(port)
    url = f"sqlite:///{folder / 'opportune.db'}"
    announce("Making the database")
    upgrade(url)
    with running(web_on(today - dt.timedelta(days=1), today)) as web:
        environment = _environment(folder, url, web.port)
        with as_file(files("crawlers.samples").joinpath("watched.toml")) as watched:
            _run(("watch", "import", str(watched)), environment)
        _crawl_twice(web, today, environment, announce)
        announce("Indexing: each call into vectors")
        _run(("index",), environment)
        accounts = _make_accounts(url)
        with _serving(port, environment, announce) as address:
            announce("Adding the mentees through the API")
            mentees = _add_mentees(address, accounts[0])
            _forward_something(address, accounts[0], mentees[-1])
            first = accounts[0]
            yield Ready(address, first.email, first.password, first.api_key, mentees)


def _environment(folder: Path, url: str, web_port: int) -> dict[str, str]:
    """The settings of the demo and no others: what is set on this machine does not change what is shown."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OPPORTUNE_")}
    return kept | {
        "OPPORTUNE_ENVIRONMENT": "demo",
        "OPPORTUNE_DATA_DIR": str(folder),
        "OPPORTUNE_DATABASE_URL": url,
        "OPPORTUNE_SAMPLE_WEB_PORT": str(web_port),
        "OPPORTUNE_SIMPLER_GRANTS_API_KEY": "sample",
        "OPPORTUNE_RELIEFWEB_APPNAME": "opportune-sample",
        "HF_HUB_OFFLINE": "1",
    }


def _crawl_twice(web: SampleServer, today: dt.date, environment: Mapping[str, str], announce: Announce) -> None:
    """Yesterday and today, so that something has moved, closed, come and gone."""
    yesterday = today - dt.timedelta(days=1)
    for day, name, as_of in ((yesterday, "yesterday", ("--as-of", yesterday.isoformat())), (today, "today", ())):
        web.web = web_on(day, today)
        announce(f"Crawling the sample web as of {name}")
        _run(("crawl", *as_of), environment, allowed=(0, 3))


def _run(arguments: tuple[str, ...], environment: Mapping[str, str], allowed: tuple[int, ...] = (0,)) -> None:
    done = subprocess.run([*opportune(), *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode not in allowed:
        said = f"{done.stdout}\n{done.stderr}".strip()
        raise DemoFailed(f"`opportune {' '.join(arguments)}` ended with {done.returncode}:\n{said[-4000:]}")


def _make_accounts(url: str) -> list[Account]:
    """The sample mentors, in one programme that the first of them coordinates."""
    engine = connect(url)
    try:
        with writing(engine) as session:
            programme = Programme(name=people().programme["name"])
            session.add(programme)
            session.flush()
            return [_make_account(session, programme, mentor) for mentor in people().mentor]
    finally:
        engine.dispose()


def _make_account(session: Session, programme: Programme, mentor: SampleMentor) -> Account:
    first = mentor == people().mentor[0]
    password = new_secret()[:16]
    made = create_mentor(
        session,
        email=mentor.email,
        name=mentor.name,
        role=Role.COORDINATOR if first else Role.MENTOR,
        password_hash=hash_password(password),
    )
    made.timezone = mentor.timezone
    session.add(ProgrammeMentor(programme_id=programme.id, mentor_id=made.id, coordinator=first))
    _, key = create_key(session, made, name="demo", scopes=[Scope.READ, Scope.WRITE], now=dt.datetime.now(dt.UTC))
    return Account(mentor.email, password, key)


def _bindable(port: int) -> int:
    """The port to serve on, tried before anything is set up; for 0 a free one. Raises DemoFailed."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does: an ended one may linger
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            why = error.strerror or error
            raise DemoFailed(f"port {port} cannot be used ({why}): name another with --port, or 0 for any") from error
        return int(probe.getsockname()[1])


@contextmanager
def _serving(port: int, environment: Mapping[str, str], announce: Announce) -> Iterator[str]:
    """`opportune serve` as a child, from when it is ready until the block ends."""
    _bindable(port)  # crawling and indexing took a while
    announce("Starting the service")
    address = f"http://{LOOPBACK}:{port}"
    log = Path(environment["OPPORTUNE_DATA_DIR"]) / "serve.log"
    with log.open("w") as out:
        child = subprocess.Popen(
            [*opportune(), "serve", "--host", LOOPBACK, "--port", str(port)], env=environment, stdout=out, stderr=out
        )
    try:
        _wait_until_ready(address, child, log)
        yield address
    finally:
        child.terminate()
        try:
            child.wait(timeout=15)
        except subprocess.TimeoutExpired:
            child.kill()


def _wait_until_ready(address: str, child: subprocess.Popen[bytes], log: Path) -> None:
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
        time.sleep(0.2)
    raise DemoFailed(f"the service did not become ready:\n{log.read_text('utf-8')[-4000:]}")


def _add_mentees(address: str, account: Account) -> tuple[str, ...]:
    with _client(address, account) as client:
        return tuple(_made(client.post("/mentees", json=mentee.body()))["id"] for mentee in people().mentee)


def _forward_something(address: str, account: Account, mentee: str) -> None:
    """One forward, so that the list of what was forwarded is not empty on the first evening."""
    with _client(address, account) as client:
        best = _made(client.get(f"/mentees/{mentee}/recommendations", params={"limit": 1}))["items"]
        for item in best:
            body = {"mentee_id": mentee, "opportunity_id": item["opportunity"]["id"], "channel": "copy"}
            _made(client.post("/forwards", json=body, headers={"Idempotency-Key": f"demo-{mentee}"}))


def _client(address: str, account: Account) -> httpx.Client:
    headers = {"Authorization": f"Bearer {account.api_key}"}
    return httpx.Client(base_url=f"{address}/v1", headers=headers, timeout=60)


def _made(answer: httpx.Response) -> Any:
    if answer.is_error:
        raise DemoFailed(f"{answer.request.method} {answer.request.url.path} was answered {answer.status_code}")
    return answer.json()
