"""From drafts to what people see: postings kept by natural key and joined into opportunities. Nothing here commits.

Promoting the same drafts again changes nothing, and the same drafts in any order give the same
rows. An opportunity is known by the posting and edition that founded it, so promote sources in the
order of their names where ids should not depend on which crawl finished first.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col

from catalog.drafts import PostingDraft
from catalog.identifiers import derived_identifier
from catalog.series import closing_days, edition_of
from catalog.stores.awaited import Awaited
from catalog.stores.homes import Homes
from catalog.stores.incoming import Incoming, one_each, sole_home, sort_out
from catalog.stores.opportunities import Member, settle_opportunities
from catalog.stores.posting_rows import home_of, write_again, write_keys, write_new, write_seen
from catalog.stores.revisions import take_turn
from catalog.tables import Opportunity, Posting, Source


class UnknownSource(LookupError):
    """A draft of a source that is not in the catalogue; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Promotion:
    """What promoting came to: postings that are new, postings seen again, opportunities made or changed."""

    new: int = 0
    refreshed: int = 0
    changed: int = 0


def promote_postings(
    session: Session,
    drafts: Iterable[PostingDraft],
    *,
    now: dt.datetime,
    refresh: bool = True,
    seen: bool = True,
    decided: bool = False,
    lists: Set[str] = frozenset(),
) -> Promotion:
    """Keep what a crawl found. With `refresh` off (a suspect crawl) only what is new is kept.

    With `seen` off (archived pages read again) nobody looked: what is known is mended, but when it
    was last seen, how often it was missed and whether it is withdrawn stay as they are. With `decided`
    (a person put right what was read) another kind is a correction, not another call: whoever holds
    the call keeps it. `lists` are addresses that these and others of the same crawl share (`addresses_of_lists`), where
    `drafts` are one lot of it.

    Raises UnknownSource before anything is written.
    """
    drafts_by_posting = one_each(drafts)
    if not drafts_by_posting:
        return Promotion()
    take_turn(session, "promotion")
    _check_sources(session, {draft.source for draft in drafts_by_posting.values()})
    incoming = sort_out(session, drafts_by_posting, now, refresh=refresh, decided=decided)
    homes = Homes(session, incoming.placing, incoming.rewritten, now, lists)
    place = _places(session, incoming, homes, now, decided=decided)
    changed = _settle(session, incoming, place, now, seen=seen)
    write_new(session, incoming.newcomers, place, incoming.hashes, now, seen=seen)
    write_again(session, incoming.again, incoming.rewritten, place, incoming.hashes)
    if seen:
        write_seen(session, incoming.again, place, now)
    staying = incoming.renamed - incoming.moving
    write_keys(session, homes, incoming.placing, {one: incoming.drafts[one] for one in staying}, now)
    session.expire_all()
    return Promotion(new=len(incoming.newcomers), refreshed=len(incoming.again), changed=len(changed))


def _check_sources(session: Session, names: set[str]) -> None:
    known = set(session.execute(sa.select(col(Source.name)).where(col(Source.name).in_(names))).scalars())
    if names - known:
        missing = ", ".join(sorted(names - known))
        raise UnknownSource(f"not in the catalogue: {missing}; upsert the sources' facts before their postings")


def _places(session: Session, incoming: Incoming, homes: Homes, now: dt.datetime, *, decided: bool) -> dict[str, str]:
    """For each posting that is placed its opportunity: one that is like it, the expected edition, or its own."""
    placing = incoming.placing
    awaited = Awaited(session, placing, incoming.left, now)
    place: dict[str, str] = {}
    for one, draft in sorted(placing.items(), key=lambda pair: (pair[1].source, pair[1].key)):
        moved = one in incoming.moving
        kept = sole_home(session, one, incoming.again[one]) if decided and moved else None
        founded = awaited.edition_for(one) or _founded(session, draft, now, moved=moved, kept=kept)
        place[one] = homes.place(one, founded)
        awaited.taken(place[one])
    return place


def _settle(
    session: Session, incoming: Incoming, place: Mapping[str, str], now: dt.datetime, *, seen: bool
) -> frozenset[str]:
    """Bring the opportunities in line with what their postings say now; those that were made or changed."""
    withdrawn = {one for one, was in incoming.again.items() if was.withdrawn}
    revived = withdrawn if seen else set()
    staying = (incoming.rewritten.keys() - incoming.moving) | (revived - incoming.rewritten.keys())
    members = [
        Member(one, place.get(one) or home_of(incoming.again[one]), incoming.drafts[one], one in withdrawn - revived)
        for one in (*place, *staying)
    ]
    left = incoming.left
    previous = {place[one]: left[one] for one in place if one in left and left[one] != place[one]}
    touched = {member.opportunity_id for member in members} | set(left.values())
    return settle_opportunities(session, touched, members, now=now, previous=previous)


def _founded(session: Session, draft: PostingDraft, now: dt.datetime, *, moved: bool, kept: str | None) -> str:
    """The identifier of the opportunity that a posting founds: by its source, key, kind and edition.

    After a decision one comes back to the opportunity that it left empty, or stays alone where it is (`kept`).
    """
    natural = (draft.source, draft.key, draft.kind, edition_of(draft, now))
    first = derived_identifier("opp", *natural)
    if kept:
        return first if session.get(Opportunity, first) is not None and _is_empty(session, first) else kept
    if not moved or session.get(Opportunity, first) is None:
        return first
    days = closing_days(draft, now)  # a second round in one year
    return derived_identifier("opp", *natural, *(day.isoformat() for day in days))


def _is_empty(session: Session, opportunity_id: str) -> bool:
    query = sa.select(col(Posting.id)).where(col(Posting.opportunity_id) == opportunity_id)
    return session.execute(query.limit(1)).first() is None
