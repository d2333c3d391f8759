"""Writing the rows of postings: new ones, what is said anew, what was seen, and what they are looked up by."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col

from catalog.candidates import candidate, join_keys
from catalog.drafts import PostingDraft
from catalog.stores.batches import in_batches
from catalog.stores.forgetting import note_remembered
from catalog.stores.homes import Homes
from catalog.tables import JoinKey, Opportunity, Posting


@dataclass(frozen=True, slots=True)
class Known:
    """A posting as it is kept: the hash of its draft, its opportunity, whether it counts as withdrawn."""

    draft_hash: str
    opportunity_id: str | None
    withdrawn: bool


def home_of(known: Known) -> str:
    """The opportunity that a posting belongs to."""
    assert known.opportunity_id is not None, "a posting is promoted together with its opportunity"
    return known.opportunity_id


def write_new(
    session: Session,
    newcomers: Mapping[str, PostingDraft],
    place: Mapping[str, str],
    hashes: Mapping[str, str],
    now: dt.datetime,
    *,
    seen: bool,
) -> None:
    """Keep postings that were not known, and note their opportunities as seen when they were."""
    read_at = {one: now if seen else draft.fetched_at or now for one, draft in newcomers.items()}
    rows = [
        {
            "id": one,
            "source": draft.source,
            "key": draft.key,
            "opportunity_id": place[one],
            "draft": draft,
            "draft_hash": hashes[one],
            "first_seen_at": now,
            "last_seen_at": read_at[one],
            "missed_healthy_runs": 0,
        }
        for one, draft in newcomers.items()
    ]
    if rows:
        session.execute(sa.insert(Posting), rows)
    if seen:
        see_opportunities(session, {place[one] for one in newcomers}, now)
    else:
        _last_seen_when_read(session, [(place[one], at) for one, at in read_at.items()], now)


def _last_seen_when_read(session: Session, read: Iterable[tuple[str, dt.datetime]], now: dt.datetime) -> None:
    """Date opportunities that were made now from archived pages back to when each page was fetched."""
    made_now = col(Opportunity.first_seen_at) == now
    for opportunity_id, at in read:
        this_one = col(Opportunity.id) == opportunity_id
        session.execute(sa.update(Opportunity).where(this_one, made_now).values(last_seen_at=at))


def write_again(
    session: Session,
    again: Mapping[str, Known],
    rewritten: Mapping[str, PostingDraft],
    place: Mapping[str, str],
    hashes: Mapping[str, str],
) -> None:
    """Keep what is said now of postings that were known."""
    rows = [
        {
            "id": one,
            "draft": draft,
            "draft_hash": hashes[one],
            "opportunity_id": place.get(one) or home_of(again[one]),
        }
        for one, draft in rewritten.items()
    ]
    if rows:
        session.execute(sa.update(Posting), rows)


def write_seen(session: Session, again: Mapping[str, Known], place: Mapping[str, str], now: dt.datetime) -> None:
    """Note that postings that were known are there now."""
    for batch in in_batches(again):
        session.execute(
            sa.update(Posting)
            .where(col(Posting.id).in_(batch))
            .values(last_seen_at=now, missed_healthy_runs=0, withdrawn_at=None)
        )
    see_opportunities(session, {place.get(one) or home_of(was) for one, was in again.items()}, now)


def see_opportunities(session: Session, ids: Collection[str], now: dt.datetime) -> None:
    """Note that opportunities are there now."""
    note_remembered(session, ids, now=now)
    for batch in in_batches(sorted(ids)):
        session.execute(sa.update(Opportunity).where(col(Opportunity.id).in_(batch)).values(last_seen_at=now))


def write_keys(
    session: Session, homes: Homes, placed: Iterable[str], rewritten: Mapping[str, PostingDraft], now: dt.datetime
) -> None:
    """Keep what later postings will be looked up by."""
    keys = {one: homes.keys[one] for one in placed}
    keys.update({one: join_keys(candidate(draft, now)) for one, draft in rewritten.items()})
    for batch in in_batches(keys):
        session.execute(sa.delete(JoinKey).where(col(JoinKey.posting_id).in_(batch)))
    rows = [{"key": key, "posting_id": one} for one in keys for key in sorted(keys[one])]
    if rows:
        session.execute(sa.insert(JoinKey), rows)
