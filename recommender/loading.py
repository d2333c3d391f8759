"""Reading the open calls and their vectors out of the database: all of them, or what changed since a revision."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import sqlalchemy as sa
from sqlmodel import Session, col

from catalog.columns import Float32
from catalog.stores import neighbours
from catalog.stores import vectors as vector_store
from catalog.stores.batches import in_batches
from catalog.stores.neighbours import Space
from catalog.stores.passages import PASSAGE_TABLE, opportunity_of
from catalog.stores.revisions import current_revision
from catalog.tables import Opportunity, Passage, PassageVector, Tombstone
from recommender.counted import CountedWords
from recommender.lexical import Vocabulary
from recommender.open_calls import ROWS_AT_ONCE, may_be_open, open_calls
from recommender.progress import Progress
from recommender.snapshot import Call


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was read. `touched` are all calls that changed; those not in `calls` are no longer open."""

    rev: int
    model: str
    calls: Mapping[str, Call] = field(default_factory=dict)
    vectors: Mapping[str, Float32] = field(default_factory=dict)
    having: frozenset[str] = frozenset()  # the calls that have vectors, where those are left in the database
    dimension: int = 1
    touched: frozenset[str] = frozenset()
    waiting: int = 0
    indexed_at: dt.datetime | None = None


def load_all(
    session: Session,
    wanted_model: str,
    vocabulary: Vocabulary,
    now: dt.datetime,
    leave_vectors: bool = False,
    counted: CountedWords | None = None,
    progress: Progress | None = None,
) -> Loaded:
    """Every open call, with the vectors of the model that is served (`wanted_model` until one is).

    leave_vectors: say only which calls have some. counted: whose words are known; what is counted is noted there.
    """
    rev = current_revision(session)  # first: what is written meanwhile is read again by the next refresh
    model, indexed_at = served_model(session, wanted_model)
    if progress is not None:
        progress.of = session.scalar(sa.select(sa.func.count()).select_from(Opportunity).where(*may_be_open(now))) or 0
    calls = {call.id: call for call in _followed(open_calls(session, vocabulary, now, None, counted), progress)}
    left, dimension = _left_there(session, model, now, None) if leave_vectors else (frozenset(), 1)
    vectors = {} if leave_vectors else _vectors(session, model, now, None)
    waiting = vector_store.count_waiting(session, model) if model else 0
    return Loaded(rev, model, calls, vectors, left, dimension, frozenset(calls), waiting, indexed_at)


def load_changes(
    session: Session,
    since: int,
    wanted_model: str,
    vocabulary: Vocabulary,
    now: dt.datetime,
    leave_vectors: bool = False,
) -> Loaded:
    """The calls that changed after revision `since`: rows, vectors, deletions."""
    rev = current_revision(session)
    model, indexed_at = served_model(session, wanted_model)
    touched = _touched(session, since, model)
    calls: dict[str, Call] = {}
    vectors: dict[str, Float32] = {}
    left, dimension = _left_there(session, model, now, []) if leave_vectors else (frozenset(), 1)
    for batch in in_batches(sorted(touched)):
        calls |= {call.id: call for call in open_calls(session, vocabulary, now, batch)}
        if leave_vectors:
            left |= _left_there(session, model, now, batch)[0]
        else:
            vectors |= _vectors(session, model, now, batch)
    waiting = vector_store.count_waiting(session, model) if model else 0
    return Loaded(rev, model, calls, vectors, left, dimension, touched, waiting, indexed_at)


def served_model(session: Session, wanted: str) -> tuple[str, dt.datetime | None]:
    """The model whose vectors are to be used, and when its index was finished."""
    active = vector_store.active_build(session)
    return (active.model, active.finished_at) if active is not None else (wanted, None)


def _followed(calls: Iterable[Call], progress: Progress | None) -> Iterator[Call]:
    for read, call in enumerate(calls, start=1):
        yield call
        if progress is not None:
            progress.read = read


def _vectors(session: Session, model: str, now: dt.datetime, only: list[str] | None) -> dict[str, Float32]:
    """Up-to-date vectors of the calls that are loaded, by call, in the order of its passages.

    Damaged ones and those of another dimension are left out: their calls are ranked by words, and the index waits.
    """
    build = vector_store.find_build(session, model)
    query = (
        sa.select(col(Passage.opportunity_id), col(PassageVector.vector))
        .join(Passage, col(Passage.id) == col(PassageVector.passage_id))
        .join(Opportunity, col(Opportunity.id) == col(Passage.opportunity_id))
        .where(
            col(PassageVector.model) == model,
            col(PassageVector.text_hash) == col(Passage.text_hash),
            col(PassageVector.dimension) == (build.dimension if build is not None else None),
            *may_be_open(now),
        )
        .order_by(col(Passage.opportunity_id), col(Passage.position))
    )
    if only is not None:
        query = query.where(col(Passage.opportunity_id).in_(only))
    found: dict[str, list[Float32]] = {}
    for opportunity_id, vector in session.execute(query.execution_options(yield_per=ROWS_AT_ONCE)):
        found.setdefault(opportunity_id, []).append(vector)
    return {name: np.stack(rows) for name, rows in found.items() if np.isfinite(rows).all()}


def _left_there(session: Session, model: str, now: dt.datetime, only: list[str] | None) -> tuple[frozenset[str], int]:
    """The calls whose up-to-date vectors stay in the database, and how long those are."""
    build = vector_store.find_build(session, model)
    if build is None:
        return frozenset(), 1
    conditions = may_be_open(now) if only is None else (*may_be_open(now), col(Opportunity.id).in_(only))
    return neighbours.having_vectors(session, Space(model, build.dimension), *conditions), build.dimension


def _touched(session: Session, since: int, model: str) -> frozenset[str]:
    rows = session.scalars(sa.select(col(Opportunity.id)).where(col(Opportunity.rev) > since)).all()
    embedded = session.scalars(
        sa.select(col(Passage.opportunity_id))
        .join(PassageVector, col(PassageVector.passage_id) == col(Passage.id))
        .where(col(PassageVector.rev) > since, col(PassageVector.model) == model)
        .distinct()
    ).all()
    buried = session.execute(
        sa.select(col(Tombstone.table_name), col(Tombstone.row_id)).where(
            col(Tombstone.rev) > since, col(Tombstone.table_name).in_([PASSAGE_TABLE, "opportunity"])
        )
    )
    gone = {opportunity_of(row_id) if table == PASSAGE_TABLE else row_id for table, row_id in buried}
    return frozenset(rows) | frozenset(embedded) | gone
