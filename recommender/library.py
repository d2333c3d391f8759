"""The snapshot that a process answers from, kept fresh by `rev` and shared by its threads.

Whoever asks gets the newest one there is. Now and then a thread of its own looks whether the
database's revision has moved, and makes the next snapshot; until it is there, readers go on with the
one they have. Only the very first waits, after a pause the first for a second at most, and whoever has
`look_again_after` set to 0, which looks and rebuilds before every answer.
"""

import datetime as dt
import logging
import threading
import time
from collections.abc import Callable, Collection, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from catalog.columns import Float32
from catalog.database import reading, take_time
from catalog.standing import CLOSING_SOON
from catalog.stores.revisions import current_revision
from catalog.unchanged import Marks
from recommender.counted import CountedWords
from recommender.lexical import Vocabulary
from recommender.loading import Loaded, load_all, load_changes, served_model
from recommender.pgvector_ranker import PgvectorRanker
from recommender.progress import Progress
from recommender.ranker import Ranker
from recommender.snapshot import Call, Snapshot, build_snapshot, without_vectors
from recommender.snapshot_ranker import SnapshotRanker
from recommender.statuses import carried_over
from recommender.staying import staying

log = logging.getLogger(__name__)

LOOK_AGAIN_AFTER = 0.2  # seconds between looks at the revision
A_PAUSE = 5.0  # seconds in which nobody asked, so that nothing was looked for either
WAITS_AT_MOST = 1.0  # seconds that the first reader after a pause gives a refresh
RESTS_FOR = 9.0  # times the CPU that a refresh took: a long crawl leaves nine tenths of this process to readers
REBUILD_AFTER = dt.timedelta(hours=12)  # calls that have closed since leave memory


class Library:
    """Holds the current snapshot with its ranker. `wanted_model` names the model while none is served.

    vectors_dir: where exact vectors are mapped from; None keeps them in memory. search_in_database: they stay in
    PostgreSQL, and nearness is asked of it. words_file: where counted words are kept for the next start.
    """

    def __init__(
        self,
        engine: Engine,
        wanted_model: Callable[[], str],
        *,
        closing_soon: dt.timedelta = CLOSING_SOON,
        look_again_after: float = LOOK_AGAIN_AFTER,
        vectors_dir: Path | None = None,
        search_in_database: bool = False,
        words_file: Path | None = None,
        progress: Progress | None = None,
    ) -> None:
        self._engine = engine
        self._wanted_model = wanted_model
        self._closing_soon = closing_soon
        self._look_again_after = look_again_after
        self._vectors_dir = vectors_dir
        self._in_database = search_in_database
        self._words_file = words_file
        self._progress = progress
        self._vocabulary = Vocabulary()
        self._current: Ranker | None = None
        self._loaded_at: dt.datetime | None = None
        self._marks = Marks(engine)
        self._mark: Any | None = None  # the database's when it was last looked at
        self._looked = -1e9
        self._rests = 0.0  # seconds until the next look, where the last refresh took long
        self._refreshing = threading.Lock()

    @property
    def loaded_at(self) -> dt.datetime | None:
        """When the current snapshot was last brought up to date."""
        return self._loaded_at

    def current(self, now: dt.datetime) -> Ranker:
        """The newest snapshot's ranker. Use one for the whole of an answer."""
        found = self._current
        if found is None:
            with self._refreshing:
                return self._current or self._refresh(now)
        waited = time.monotonic() - self._looked >= max(self._look_again_after, self._rests)
        if waited and self._refreshing.acquire(blocking=False):
            if self._look_again_after > 0:
                self._begin_refresh(now)
                return self._current or found
            try:
                return self._refresh(now)
            finally:
                self._refreshing.release()
        return found

    def _begin_refresh(self, now: dt.datetime) -> None:
        mark = self._marks.now() if self._marks.quick else None
        if mark is not None and mark == self._mark and self._is_fresh(now):
            self._looked = time.monotonic()  # nobody has written anything, so nothing is asked
            self._refreshing.release()
            return
        after_a_pause = time.monotonic() - self._looked >= A_PAUSE
        behind = threading.Thread(target=self._refresh_behind, args=(now, mark), name="library", daemon=True)
        behind.start()
        if after_a_pause:
            behind.join(WAITS_AT_MOST)

    def _refresh_behind(self, now: dt.datetime, mark: Any | None) -> None:
        """Refresh while others answer. What fails is logged and tried again; the old snapshot stays.

        mark: the database's before this, so that what is written meanwhile is looked for the next time.
        """
        begun, self._mark = time.thread_time(), None
        try:
            self._refresh(now)
            self._mark = mark
        except Exception:
            log.exception("the calls could not be read again; answers go on with those of %s", self._loaded_at)
        finally:
            self._rests = RESTS_FOR * (time.thread_time() - begun)
            self._looked = time.monotonic()
            self._refreshing.release()

    def _refresh(self, now: dt.datetime) -> Ranker:
        before = self._current
        wanted = self._wanted_model()
        with reading(self._engine) as session:
            take_time(session)  # most readers go on with the calls they have meanwhile
            self._looked = time.monotonic()
            if before is not None and self._is_fresh(now):
                same_model = before.snapshot.model == served_model(session, wanted)[0]
                rev = current_revision(session)
                if same_model and before.snapshot.rev == rev:
                    return before
                if same_model and before.snapshot.rev < rev:  # else a backup was restored: what changed says nothing
                    since, words = before.snapshot.rev, self._vocabulary
                    changes = load_changes(session, since, wanted, words, now, self._in_database)
                    return self._take(self._merged(before.snapshot, changes), now)
            self._vocabulary = Vocabulary()  # all is counted anew: terms of calls that are gone leave memory
            with staying():
                counted = CountedWords.read(self._words_file, self._vocabulary) if self._words_file else None
                loaded = load_all(session, wanted, self._vocabulary, now, self._in_database, counted, self._progress)
                found = self._take(self._built(loaded), now)
            if counted is not None:
                counted.keep()
            return found

    def _is_fresh(self, now: dt.datetime) -> bool:
        return self._loaded_at is not None and abs(now - self._loaded_at) < REBUILD_AFTER

    def _take(self, snapshot: Snapshot, now: dt.datetime) -> Ranker:
        found: Ranker
        before = self._current
        known = None if before is None else carried_over(before.snapshot, before.statuses(now), snapshot)
        if self._in_database:
            found = PgvectorRanker(snapshot, self._engine, self._closing_soon, known=known)
        else:
            found = SnapshotRanker(snapshot, self._closing_soon, known=known)
        found.statuses(now)  # here, so that nobody who asks waits for it
        self._current = found
        self._loaded_at = now
        return found

    def _built(self, loaded: Loaded) -> Snapshot:
        return self._put_in_order(loaded, list(loaded.calls.values()), loaded.vectors, loaded.having)

    def _merged(self, before: Snapshot, changes: Loaded) -> Snapshot:
        kept = [call for call in before.calls if call.id not in changes.touched]
        vectors: dict[str, Float32] = {
            call.id: rows for call in kept if len(rows := before.rows_of(before.place[call.id]))
        }
        having = {call.id for call in kept if before.has_vectors[before.place[call.id]]} | changes.having
        return self._put_in_order(changes, [*kept, *changes.calls.values()], {**vectors, **changes.vectors}, having)

    def _put_in_order(
        self, read: Loaded, calls: list[Call], vectors: Mapping[str, Float32], having: Collection[str]
    ) -> Snapshot:
        make = partial(
            build_snapshot,
            read.rev,
            read.model,
            calls,
            vectors,
            self._vocabulary,
            waiting=read.waiting,
            indexed_at=read.indexed_at,
        )
        if self._in_database:
            return without_vectors(make(), having, read.dimension)
        try:
            return make(folder=self._vectors_dir)
        except OSError as error:
            log.warning("vectors stay in memory: %s cannot hold them: %s", self._vectors_dir, error)
            return make()
