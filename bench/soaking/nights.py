"""What goes on beside the people: crawls and indexing again and again, processes killed, the database held up."""

import contextlib
import datetime as dt
import math
import random
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from bench.soaking.installation import Installation, Service
from bench.soaking.record import Record
from bench.soaking.web_trouble import TroubledServer
from crawlers.samples.web import web_on

USABLE = (0, 3, 75)
"""How a crawl may end: all healthy, some not, another one runs."""
HELD_SECONDS = 2.5
MIB = 2**20


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often things happen, in seconds; `killed` is the share of crawls and index runs that are."""

    crawl_every: float = 15.0
    killed: float = 0.25
    service_killed_every: float = 45.0
    database_held_every: float = 40.0
    killed_for: float = math.inf
    """Services and workers are left alone from then on, so that those that live last can be seen to stay flat."""
    memory_every: float = 1.0
    indexing: bool = True


@dataclass(frozen=True, slots=True)
class Backstage:
    """What the nights of a soak share."""

    installation: Installation
    web: TroubledServer
    engine: Engine
    killed: Service
    rhythm: Rhythm
    record: Record
    ended: threading.Event
    today: dt.date
    chooser: random.Random


def working(stage: Backstage) -> list[threading.Thread]:
    """A thread for each thing that goes on, not yet started."""
    lives: list[Callable[[Backstage], None]] = [
        crawl_and_index,
        kill_the_second_service,
        hold_the_database,
        watch_memory,
    ]
    if stage.engine.dialect.name == "postgresql":
        lives.append(kill_the_worker)
    return [threading.Thread(target=_watched, args=(life, stage)) for life in lives]


def _watched(life: Callable[[Backstage], None], stage: Backstage) -> None:
    try:
        life(stage)
    except Exception as error:  # it is a fault, and must be seen
        stage.record.fault("the night can go on", f"{life.__name__}: {type(error).__name__} {error}")


def crawl_and_index(stage: Backstage) -> None:
    """Night after night the web is as of another day: deadlines move, calls come, close and go."""
    days = [stage.today, stage.today - dt.timedelta(days=1)]
    night = 0
    while not stage.ended.is_set():
        stage.web.web = web_on(days[night % 2], stage.today)
        code = _run(stage, "crawl")
        if code is not None and code not in USABLE and not stage.ended.is_set():
            stage.record.fault("a crawl ends as it should", f"with {code}; see crawl.log")
        if stage.rhythm.indexing and not stage.ended.is_set():
            code = _run(stage, "index")
            if code and not stage.ended.is_set():
                stage.record.fault("the index is made", f"ended with {code}; see index.log")
        night += 1
        stage.ended.wait(stage.rhythm.crawl_every * stage.chooser.uniform(0.5, 1.5))


def _run(stage: Backstage, name: str) -> int | None:
    """Run a command to its end, or kill it on the way; its exit code, None when it was killed or the soak ended."""
    dies = stage.chooser.random() < stage.rhythm.killed
    after = stage.chooser.uniform(0.5, 6.0) if dies else None
    process = stage.installation.start(name)
    began = time.monotonic()
    while process.poll() is None:
        if stage.ended.wait(0.1):
            process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(30)
            return None
        if after is not None and time.monotonic() - began > after:
            process.kill()
            process.wait()
            stage.record.count(f"{name}s killed")
            return None
    stage.record.count(f"{name}s")
    stage.record.count(f"{name}s that ended with {process.returncode}")
    return process.returncode


def kill_the_second_service(stage: Backstage) -> None:
    """The power fails at one of the two hosts, and comes back."""
    while _lives_long_enough(stage):
        stage.killed.kill()
        stage.record.count("services killed")
        stage.ended.wait(1.0)
        stage.killed.start()
        stage.killed.wait()


def kill_the_worker(stage: Backstage) -> None:
    """On PostgreSQL work is also done by a worker, which is killed in the middle of it; the last one lives on."""
    while True:
        worker = stage.installation.start("worker")
        to_be_killed = _lives_long_enough(stage)
        if worker.poll() is not None:
            stage.record.fault("a worker works on", f"it ended with {worker.returncode}; see worker.log")
        if not to_be_killed:
            return
        worker.kill()
        worker.wait()
        stage.record.count("workers killed")


def _lives_long_enough(stage: Backstage) -> bool:
    """Wait for the next kill; False where the soak ended, or is to end, without another."""
    stage.ended.wait(stage.rhythm.service_killed_every * stage.chooser.uniform(0.5, 1.5))
    if stage.record.seconds >= stage.rhythm.killed_for:
        stage.ended.wait()
    return not stage.ended.is_set()


def hold_the_database(stage: Backstage) -> None:
    """Somebody holds what everybody needs for a moment: who waits too long is told to come back."""
    while not stage.ended.wait(stage.rhythm.database_held_every * stage.chooser.uniform(0.5, 1.5)):
        try:
            with _held(stage.engine):
                stage.ended.wait(HELD_SECONDS)
        except OperationalError:  # PostgreSQL lets the service go first where both would wait for each other
            stage.record.count("times the database could not be held")
        else:
            stage.record.count("times the database was held")


@contextlib.contextmanager
def _held(engine: Engine) -> Iterator[None]:
    if engine.dialect.name == "postgresql":
        with engine.connect() as holder:
            holder.execute(sa.text("LOCK TABLE mentee, outboxmessage IN ACCESS EXCLUSIVE MODE"))
            yield
        return
    holding = sqlite3.connect(Path(engine.url.database or ""), timeout=30, isolation_level=None)
    with contextlib.closing(holding):
        holding.execute("BEGIN IMMEDIATE")
        yield
        holding.execute("ROLLBACK")


def watch_memory(stage: Backstage) -> None:
    """How much memory every process of the installation has: services, the worker, crawls, index runs."""
    while not stage.ended.wait(stage.rhythm.memory_every):
        for name, pid in stage.installation.alive().items():
            with contextlib.suppress(psutil.NoSuchProcess):  # it has just ended
                stage.record.weighed(name, psutil.Process(pid).memory_info().rss / MIB)
