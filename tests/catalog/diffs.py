"""Two dates of somebody else's list as two nights of one source, and what changed between them.

The adapter is this: a *record* is turned into a draft (`sedia_draft`, `nih_draft`), keyed by the
publisher's own number; the drafts of each date are promoted as a healthy crawl would, what the later
date lacks is missed; and the difference is read from the catalogue, not from the files.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import select

from catalog.database import reading, writing
from catalog.drafts import PostingDraft
from catalog.stores.absence import mark_missed
from catalog.stores.postings import promote_postings
from catalog.stores.sources import upsert_sources
from catalog.tables import Change, Posting
from catalog.words import ChangeKind, Kind, Precision, Timing
from tests.builders import make_deadline, make_draft, make_source

SOURCE = "published_list"
Record = Mapping[str, Any]


@dataclass(frozen=True)
class Nights:
    """What the second night brought, by the publisher's numbers."""

    new: frozenset[str]
    moved: frozenset[str]
    gone: frozenset[str]


def sedia_draft(record: Record) -> PostingDraft:
    """A topic of the European portal, as the feed's JSON has it. A date is midnight UTC, which means a day."""
    return _draft(record["id"], record["title"], record["url"], record["deadlineDate"])


def nih_draft(record: Record) -> PostingDraft:
    """A notice of the American institutes, as the feed's JSON has it."""
    return _draft(record["opportunity_id"], record["title"], record["url"], record["close_date"])


def _draft(key: str, title: str, url: str, closes: str | None) -> PostingDraft:
    day = dt.date.fromisoformat(closes[:10]) if closes else None
    deadlines = (make_deadline(day, precision=Precision.DAY),) if day else ()
    timing = Timing.FIXED if day else Timing.UNKNOWN
    given: dict[str, Any] = {"deadlines": deadlines, "timing": timing, "kind": Kind.FELLOWSHIP, "organisation": ""}
    return make_draft(
        source=SOURCE, key=key, title=title[:500], url=url, external_ids={"published": key}, fetched_at=None, **given
    )


def two_nights(
    engine: Engine,
    draft_of: Callable[[Record], PostingDraft],
    first: tuple[dt.datetime, Iterable[Record]],
    second: tuple[dt.datetime, Iterable[Record]],
) -> Nights:
    """Promote both dates and say what the catalogue knows of the difference."""
    with writing(engine) as session:
        upsert_sources(session, [make_source(name=SOURCE, title="A published list")], now=first[0])
    for now, records in (first, second):
        drafts = [draft_of(record) for record in records]
        with writing(engine) as session:
            promote_postings(session, drafts, now=now)
            mark_missed(session, SOURCE, {draft.key for draft in drafts}, now=now)
    with reading(engine) as session:
        postings = session.exec(select(Posting)).all()
        moved = session.execute(
            sa.select(Posting.key)  # type: ignore[call-overload]
            .join(Change, Change.opportunity_id == Posting.opportunity_id)
            .where(Change.kind == ChangeKind.DEADLINE)
        ).scalars()
        return Nights(
            new=frozenset(one.key for one in postings if one.first_seen_at == second[0]),
            moved=frozenset(moved),
            gone=frozenset(one.key for one in postings if one.missed_healthy_runs == 1),
        )
