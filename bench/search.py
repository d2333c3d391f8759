"""Exact search over the snapshot beside NumPy and other engines, on the same made-up vectors and filters in one run.

    python -m bench.search [--calls 100000] [--without-peers] [--json]

Milliseconds of CPU for one query (median; of servers too), and recall@50 against brute force. Read the ratios:
the machine's own speed is in all columns. `ours_ms` asks what the peers are asked; `for_her_ms` leaves out what a
resident from Kenya may not apply for too (two calls in three ask for something, `bench.seekers`). Holding every rule
against a person is done once for her and a snapshot: `a new person`. The peers and what installs them: `bench.peers`.
Last, what our vectors take: bytes a dimension a vector, held in memory, and with the exact rows mapped from a file.
"""

import argparse
import contextlib
import datetime as dt
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from bench.peers import PEERS, Asked, Columns, Peer, open_peers
from bench.seekers import SEEKER, chosen_sets, made_up_people, requirement_sets
from bench.summaries import of_search
from catalog.columns import Float32
from catalog.drafts import Deadline, Requirement
from catalog.standing import Timetable
from catalog.words import Funding, Kind, Precision, Timing, Verdict
from recommender.eligibility import quick_verdict
from recommender.filters import Filters
from recommender.lexical import Vocabulary, count_terms
from recommender.ranker import Scope, Wish
from recommender.rows import make_rows
from recommender.snapshot import Call, Snapshot, build_snapshot
from recommender.snapshot_ranker import SnapshotRanker

NOW = dt.datetime(2027, 3, 1, tzinfo=dt.UTC)
DIMENSION, DEPTH, REPEATS = 384, 50, 9
KENYA = "KE"
FILTERS = {
    "100 %": Filters(),
    "20 %": Filters(kinds=frozenset({Kind.FELLOWSHIP}), closes_until=dt.date(2027, 11, 16)),
    "2 %": Filters(
        kinds=frozenset({Kind.FELLOWSHIP}), countries=frozenset({KENYA}), closes_until=dt.date(2027, 11, 16)
    ),
}
"""By the share of made-up calls that they let through: a quarter are of a kind, a tenth in a country."""


def made_up(count: int) -> Snapshot:
    """`count` open calls of every kind, closing within a year, each with one random unit vector."""
    chooser = np.random.default_rng(7)
    vocabulary = Vocabulary()
    rows = chooser.normal(size=(count, DIMENSION)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    words = count_terms(vocabulary, "a call", "", (), "")
    sets, chosen = requirement_sets(), chosen_sets(count)
    calls = [_call(number, words, chooser.integers(0, 10), sets[chosen[number]]) for number in range(count)]
    return build_snapshot(1, "made up", calls, {call.id: rows[[n]] for n, call in enumerate(calls)}, vocabulary)


def _call(number: int, words: object, country: int, requirements: tuple[Requirement, ...]) -> Call:
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
        countries=frozenset({KENYA if country == 0 else "UG"}),
        remote=None,
        funding=Funding.UNKNOWN,
        requirements=requirements,
        timetable=Timetable(kind, Timing.FIXED, (deadline,)),
        closes_at=at,
        words=words,  # type: ignore[arg-type]
    )


def median_cpu(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """The median CPU time of `work`, in milliseconds; fewer repeats where it takes long."""
    begun = clock()
    work()
    first = clock() - begun
    taken = []
    for _ in range(REPEATS if first < 0.1 else 3):
        begun = clock()
        work()
        taken.append((clock() - begun) * 1_000)
    return statistics.median(taken)


def plain(snapshot: Snapshot, mask: np.ndarray, goal: Float32) -> list[str]:
    """The whole matrix, then the mask, then the best: what one writes first."""
    scores = np.where(mask, snapshot.rows.exact @ goal, -np.inf)
    best = np.argpartition(-scores, min(DEPTH, len(scores) - 1))[:DEPTH]
    return [snapshot.calls[at].id for at in best[np.argsort(-scores[best])] if np.isfinite(scores[at])]


def compare(count: int, *, with_peers: bool = True) -> dict[str, object]:
    """`rows`: one for each filter, number of goals; then `build_s`, `peers_missing`, `bytes_per_dimension`."""
    snapshot = made_up(count)
    begun = time.process_time()
    make_rows([snapshot.rows.exact])
    build = {"ours": round(time.process_time() - begun, 2)}
    ranker = SnapshotRanker(snapshot)
    goals = np.random.default_rng(8).normal(size=(4, 1, DIMENSION)).astype(np.float32)
    goals /= np.linalg.norm(goals, axis=2, keepdims=True)
    rows = [
        _row(ranker, name, Scope(NOW, filters), goals[:number])
        for name, filters in FILTERS.items()
        for number in (1, len(goals))
    ]
    missing: dict[str, str] = {}
    if with_peers:
        columns = _columns(snapshot)
        with contextlib.ExitStack() as stack:
            for name, peer, seconds in open_peers(columns, stack):
                if isinstance(peer, str):
                    missing[name] = peer
                    continue
                build[name] = round(seconds, 2)
                for row in rows:
                    row |= _peer_cells(
                        snapshot, columns, name, peer, str(row["filter"]), goals[: int(str(row["goals"]))]
                    )
    return {
        "rows": rows,
        "build_s": build,
        "peers_missing": missing,
        "bytes_per_dimension": _bytes(snapshot),
        "a_new_person": _a_new_person(snapshot),
    }


def _a_new_person(snapshot: Snapshot) -> dict[str, float]:
    """How many different rules there are, and the milliseconds of holding all of them against one more person."""
    ranker, people = SnapshotRanker(snapshot), iter(made_up_people(REPEATS + 1))
    narrow = FILTERS["2 %"]
    ranker.scoping.calls_in(Scope(NOW, narrow, SEEKER))  # the standings of all calls are worked out
    taken = median_cpu(lambda: ranker.scoping.calls_in(Scope(NOW, narrow, next(people))))
    return {"rules": len(snapshot.rules), "ms": round(taken, 3)}


def _columns(snapshot: Snapshot) -> Columns:
    calls = snapshot.calls
    return Columns(
        snapshot.rows.exact,
        np.array([list(Kind).index(call.kind) for call in calls], dtype=np.int32),
        np.array([_day(call.closes_at) for call in calls], dtype=np.int32),
        np.array([int(KENYA in call.countries) for call in calls], dtype=np.int32),
    )


def _day(at: dt.datetime | None) -> int:
    assert at is not None
    return at.date().toordinal()


def _asked(filters: Filters) -> Asked:
    kinds = [list(Kind).index(kind) for kind in filters.kinds]
    day = None if filters.closes_until is None else filters.closes_until.toordinal()
    return Asked(kinds[0] if kinds else None, day, 1 if filters.countries else None)


def _peer_cells(
    snapshot: Snapshot, columns: Columns, name: str, peer: Peer, filtered: str, goals: Float32
) -> dict[str, object]:
    """What one engine adds to a row: milliseconds for all goals, one after another, and recall."""
    asked = _asked(FILTERS[filtered])
    mask = asked.mask(columns)
    answers = [peer.nearest(goal[0], asked, DEPTH) for goal in goals]
    shared = []
    for goal, answer in zip(goals, answers, strict=True):
        right = set(plain(snapshot, mask, goal[0]))
        shared.append(len({snapshot.calls[at].id for at in answer} & right) / max(1, len(right)))
    taken = median_cpu(lambda: [peer.nearest(goal[0], asked, DEPTH) for goal in goals], peer.cpu)
    return {f"{name} ms": round(taken, 3), f"{name} recall": round(float(np.mean(shared)), 4)}


def _bytes(snapshot: Snapshot) -> dict[str, float]:
    """Bytes a dimension a vector of ours, held and with the exact rows mapped."""
    numbers = snapshot.rows.exact.size
    with tempfile.TemporaryDirectory() as folder:
        mapped = make_rows([snapshot.rows.exact], Path(folder))
    return {"held": round(snapshot.rows.bytes_held / numbers, 3), "mapped": round(mapped.bytes_held / numbers, 3)}


def _row(ranker: SnapshotRanker, name: str, scope: Scope, goals: Float32) -> dict[str, object]:
    snapshot = ranker.snapshot
    wishes = [Wish(str(at), {}, goal) for at, goal in enumerate(goals)]
    for_her = replace(scope, person=SEEKER)
    mask, recall = _mask_and_recall(ranker, scope, wishes, goals)
    open_to_her, her_recall = _mask_and_recall(ranker, for_her, wishes, goals)
    return {
        "calls": len(snapshot),
        "filter": name,
        "goals": len(goals),
        "passing": int(mask.sum()),
        "ours_ms": round(median_cpu(lambda: ranker.search(wishes, scope, DEPTH)), 3),
        "numpy_ms": round(median_cpu(lambda: [plain(snapshot, mask, goal[0]) for goal in goals]), 3),
        "recall@50": recall,
        "for_her": int(open_to_her.sum()),
        "for_her_ms": round(median_cpu(lambda: ranker.search(wishes, for_her, DEPTH)), 3),
        "her_recall@50": her_recall,
    }


def _mask_and_recall(
    ranker: SnapshotRanker, scope: Scope, wishes: list[Wish], goals: Float32
) -> tuple[np.ndarray, float]:
    """Which calls are in scope, by each call's own requirements, and our recall among them against brute force."""
    snapshot = ranker.snapshot
    mask = np.zeros(len(snapshot), dtype=bool)
    mask[ranker.scoping.calls_in(replace(scope, person=None))[0]] = True
    if scope.person is not None:
        against = {call.requirements for call in snapshot.calls}
        ruled_out = {one for one in against if quick_verdict(one, scope.person) is Verdict.INELIGIBLE}
        mask &= np.array([call.requirements not in ruled_out for call in snapshot.calls])
    answer = ranker.search(wishes, scope, DEPTH)
    shared = []
    for wish, goal in zip(wishes, goals, strict=True):
        right = set(plain(snapshot, mask, goal[0]))
        shared.append(len({hit.opportunity_id for hit in answer.hits[wish.id]} & right) / max(1, len(right)))
    return mask, round(float(np.mean(shared)), 4)


def main() -> None:
    """Run and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--calls", type=int, default=100_000)
    options.add_argument("--without-peers", action="store_true", help="only ours and NumPy")
    options.add_argument("--peers", default="", help="these alone, with commas between")
    options.add_argument("--json", action="store_true")
    options.add_argument("--figures", type=Path, help="write what was found to this file")
    chosen = options.parse_args()
    for name in PEERS.keys() - set(chosen.peers.split(",")) if chosen.peers else ():
        del PEERS[name]
    found = compare(chosen.calls, with_peers=not chosen.without_peers)
    if chosen.figures:
        of_search(found).write(chosen.figures)
    elif chosen.json:
        sys.stdout.write(json.dumps(found) + "\n")
    else:
        _print(found)


def _print(found: dict[str, Any]) -> None:
    """One column for each filter and number of goals, since there are more engines than those."""
    rows = found["rows"]
    for name in rows[0]:
        print(f"{name:>18}" + "".join(f"{row[name]:>11}" for row in rows))
    print("build, seconds:", ", ".join(f"{name} {seconds}" for name, seconds in found["build_s"].items()))
    print(
        "bytes a dimension a vector:", ", ".join(f"{how} {size}" for how, size in found["bytes_per_dimension"].items())
    )
    print(f"a new person: {found['a_new_person']['rules']} rules, {found['a_new_person']['ms']} ms")
    for name, reason in found["peers_missing"].items():
        print(f"{name}: {reason}")


if __name__ == "__main__":
    main()
