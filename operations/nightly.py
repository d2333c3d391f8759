"""The nightly job: crawl, index, see what is new for whom, send what mentors are owed, ask registers about journals.

Each step is a process of its own.

A crawl cannot start twice in one process (a Twisted reactor does not), and a step that dies takes
nothing else with it. Any scheduler may call it; the crawl's lease refuses an overlap.
"""

import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from crawlers.report import ALL_HEALTHY, ANOTHER_RUNS, NOT_ALL_HEALTHY, NOTHING_USABLE

STEPS = (("crawl",), ("index",), ("digest",), ("deliver",), ("journals",))
BESIDE = frozenset({"journals"})
"""Steps that nothing waits for: they come last, and what becomes of them does not count against the night."""

Run = Callable[[tuple[str, ...]], int]


@dataclass(frozen=True, slots=True)
class Night:
    """What each step ended with, by its name, in order."""

    codes: Mapping[str, int]

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


def run_night(run: Run, announce: Callable[[str], None]) -> Night:
    """Run the steps in order. An overlap ends the night; a failed crawl does not keep the rest from being done."""
    codes: dict[str, int] = {}
    for step in STEPS:
        announce(" ".join(step))
        codes[step[0]] = run(step)
        if codes[step[0]] == ANOTHER_RUNS:
            break
    return Night(codes)


def run_command(arguments: tuple[str, ...], environment: Mapping[str, str] | None = None) -> int:
    """Run `opportune …` as a child and return its exit code; it writes where this process writes."""
    return subprocess.run([*opportune(), *arguments], env=environment, check=False).returncode


def opportune() -> list[str]:
    """How this very installation is called, whatever is on the PATH."""
    return [sys.executable, "-m", "operations"]
