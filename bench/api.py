"""`GET /v1/mentees/{id}/recommendations` as its users meet it, beside a bare FastAPI endpoint with the same bytes.

    python -m bench.api [--calls 100000] [--seconds 3] [--installation FOLDER] [--figures FILE]

A real `opportune serve` over SQLite on one core, the generator (`bench.load`) on the others; a mentee of four goals,
a key, complete rows. Services are loaded in turn, round by round, and ratios are of requests for each second of
CPU of the service, so that what else the machine does counts for little. Latencies are by the clock and do suffer.

`unchanged`: the same list again. `known`: with `If-None-Match`, answered 304. `live`: every request is a new
question with a filter that a fifth of the calls pass, for another mentee, ranked and kept.
`crawling`: the same list while a crawl's changes are written and indexed, each second some.
"""

import argparse
import contextlib
import datetime as dt
import itertools
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.catalogue import Installation, make
from bench.figures import Figure, Results
from bench.load import Answered, ask, cpu_seconds, get, load
from bench.served import Served, await_answer, cores, opportune, running
from tests.ports import free_port

ROUNDS, PAIRS, CLIENTS = 3, 8, (8, 32)
RANKED = (b'{"name":"model","state":"ok"', b'{"name":"index","state":"ok"')
DATES = 360  # different pairs of them
SETTLES_WITHIN, RESTING = 8.0, 0.02  # seconds; of CPU in half a second
BENCH = "api"


def measure(installation: Installation, seconds: float, file: Path | None = None) -> Results:
    """All figures. What is found is written to the file as it comes, so that one that is cut off has told of it."""
    ours_core, others = cores()
    os.sched_setaffinity(0, others)
    results = Results()
    with opportune(installation, core=ours_core) as served:
        await_answer(served.port, "/readyz", good=is_ranked, process=served.process)
        path, key = f"/v1/mentees/{installation.mentees[0]}/recommendations", f"Bearer {installation.key}"
        unchanged = get(path, served.port, Authorization=key)
        status, headers, body = ask(served.port, unchanged)
        assert status == 200, body
        known = get(path, served.port, Authorization=key, If_None_Match=headers["etag"])
        with _told(results, "beside bare FastAPI", file), _bare(body, ours_core) as bare:
            _beside_bare(results, (served, unchanged, known), bare, get(path, bare.port), seconds)
        with _told(results, "8 and 32 clients", file):
            _tails(results, served, unchanged, seconds)
        with _told(results, "while crawling", file):
            _while_crawling(results, served, unchanged, installation, seconds)
        with _told(results, "ranked live", file):
            _live(results, served, questions(installation, served.port), seconds)
    return results


@contextlib.contextmanager
def _told(results: Results, what: str, file: Path | None) -> Iterator[None]:
    """What was found before stays found: a part that the service failed is told as missing, with the reason."""
    try:
        yield
    except (AssertionError, OSError) as error:
        results.missing[what] = str(error)
    if file is not None:
        results.write(file)


def is_ranked(ready: bytes) -> bool:
    """Whether `/readyz` says that the model and the index are there."""
    return all(part in ready for part in RANKED)


@contextlib.contextmanager
def _bare(body: bytes, core: set[int]) -> Iterator[Served]:
    with tempfile.TemporaryDirectory() as folder:
        file, port = Path(folder) / "body.json", free_port()
        file.write_bytes(body)
        command = [sys.executable, "-m", "bench.bare_api", str(port), str(file)]
        with running(command, port, core=core, ready="/v1/mentees/any/recommendations") as served:
            yield served


def _beside_bare(
    results: Results, ours: tuple[Served, bytes, bytes], bare: Served, plain: bytes, seconds: float
) -> None:
    served, unchanged, known = ours
    rounds: list[tuple[Answered, Answered, Answered]] = []
    for _ in range(PAIRS):  # short ones: what else the machine does changes from second to second
        rounds.append(
            (
                load(bare.port, [plain], clients=8, seconds=seconds / 4, service=bare.process),
                _good(load(served.port, [unchanged], clients=8, seconds=seconds / 4, service=served.process), 200),
                _good(load(served.port, [known], clients=8, seconds=seconds / 4, service=served.process), 304),
            )
        )
    bare_rate = statistics.median(row[0].per_core_second for row in rounds)
    rate, known_rate = (
        bare_rate * statistics.median(row[at].per_core_second / row[0].per_core_second for row in rounds)
        for at in (1, 2)
    )
    size = f"{rounds[0][1].bytes_read // len(rounds[0][1].latencies):,} bytes an answer"
    busy = max(one.generator_busy for row in rounds for one in row)
    for name, value, asked in (("unchanged list", rate, 0.5), ("unchanged list, If-None-Match", known_rate, 0.8)):
        note = f"{size}; the generator used {busy:.0%} of its core"
        figure = Figure(BENCH, name, value, "requests per core second", "bare FastAPI", bare_rate, asked, note=note)
        results.figures.append(figure)


def _tails(results: Results, served: Served, unchanged: bytes, seconds: float) -> None:
    for clients in CLIENTS:
        found = _good(load(served.port, [unchanged], clients=clients, seconds=seconds, service=served.process), 200)
        figure = Figure(
            BENCH,
            f"unchanged list, {clients} clients: p99",
            1000 * found.percentile(0.99),
            "ms",
            "p50",
            1000 * found.median,
            at_most=5,
            note=f"{found.per_second:.0f} requests a second by the clock",
        )
        results.figures.append(figure)


def _while_crawling(
    results: Results, served: Served, unchanged: bytes, installation: Installation, seconds: float
) -> None:
    """Readers alone, then while somebody writes and indexes, in turn."""
    alone, beside = [], []
    for _ in range(ROUNDS):
        _settled(served)  # what the crawl of the round before left to be read is no part of it
        found = load(served.port, [unchanged], clients=8, seconds=seconds, service=served.process)
        alone.append(found.per_core_second)
        with _crawling(installation) as crawl:
            found = load(served.port, [unchanged], clients=8, seconds=3 * seconds, service=served.process)
            assert crawl.poll() is None, "what stands for a crawl ended early"
            beside.append(found.per_core_second)
    value, other = statistics.median(beside), statistics.median(alone)
    figure = Figure(
        BENCH,
        "unchanged list, while crawling and indexing",
        value,
        "requests per core second",
        "alone",
        other,
        0.7,
        note="of the service's core, which reads what changed too",
    )
    results.figures.append(figure)


def _settled(served: Served) -> None:
    """Wait until the service rests, SETTLES_WITHIN at most."""
    for _ in range(round(2 * SETTLES_WITHIN)):
        before = cpu_seconds(served.process)
        time.sleep(0.5)
        if cpu_seconds(served.process) - before <= RESTING:
            return


@contextlib.contextmanager
def _crawling(installation: Installation) -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-m", "bench.crawling", installation.url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as crawl:
        assert crawl.stdout is not None
        crawl.stdout.readline()
        yield crawl
        crawl.terminate()


def questions(installation: Installation, port: int) -> list[bytes]:
    """Lists that were never asked for: another mentee each time, and other dates; a fifth of the calls pass each."""
    today = dt.datetime.now(dt.UTC).date()
    latest, earliest = today + dt.timedelta(days=260), today - dt.timedelta(days=1)
    days = [(earliest - dt.timedelta(days=n), latest + dt.timedelta(days=m)) for n in range(40) for m in range(-4, 5)]
    assert len(days) == DATES
    return [
        get(
            f"/v1/mentees/{mentee}/recommendations?kind=fellowship&deadline_after={first}&deadline_before={last}",
            port,
            Authorization=f"Bearer {installation.key}",
        )
        for (first, last), mentee in itertools.product(days, installation.mentees)
    ]


def _live(results: Results, served: Served, asked: Sequence[bytes], seconds: float) -> None:
    mentees = len(asked) // DATES
    for question in asked[:mentees]:  # a service that runs has been asked for everybody before, by other dates
        ask(served.port, question)
    _settled(served)
    asked = asked[mentees:]
    found = _good(load(served.port, asked, clients=4, seconds=3 * seconds, service=served.process), 200)
    note = f"p50 {1000 * found.median:.1f} ms, p99 {1000 * found.percentile(0.99):.1f} ms at 4 clients"
    unit = "requests per core second"
    results.figures.append(
        Figure(BENCH, "ranked live, 20 % filter", found.per_core_second, unit, "the limit", 300.0, 1.0, note=note)
    )


def _good(found: Answered, status: int) -> Answered:
    assert set(found.statuses) == {status}, f"answered {dict(found.statuses)}, not {status}"
    return found


def main() -> None:
    """Measure and tell."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--calls", type=int, default=100_000)
    options.add_argument("--mentees", type=int, default=200)
    options.add_argument("--seconds", type=float, default=3.0)
    options.add_argument("--installation", type=Path, help="folder to make it in, or where it was made")
    options.add_argument("--figures", type=Path, help="write what was found to this file")
    chosen = options.parse_args()
    with contextlib.ExitStack() as stack:
        folder = chosen.installation or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        made = make(folder, chosen.calls, chosen.mentees)
        measure(made, chosen.seconds, chosen.figures).write(chosen.figures)


if __name__ == "__main__":
    main()
