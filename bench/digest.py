"""The nightly digest: the best calls for many mentees, beside the machine's own matrix product in one run.

    python bench/digest.py [--mentees 10000] [--calls 100000] [--json]

Each mentee has one goal. `of_gemm` is the rate at which nearness was worked out, selection and all, as a
share of the rate of plain float32 matrix products of the same blocks.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable

import numpy as np

from bench.search import DIMENSION, FILTERS, NOW, made_up
from catalog.columns import Float32
from catalog.words import CareerStage
from recommender.digest import NUMBERS_AT_ONCE, ROWS_AT_ONCE, Seeker, search_for_many
from recommender.people import MenteeFacts
from recommender.ranker import Wish
from recommender.snapshot_ranker import SnapshotRanker

DEPTH = 10
STAGES = list(CareerStage)


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
    ranker = SnapshotRanker(made_up(calls))
    goals = goals_of(mentees)
    many = [
        Seeker(MenteeFacts(stage=STAGES[at % len(STAGES)]), [Wish("goal", {}, goal[None])])
        for at, goal in enumerate(goals)
    ]
    rate = gemm_rate(ranker.snapshot.rows.exact, goals, calls)
    found: list[dict[str, object]] = []
    for name in ("100 %", "20 %"):
        work = lambda name=name: [*search_for_many(ranker, many, FILTERS[name], now=NOW, depth=DEPTH)]  # noqa: E731
        wall, cpu = seconds(work)
        passing = next(iter(search_for_many(ranker, many[:1], FILTERS[name], now=NOW, depth=DEPTH))).considered
        done = mentees * passing * DIMENSION / cpu
        found.append(
            {
                "mentees": mentees,
                "calls": calls,
                "filter": name,
                "wall_s": round(wall, 2),
                "cpu_s": round(cpu, 2),
                "gflops": round(2 * done / 1e9, 1),
                "gemm_gflops": round(2 * rate / 1e9, 1),
                "of_gemm": round(done / rate, 3),
            }
        )
    return found


def main() -> None:
    """Run and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--mentees", type=int, default=10_000)
    options.add_argument("--calls", type=int, default=100_000)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    rows = compare(chosen.mentees, chosen.calls)
    if chosen.json:
        sys.stdout.write(json.dumps(rows) + "\n")
        return
    sys.stdout.write("   ".join(f"{name:>11}" for name in rows[0]) + "\n")
    for row in rows:
        sys.stdout.write("   ".join(f"{value:>11}" for value in row.values()) + "\n")


if __name__ == "__main__":
    main()
