"""Opportunities that are likely one and the same, but are kept as two: found when somebody is about to send one.

A posting keeps its opportunity, so joining does not go back to what it parted on an earlier night, when a page
still said something else. For a warning the likeness that joining itself goes by is enough. What a person has
said to be different is.
"""

import datetime as dt
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from catalog.candidates import Candidate, candidate
from catalog.joining import likeness
from catalog.stores.batches import in_batches
from catalog.stores.splitting import kept_apart
from catalog.tables import JoinKey, Posting

_MOST_COMPARED = 1_000
"""Pairs of postings: keys that very many share tell nothing."""


def twins_of(session: Session, opportunity_ids: Iterable[str], *, now: dt.datetime) -> dict[str, set[str]]:
    """For each opportunity that has any, the others that are likely the same."""
    pairs = [pair for batch in in_batches(sorted(set(opportunity_ids))) for pair in _sharing(session, batch)]
    apart = kept_apart(session, [posting for posting, *_ in pairs])
    known = _candidates(session, {posting for pair in pairs for posting in pair[:2]}, now)
    found: dict[str, set[str]] = {}
    for posting, other, opportunity, twin in pairs:
        if other not in apart.get(posting, ()) and likeness(known[posting], known[other]):
            found.setdefault(opportunity, set()).add(twin)
    return found


def _sharing(session: Session, opportunity_ids: Iterable[str]) -> list[tuple[str, str, str, str]]:
    """Pairs of postings that share a key and belong to different opportunities: both, and to which each belongs."""
    mine, theirs, same = aliased(Posting), aliased(Posting), aliased(JoinKey)
    query = (
        sa.select(col(mine.id), col(theirs.id), col(mine.opportunity_id), col(theirs.opportunity_id))
        .join(JoinKey, col(JoinKey.posting_id) == col(mine.id))
        .join(same, sa.and_(col(same.key) == col(JoinKey.key), col(same.posting_id) != col(mine.id)))
        .join(theirs, col(theirs.id) == col(same.posting_id))
        .where(
            col(mine.opportunity_id).in_(list(opportunity_ids)),
            col(theirs.opportunity_id).is_not(None),
            col(theirs.opportunity_id) != col(mine.opportunity_id),
        )
        .distinct()
        .limit(_MOST_COMPARED)
    )
    return [(str(one), str(other), str(home), str(elsewhere)) for one, other, home, elsewhere in session.execute(query)]


def _candidates(session: Session, posting_ids: Iterable[str], now: dt.datetime) -> dict[str, Candidate]:
    found = {}
    for batch in in_batches(sorted(posting_ids)):
        query = sa.select(col(Posting.id), col(Posting.draft)).where(col(Posting.id).in_(batch))
        found.update({posting_id: candidate(draft, now) for posting_id, draft in session.execute(query)})
    return found
