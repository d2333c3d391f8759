"""The watched pages: adding, stopping, and how each was last read. Nothing here commits."""

import datetime as dt
from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.identifiers import derived_identifier
from catalog.stores.upserts import upsert
from catalog.tables import Mentor, Posting, WatchedPage
from catalog.watching import PageOutcome, Watched, watchable
from catalog.words import Kind, RunVerdict

MOST_PAGES = 500
"""Watched at once: a night has time for no more."""


class TooManyPages(ValueError):
    """No more pages can be watched; the message says how many are."""


def active_pages(session: Session) -> tuple[Watched, ...]:
    """The pages to read, those first that were asked for longest ago."""
    query = select(WatchedPage).where(col(WatchedPage.active))
    rows = session.exec(query.order_by(col(WatchedPage.checked_at).nulls_first(), WatchedPage.url)).all()
    return tuple(Watched(row.id, row.url, row.kind, row.organisation, frozenset(row.keys)) for row in rows)


def list_pages(session: Session) -> Sequence[tuple[WatchedPage, Mentor | None]]:
    """The pages that are watched, with who added each, those first that need somebody."""
    query = (
        select(WatchedPage, Mentor)
        .outerjoin(Mentor, col(Mentor.id) == col(WatchedPage.added_by))
        .where(col(WatchedPage.active))
        .order_by(col(WatchedPage.bad_nights).desc(), WatchedPage.url)
    )
    return session.exec(query).all()


def find_page(session: Session, page: str) -> WatchedPage | None:
    """The page with this identifier or address, if it is watched."""
    query = select(WatchedPage).where(
        sa.or_(col(WatchedPage.id) == page, col(WatchedPage.url) == page), col(WatchedPage.active)
    )
    return session.exec(query).first()


def watch_page(
    session: Session, url: str, *, kind: Kind | None, organisation: str, added_by: str | None, now: dt.datetime
) -> tuple[WatchedPage, bool]:
    """Watch a page, or say anew what it is; whether it was not watched before.

    Raises AddressRefused for an address that may not be fetched, TooManyPages.
    """
    url = watchable(url)
    before = find_page(session, url)
    if before is None and session.execute(_count_active()).scalar_one() >= MOST_PAGES:
        raise TooManyPages(f"{MOST_PAGES} pages are watched, which is all that a night has time for: stop one first")
    row = {
        "id": derived_identifier("wpg", url),
        "url": url,
        "kind": kind,
        "organisation": organisation,
        "active": True,
        "reason": before.reason if before else "",
        "bad_nights": before.bad_nights if before else 0,
        "keys": before.keys if before else _found_before(session, url),
        "added_by": before.added_by if before else added_by,
        "created_at": before.created_at if before else now,
    }
    upsert(session, WatchedPage, [row], key=("url",))
    session.expire_all()
    found = find_page(session, url)
    assert found is not None, "it was just written"
    return found, before is None


def stop_watching(session: Session, page: WatchedPage) -> None:
    """Read a page no more. What was found there stays, and is neither refreshed nor missed."""
    page.active = False
    session.add(page)


def record_outcomes(session: Session, source: str, outcomes: Iterable[PageOutcome], *, now: dt.datetime) -> None:
    """Note how `source` read each page. Keys of its postings that have been withdrawn are forgotten."""
    for outcome in outcomes:
        page = session.get(WatchedPage, outcome.id)
        if page is None:
            continue
        healthy = outcome.verdict is RunVerdict.HEALTHY
        page.checked_at = now
        page.read_at = now if healthy else page.read_at
        page.verdict, page.reason = outcome.verdict, outcome.reason
        page.bad_nights = 0 if healthy else page.bad_nights + 1
        page.keys = sorted({*_still_there(session, source, page.keys), *outcome.keys})
        session.add(page)


def _count_active() -> sa.Select[int]:
    return sa.select(sa.func.count()).select_from(WatchedPage).where(col(WatchedPage.active))


def _found_before(session: Session, url: str) -> list[str]:
    """What was found on a page that was watched once and is to be watched again."""
    row = session.exec(select(WatchedPage).where(WatchedPage.url == url)).first()
    return row.keys if row else []


def _still_there(session: Session, source: str, keys: Sequence[str]) -> Iterable[str]:
    query = select(Posting.key).where(
        Posting.source == source, col(Posting.key).in_(keys), col(Posting.withdrawn_at).is_(None)
    )
    return session.exec(query).all()
