"""Everything at once, for ten minutes: crawls, indexing, mentors, mentees, mail, and faults in all of it.

    python -m bench.soak [--minutes 10] [--postgres] [--seed 1]        # or: make soak ARGS="--minutes 3"

A real installation on loopback: two services, one of which is killed again and again; crawls of the sample web, which
answers with errors, resets, cut and slow bodies, and is as of another day each time; a mail server that refuses, hangs
and hangs up; on PostgreSQL (`--postgres`, a server of its own) a worker that is killed too; a database that is held.
Invariants are checked with every answer and at the end: what was acknowledged is there, each forward has one mail or
says why not, nothing is sent twice, no closed call is recommended, nobody sees what is not theirs, no 5xx but the 503
that is announced, and the memory of every service and worker is flat: they are killed in the first third
only, so that those that live last can be watched. Progress as lines; at the end all of it as `build/soak.html`,
figures in `bench/results`, and the page `docs/soak.md`. Exit code 0, or 1 where an invariant did not hold.
"""

import argparse
import contextlib
import datetime as dt
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from bench.figures import machine
from bench.soaking import report
from bench.soaking.checks import check_all, wait_until_sent
from bench.soaking.findings import keep
from bench.soaking.installation import Service, installed
from bench.soaking.mail_trouble import TroubledPostOffice
from bench.soaking.memory import growths
from bench.soaking.nights import Backstage, Rhythm, working
from bench.soaking.people import Scene, living
from bench.soaking.quiet_nights import compare, first_night
from bench.soaking.record import Record
from bench.soaking.settling import settle_in
from bench.soaking.web_trouble import TroubledServer
from catalog.database import connect
from catalog.schema import upgrade
from crawlers.samples.server import serving
from crawlers.samples.web import web_on
from tests.ports import free_port

SETTINGS = {
    "ENVIRONMENT": "test",
    "SECRET_KEY": "soaked " * 8,
    "UNDO_SECONDS": "3",
    "MAILS_PER_DAY": "100000",
    "REQUESTS_PER_MINUTE": "0",
    "REQUESTS_PER_MINUTE_AND_NETWORK": "0",
    "SIMPLER_GRANTS_API_KEY": "sample",
    "RELIEFWEB_APPNAME": "opportune-sample",
}
TELL_EVERY = 10.0  # seconds
LATE_AT_MOST = 120.0  # seconds that a load lasts longer where a plan asks for forwards
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """How long, with which dice, how many people, and how often things happen."""

    seconds: float
    seed: int = 1
    mentors: int = 3
    mentees: int = 6  # of each mentor
    settings: dict[str, str] = field(default_factory=dict)
    rhythm: Rhythm = field(default_factory=Rhythm)
    compare: bool = True
    """Whether the catalogue is compared at the end with one that was made undisturbed."""
    drain_seconds: float = 120.0
    forwards: int = 0
    """The load goes on until so many were told of and a service was killed, however slow the machine."""

    def is_over(self, seconds: float, record: Record) -> bool:
        """Whether the load has lasted long enough after so many seconds."""
        done = len(record.forwards) >= self.forwards and (not self.forwards or record.counts["services killed"] > 0)
        return seconds >= self.seconds and (done or seconds >= self.seconds + LATE_AT_MOST)


def _say(line: str) -> None:
    print(line, flush=True)


def soak(url: str, folder: Path, plan: Plan, tell: Tell = _say) -> dict[str, Any]:
    """Soak an installation on this new database; what was found, as `report.finding`."""
    with _set_up(url, folder, plan) as (scene, stage):
        tell("a first, quiet night")
        first_night(stage)
        _live(scene, stage, plan, tell)
        tell("the load is over; waiting for what is due to be sent")
        scene.office.calm = stage.web.calm = True
        if not wait_until_sent(stage.engine, plan.drain_seconds):
            stage.record.fault("what is due is sent", f"not within {plan.drain_seconds:.0f} s of a quiet mail server")
        if plan.compare:
            tell("two last, quiet crawls, and two of a new installation to compare with")
            compare(stage)
        check_all(stage.engine, stage.record, scene.office.letters())
        return _found(scene, stage, plan)


@contextlib.contextmanager
def _set_up(url: str, folder: Path, plan: Plan) -> Iterator[tuple[Scene, Backstage]]:
    """The services run, and people have moved in."""
    upgrade(url)
    office, today = TroubledPostOffice(plan.seed), dt.datetime.now(dt.UTC).date()
    with contextlib.ExitStack() as stack:
        engine = connect(url)
        stack.callback(engine.dispose)
        smtp = f"smtp://127.0.0.1:{stack.enter_context(_post_office(office))}"
        web = stack.enter_context(serving(TroubledServer(web_on(today), plan.seed)))
        settings = {**SETTINGS, "SAMPLE_WEB_PORT": str(web.port), "SMTP_URL": smtp, **plan.settings}
        installation = stack.enter_context(installed(folder, url, **settings))
        services = [Service(installation, free_port()) for _ in range(2)]
        for service in services:
            service.start()
        for service in services:
            service.wait()
        mentors = settle_in(engine, services[0].url, plan.mentors, plan.mentees)
        record, ended, dice = Record(), threading.Event(), random.Random(plan.seed)
        yield (
            Scene(services, mentors, office, record, ended, plan.seed),
            Backstage(installation, web, engine, services[1], plan.rhythm, record, ended, today, dice),
        )


def _live(scene: Scene, stage: Backstage, plan: Plan, tell: Tell) -> None:
    """Let everybody live for so long, and tell how it goes."""
    threads = [*working(stage), *living(scene)]
    for thread in threads:
        thread.start()
    began, shown = time.monotonic(), 0
    while not plan.is_over(time.monotonic() - began, scene.record):
        time.sleep(min(plan.seconds, TELL_EVERY))
        tell(report.line(scene.record, len(scene.office.letters())))
        for fault in scene.record.faults[shown:]:
            tell(fault)
            shown += 1
    scene.ended.set()
    for thread in threads:
        thread.join()


def _found(scene: Scene, stage: Backstage, plan: Plan) -> dict[str, Any]:
    """What was seen, how memory grew, and how often what went wrong was made to."""
    record = stage.record
    for name, counted in (("web", stage.web.troubles), ("mail", scene.office.troubles)):
        for what, times in counted.items():
            record.count(f"{name}: {what}", times)
    grown = growths(record.memory)
    for name, one in grown.items():
        if not one.flat:
            record.fault("memory is flat", f"{name} grows by {one.slope} MiB a minute, from {one.warm} MiB")
    about = {"engine": stage.engine.dialect.name, "minutes": round(plan.seconds / 60, 2), "seed": plan.seed}
    return report.finding(record, grown, about)


@contextlib.contextmanager
def _post_office(office: TroubledPostOffice) -> Iterator[int]:
    port = free_port()
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


@contextlib.contextmanager
def _database(folder: Path, *, postgres: bool) -> Iterator[str]:
    """The address of a new database: a file, or on a PostgreSQL of its own."""
    if not postgres:
        yield f"sqlite:///{folder / 'opportune.db'}"
        return
    from tests.postgres import Databases, running_postgres

    with running_postgres() as server, Databases(server).empty() as url:
        yield url


def main(arguments: Sequence[str] | None = None) -> int:
    """Soak, tell, and keep what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL that is started for it")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="keep the installation's files and logs in this new folder")
    given = parser.parse_args(arguments)
    with contextlib.ExitStack() as stack:
        folder = given.keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="opportune-soak-")))
        folder.mkdir(parents=True, exist_ok=True)
        url = stack.enter_context(_database(folder, postgres=given.postgres))
        seconds, before = given.minutes * 60, machine()
        found = soak(url, folder, Plan(seconds, given.seed, rhythm=Rhythm(killed_for=seconds / 3)))
    print(*found["faults"], report.write(found), *keep(found, before), sep="\n")
    return 1 if found["faults"] else 0


if __name__ == "__main__":
    sys.exit(main())
