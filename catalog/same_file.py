"""Following SQLite's file by its name: an open connection follows the file itself, wherever that was moved.

Whoever moves, deletes or replaces the file of a running service would otherwise have it write on to what nobody will
ever read: a change would be acknowledged and lost.
"""

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError

_FILE = "opportune_file"


def follow_by_name(engine: Engine, path: Path) -> None:
    """Give no connection out whose file is not the one at `path`; none at all while there is none any more."""
    seen: set[tuple[int, int]] = set()

    @event.listens_for(engine, "do_connect")
    def _is_there(*_: Any) -> None:
        if seen and file_at(path) is None:  # connecting would make an empty one
            raise _gone(path)

    @event.listens_for(engine, "connect")
    def _note(_connection: Any, record: Any) -> None:
        if (found := file_at(path)) is not None:
            record.info[_FILE] = found
            seen.add(found)

    @event.listens_for(engine, "checkout")
    def _is_the_same(_connection: Any, record: Any, _proxy: Any) -> None:
        found = file_at(path)
        if found is None:
            raise _gone(path)
        if record.info.get(_FILE, found) != found:
            raise DisconnectionError("another file has taken the place of the database")  # the pool opens that one


def file_at(path: Path | str) -> tuple[int, int] | None:
    """Which file is called so, whatever it was called before; None where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _gone(path: Path) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError(f"the database's file {path.name} is gone: put it back, nothing else is needed")
    error.sqlite_errorname = "SQLITE_CANTOPEN"
    return error
