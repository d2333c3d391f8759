"""The review queue: what waits for a person, and what became of what they decided. Nothing here commits.

A decision about an item (`item_to_decide`) takes effect at once, through the same promotion as a
crawl's findings, and holds in every later crawl (`catalog.reviewing`).
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.columns import as_json
from catalog.drafts import PostingDraft
from catalog.identifiers import derived_identifier
from catalog.mending import Mends, made_mends, mends_in
from catalog.reviewing import Doubt, Review, as_shown
from catalog.stores.batches import in_batches
from catalog.stores.incoming import posting_id
from catalog.stores.opportunities import settle_opportunities
from catalog.stores.postings import promote_postings
from catalog.stores.revisions import take_turn
from catalog.stores.upserts import upsert
from catalog.tables import Mentor, Posting, ReviewItem
from catalog.words import ReviewState

Queued = tuple[ReviewItem, str | None, Mentor | None]
"""An item, the opportunity that carries its posting, and who decided."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How a posting's review stands (None: nobody need look), the posting as it was read, and when it was asked."""

    review: Review | None
    draft: PostingDraft
    asked_at: dt.datetime


def review_of(item: ReviewItem) -> Review:
    """The review that a row holds."""
    doubts = tuple(Doubt.model_validate(one) for one in item.doubts)
    return Review(item.state, doubts, mends_in(item.mends), item.gist, item.why)


def read_draft(item: ReviewItem) -> PostingDraft:
    """The posting as it was read, without mends."""
    return PostingDraft.model_validate(item.draft)


def reviews_of(session: Session, source: str, keys: Iterable[str]) -> dict[str, Kept]:
    """The reviews of these postings of a source, by key."""
    found: dict[str, Kept] = {}
    for batch in in_batches(keys):
        rows = session.exec(select(ReviewItem).where(ReviewItem.source == source, col(ReviewItem.key).in_(batch)))
        found |= {row.key: Kept(review_of(row), read_draft(row), row.created_at) for row in rows if row.draft}
    return found


def keep_reviews(session: Session, source: str, reviews: Mapping[str, Kept]) -> None:
    """Write how reviews stand after a crawl; one that nobody need answer any more is taken away."""
    for batch in in_batches(key for key, one in reviews.items() if one.review is None):
        session.execute(sa.delete(ReviewItem).where(col(ReviewItem.source) == source, col(ReviewItem.key).in_(batch)))
    rows = [_row(source, key, one) for key, one in reviews.items() if one.review is not None]
    for waiting in (True, False):  # rows of one statement name the same columns
        same = [row for row in rows if (row["state"] is ReviewState.WAITING) is waiting]
        upsert(session, ReviewItem, same, key=("source", "key"))
    session.expire_all()


def _row(source: str, key: str, one: Kept) -> dict[str, Any]:
    assert one.review is not None
    waiting = one.review.state is ReviewState.WAITING
    return {
        "id": derived_identifier("rvw", source, key),
        "source": source,
        "key": key,
        "draft": as_json(one.draft),
        "doubts": [as_json(doubt) for doubt in one.review.doubts],
        "gist": one.review.gist,
        "mends": {name: as_json(mend) for name, mend in one.review.mends.items()},
        "why": one.review.why,
        "state": one.review.state,
        "created_at": one.asked_at,
        **({"decided_by": None, "decided_at": None} if waiting else {}),
    }


def queue(
    session: Session,
    *,
    states: Iterable[ReviewState] = (),
    source: str | None = None,
    after: tuple[dt.datetime, str] | None = None,
    limit: int | None = None,
) -> Sequence[Queued]:
    """Items in these states, newest first, those after `after` (time, id). Of what is withdrawn nobody is asked."""
    query = _items().where(_concerns_somebody())
    if wanted := list(states):
        query = query.where(col(ReviewItem.state).in_(wanted))
    if source is not None:
        query = query.where(ReviewItem.source == source)
    if after is not None:
        at, last = col(ReviewItem.created_at), col(ReviewItem.id)
        query = query.where(sa.or_(at < after[0], sa.and_(at == after[0], last < after[1])))
    query = query.order_by(col(ReviewItem.created_at).desc(), col(ReviewItem.id).desc())
    found: Sequence[Queued] = session.exec(query if limit is None else query.limit(limit)).all()
    return found


def queued(session: Session, item_id: str) -> Queued | None:
    """One item with what belongs to it, decided or not."""
    found: Queued | None = session.exec(_items().where(ReviewItem.id == item_id)).first()
    return found


def also_from(session: Session, rows: Iterable[Queued]) -> dict[str, tuple[str, ...]]:
    """By item, the other sources whose postings still carry the same opportunity: what a refusal does not hide."""
    homes = {item.id: (home, item.source) for item, home, _ in rows if home is not None}
    sources: dict[str, set[str]] = {}
    for batch in in_batches(sorted({home for home, _ in homes.values()})):
        query = sa.select(col(Posting.opportunity_id), col(Posting.source))
        live = query.where(col(Posting.opportunity_id).in_(batch), col(Posting.withdrawn_at).is_(None))
        for home, source in session.execute(live):
            sources.setdefault(home, set()).add(source)
    return {one: tuple(sorted(sources.get(home, set()) - {own})) for one, (home, own) in homes.items()}


def _items() -> Any:
    return (
        select(ReviewItem, Posting.opportunity_id, Mentor)
        .outerjoin(Posting, _its_posting())
        .outerjoin(Mentor, col(Mentor.id) == col(ReviewItem.decided_by))
    )


def _its_posting() -> sa.ColumnElement[bool]:
    return sa.and_(col(Posting.source) == col(ReviewItem.source), col(Posting.key) == col(ReviewItem.key))


def _concerns_somebody() -> sa.ColumnElement[bool]:
    return sa.or_(col(ReviewItem.state) != ReviewState.WAITING, col(Posting.withdrawn_at).is_(None))


def item_to_decide(session: Session, item_id: str) -> ReviewItem | None:
    """One item to decide about, as no crawl will change it before the commit; a row that keeps only a refusal is none.

    The turn comes first: read before it, the item could be one that a crawl is replacing.
    """
    take_turn(session, "promotion")
    item = session.get(ReviewItem, item_id, with_for_update=True, populate_existing=True)
    return item if item is not None and item.draft else None


def count_waiting(session: Session) -> int:
    """How many items wait for somebody."""
    query = (
        sa.select(sa.func.count())
        .select_from(ReviewItem)
        .outerjoin(Posting, _its_posting())
        .where(col(ReviewItem.state) == ReviewState.WAITING, col(Posting.withdrawn_at).is_(None))
    )
    return int(session.execute(query).scalar_one())


def accept(session: Session, item: ReviewItem, *, by: str | None, now: dt.datetime) -> None:
    """It is right as it was read: what was mended before is the source's own word again."""
    _settle(session, item, ReviewState.ACCEPTED, {}, "", by, now)


def mend(
    session: Session, item: ReviewItem, values: Mapping[str, str], *, why: str, by: str | None, now: dt.datetime
) -> None:
    """Put fields right, besides those that are mended already. Raises MendRefused, and then nothing has changed."""
    draft = read_draft(item)
    mends = made_mends(draft, values, now=now, why=why, besides=mends_in(item.mends))
    _settle(session, item, ReviewState.MENDED, mends, why, by, now)


def refuse(session: Session, item: ReviewItem, *, why: str, by: str | None, now: dt.datetime) -> None:
    """It is nothing for mentees: it goes, and does not come back until it says something else."""
    _settle(session, item, ReviewState.REFUSED, {}, why, by, now)


def undo(session: Session, item: ReviewItem, *, now: dt.datetime) -> None:
    """Take the decision back: it waits again, as it was read."""
    _settle(session, item, ReviewState.WAITING, {}, "", None, now)


def _settle(
    session: Session, item: ReviewItem, state: ReviewState, mends: Mends, why: str, by: str | None, now: dt.datetime
) -> None:
    was_refused_at = item.decided_at if item.state is ReviewState.REFUSED else None
    item.state, item.why = state, why
    item.mends = {name: as_json(one) for name, one in mends.items()}
    item.decided_by, item.decided_at = by, None if state is ReviewState.WAITING else now
    session.add(item)
    session.flush()
    _show(session, read_draft(item), review_of(item), was_refused_at, now)


def _show(
    session: Session, draft: PostingDraft, review: Review, was_refused_at: dt.datetime | None, now: dt.datetime
) -> None:
    """Let mentors see the decision: the posting as it is to be shown, or no longer shown at all."""
    posting = posting_id(draft.source, draft.key)
    row = session.get(Posting, posting)
    if row is None or row.opportunity_id is None:
        return
    homes = {row.opportunity_id}
    if row.withdrawn_at in (None, was_refused_at):  # else it was gone before, and no decision brings it back
        row.withdrawn_at = now if review.state is ReviewState.REFUSED else None
    session.add(row)
    session.flush()
    if review.state is not ReviewState.REFUSED:
        promote_postings(session, [as_shown(draft, review)], now=now, seen=False, decided=True)
    settle_opportunities(session, homes, (), now=now)
