"""Crawl now: what coordinators asked for is read soon after, by the worker or, on SQLite, beside `opportune serve`.

Each crawl is a child process of its own, under the crawl's lease: while a night runs the wish waits, and the night
answers it if it covers it.
"""

import datetime as dt
import logging
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from catalog.database import reading
from catalog.stores.crawl_requests import wanted_now
from crawlers.report import ALL_HEALTHY, NOT_ALL_HEALTHY
from operations.delivering import utc_now
from operations.nightly import AT, opportune

logger = logging.getLogger("opportune.asked")
EVERY = 15.0  # seconds between two looks
PATIENCE = 45.0  # seconds from being asked to stop until it is killed: a crawl keeps what it has
LONGEST = dt.timedelta(minutes=75)
"""How long a crawl may take that was asked for: the slowest source, and a little."""
Run = Callable[[tuple[str, ...]], int]
Clock = Callable[[], dt.datetime]


def night_is_near(now: dt.datetime) -> bool:
    """Whether a crawl that begins now could still run when the night begins, which would then find the way barred."""
    due = dt.datetime.combine(now.astimezone(dt.UTC).date(), AT, dt.UTC)
    return due - LONGEST <= now < due


def read_if_asked(engine: Engine, run: Run, now: dt.datetime) -> bool:
    """Crawl what is wanted and index it; whether there was anything. An overlap, or a night to come, lets it wait."""
    with reading(engine) as session:
        sources = None if night_is_near(now) else wanted_now(session)
    if sources is None:
        return False
    code = run(("crawl", *sources))
    if code in (ALL_HEALTHY, NOT_ALL_HEALTHY):
        run(("index",))
    return True


class AskedLoop:
    """Looks for wishes until stopped; a crawl that runs then is asked to end, and keeps what it has."""

    def __init__(self, engine: Engine, *, every: float = EVERY, clock: Clock = utc_now) -> None:
        self._engine = engine
        self._clock = clock
        self._every = every
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="asked", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, and what runs with it."""
        self._stop.set()
        self._thread.join(PATIENCE + 5)

    def _run(self) -> None:
        while not self._stop.wait(self._every):
            try:
                read_if_asked(self._engine, self._child, self._clock())
            except (SQLAlchemyError, OSError) as error:
                logger.warning(
                    "crawling now waits: the database or a process is not to be had (%s)", type(error).__name__
                )

    def _child(self, arguments: tuple[str, ...]) -> int:
        """Run `opportune …` and return its exit code, or what it ended with when we are stopped meanwhile."""
        if self._stop.is_set():
            return NOT_ALL_HEALTHY
        child = subprocess.Popen([*opportune(), *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while child.poll() is None:
            if self._stop.wait(0.2):
                return _ended(child)
        as_usual = child.returncode in (ALL_HEALTHY, NOT_ALL_HEALTHY)
        level = logging.INFO if as_usual else logging.WARNING
        logger.log(level, "opportune %s, asked for, ended with %s", arguments[0], child.returncode)
        return child.returncode


def _ended(child: "subprocess.Popen[bytes]") -> int:
    child.terminate()
    try:
        return child.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        child.kill()
        return child.wait()


@contextmanager
def reading_when_asked(engine: Engine) -> Iterator[None]:
    """Look for wishes while the block runs; on PostgreSQL that is the worker's work."""
    if engine.dialect.name != "sqlite":
        yield
        return
    loop = AskedLoop(engine)
    loop.start()
    try:
        yield
    finally:
        loop.stop()
