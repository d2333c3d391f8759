"""What a crawl and the index after it do to a database, for readers to be measured beside: until it is stopped.

    python -m bench.crawling URL

As `opportune crawl` does, drafts are staged in small transactions as they come; every few seconds one source's are
promoted, which changes opportunities, and the index makes their passages and vectors anew (a cheap embedder).
"""

import datetime as dt
import sys
import time

import numpy as np
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import col, select

from bench.owing import TopicEmbedder
from catalog.database import connect, writing
from catalog.stores.revisions import next_revision
from catalog.tables import Opportunity
from recommender.indexing import index
from recommender.models import open_embedder

STAGED_EVERY, PROMOTED_EVERY = 0.05, 3.0  # seconds
PROMOTED = 100  # opportunities of a source that changed


class Cheap(TopicEmbedder):
    """Vectors under the model that is served."""

    def __init__(self) -> None:
        super().__init__()
        self.model = open_embedder().model


def promote(engine: Engine, turn: int, now: dt.datetime) -> None:
    """Change some opportunities' texts, as a promotion does, in one transaction."""
    with writing(engine) as session:
        some = session.exec(select(Opportunity).order_by(col(Opportunity.id)).offset(turn * PROMOTED).limit(PROMOTED))
        rows, rev = list(some), next_revision(session)
        for row in rows:
            row.description = f"{row.description} Seen again at {now:%H:%M:%S}."
            row.rev, row.last_seen_at, row.changed_at = rev, now, now


def stage(engine: Engine, chooser: np.random.Generator) -> None:
    """A small transaction of a table that no reader looks at (the posting is seen again)."""
    with writing(engine) as session:
        seen = sa.update(Opportunity).where(col(Opportunity.id) == f"opp_{int(chooser.integers(1000)):07}")
        session.execute(seen.values(last_seen_at=dt.datetime.now(dt.UTC)))


def main() -> None:
    """Go on until terminated."""
    engine, chooser, embedder = connect(sys.argv[1], patience=30.0), np.random.default_rng(), Cheap()
    print("began", flush=True)
    for turn in range(1_000):
        until = time.monotonic() + PROMOTED_EVERY
        while time.monotonic() < until:
            stage(engine, chooser)
            time.sleep(STAGED_EVERY)
        now = dt.datetime.now(dt.UTC)
        promote(engine, turn, now)
        index(engine, embedder, now)


if __name__ == "__main__":
    main()
