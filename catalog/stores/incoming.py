"""What a crawl found beside what is kept: which postings are new, which say something else now, which have moved on."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col

from catalog.drafts import PostingDraft
from catalog.identifiers import derived_identifier
from catalog.mending import MENDED_FLAG
from catalog.series import is_next_edition
from catalog.stores.batches import in_batches
from catalog.stores.posting_rows import Known
from catalog.tables import Posting

_COMPARED = ("kind", "title", "organisation", "url", "external_ids")
"""What a posting is recognised by in other sources."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """Drafts sorted by what becomes of their postings; all of it by the posting's identifier.

    `again`: postings that were known, as they are kept. Of these `rewritten` say something else now; of
    these in turn `moving` need another opportunity, and with `renamed` later postings are compared anew.
    """

    drafts: Mapping[str, PostingDraft]
    hashes: Mapping[str, str]
    newcomers: Mapping[str, PostingDraft]
    again: Mapping[str, Known]
    rewritten: Mapping[str, PostingDraft]
    moving: Set[str]
    renamed: Set[str]

    @property
    def placing(self) -> dict[str, PostingDraft]:
        """Those for which an opportunity is sought."""
        wanted = {**self.newcomers, **{one: self.drafts[one] for one in self.moving}}
        return dict(sorted(wanted.items()))

    @property
    def left(self) -> dict[str, str]:
        """The opportunities that the moving ones had."""
        return {one: home for one in self.moving if (home := self.again[one].opportunity_id)}


def posting_id(source: str, key: str) -> str:
    """The identifier of a source's posting."""
    return derived_identifier("pst", source, key)


def draft_hash(draft: PostingDraft) -> str:
    """Of what was read, whenever it was fetched."""
    read = draft.model_dump(mode="json", exclude_defaults=True, exclude={"fetched_at"})
    return hashlib.sha256(json.dumps(read, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def one_each(drafts: Iterable[PostingDraft]) -> dict[str, PostingDraft]:
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


def sort_out(
    session: Session, drafts: Mapping[str, PostingDraft], now: dt.datetime, *, refresh: bool, decided: bool
) -> Incoming:
    """Hold drafts against what is kept; the options are those of `promote_postings`."""
    hashes = {one: draft_hash(draft) for one, draft in drafts.items()}
    known = _known(session, drafts)
    again = {one: known[one] for one in drafts if one in known} if refresh else {}
    rewritten = {
        one: drafts[one]
        for one, was in again.items()
        if was.draft_hash != hashes[one] or was.opportunity_id is None  # its opportunity was deleted by hand
    }
    moving, renamed = _what_moved(session, rewritten, known, now, decided=decided)
    newcomers = {one: draft for one, draft in drafts.items() if one not in known}
    return Incoming(drafts, hashes, newcomers, again, rewritten, moving, renamed)


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
            kept = decided and MENDED_FLAG in new.flags and sole_home(session, one, known[one])
            if (old.kind is not new.kind and not kept) or is_next_edition(old, new, now):
                moving.add(one)
            if any(getattr(old, name) != getattr(new, name) for name in _COMPARED):
                renamed.add(one)
    return moving, renamed


def sole_home(session: Session, one: str, known: Known) -> str | None:
    """The opportunity of which a posting is the only one, or None."""
    at = known.opportunity_id
    others = sa.select(col(Posting.id)).where(col(Posting.opportunity_id) == at, col(Posting.id) != one)
    return at if session.execute(others.limit(1)).first() is None else None
