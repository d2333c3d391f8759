"""The stage: drafts of a running crawl, kept apart until their source's verdict. Nothing here commits."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col

from catalog.columns import as_json
from catalog.drafts import PostingDraft
from catalog.identifiers import fitting_key
from catalog.stores.upserts import upsert
from catalog.tables import RefusedPosting, ReviewItem, StagedPosting
from catalog.words import ReviewState

_BATCH = 200


@dataclass(frozen=True, slots=True)
class Refused:
    """Something a source showed that was not taken."""

    key: str
    url: str
    title: str
    reason: str


def stage(session: Session, run_id: str, source: str, drafts: Iterable[PostingDraft], *, now: dt.datetime) -> None:
    """Keep drafts of one source of one run; of two with the same key the later one counts."""
    rows = [
        {"run_id": run_id, "source": source, "key": draft.key, "draft": as_json(draft), "staged_at": now}
        for draft in drafts
    ]
    upsert(session, StagedPosting, rows, key=("run_id", "source", "key"))


def record_refusals(
    session: Session, run_id: str, source: str, refused: Iterable[Refused], *, now: dt.datetime
) -> None:
    """Keep what was refused and why; the last time it was seen counts."""
    rows = [
        {
            "source": source,
            "key": fitting_key(one.key),
            "url": one.url,
            "title": one.title[:500],
            "reason": one.reason[:1000],
            "run_id": run_id,
            "seen_at": now,
        }
        for one in refused
    ]
    upsert(session, RefusedPosting, rows, key=("source", "key"))


def staged_drafts(session: Session, run_id: str, source: str) -> Iterator[PostingDraft]:
    """The staged drafts in the order of their keys, validated again on the way out."""
    query = (
        sa.select(col(StagedPosting.draft))
        .where(col(StagedPosting.run_id) == run_id, col(StagedPosting.source) == source)
        .order_by(col(StagedPosting.key))
        .execution_options(yield_per=_BATCH)
    )
    for row in session.execute(query).scalars():
        yield PostingDraft.model_validate(row)


def clear_stage(session: Session, run_id: str, source: str | None = None) -> None:
    """Take away what is staged for a run, or for one source of it."""
    statement = sa.delete(StagedPosting).where(col(StagedPosting.run_id) == run_id)
    if source is not None:
        statement = statement.where(col(StagedPosting.source) == source)
    session.execute(statement)


def refused_by_people(session: Session, source: str) -> dict[str, str]:
    """What a person has looked at and refused: the gist of it by key. A crawl does not bring that back."""
    query = sa.select(col(ReviewItem.key), col(ReviewItem.gist)).where(
        col(ReviewItem.source) == source, col(ReviewItem.state) == ReviewState.REFUSED
    )
    return dict(session.execute(query).all())
