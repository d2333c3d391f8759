"""Holding the crawl's lease for as long as the crawl lasts, with a heartbeat in a thread of its own."""

import datetime as dt
import logging
import threading
from types import TracebackType
from typing import Self

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from catalog.database import writing
from catalog.processes import is_gone, this_process
from catalog.stores.leases import HeldLease, LeaseLost, acquire, hold, release

CRAWL = "crawl"
HEARTBEAT = 10.0  # seconds; a sixth of the lease
GO_ON_WITHIN = dt.timedelta(hours=12)
"""Of its beginning a divided crawl or night whose process was killed is gone on with; an older one is begun anew."""
logger = logging.getLogger(__name__)


class Tenure:
    """A context in which this process is the one that crawls. Entering raises LeaseHeld if another is."""

    def __init__(self, engine: Engine, name: str = CRAWL, heartbeat: float = HEARTBEAT) -> None:
        self.engine = engine
        self.name = name
        self.heartbeat = heartbeat
        self.lost = False
        self.lease: HeldLease
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"{name} lease", daemon=True)

    def __enter__(self) -> Self:
        with writing(self.engine) as session:
            self.lease = acquire(session, self.name, this_process(), is_gone=is_gone)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join(timeout=self.heartbeat)
        try:
            with writing(self.engine) as session:
                release(session, self.lease)
        except SQLAlchemyError as problem:  # it expires by itself
            logger.warning("The lease could not be given back: %s", problem)

    def _beat(self) -> None:
        while not self._over.wait(self.heartbeat):
            try:
                with writing(self.engine) as session:
                    hold(session, self.lease)
            except LeaseLost as problem:
                logger.error("%s", problem)
                self.lost = True
                return
            except SQLAlchemyError as problem:  # the next beat may do it; the fence guards the writes
                logger.warning("No heartbeat: %s", problem)
