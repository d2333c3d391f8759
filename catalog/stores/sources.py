"""Sources as rows, upserted from the facts that each source's class declares. Nothing here commits."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.stores.upserts import upsert
from catalog.tables import Source

_FACTS = (
    "name", "title", "organisation", "kinds", "way", "homepage", "hosts", "terms", "robots_exemption", "min_items",
    "gaps", "enabled", "disabled_reason",
)  # fmt: skip
"""What a source's class says; the rest (when it was last healthy) is what crawls find out."""


def upsert_sources(session: Session, sources: Iterable[Source], *, now: dt.datetime) -> None:
    """Write the facts of these sources; what crawls found out about them stays."""
    rows: list[dict[str, Any]] = [
        {**{name: getattr(source, name) for name in _FACTS}, "updated_at": now} for source in sources
    ]
    upsert(session, Source, rows, key=["name"])
    session.expire_all()


def list_sources(session: Session) -> Sequence[Source]:
    """Every source by name."""
    return session.exec(select(Source).order_by(Source.name)).all()


def mark_healthy(session: Session, name: str, *, now: dt.datetime) -> None:
    """Note that a source's crawl was healthy: only then may its data be called fresh."""
    session.execute(sa.update(Source).where(col(Source.name) == name).values(last_healthy_at=now))


def was_ever_healthy(session: Session, name: str) -> bool:
    """Whether a crawl of this source was healthy at any time."""
    query = sa.select(col(Source.last_healthy_at)).where(col(Source.name) == name)
    return session.execute(query).scalar_one_or_none() is not None
