"""How soon the service answers after it was started, over 100,000 indexed opportunities; and how soon `--help` does.

    python -m bench.start [--calls 100000] [--installation FOLDER] [--figures FILE]

New processes each time, the middle of a few; beside the limit that was set, and beside `python -c pass`, which any
Python programme takes. `ranks` is when the lists are ranked with the model too: until then `/readyz` says
"still being loaded" and how far, people sign in, browse and search words, and a list that is asked for waits.
"""

import argparse
import contextlib
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench.api import is_ranked
from bench.catalogue import Installation, make
from bench.figures import Figure, Results
from bench.served import ROOT, await_answer, opportune

BENCH, TRIES = "start", 5
READY_WITHIN, HELP_WITHIN = 2.0, 0.3
FORBIDDEN = ("torch", "transformers", "sentence_transformers", "scrapy")


def measure(installation: Installation) -> Results:
    """All figures."""
    results = Results()
    ready = [_started(installation)[0] for _ in range(TRIES - 1)]
    kept = installation.folder / "counted-words.npz"
    kept.unlink(missing_ok=True)
    last, ranked = _started(installation, until_ranked=True)
    _, again = _started(installation, until_ranked=True)
    plain = seconds_of([sys.executable, "-c", "pass"])
    for name, value, limit in (
        ("serve: /readyz answers", statistics.median([*ready, last]), READY_WITHIN),
        ("opportune --help", seconds_of([sys.executable, "-m", "operations", "--help"]), HELP_WITHIN),
    ):
        note = f"python -c pass takes {1000 * plain:.0f} ms"
        results.figures.append(Figure(BENCH, name, value, "s", "the limit", limit, at_most=1.0, note=note))
    note = f"{installation.calls:,} opportunities are read behind the first answers"
    results.figures.append(Figure(BENCH, "serve: all lists are ranked, at the first start", ranked, "s", note=note))
    note = f"their words were counted at an earlier start: {kept.stat().st_size / 2**20:.0f} MiB beside the database"
    results.figures.append(Figure(BENCH, "serve: all lists are ranked, at later starts", again, "s", note=note))
    heavy = imported_by_serving()
    results.figures.append(Figure(BENCH, "heavy modules that serving imports", len(heavy), "modules", at_most=0,
                                  note=", ".join(heavy)))  # fmt: skip
    return results


def _started(installation: Installation, *, until_ranked: bool = False) -> tuple[float, float]:
    """Seconds until `/readyz` answered, and until it said that model and index are there, if that is waited for."""
    begun = time.perf_counter()
    with opportune(installation) as served:
        if until_ranked:
            await_answer(served.port, "/readyz", good=is_ranked, process=served.process)
        taken = time.perf_counter() - begun
        os.kill(served.process, signal.SIGKILL)  # one that is asked to end lets what it loads come to its end first
        return served.seconds, taken


def seconds_of(command: Sequence[str]) -> float:
    """The middle of a few runs, by the clock; the first is not counted."""
    taken = []
    for _ in range(TRIES + 1):
        begun = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken[1:])


def imported_by_serving() -> list[str]:
    """Which of the heavy modules are loaded once the service is built."""
    code = f"import sys, api.app, operations.commands.serve; print(*(set({FORBIDDEN!r}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    return sorted(done.stdout.split())


def main() -> None:
    """Measure and tell."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--calls", type=int, default=100_000)
    options.add_argument("--installation", type=Path, help="folder to make it in, or where it was made")
    options.add_argument("--figures", type=Path, help="write what was found to this file")
    chosen = options.parse_args()
    with contextlib.ExitStack() as stack:
        folder = chosen.installation or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        measure(make(folder, chosen.calls, 200)).write(chosen.figures)


if __name__ == "__main__":
    main()
