"""The stage of one source: what its spider finds, kept in batches until the verdict.

Memory stays flat: at most one batch waits here. Writing happens in a thread, so that a slow or
locked database never stops the other sources, and is tried again for a minute before it counts as
lost.
"""

import datetime as dt
import logging
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from catalog.availability import FULL, code_of, passes, told
from catalog.database import writing
from catalog.drafts import PostingDraft
from catalog.reviewing import is_refused
from catalog.stores.pages import Page, record_pages
from catalog.stores.staging import Refused, record_refusals, stage
from crawlers.bases.refusal import Refusal
from crawlers.bases.saved import Found
from crawlers.census import Census

BATCH = 50
PATIENCE = 60.0  # seconds for which a locked or absent database is waited for
REFUSED_BY_A_PERSON = "refused by a person"
logger = logging.getLogger(__name__)


class StageLost(Exception):
    """What was found could not be kept; `fault` says why. The source's run counts as failed."""

    def __init__(self, source: str, fault: str) -> None:
        super().__init__(f"{source}: {fault}")
        self.fault = fault


class SourceStage:
    """Takes one source's findings during one run. Safe to fill in one thread and flush in others."""

    def __init__(
        self,
        engine: Engine,
        run_id: str,
        source: str,
        *,
        as_of: dt.datetime,
        refused_by_people: Mapping[str, str],
        patience: float = PATIENCE,
    ) -> None:
        self.engine = engine
        self.run_id = run_id
        self.source = source
        self.as_of = as_of
        self.refused_by_people = refused_by_people
        self.patience = patience
        self.census = Census()
        self.refused: Counter[str] = Counter()
        self.repeated = 0
        self.pages: dict[str, Page] = {}  # by the hash of their request; held to learn their keys
        self.keys: set[str] = set()
        self.gone: set[str] = set()  # keys whose own page is no longer there
        self.lost = ""
        self._at: dict[str, list[Page]] = {}  # the same pages by their address
        self._waiting: list[PostingDraft | Refused | Page] = []
        self._adding = threading.Lock()  # held for a moment: while something is added or the list is taken away
        self._flushing = threading.Lock()  # held while a batch is written, so that batches keep their order

    def put(self, found: Found) -> bool:
        """Take a draft or a refusal; True when a batch is full and should be flushed."""
        if isinstance(found, PostingDraft) and self._is_refused(found):
            found = Refusal(self.source, found.key, found.url, found.title, REFUSED_BY_A_PERSON)
        if isinstance(found, Refusal):
            self.refused[found.sort] += 1
            return self._wait(Refused(found.key or found.url or found.title, found.url, found.title, found.reason))
        return self._take(found)

    def _is_refused(self, draft: PostingDraft) -> bool:
        refused = self.refused_by_people.get(draft.key)
        return refused is not None and is_refused(draft, refused)

    def _take(self, draft: PostingDraft) -> bool:
        if draft.key in self.keys:
            self.repeated += 1  # listed twice, or carried over a page boundary: the later reading counts
        else:
            self.keys.add(draft.key)
            self.census.count(draft, self.as_of)
        return self._wait(draft)

    def _wait(self, *those: PostingDraft | Refused | Page) -> bool:
        """Let these wait for the next flush; True when a batch is full."""
        with self._adding:
            self._waiting.extend(those)
            return len(self._waiting) >= BATCH

    def put_page(self, page: Page) -> None:
        """Remember a fetched page."""
        if (before := self.pages.get(page.url_hash)) is not None:
            self._at[before.url].remove(before)
        self.pages[page.url_hash] = page
        self._at.setdefault(page.url, []).append(page)
        self._wait(page)

    def note_keys(self, url: str, key: str) -> None:
        """Remember that a posting was read from the page at `url`."""
        for page in self._at.get(url, ()):
            page.keys.append(key)

    def flush(self) -> None:
        """Write what waits. Raises StageLost when the database stays away; to be called in a thread."""
        with self._flushing:
            with self._adding:
                batch, self._waiting = self._waiting, []
            if batch:
                self._write(batch)

    def finish(self) -> None:
        """Write the last batch, and which postings each page held. Raises StageLost."""
        self._wait(*(page for page in self.pages.values() if page.keys))
        self.flush()

    def _write(self, batch: list[PostingDraft | Refused | Page]) -> None:
        def write(session: Session) -> None:
            now = dt.datetime.now(dt.UTC)
            stage(session, self.run_id, self.source, [one for one in batch if isinstance(one, PostingDraft)], now=now)
            refused = [one for one in batch if isinstance(one, Refused)]
            record_refusals(session, self.run_id, self.source, refused, now=now)
            record_pages(session, [one for one in batch if isinstance(one, Page)])

        try:
            persistently(self.engine, write, patience=self.patience)
        except DBAPIError as error:
            self.lost = f"database: {type(error.orig).__name__} while keeping what was found"
            raise StageLost(self.source, self.lost) from error


def persistently(engine: Engine, write: Callable[[Session], None], *, patience: float = PATIENCE) -> None:
    """Run `write` in a transaction; while the database is locked or away, try again for `patience` seconds.

    Raises the last error after that, and one that does not pass at once.
    """
    give_up = time.monotonic() + patience
    pause = 0.2
    while True:
        try:
            with writing(engine) as session:
                write(session)
            return
        except DBAPIError as error:
            if not passes(error) or code_of(error) in FULL or time.monotonic() + pause > give_up:
                raise
            logger.warning("The database does not answer (%s): trying again", told(error))
            time.sleep(pause * random.uniform(0.5, 1.5))
            pause = min(pause * 2, 10.0)
