"""The nightly digest: the best calls for many mentees, beside the machine's own matrix product in one run.

    python bench/digest.py [--mentees 10000] [--calls 100000] [--json]

Each mentee has one goal, a stage, a citizenship, a residence and a degree, and two calls in three ask for some of that
(`bench.seekers`): whom each call's rules are against is part of the time. `of_gemm` is the rate at which nearness was
worked out, eligibility, selection and all, as a share of the rate of plain float32 matrix products of the same blocks.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from bench.search import DIMENSION, FILTERS, NOW, made_up
from bench.seekers import made_up_people
from bench.summaries import of_digest
from catalog.columns import Float32
from recommender.digest import NUMBERS_AT_ONCE, ROWS_AT_ONCE, Seeker, search_for_many
from recommender.filters import Filters
from recommender.ranker import Wish
from recommender.snapshot import Snapshot
from recommender.snapshot_ranker import SnapshotRanker

DEPTH = 10


def goals_of(count: int) -> Float32:
    """Random unit vectors, one for each mentee."""
    rows = np.random.default_rng(11).normal(size=(count, DIMENSION)).astype(np.float32)
    found: Float32 = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return found


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """Wall and CPU seconds of `work`."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def gemm_rate(rows: Float32, goals: Float32, calls: int) -> float:
    """Multiply-adds a CPU second of plain products of the digest's blocks, on these vectors."""
    several = goals[: max(1, NUMBERS_AT_ONCE // calls)]
    blocks = [rows[low : low + ROWS_AT_ONCE] for low in range(0, len(rows), ROWS_AT_ONCE)]
    _, cpu = seconds(lambda: [several @ block.T for _ in range(3) for block in blocks])
    return 3 * len(several) * len(rows) * DIMENSION / cpu


def compare(mentees: int, calls: int) -> list[dict[str, object]]:
    """One row for each filter."""
    snapshot, goals = made_up(calls), goals_of(mentees)
    many = [
        Seeker(person, [Wish("goal", {}, goal[None])])
        for person, goal in zip(made_up_people(mentees), goals, strict=True)
    ]
    rate = gemm_rate(snapshot.rows.exact, goals, calls)
    return [
        {"mentees": mentees, "calls": calls, "filter": name, **measured(snapshot, many, FILTERS[name], rate)}
        for name in ("100 %", "20 %")
    ]


def measured(snapshot: Snapshot, many: Sequence[Seeker], narrowed: Filters, rate: float) -> dict[str, object]:
    """How long one digest of them all takes, and its multiply-adds beside the `rate` of plain products."""
    ranker = SnapshotRanker(snapshot)  # knows nobody yet, but how every call stands, as all day
    ranker.statuses(NOW)
    wall, cpu = seconds(lambda: [*search_for_many(ranker, many, narrowed, now=NOW, depth=DEPTH)])
    one = next(iter(search_for_many(ranker, many[:1], narrowed, now=NOW, depth=DEPTH)))
    passing = one.considered + one.hidden_ineligible  # all are multiplied, for there is always one who may
    done = len(many) * passing * DIMENSION / cpu
    return {
        "wall_s": round(wall, 2),
        "cpu_s": round(cpu, 2),
        "gflops": round(2 * done / 1e9, 1),
        "gemm_gflops": round(2 * rate / 1e9, 1),
        "of_gemm": round(done / rate, 3),
    }


def main() -> None:
    """Run and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--mentees", type=int, default=10_000)
    options.add_argument("--calls", type=int, default=100_000)
    options.add_argument("--json", action="store_true")
    options.add_argument("--figures", type=Path, help="write what was found to this file")
    chosen = options.parse_args()
    rows = compare(chosen.mentees, chosen.calls)
    if chosen.figures:
        return of_digest(rows).write(chosen.figures)
    if chosen.json:
        sys.stdout.write(json.dumps(rows) + "\n")
        return None
    sys.stdout.write("   ".join(f"{name:>11}" for name in rows[0]) + "\n")
    for row in rows:
        sys.stdout.write("   ".join(f"{value:>11}" for value in row.values()) + "\n")
    return None


if __name__ == "__main__":
    main()
