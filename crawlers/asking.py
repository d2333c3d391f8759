"""Between the stage and the catalogue: what people decided is applied, and what needs somebody is put to them."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col

from catalog.drafts import PostingDraft
from catalog.reviewing import Review, as_shown, is_first_look, is_refused, review
from catalog.stores.batches import in_batches
from catalog.stores.incoming import draft_hash
from catalog.stores.reviews import Kept, keep_reviews, reviews_of
from catalog.stores.staging import refused_by_people
from catalog.tables import Posting
from catalog.words import ReviewState
from crawlers.doubting import doubts_about, is_over


@dataclass(frozen=True, slots=True)
class Asked:
    """The drafts as mentors are to see them, and how many of them wait for a person."""

    drafts: list[PostingDraft]
    waiting: int


def ask_about(
    session: Session,
    source: str,
    staged: Iterable[PostingDraft],
    *,
    first_looks: Collection[str] = frozenset(),
    refresh: bool,
    now: dt.datetime,
) -> Asked:
    """Apply what people decided about a source's postings, and ask about those that need it.

    `first_looks` are keys of the first postings of a place. With `refresh` off (a suspect crawl)
    known postings are left out: they stay as they are. What a person refused after the crawl had
    begun is on the stage and is left out here.
    """
    found = list(staged)
    hashes = _known_hashes(session, source, found)
    refused = refused_among(session, source, found)
    drafts = [draft for draft in found if draft.key not in refused and (refresh or draft.key not in hashes)]
    earlier = dict(_earlier(session, source, drafts, hashes))
    before = reviews_of(session, source, (draft.key for draft in drafts))
    first = frozenset(first_looks) - hashes.keys()
    stands = {
        draft.key: _reviewed(
            draft, before.get(draft.key), earlier.get(draft.key), first_look=draft.key in first, now=now
        )
        for draft in drafts
    }
    kept = {key: one for key, one in stands.items() if one.review or key in before}
    keep_reviews(session, source, {key: one for key, one in kept.items() if one != before.get(key)})
    waiting = sum(one.review.state is ReviewState.WAITING for one in kept.values() if one.review is not None)
    return Asked([as_shown(draft, stands[draft.key].review) for draft in drafts], waiting)


def _reviewed(
    draft: PostingDraft, was: Kept | None, said_before: PostingDraft | None, *, first_look: bool, now: dt.datetime
) -> Kept:
    """How a draft stands with people, after what they were asked and decided about its posting before."""
    stood = was.review if was else None
    earlier = was.draft if was else said_before
    doubts = doubts_about(draft, earlier, now=now, first_look=first_look or is_first_look(stood))
    stands = review(draft, doubts, stood, over=is_over(draft, now))
    return Kept(stands, draft, was.asked_at if was and not _is_asked_anew(stood, stands) else now)


def _is_asked_anew(stood: Review | None, stands: Review | None) -> bool:
    """Whether what was settled waits for a person again."""
    was_settled = stood is not None and stood.state is not ReviewState.WAITING
    return was_settled and stands is not None and stands.state is ReviewState.WAITING


def refused_among(session: Session, source: str, staged: Iterable[PostingDraft]) -> frozenset[str]:
    """The keys of those that a person has refused, as they are, also since the crawl began."""
    gists = refused_by_people(session, source)
    return frozenset(one.key for one in staged if one.key in gists and is_refused(one, gists[one.key]))


def _known_hashes(session: Session, source: str, drafts: Iterable[PostingDraft]) -> dict[str, str]:
    found: dict[str, str] = {}
    for batch in in_batches(draft.key for draft in drafts):
        query = sa.select(col(Posting.key), col(Posting.draft_hash)).where(
            col(Posting.source) == source, col(Posting.key).in_(batch)
        )
        found.update(session.execute(query).all())
    return found


def _earlier(
    session: Session, source: str, drafts: Iterable[PostingDraft], hashes: dict[str, str]
) -> Iterator[tuple[str, PostingDraft]]:
    """What the postings that say something else now said before, by key."""
    changed = (draft.key for draft in drafts if draft.key in hashes and hashes[draft.key] != draft_hash(draft))
    for batch in in_batches(changed):
        query = sa.select(col(Posting.key), col(Posting.draft)).where(
            col(Posting.source) == source, col(Posting.key).in_(batch)
        )
        yield from ((key, draft) for key, draft in session.execute(query))
