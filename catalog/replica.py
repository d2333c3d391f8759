"""A read replica: a copy of the PostgreSQL that follows it by streaming, asked instead of it where that shows the same.

Before a read the replica is asked how far it has come, and the primary how far it is. Only a replica that has come as
far is read from, so that nobody misses what they, or anybody, wrote before they asked; whichever process they wrote
through. One that lags is waited for a moment, and passed over; one that is away is left alone for a while.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

logger = logging.getLogger("opportune.replica")
PATIENCE = 0.05  # seconds that a read waits for a replica that is a little behind
LOOK_EVERY = 0.005
LEFT_ALONE = 5.0  # seconds after which a replica that was away or far behind is tried again
_HERE = sa.text("SELECT pg_current_wal_lsn()::text")
_SHOWS = sa.text("SELECT pg_last_wal_replay_lsn() >= CAST(:position AS pg_lsn)")
_LAG = sa.text(
    "SELECT CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0"
    " ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) END"
)


class Standing(StrEnum):
    """How the replica was when it was last asked."""

    FOLLOWS = "follows"
    BEHIND = "behind"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Lag:
    """How the replica is, and for how many seconds what it has received has not been shown; None if unknown."""

    standing: Standing
    seconds: float | None


class Replica:
    """Chooses where to read. `noted` hears of each choice."""

    def __init__(
        self,
        primary: Engine,
        copy: Engine,
        *,
        noted: Callable[[Standing], None] = lambda _: None,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._primary = primary
        self._copy = copy
        self._noted = noted
        self._seconds = seconds
        self._not_before = 0.0
        self._standing = Standing.FOLLOWS
        self._trying = threading.Lock()

    def engine(self) -> Engine:
        """The copy, if it shows all that was written before now; else the primary."""
        standing = self._looked_at()
        self._noted(standing)
        return self._copy if standing is Standing.FOLLOWS else self._primary

    def lag(self) -> Lag:
        """How the replica is now, for those who watch."""
        try:
            with _asked(self._copy) as connection:
                found = connection.scalar(_LAG)
        except (DBAPIError, PoolTimeout):
            return Lag(Standing.AWAY, None)
        return Lag(self._standing, None if found is None else float(found))

    def close(self) -> None:
        """Close its connections."""
        self._copy.dispose()

    def _looked_at(self) -> Standing:
        if self._standing is Standing.FOLLOWS:
            return self._turn(self._look())
        if self._seconds() < self._not_before or not self._trying.acquire(blocking=False):
            return self._standing
        try:  # one request tries it again; the others do not wait for that
            return self._turn(self._look())
        finally:
            self._trying.release()

    def _turn(self, standing: Standing) -> Standing:
        if standing is not self._standing:
            logger.warning("the read replica %s", "follows again" if standing is Standing.FOLLOWS else f"is {standing}")
        if standing is Standing.AWAY:
            self._not_before = self._seconds() + LEFT_ALONE
        self._standing = standing
        return standing

    def _look(self) -> Standing:
        with _asked(self._primary) as connection:
            position = connection.scalar(_HERE)
        try:
            with _asked(self._copy) as connection:
                until = self._seconds() + (PATIENCE if self._standing is Standing.FOLLOWS else 0)
                while not connection.scalar(_SHOWS, {"position": position}):
                    if self._seconds() >= until:
                        return Standing.BEHIND
                    time.sleep(LOOK_EVERY)
                return Standing.FOLLOWS
        except (DBAPIError, PoolTimeout) as error:
            logger.warning("the read replica does not answer (%s)", type(error).__name__)
            return Standing.AWAY


def _asked(engine: Engine) -> sa.Connection:
    """A connection without a transaction, which would cost two more round trips."""
    return engine.connect().execution_options(isolation_level="AUTOCOMMIT")
