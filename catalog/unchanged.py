"""Whether anything was written to the database since a moment, told at once: for answers that lie ready.

SQLite counts for each connection what others have committed (`PRAGMA data_version`), so one connection that never
writes learns of every commit of every process, in microseconds. PostgreSQL tells which transactions a reader sees
(`pg_current_snapshot`): two readers that see the same ones see the same rows; that costs a round trip.
"""

import sqlite3
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from catalog.same_file import file_at


class Marks:
    """A mark of the database as it is now; equal marks mean that nothing was committed between them.

    For one thread at a time. Opens its connection when it is first asked. `quick`: asking waits for no network.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.quick = engine.dialect.name == "sqlite"
        self._connection: sqlite3.Connection | Connection | None = None
        self._file: tuple[int, int] | None = None

    def now(self) -> Any | None:
        """The mark, or None when there is none to be had."""
        try:
            return self._of_sqlite() if self.quick else self._of_postgresql()
        except (sqlite3.Error, SQLAlchemyError):
            self.close()
            return None

    def close(self) -> None:
        """Let go of the database."""
        with suppress(sqlite3.Error, SQLAlchemyError):
            if self._connection is not None:
                self._connection.close()
        self._connection = None

    def _of_sqlite(self) -> Any | None:
        path = self._engine.url.database
        if not path or path == ":memory:":
            return None
        file = file_at(path)
        if file != self._file:  # another has taken its place, which this connection would never hear of
            self.close()
            self._file = file
        if file is None:
            return None
        if self._connection is None:
            self._connection = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
        assert isinstance(self._connection, sqlite3.Connection)
        return file, self._connection.execute("PRAGMA data_version").fetchone()[0]

    def _of_postgresql(self) -> Any:
        if self._connection is None:
            self._connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        assert isinstance(self._connection, Connection)
        return self._connection.exec_driver_sql("SELECT pg_current_snapshot()::text").scalar_one()
