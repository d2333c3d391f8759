"""Vectors of passages and goals, by model, and how far each model's index has got. Nothing here commits.

A vector carries the hash of the text it was made from. One whose passage has changed since counts
as missing, so an index that was killed, or overtaken by a crawl, heals when it is run again.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.columns import Float32
from catalog.stores.batches import in_batches
from catalog.stores.upserts import upsert
from catalog.tables import Goal, GoalVector, IndexBuild, Mentee, Opportunity, Passage, PassageVector


@dataclass(frozen=True, slots=True)
class Waiting:
    """A passage without a vector of this model."""

    id: str
    length: int


@dataclass(frozen=True, slots=True)
class Embedded:
    """A passage's new vector and the hash of the text that was embedded."""

    passage_id: str
    text_hash: str
    vector: Float32


def _up_to_date(model: str) -> sa.ColumnElement[bool]:
    return sa.and_(
        col(PassageVector.passage_id) == col(Passage.id),
        col(PassageVector.model) == model,
        col(PassageVector.text_hash) == col(Passage.text_hash),
    )


def waiting_passages(session: Session, model: str) -> list[Waiting]:
    """Every passage without an up-to-date vector of `model`, shortest first."""
    length = sa.func.length(Passage.text)
    rows = session.execute(
        sa.select(col(Passage.id), length)
        .outerjoin(PassageVector, _up_to_date(model))
        .where(col(PassageVector.passage_id).is_(None))
        .order_by(length, col(Passage.id))
    )
    return [Waiting(*row) for row in rows]


def count_waiting(session: Session, model: str) -> int:
    """How many passages have no up-to-date vector of `model`."""
    found: int = session.execute(
        sa.select(sa.func.count())
        .select_from(Passage)
        .outerjoin(PassageVector, _up_to_date(model))
        .where(col(PassageVector.passage_id).is_(None))
    ).scalar_one()
    return found


def texts_of(session: Session, passage_ids: Sequence[str]) -> list[Passage]:
    """These passages as they are now; deleted ones are left out."""
    return list(session.exec(select(Passage).where(col(Passage.id).in_(passage_ids)).order_by(Passage.id)).all())


def store_vectors(session: Session, model: str, dimension: int, vectors: Sequence[Embedded], rev: int) -> int:
    """Keep vectors whose passage still is what was embedded; returns how many were kept."""
    found = session.execute(
        sa.select(col(Passage.id), col(Passage.text_hash), col(Opportunity.kind))
        .join(Opportunity, col(Opportunity.id) == col(Passage.opportunity_id))
        .where(col(Passage.id).in_([vector.passage_id for vector in vectors]))
    )
    current = {name: (text_hash, kind) for name, text_hash, kind in found}
    rows = [
        {
            "passage_id": vector.passage_id,
            "model": model,
            "kind": current[vector.passage_id][1],
            "dimension": dimension,
            "text_hash": vector.text_hash,
            "vector": vector.vector,
            "rev": rev,
        }
        for vector in vectors
        if current.get(vector.passage_id, ("", None))[0] == vector.text_hash
    ]
    upsert(session, PassageVector, rows, key=("passage_id", "model"))
    return len(rows)


def follow_kinds(session: Session, opportunity_ids: Iterable[str]) -> None:
    """Give the vectors of these opportunities the kind that their opportunity has now: indexes are parted by it.

    A kind that was put right leaves the texts as they are: nothing is embedded anew, and the old kind would stay.
    """
    kind = (
        sa.select(col(Opportunity.kind))
        .join(Passage, col(Passage.opportunity_id) == col(Opportunity.id))
        .where(col(Passage.id) == col(PassageVector.passage_id))
        .scalar_subquery()
    )
    for batch in in_batches(opportunity_ids):
        theirs = sa.select(col(Passage.id)).where(col(Passage.opportunity_id).in_(batch))
        session.execute(
            sa.update(PassageVector)
            .where(col(PassageVector.passage_id).in_(theirs), col(PassageVector.kind) != kind)
            .values(kind=kind)
            .execution_options(synchronize_session=False)
        )


# --- goals


def goals_waiting(session: Session, model: str) -> list[tuple[Goal, set[tuple[int, str]]]]:
    """Every live goal with the (position, text hash) of the vectors of `model` that it has."""
    goals = session.exec(
        select(Goal)
        .join(Mentee, col(Mentee.id) == col(Goal.mentee_id))
        .where(col(Goal.archived_at).is_(None), col(Mentee.archived_at).is_(None))
        .order_by(Goal.id)
    ).all()
    has: dict[str, set[tuple[int, str]]] = {}
    for goal_id, position, text_hash in session.exec(
        select(GoalVector.goal_id, GoalVector.position, GoalVector.text_hash).where(GoalVector.model == model)
    ):
        has.setdefault(goal_id, set()).add((position, text_hash))
    return [(goal, has.get(goal.id, set())) for goal in goals]


def store_goal_vectors(session: Session, goal_id: str, model: str, hashes: Sequence[str], vectors: Float32) -> None:
    """Make these the vectors of a goal under `model`. A goal that is gone by now is left alone."""
    if session.get(Goal, goal_id) is None:
        return
    session.execute(
        sa.delete(GoalVector).where(
            col(GoalVector.goal_id) == goal_id,
            col(GoalVector.model) == model,
            col(GoalVector.position) >= len(hashes),
        )
    )
    rows = [
        {
            "goal_id": goal_id,
            "model": model,
            "position": position,
            "dimension": vectors.shape[1],
            "text_hash": text_hash,
            "vector": vectors[position],
        }
        for position, text_hash in enumerate(hashes)
    ]
    upsert(session, GoalVector, rows, key=("goal_id", "model", "position"))


def goal_vectors(session: Session, goal_ids: Sequence[str], model: str) -> dict[str, list[GoalVector]]:
    """The vectors of these goals under `model`, each goal's by position."""
    found: dict[str, list[GoalVector]] = {}
    query = select(GoalVector).where(col(GoalVector.goal_id).in_(goal_ids), GoalVector.model == model)
    for row in session.exec(query.order_by(col(GoalVector.goal_id), col(GoalVector.position))):
        found.setdefault(row.goal_id, []).append(row)
    return found


# --- builds


def find_build(session: Session, model: str) -> IndexBuild | None:
    """How far the index of `model` has got; None when it was never begun."""
    return session.exec(select(IndexBuild).where(IndexBuild.model == model)).first()


def active_build(session: Session) -> IndexBuild | None:
    """The build that is served."""
    return session.exec(select(IndexBuild).where(col(IndexBuild.active))).first()


def begin_build(session: Session, model: str, dimension: int, now: dt.datetime) -> IndexBuild:
    """The build of `model`, begun if need be."""
    found = find_build(session, model)
    if found is None:
        found = IndexBuild(model=model, dimension=dimension, started_at=now)
        session.add(found)
        session.flush()
    return found


def activate_build(session: Session, model: str, now: dt.datetime) -> None:
    """Serve `model` from now on, in place of whichever was served."""
    session.execute(sa.update(IndexBuild).where(col(IndexBuild.model) != model).values(active=False))
    session.execute(sa.update(IndexBuild).where(col(IndexBuild.model) == model).values(active=True, finished_at=now))


def forget_other_models(session: Session, model: str) -> int:
    """Delete the vectors and builds of every other model; returns how many vectors."""
    gone = session.execute(sa.delete(PassageVector).where(col(PassageVector.model) != model))
    session.execute(sa.delete(GoalVector).where(col(GoalVector.model) != model))
    session.execute(sa.delete(IndexBuild).where(col(IndexBuild.model) != model))
    return int(getattr(gone, "rowcount", 0))
