"""Other engines on the same vectors and filters as ours: faiss, sqlite-vec, chromadb, PostgreSQL with pgvector.

Each has one thread, is filled once and asked for one goal's nearest calls at a time, in the way its own
documentation gives for filters. They come from the extra `bench` (pgvector: `test`). One that cannot be
opened is named with the reason, never left out in silence.
"""

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from catalog.columns import Float32

AT_ONCE = 5_000
FILLING_TAKES_AT_MOST = 200  # seconds; a peer that needs longer is named with how far it got
NEIGHBOURS, LOOKED_AT = 32, 200  # of HNSW: links a node, candidates a search


@dataclass(frozen=True, slots=True)
class Columns:
    """What is searched: unit vectors, shape (calls, dimension), and what each call can be filtered by."""

    vectors: Float32
    kinds: np.ndarray
    days: np.ndarray
    countries: np.ndarray


@dataclass(frozen=True, slots=True)
class Asked:
    """A filter: None lets everything through. day: the last on which a call may close."""

    kind: int | None = None
    day: int | None = None
    country: int | None = None

    def mask(self, columns: Columns) -> np.ndarray:
        """Which calls pass."""
        passing = np.ones(len(columns.vectors), dtype=bool)
        for wanted, found in ((self.kind, columns.kinds), (self.country, columns.countries)):
            if wanted is not None:
                passing &= found == wanted
        return passing if self.day is None else passing & (columns.days <= self.day)

    def named(self) -> Iterator[tuple[str, str, int]]:
        """Column, comparison and value of each part."""
        for name, sign, value in (("kind", "=", self.kind), ("day", "<=", self.day), ("country", "=", self.country)):
            if value is not None:
                yield name, sign, value


class Peer(Protocol):
    """One engine, filled."""

    def nearest(self, goal: Float32, asked: Asked, depth: int) -> list[int]:
        """The numbers of the nearest calls that pass, best first."""

    def cpu(self) -> float:
        """Seconds of CPU so far of all that works for it."""


class Faiss:
    """faiss, all compared (`flat`) or by a graph of neighbours (`hnsw`); filters as a bitmap made for each query."""

    def __init__(self, columns: Columns, how: str) -> None:
        import faiss

        faiss.omp_set_num_threads(1)
        self._faiss: Any = faiss
        self._columns, self._how = columns, how
        size, inner = columns.vectors.shape[1], faiss.METRIC_INNER_PRODUCT
        self._index = faiss.IndexFlatIP(size) if how == "flat" else faiss.IndexHNSWFlat(size, NEIGHBOURS, inner)
        self._index.add(columns.vectors)

    def nearest(self, goal: Float32, asked: Asked, depth: int) -> list[int]:
        """Through `SearchParameters(sel=…)`."""
        given: dict[str, Any] = {}
        if any(asked.named()):
            given["sel"] = self._faiss.IDSelectorBitmap(np.packbits(asked.mask(self._columns), bitorder="little"))
        if self._how == "flat":
            parameters = self._faiss.SearchParameters(**given)
        else:
            parameters = self._faiss.SearchParametersHNSW(efSearch=LOOKED_AT, **given)
        _, found = self._index.search(goal[None], depth, params=parameters)
        return [int(number) for number in found[0] if number >= 0]

    cpu = staticmethod(time.process_time)


class SqliteVec:
    """sqlite-vec in memory, with metadata columns."""

    def __init__(self, columns: Columns) -> None:
        import apsw  # many builds of Python have a sqlite3 that loads no extensions
        import sqlite_vec

        self._connection: Any = apsw.Connection(":memory:")
        self._connection.enable_load_extension(True)
        self._connection.load_extension(sqlite_vec.loadable_path())
        size = columns.vectors.shape[1]
        self._connection.execute(
            "CREATE VIRTUAL TABLE calls USING vec0(number INTEGER PRIMARY KEY, kind INTEGER, day INTEGER,"
            f" country INTEGER, vector FLOAT[{size}] DISTANCE_METRIC=cosine)"
        )
        rows = zip(*map(np.ndarray.tolist, (columns.kinds, columns.days, columns.countries)), strict=True)
        filled = (
            (at, *row, vector.tobytes()) for at, (row, vector) in enumerate(zip(rows, columns.vectors, strict=True))
        )
        with self._connection:
            self._connection.executemany("INSERT INTO calls VALUES (?, ?, ?, ?, ?)", filled)

    def nearest(self, goal: Float32, asked: Asked, depth: int) -> list[int]:
        """Through `MATCH` with conditions beside it."""
        parts = list(asked.named())
        conditions = "".join(f" AND {name} {sign} ?" for name, sign, _ in parts)
        query = f"SELECT number FROM calls WHERE vector MATCH ? AND k = ?{conditions} ORDER BY distance"
        given = (goal.tobytes(), depth, *(value for _, _, value in parts))
        return [row[0] for row in self._connection.execute(query, given)]

    cpu = staticmethod(time.process_time)


class Chroma:
    """chromadb in memory, with metadata."""

    def __init__(self, columns: Columns) -> None:
        import chromadb

        client = chromadb.EphemeralClient(chromadb.Settings(anonymized_telemetry=False))
        self._calls: Any = client.create_collection("calls", configuration={"hnsw": {"space": "ip", "num_threads": 1}})
        begun = time.monotonic()
        for low in range(0, len(columns.vectors), AT_ONCE):
            if time.monotonic() - begun > FILLING_TAKES_AT_MOST:
                raise TimeoutError(f"{low:,} calls took {FILLING_TAKES_AT_MOST} s to fill in")
            part = range(low, min(low + AT_ONCE, len(columns.vectors)))
            self._calls.add(
                ids=[str(at) for at in part],
                embeddings=columns.vectors[part.start : part.stop],
                metadatas=[
                    {
                        "kind": int(columns.kinds[at]),
                        "day": int(columns.days[at]),
                        "country": int(columns.countries[at]),
                    }
                    for at in part
                ],
            )

    def nearest(self, goal: Float32, asked: Asked, depth: int) -> list[int]:
        """Through `where`."""
        signs = {"=": "$eq", "<=": "$lte"}
        parts: list[dict[str, Any]] = [{name: {signs[sign]: value}} for name, sign, value in asked.named()]
        where = None if not parts else parts[0] if len(parts) == 1 else {"$and": parts}
        found = self._calls.query(query_embeddings=[goal], n_results=depth, where=where, include=[])
        return [int(name) for name in found["ids"][0]]

    cpu = staticmethod(time.process_time)


class Pgvector:
    """PostgreSQL with pgvector, exact; the server's CPU counts too."""

    def __init__(self, columns: Columns, stack: contextlib.ExitStack) -> None:
        import psycopg
        from pgvector.psycopg import register_vector

        url = stack.enter_context(_postgres()).replace("+psycopg", "")
        self._connection = stack.enter_context(psycopg.connect(url, autocommit=True))
        self._connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
        self._connection.execute("SET max_parallel_workers_per_gather = 0")
        register_vector(self._connection)
        size = columns.vectors.shape[1]
        self._connection.execute(f"CREATE TABLE calls (number int, kind int, day int, country int, v vector({size}))")
        with self._connection.cursor() as cursor, cursor.copy("COPY calls FROM STDIN WITH (FORMAT BINARY)") as copy:
            copy.set_types(["int4", "int4", "int4", "int4", "vector"])
            for at, vector in enumerate(columns.vectors):
                copy.write_row((at, int(columns.kinds[at]), int(columns.days[at]), int(columns.countries[at]), vector))
        self._connection.execute("CREATE INDEX ON calls (kind, day)")
        self._connection.execute("ANALYZE calls")
        self._server = self._connection.info.backend_pid

    def nearest(self, goal: Float32, asked: Asked, depth: int) -> list[int]:
        """Through `WHERE` and an order that no index serves."""
        parts = list(asked.named())
        where = " AND ".join(f"{name} {sign} %s" for name, sign, _ in parts) or "true"
        query = f"SELECT number FROM calls WHERE {where} ORDER BY (v <#> %s) + 0 LIMIT {depth}"
        return [row[0] for row in self._connection.execute(query, (*(value for *_, value in parts), goal))]

    def cpu(self) -> float:
        """Of this process and of the server's that serves it (its run time in nanoseconds)."""
        served = Path(f"/proc/{self._server}/schedstat").read_text().split()[0]
        return time.process_time() + int(served) / 1e9


PEERS: dict[str, Callable[[Columns, contextlib.ExitStack], Peer]] = {
    "faiss flat": lambda columns, _: Faiss(columns, "flat"),
    "faiss HNSW": lambda columns, _: Faiss(columns, "hnsw"),
    "sqlite-vec": lambda columns, _: SqliteVec(columns),
    "chromadb": lambda columns, _: Chroma(columns),
    "pgvector": lambda columns, stack: Pgvector(columns, stack),
}


def open_peers(columns: Columns, stack: contextlib.ExitStack) -> Iterator[tuple[str, Peer | str, float]]:
    """Each peer filled, one after another, or why it cannot be; and the wall seconds that filling took."""
    os.environ["OMP_NUM_THREADS"] = "1"
    for name, fill in PEERS.items():
        begun = time.perf_counter()
        sys.stderr.write(f"filling {name} with {len(columns.vectors):,} calls …\n")
        try:
            found: Peer | str = fill(columns, stack)
        except ModuleNotFoundError as error:
            found = f"not installed ({error.name}); the extra `bench` brings it"
        except Exception as error:  # an engine that is installed and does not run is no reason to measure nothing
            found = f"cannot be used here: {error}"
        yield name, found, time.perf_counter() - begun


def _postgres() -> contextlib.AbstractContextManager[str]:
    from tests.postgres import running_postgres

    return running_postgres()
