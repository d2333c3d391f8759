"""The nightly job: crawl, index, see what is new for whom, send what mentors are owed, ask registers about journals.

Each step is a process of its own.

A crawl cannot start twice in one process (a Twisted reactor does not), and a step that dies takes
nothing else with it. Any scheduler may call it: a lease refuses an overlap, and a night that was missed
is known by the row of the one before.
"""

import datetime as dt
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TextIO

from crawlers.report import ALL_HEALTHY, ANOTHER_RUNS, NOT_ALL_HEALTHY, NOTHING_USABLE

STEPS = (("crawl",), ("index",), ("digest",), ("deliver",), ("journals",))
BESIDE = frozenset({"journals"})
"""Steps that nothing waits for: they come last, and what becomes of them does not count against the night."""
NEVER_LEFT_OUT = frozenset({"deliver"})
LOOK = 4
"""Exit code of a night that went as far as it could, and after which somebody must look: an alarm is raised."""
OUT_OF_TIME = 124  # as timeout(1) has it
CRAWL_SHARE = 0.75
"""Of the time given: a crawl that used all of it would leave nothing of what it found to be indexed and told."""
LEAST_SECONDS = 60.0  # that sending gets, also when the time is over
GRACE_SECONDS = 45.0  # between being asked to stop and being killed: more than a crawl takes to keep what it has
AT = dt.time(2, 15)  # UTC
TOO_EARLY = dt.timedelta(minutes=10)
"""By how much a night may begin before its time and still be tonight's: the clocks of two machines differ."""

Run = Callable[[tuple[str, ...], float | None], int]


@dataclass(frozen=True, slots=True)
class Night:
    """What each step ended with and how long it took, by its name, in order."""

    codes: Mapping[str, int]
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        """The night in one number: overlap, then nothing usable, then some source not healthy, then 0."""
        crawl = self.codes.get("crawl", ALL_HEALTHY)
        if crawl == ANOTHER_RUNS:
            return ANOTHER_RUNS
        others_failed = any(code for name, code in self.codes.items() if name != "crawl" and name not in BESIDE)
        if others_failed or crawl not in (ALL_HEALTHY, NOT_ALL_HEALTHY):
            return NOTHING_USABLE
        return crawl


NOTHING_YET = Night({})


def run_night(
    run: Run,
    announce: Callable[[str], None],
    *,
    max_minutes: float | None = None,
    seconds: Callable[[], float] = time.monotonic,
    so_far: Night = NOTHING_YET,
    keep: Callable[[Night], None] = lambda _: None,
) -> Night:
    """Run the steps in order, within `max_minutes`; `run` is given a step and how many seconds it may take.

    An overlap ends the night; a failed crawl does not keep the rest from being done. What there is no time
    for is left out, except what is due to be sent. Steps that are in `so_far` were done by who began this
    night and was killed; `keep` is told after each one how far it has come.
    """
    codes, took = dict(so_far.codes), dict(so_far.seconds)
    begun = seconds()
    for step in STEPS:
        name = step[0]
        if name in so_far.codes:
            continue
        left = _left(name, max_minutes, seconds() - begun)
        if left is not None and left <= 0:
            codes[name] = OUT_OF_TIME
            continue
        announce(" ".join(step))
        started = seconds()
        codes[name] = run(_within(step, max_minutes), left)
        took[name] = seconds() - started
        keep(Night(codes, took))
        if codes[name] == ANOTHER_RUNS:
            break
    return Night(codes, took)


def _left(name: str, max_minutes: float | None, gone: float) -> float | None:
    """How many seconds a step has, where `gone` of the night's are over; None: as many as it takes."""
    if max_minutes is None:
        return None
    left = max_minutes * 60 - gone
    return max(left, LEAST_SECONDS) if name in NEVER_LEFT_OUT else left


def _within(step: tuple[str, ...], max_minutes: float | None) -> tuple[str, ...]:
    """A crawl ends by itself in time, and keeps what it has."""
    if step[0] != "crawl" or max_minutes is None:
        return step
    return (*step, "--max-minutes", f"{max(0.01, max_minutes * CRAWL_SHARE):.2f}")


def was_missed(last_begun: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether the night that was due last has not begun. Not before the first one: somebody decides when that is."""
    if last_begun is None:
        return False
    due = dt.datetime.combine(now.astimezone(dt.UTC).date(), AT, dt.UTC)
    if due > now:
        due -= dt.timedelta(days=1)
    return last_begun < due - TOO_EARLY


def run_command(
    arguments: tuple[str, ...],
    environment: Mapping[str, str] | None = None,
    at_most: float | None = None,
    output: TextIO | None = None,
) -> int:
    """Run `opportune …` as a child and return its exit code; it writes where this process writes, or to `output`.

    After `at_most` seconds, or when this process is stopped, it is asked to end, and killed if it does not.
    """
    child = subprocess.Popen([*opportune(), *arguments], env=environment, stdout=output)
    try:
        return child.wait(timeout=at_most)
    except subprocess.TimeoutExpired:
        return OUT_OF_TIME
    finally:
        _end(child)


def _end(child: "subprocess.Popen[bytes]") -> None:
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(timeout=GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def opportune() -> list[str]:
    """How this very installation is called, whatever is on the PATH."""
    return [sys.executable, "-m", "operations"]
