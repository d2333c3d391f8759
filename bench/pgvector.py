"""Our pgvector ranker beside our snapshot, on the same made-up calls and filters as `bench.search`.

    python -m bench.pgvector [--calls 100000] [--topics] [--json]

Milliseconds of CPU of one query, the server's too (median of twelve goals, nothing remembered), and recall@50
against the snapshot, which is exact. Vectors are random, the hardest there are for an index; with --topics they lie
about four hundred topics in sixty directions, as those of sentences do. Making the indexes takes most of the time.
"""

import argparse
import json
import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import psycopg
import sqlalchemy as sa

from bench.search import DEPTH, DIMENSION, FILTERS, NOW, made_up
from catalog.columns import Float32
from catalog.database import connect
from catalog.stores.neighbour_indexes import build_indexes
from catalog.stores.neighbours import Space
from recommender.pgvector_ranker import PgvectorRanker
from recommender.ranker import Scope, Wish
from recommender.rows import make_rows
from recommender.snapshot import Snapshot, without_vectors
from recommender.snapshot_ranker import SnapshotRanker
from tests.postgres import Databases, running_postgres

GOALS = 12
_SAME = {
    "edition": "", "title": "a call", "organisation": "", "url": "https://calls.example.org/", "summary": "",
    "description": "", "timing": "fixed", "deadlines": "[]", "requirements": "[]", "funding": "unknown", "money": "[]",
    "tags": "[]", "quotes": "{}", "flags": "[]", "outcome": "open", "predicted": False, "first_seen_at": NOW,
    "last_seen_at": NOW, "changed_at": NOW, "text_hash": "", "rev": 1,
}  # fmt: skip


def vectors(count: int, seed: int, *, topics: bool) -> Float32:
    """Unit vectors, shape (count, DIMENSION)."""
    chance = np.random.default_rng(seed)
    found = chance.normal(size=(count, DIMENSION))
    if topics:
        fixed = np.random.default_rng(1)
        directions, centres = fixed.normal(size=(60, DIMENSION)), fixed.normal(size=(400, 60))
        placed = centres[chance.integers(0, 400, count)] + 0.7 * chance.normal(size=(count, 60))
        found = placed @ directions + 2.0 * found
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


def fill(url: str, snapshot: Snapshot) -> None:
    """Put the snapshot's calls and vectors into an upgraded database."""
    held = snapshot.rows.exact
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection, connection.cursor() as cursor:
        names = ", ".join(("id", "kind", "places", "closes_at", *_SAME))
        with cursor.copy(f"COPY opportunity ({names}) FROM STDIN") as copy:  # type: ignore[arg-type]
            for call in snapshot.calls:
                places = json.dumps([{"country": code} for code in call.countries])
                copy.write_row((call.id, str(call.kind), places, call.closes_at, *_SAME.values()))
        with cursor.copy("COPY passage (id, opportunity_id, position, text, text_hash) FROM STDIN") as copy:
            for call in snapshot.calls:
                copy.write_row((call.id, call.id, 0, "x", "h"))
        columns = "passage_id, model, kind, dimension, text_hash, vector, rev"
        with cursor.copy(f"COPY passagevector ({columns}) FROM STDIN") as copy:  # type: ignore[arg-type]
            for call, vector in zip(snapshot.calls, held, strict=True):
                written = "[" + ",".join(map(repr, vector.tolist())) + "]"
                copy.write_row((call.id, snapshot.model, str(call.kind), DIMENSION, "h", written, 1))
        cursor.execute("ANALYZE")


def compare(count: int, *, topics: bool) -> dict[str, object]:
    """`rows`: one for each filter; `build_s`: making the indexes."""
    snapshot = made_up(count)
    snapshot = replace(snapshot, rows=make_rows([vectors(count, 7, topics=topics)]))
    with running_postgres() as server, Databases(server).upgraded() as url:
        fill(url, snapshot)
        engine, begun = connect(url), time.perf_counter()
        build_indexes(engine, Space(snapshot.model, DIMENSION))
        built = round(time.perf_counter() - begun, 1)
        ranker = PgvectorRanker(without_vectors(snapshot, snapshot.place.keys(), DIMENSION), engine)
        held = SnapshotRanker(snapshot)
        goals = vectors(GOALS, 8, topics=topics)
        with engine.connect() as connection:
            server_process = int(
                connection.execute(sa.text("SELECT pg_backend_pid()")).scalar_one()
            )  # the pool's only one
        rows = [
            _row(name, Scope(NOW, filters), ranker, held, goals, server_process) for name, filters in FILTERS.items()
        ]
        engine.dispose()
    return {"calls": count, "rows": rows, "build_s": built}


def _cpu(process: int) -> float:
    """Seconds of this process and of the server's (its run time in nanoseconds)."""
    return time.process_time() + int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9


def _row(
    name: str, scope: Scope, ranker: PgvectorRanker, held: SnapshotRanker, goals: Float32, process: int
) -> dict[str, object]:
    taken: dict[str, list[float]] = {"snapshot": [], "pgvector": []}
    shared = []
    ranker.search([Wish("warm", {}, goals[:1])], scope, DEPTH)
    for goal in goals:
        wish, answers = Wish("g", {}, goal[None]), []
        for which, one in (("snapshot", held), ("pgvector", ranker)):
            ranker.forget()
            begun = _cpu(process)
            answers.append(one.search([wish], scope, DEPTH))
            taken[which].append(1_000 * (_cpu(process) - begun))
        right, found = ({hit.opportunity_id for hit in answer.hits["g"]} for answer in answers)
        shared.append(len(right & found) / len(right))
    milliseconds = {f"{which}_ms": round(statistics.median(each), 1) for which, each in taken.items()}
    return {"filter": name, **milliseconds, "recall": round(float(np.mean(shared)), 4)}


def main() -> None:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=100_000)
    parser.add_argument("--topics", action="store_true")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    found = compare(given.calls, topics=given.topics)
    if given.json:
        sys.stdout.write(json.dumps(found) + "\n")
        return
    sys.stdout.write(f"{found['calls']:,} calls; the indexes took {found['build_s']} s\n")
    sys.stdout.write(f"{'filter':>8} {'snapshot ms':>12} {'pgvector ms':>12} {'recall@50':>10}\n")
    for row in found["rows"]:  # type: ignore[attr-defined]
        sys.stdout.write(f"{row['filter']:>8} {row['snapshot_ms']:>12} {row['pgvector_ms']:>12} {row['recall']:>10}\n")


if __name__ == "__main__":
    main()
