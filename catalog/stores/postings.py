"""From drafts to what people see: postings kept by natural key and joined into opportunities. Nothing here commits.

Promoting the same drafts again changes nothing, and the same drafts in any order give the same
rows. An opportunity is known by the posting and edition that founded it, so promote sources in the
order of their names where ids should not depend on which crawl finished first.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col

from catalog.drafts import PostingDraft
from catalog.identifiers import derived_identifier
from catalog.mending import MENDED_FLAG
from catalog.series import closing_days, edition_of, is_next_edition
from catalog.stores.awaited import Awaited
from catalog.stores.batches import in_batches
from catalog.stores.homes import Homes
from catalog.stores.opportunities import Member, settle_opportunities
from catalog.stores.posting_rows import Known, home_of, write_again, write_keys, write_new, write_seen
from catalog.stores.revisions import take_turn
from catalog.tables import Opportunity, Posting, Source

_COMPARED = ("kind", "title", "organisation", "url", "external_ids")


class UnknownSource(LookupError):
    """A draft of a source that is not in the catalogue; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Promotion:
    """What promoting came to: postings that are new, postings seen again, opportunities made or changed."""

    new: int = 0
    refreshed: int = 0
    changed: int = 0


def posting_id(source: str, key: str) -> str:
    """The identifier of a source's posting."""
    return derived_identifier("pst", source, key)


def draft_hash(draft: PostingDraft) -> str:
    """Of what was read, whenever it was fetched."""
    read = draft.model_dump(mode="json", exclude_defaults=True, exclude={"fetched_at"})
    return hashlib.sha256(json.dumps(read, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def promote_postings(
    session: Session,
    drafts: Iterable[PostingDraft],
    *,
    now: dt.datetime,
    refresh: bool = True,
    seen: bool = True,
    decided: bool = False,
) -> Promotion:
    """Keep what a crawl found. With `refresh` off (a suspect crawl) only what is new is kept.

    With `seen` off (archived pages read again) nobody looked: what is known is mended, but when it
    was last seen, how often it was missed and whether it is withdrawn stay as they are. With `decided`
    (a person put right what was read) another kind is a correction, not another call: whoever holds
    the call keeps it.

    Raises UnknownSource before anything is written.
    """
    incoming = _one_each(drafts)
    if not incoming:
        return Promotion()
    take_turn(session, "promotion")
    _check_sources(session, {draft.source for draft in incoming.values()})
    hashes = {one: draft_hash(draft) for one, draft in incoming.items()}
    known = _known(session, incoming)
    newcomers = {one: draft for one, draft in incoming.items() if one not in known}
    again = {one: known[one] for one in incoming if one in known} if refresh else {}
    rewritten = {
        one: incoming[one] for one, was in again.items() if was.draft_hash != hashes[one] or was.opportunity_id is None
    }
    moving, renamed = _what_moved(session, rewritten, known, now, decided=decided)
    placing = dict(sorted((newcomers | {one: incoming[one] for one in moving}).items()))
    homes = Homes(session, placing, rewritten, now)
    awaited = Awaited(session, placing, {one: home for one in moving if (home := known[one].opportunity_id)}, now)
    previous: dict[str, str] = {}
    place: dict[str, str] = {}
    for one, draft in sorted(placing.items(), key=lambda pair: (pair[1].source, pair[1].key)):
        kept = _keeps(session, one, known[one]) if decided and one in moving else None
        founded = awaited.edition_for(one) or _founded(session, draft, now, moved=one in moving, kept=kept)
        place[one] = homes.place(one, founded)
        awaited.taken(place[one])
        if one in moving and (before := known[one].opportunity_id) and before != place[one]:
            previous[place[one]] = before
    withdrawn = {one for one, was in again.items() if was.withdrawn}
    revived = withdrawn if seen else set()
    members = [
        Member(one, place.get(one) or home_of(known[one]), incoming[one], one in withdrawn - revived)
        for one in (*placing, *(rewritten.keys() - moving), *(revived - rewritten.keys()))
    ]
    touched = {member.opportunity_id for member in members} | {home for one in moving if (home := home_of(known[one]))}
    changed = settle_opportunities(session, touched, members, now=now, previous=previous)
    write_new(session, newcomers, place, hashes, now, seen=seen)
    write_again(session, again, rewritten, place, hashes)
    if seen:
        write_seen(session, again, place, now)
    write_keys(session, homes, placing, {one: incoming[one] for one in renamed - moving}, now)
    session.expire_all()
    return Promotion(new=len(newcomers), refreshed=len(again), changed=len(changed))


def _one_each(drafts: Iterable[PostingDraft]) -> dict[str, PostingDraft]:
    """Drafts by posting; of two with the same key the one fetched last, whatever their order."""
    found: dict[str, PostingDraft] = {}
    for draft in drafts:
        one = posting_id(draft.source, draft.key)
        other = found.get(one)
        if other is None or _recency(draft) > _recency(other):
            found[one] = draft
    return dict(sorted(found.items()))


def _recency(draft: PostingDraft) -> tuple[dt.datetime, str]:
    return draft.fetched_at or dt.datetime.min.replace(tzinfo=dt.UTC), draft_hash(draft)


def _check_sources(session: Session, names: set[str]) -> None:
    known = set(session.execute(sa.select(col(Source.name)).where(col(Source.name).in_(names))).scalars())
    if names - known:
        missing = ", ".join(sorted(names - known))
        raise UnknownSource(f"not in the catalogue: {missing}; upsert the sources' facts before their postings")


def _known(session: Session, ids: Iterable[str]) -> dict[str, Known]:
    found: dict[str, Known] = {}
    for batch in in_batches(ids):
        query = sa.select(
            col(Posting.id), col(Posting.draft_hash), col(Posting.opportunity_id), col(Posting.withdrawn_at)
        ).where(col(Posting.id).in_(batch))
        for one, hash_, opportunity_id, withdrawn_at in session.execute(query):
            found[one] = Known(hash_, opportunity_id, withdrawn_at is not None)
    return found


def _what_moved(
    session: Session,
    rewritten: Mapping[str, PostingDraft],
    known: Mapping[str, Known],
    now: dt.datetime,
    *,
    decided: bool,
) -> tuple[set[str], set[str]]:
    """Known postings that need another opportunity, and those that later postings are to be compared with anew.

    The first: the page announces another edition now, or the posting has no opportunity. One whose
    kind a person put right (`decided`) moves only away from others.
    """
    moving = {one for one in rewritten if known[one].opportunity_id is None}
    renamed: set[str] = set()
    for batch in in_batches(rewritten):
        query = sa.select(col(Posting.id), col(Posting.draft)).where(col(Posting.id).in_(batch))
        for one, old in session.execute(query):
            new = rewritten[one]
            kept = decided and MENDED_FLAG in new.flags and _keeps(session, one, known[one])
            if (old.kind is not new.kind and not kept) or is_next_edition(old, new, now):
                moving.add(one)
            if any(getattr(old, name) != getattr(new, name) for name in _COMPARED):
                renamed.add(one)
    return moving, renamed


def _keeps(session: Session, one: str, known: Known) -> str | None:
    """The opportunity of which a posting is the only one, or None."""
    at = known.opportunity_id
    others = sa.select(col(Posting.id)).where(col(Posting.opportunity_id) == at, col(Posting.id) != one)
    return at if session.execute(others.limit(1)).first() is None else None


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
