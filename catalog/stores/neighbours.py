"""Vectors where they lie on PostgreSQL, with pgvector: how near passages are to goals, and the nearest of a kind.

Exactly over calls that are named, or by walking an HNSW index of one model and kind (`neighbour_indexes`), nearest
first, until whoever asks has enough: filters are asked while walking, so a narrow one costs time and never results.
Nothing here commits.
"""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa
from sqlmodel import Session, col

from catalog.columns import Float32
from catalog.tables import Opportunity, Passage, PassageVector
from catalog.words import Kind

LOOKED_AT = 800  # hnsw.ef_search: how widely the graph is searched at each step
_WALKING = {
    "hnsw.iterative_scan": "relaxed_order",
    "hnsw.ef_search": str(LOOKED_AT),
    "hnsw.max_scan_tuples": "10000000",  # how far to walk is decided by whoever asks
    "hnsw.scan_mem_multiplier": "16",
    # the nearest must come first without being sorted, or all would be read before the first is known
    "enable_sort": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "max_parallel_workers_per_gather": "0",
    "jit": "off",
}
_SET = ", ".join(
    f"set_config('{name}', '{value}', true)" for name, value in _WALKING.items()
)  # until the transaction ends


@dataclass(frozen=True, slots=True)
class Space:
    """Vectors that may be compared: those of one model, of one length."""

    model: str
    dimension: int


def condition_of(space: Space, kind: Kind, table: str = "") -> str:
    """The condition of an index, in the same words in the question, so that the planner knows it again."""
    model = space.model.replace("'", "''").replace(":", r"\:")
    return f"{table}model = '{model}' AND {table}kind = '{kind}' AND {table}dimension = {space.dimension}"


def products(session: Session, space: Space, goals: Float32, ids: Sequence[str]) -> Iterator[tuple[str, list[float]]]:
    """For each of these calls with vectors, its best passage's inner product with each goal, but for rounding."""
    columns = ", ".join(f"max(-(v.vector <#> CAST(:goal_{at} AS vector)))" for at in range(len(goals)))
    query = sa.text(
        f"""
        SELECT p.opportunity_id, {columns} FROM unnest(CAST(:ids AS text[])) AS wanted (id)
        JOIN passage p ON p.opportunity_id = wanted.id JOIN passagevector v ON v.passage_id = p.id
        WHERE v.model = :model AND v.dimension = :dimension AND v.text_hash = p.text_hash GROUP BY p.opportunity_id
        """
    )
    given: dict[str, object] = {f"goal_{at}": _written(goal) for at, goal in enumerate(goals)}
    given |= {"ids": list(ids), "model": space.model, "dimension": space.dimension}
    for name, *found in session.execute(query, given):
        yield name, found


def vectors_of(session: Session, space: Space, ids: Sequence[str]) -> dict[str, Float32]:
    """The up-to-date vectors of these calls' passages, shape (passages, dimension), in the order of the text."""
    query = (
        sa.select(col(Passage.opportunity_id), sa.func.vector_send(col(PassageVector.vector), type_=sa.LargeBinary))
        .join(Passage, col(Passage.id) == col(PassageVector.passage_id))
        .where(_in_space(space), col(Passage.opportunity_id) == sa.func.any(sa.literal(list(ids), sa.ARRAY(sa.Text))))
        .order_by(col(Passage.opportunity_id), col(Passage.position))
    )
    found: dict[str, list[Float32]] = {}
    for name, sent in session.execute(query):
        found.setdefault(name, []).append(np.frombuffer(sent, dtype=">f4", offset=4).astype(np.float32))
    return {name: np.stack(rows) for name, rows in found.items()}


def having_vectors(session: Session, space: Space, *conditions: sa.ColumnElement[bool]) -> frozenset[str]:
    """The calls that meet `conditions` (on opportunities) and can be compared by meaning."""
    query = (
        sa.select(col(Passage.opportunity_id))
        .join(PassageVector, col(PassageVector.passage_id) == col(Passage.id))
        .join(Opportunity, col(Opportunity.id) == col(Passage.opportunity_id))
        .where(_in_space(space), *conditions)
        .distinct()
    )
    return frozenset(session.scalars(query))


def walk(
    session: Session, space: Space, kind: Kind, goal: Float32, passing: Sequence[sa.ColumnElement[bool]], at_once: int
) -> Generator[list[tuple[str, float]]]:
    """Calls of a kind that pass `passing` (conditions on opportunities), nearest first or nearly, `at_once` at a time.

    Each with the inner product of the passage that was met; a call comes once for each of its passages. Ends when the
    index has no more to give, which may be before all have come. Whoever has enough closes it.
    """
    vector = sa.cast(col(PassageVector.vector), _sized(space))
    distance = vector.op("<#>", return_type=sa.Float)(sa.cast(sa.literal(_written(goal)), _sized(space)))
    query = (
        sa.select(col(Passage.opportunity_id), -distance)
        .select_from(PassageVector)
        .join(Passage, _same_text())
        .join(Opportunity, col(Opportunity.id) == col(Passage.opportunity_id))
        .where(sa.text(condition_of(space, kind, "passagevector.")), *passing)
        .order_by(distance)
    )
    session.execute(sa.text(f"SELECT {_SET}"))
    with session.execute(query, execution_options={"stream_results": True, "yield_per": at_once}) as result:
        for rows in result.partitions(at_once):
            yield [(name, float(near)) for name, near in rows]


def _in_space(space: Space) -> sa.ColumnElement[bool]:
    return sa.and_(
        _same_text(),
        col(PassageVector.model) == space.model,
        col(PassageVector.dimension) == space.dimension,
    )


def _same_text() -> sa.ColumnElement[bool]:
    return sa.and_(
        col(Passage.id) == col(PassageVector.passage_id), col(Passage.text_hash) == col(PassageVector.text_hash)
    )


def _sized(space: Space) -> sa.types.TypeEngine[Float32]:
    from pgvector.sqlalchemy import VECTOR

    return VECTOR(space.dimension)


def _written(goal: Float32) -> str:
    return "[" + ",".join(map(repr, goal.astype(float).tolist())) + "]"
