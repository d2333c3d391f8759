"""How time and memory grow: with the open opportunities from a thousand to a million, with the mentees to 100,000.

    python -m bench.scale [--calls 1000,10000,100000,1000000] [--mentees 1,100,10000,100000] [--figures FILE]

Each size in a process of its own, so that its memory is its own; CPU seconds. A search asks for four goals with the
filter of a fifth. The digest is for so many mentees over 10,000 opportunities; the exponent of time is fitted from
100 mentees on, since what is done once for all weighs most below.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bench.digest import DEPTH, goals_of
from bench.figures import Line, Results
from bench.search import DIMENSION, FILTERS, NOW, made_up, median_cpu
from bench.seekers import made_up_people
from recommender.digest import Seeker, search_for_many
from recommender.ranker import Scope, Wish
from recommender.rows import make_rows
from recommender.snapshot_ranker import SnapshotRanker

CALLS = (1_000, 10_000, 100_000, 1_000_000)
MENTEES = (1, 10, 100, 1_000, 10_000, 100_000)
OPEN = 10_000
BENCH = "scale"


def of_calls(count: int) -> dict[str, float]:
    """Milliseconds of a search, seconds to put vectors in order, MB at most."""
    snapshot = made_up(count)
    begun = time.process_time()
    make_rows([snapshot.rows.exact])
    ordered = time.process_time() - begun
    goals = np.random.default_rng(8).normal(size=(4, 1, DIMENSION)).astype(np.float32)
    goals /= np.linalg.norm(goals, axis=2, keepdims=True)
    ranker, wishes = SnapshotRanker(snapshot), [Wish(str(at), {}, goal) for at, goal in enumerate(goals)]
    taken = median_cpu(lambda: ranker.search(wishes, Scope(NOW, FILTERS["20 %"]), 50))
    return {"search": taken, "order": ordered, "memory": _peak()}


def of_mentees(count: int) -> dict[str, float]:
    """CPU seconds of the search of a digest, MB at most."""
    ranker = SnapshotRanker(made_up(OPEN))
    ranker.statuses(NOW)
    goals, people = goals_of(count), made_up_people(min(count, 1_000))
    many = [Seeker(people[at % len(people)], [Wish("goal", {}, goal[None])]) for at, goal in enumerate(goals)]
    begun = time.process_time()
    for _ in search_for_many(ranker, many, FILTERS["20 %"], now=NOW, depth=DEPTH):
        pass
    return {"digest": time.process_time() - begun, "memory": _peak()}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(calls: Sequence[int], mentees: Sequence[int]) -> Results:
    """All lines."""
    by_calls = {count: _apart("calls", count) for count in calls}
    by_mentees = {count: _apart("mentees", count) for count in mentees}
    results = Results()
    for name, unit, found, x, start in (
        ("search", "ms of CPU", by_calls, "opportunities", 1e4),
        ("order", "s of CPU", by_calls, "opportunities", 1e4),
        ("memory", "MB", by_calls, "opportunities", 1e5),
        ("digest", "s of CPU", by_mentees, "mentees", 1e2),
        ("memory", "MB", by_mentees, "mentees", 1e4),
    ):
        points = tuple((float(count), one[name]) for count, one in found.items())
        results.lines.append(Line(BENCH, f"{name}, by {x}", x, name, unit, points, start))
    return results


def _apart(what: str, count: int) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.scale", "--one", what, str(count)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    """Measure and tell."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--calls", default=",".join(map(str, CALLS)))
    options.add_argument("--mentees", default=",".join(map(str, MENTEES)))
    options.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    options.add_argument("--figures", type=Path, help="write what was found to this file")
    chosen = options.parse_args()
    if chosen.one:
        what, count = chosen.one
        return print(json.dumps((of_calls if what == "calls" else of_mentees)(int(count))))
    sizes = ([int(one) for one in said.split(",")] for said in (chosen.calls, chosen.mentees))
    results = measure(*sizes)
    for line in results.lines:
        print(line.as_json())
    return results.write(chosen.figures)


if __name__ == "__main__":
    main()
