"""What was fetched: what a conditional request needs, and where the archived body lies. Nothing here commits."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

import sqlalchemy as sa
from sqlmodel import Session, col

from catalog.stores.upserts import upsert
from catalog.tables import FetchedPage


@dataclass(frozen=True, slots=True)
class Page:
    """One fetched address. `url_hash` is of the whole request; `url` leaves out what is secret in it."""

    url_hash: str
    source: str
    url: str
    fetched_at: dt.datetime
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    archive: str = ""
    archive_offset: int | None = None
    keys: list[str] = field(default_factory=list)


def record_pages(session: Session, pages: Iterable[Page]) -> None:
    """Remember fetched pages; the last fetch counts."""
    upsert(session, FetchedPage, [asdict(page) for page in pages], key=("url_hash",))


def known_pages(session: Session, source: str, *, since: dt.datetime | None = None) -> list[Page]:
    """The pages of a source that were fetched since an instant, oldest first."""
    query = sa.select(FetchedPage).where(col(FetchedPage.source) == source)
    if since is not None:
        query = query.where(col(FetchedPage.fetched_at) >= since)
    rows = session.execute(query.order_by(col(FetchedPage.fetched_at), col(FetchedPage.url_hash))).scalars()
    return [Page(**{name: getattr(row, name) for name in Page.__slots__}) for row in rows]


def forget_archives(session: Session, names: Iterable[str]) -> None:
    """Say that these archive files are gone: their pages are asked for in full next time."""
    session.execute(
        sa.update(FetchedPage)
        .where(col(FetchedPage.archive).in_(list(names)))
        .values(archive="", archive_offset=None, etag="", last_modified="")
    )
