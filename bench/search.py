"""Exact search over the snapshot beside plain NumPy, on the same made-up vectors and filters in one run.

    python bench/search.py [--calls 100000] [--json]

Milliseconds of CPU for one query (median), and recall@50 against brute force. Read the ratios: the
machine's own speed is in both columns. Other peers join here as they are installed.
"""

import argparse
import datetime as dt
import json
import statistics
import sys
import time
from collections.abc import Callable

import numpy as np

from catalog.columns import Float32
from catalog.drafts import Deadline
from catalog.standing import Timetable
from catalog.words import Funding, Kind, Precision, Timing
from recommender.filters import Filters
from recommender.lexical import Vocabulary, count_terms
from recommender.ranker import Scope, Wish
from recommender.snapshot import Call, Snapshot, build_snapshot
from recommender.snapshot_ranker import SnapshotRanker

NOW = dt.datetime(2027, 3, 1, tzinfo=dt.UTC)
DIMENSION, DEPTH, REPEATS = 384, 50, 9
FILTERS = {
    "100 %": Filters(),
    "20 %": Filters(kinds=frozenset({Kind.FELLOWSHIP}), closes_until=dt.date(2027, 11, 16)),
    "2 %": Filters(kinds=frozenset({Kind.FELLOWSHIP}), countries=frozenset({"KE"}), closes_until=dt.date(2027, 11, 16)),
}
"""By the share of made-up calls that they let through: a quarter are of a kind, a tenth in a country."""


def made_up(count: int) -> Snapshot:
    """`count` open calls of every kind, closing within a year, each with one random unit vector."""
    chooser = np.random.default_rng(7)
    vocabulary = Vocabulary()
    rows = chooser.normal(size=(count, DIMENSION)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    words = count_terms(vocabulary, "a call", "", (), "")
    calls = [_call(number, words, chooser.integers(0, 10)) for number in range(count)]
    return build_snapshot(1, "made up", calls, {call.id: rows[[n]] for n, call in enumerate(calls)}, vocabulary)


def _call(number: int, words: object, country: int) -> Call:
    kind = list(Kind)[number % 4]
    at = NOW + dt.timedelta(days=1 + number // 4 % 325)
    deadline = Deadline(precision=Precision.INSTANT, at=at, on=at.date(), zone="UTC", quote="closes")
    return Call(
        id=f"opp_{number:07}",
        rev=1,
        kind=kind,
        title="a call",
        organisation="",
        series_id=None,
        countries=frozenset({"KE" if country == 0 else "UG"}),
        remote=None,
        funding=Funding.UNKNOWN,
        requirements=(),
        timetable=Timetable(kind, Timing.FIXED, (deadline,)),
        closes_at=at,
        words=words,  # type: ignore[arg-type]
    )


def median_cpu(work: Callable[[], object]) -> float:
    """The median CPU time of `work`, in milliseconds."""
    work()
    taken = []
    for _ in range(REPEATS):
        begun = time.process_time()
        work()
        taken.append((time.process_time() - begun) * 1_000)
    return statistics.median(taken)


def plain(snapshot: Snapshot, mask: np.ndarray, goal: Float32) -> list[str]:
    """The whole matrix, then the mask, then the best: what one writes first."""
    scores = np.where(mask, snapshot.rows.exact @ goal, -np.inf)
    best = np.argpartition(-scores, min(DEPTH, len(scores) - 1))[:DEPTH]
    return [snapshot.calls[at].id for at in best[np.argsort(-scores[best])] if np.isfinite(scores[at])]


def compare(count: int) -> list[dict[str, object]]:
    """One row for each filter and number of goals."""
    snapshot = made_up(count)
    ranker = SnapshotRanker(snapshot)
    goals = np.random.default_rng(8).normal(size=(4, 1, DIMENSION)).astype(np.float32)
    goals /= np.linalg.norm(goals, axis=2, keepdims=True)
    return [
        _row(ranker, name, Scope(NOW, filters), goals[:number])
        for name, filters in FILTERS.items()
        for number in (1, len(goals))
    ]


def _row(ranker: SnapshotRanker, name: str, scope: Scope, goals: Float32) -> dict[str, object]:
    snapshot = ranker.snapshot
    mask = np.zeros(len(snapshot), dtype=bool)
    mask[ranker.scoping.calls_in(scope)[0]] = True
    wishes = [Wish(str(at), {}, goal) for at, goal in enumerate(goals)]
    answer = ranker.search(wishes, scope, DEPTH)
    truth = [plain(snapshot, mask, goal[0]) for goal in goals]
    shared = [
        len({hit.opportunity_id for hit in answer.hits[wish.id]} & set(right)) / max(1, len(right))
        for wish, right in zip(wishes, truth, strict=True)
    ]
    return {
        "calls": len(snapshot),
        "filter": name,
        "goals": len(goals),
        "passing": int(mask.sum()),
        "ours_ms": round(median_cpu(lambda: ranker.search(wishes, scope, DEPTH)), 3),
        "numpy_ms": round(median_cpu(lambda: [plain(snapshot, mask, goal[0]) for goal in goals]), 3),
        "recall@50": round(float(np.mean(shared)), 4),
    }


def main() -> None:
    """Run and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--calls", type=int, default=100_000)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    rows = compare(chosen.calls)
    if chosen.json:
        sys.stdout.write(json.dumps(rows) + "\n")
        return
    print("   ".join(f"{name:>10}" for name in rows[0]))
    for row in rows:
        print("   ".join(f"{value:>10}" for value in row.values()))


if __name__ == "__main__":
    main()
