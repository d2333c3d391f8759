"""Whether an error of the database passes: it is away, busy, full or handed over. Anything else is a fault of ours.

A service answers the first with 503 and a time to come back, and a crawl tries again; the second is logged whole.
"""

from sqlalchemy.exc import DBAPIError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

_OF_POSTGRESQL = frozenset({"25P03", "25P04", "25006"})
"""Which its driver calls internal errors: the server ended a transaction that lay idle (a machine so busy that
nobody got round to it) or lasted too long, and a write to a server that only reads, as one does after a failover."""
_TOO_LARGE = "54"
"""Class of what no server will take: a statement, a row of an index."""
_OF_SQLITE = (
    "SQLITE_BUSY",
    "SQLITE_CANTOPEN",
    "SQLITE_FULL",
    "SQLITE_INTERRUPT",
    "SQLITE_IOERR",
    "SQLITE_LOCKED",
    "SQLITE_NOMEM",
    "SQLITE_PROTOCOL",
    "SQLITE_READONLY",
)
"""Its driver says OperationalError also of a table that does not exist."""
DAMAGED = frozenset({"SQLITE_CORRUPT", "SQLITE_NOTADB", "XX001", "XX002"})
FULL = frozenset({"SQLITE_FULL", "53100"})
"""Of those that pass: the disk is full, and waiting a minute does not help."""
_LONGEST = 300


def passes(error: BaseException) -> bool:
    """Whether the same may succeed later without anybody mending the program."""
    if isinstance(error, PoolTimeout):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:  # whatever the server said as it closed the line, if it said anything
        return True
    code = code_of(error)
    if code.startswith("SQLITE_"):
        return code.startswith(_OF_SQLITE)
    if isinstance(error, OperationalError | InterfaceError):
        return not code.startswith(_TOO_LARGE)
    return code in _OF_POSTGRESQL


def told(error: BaseException) -> str:
    """What to log of an error that passes, in the server's or the driver's own words, without anybody's values.

    Those stand in a message's further parts, and in errors of other classes, of which the class alone is told.
    """
    driver = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(error, OperationalError | InternalError | InterfaceError | PoolTimeout):
        return type(driver).__name__
    said = getattr(getattr(driver, "diag", None), "message_primary", None) or str(driver)
    return f"{type(driver).__name__}: {' '.join(said.split())[:_LONGEST]}"


def code_of(error: BaseException) -> str:
    """PostgreSQL's SQLSTATE, SQLite's name of the error, or nothing where the driver itself speaks."""
    driver = error.orig if isinstance(error, DBAPIError) else error
    return str(getattr(driver, "sqlstate", None) or getattr(driver, "sqlite_errorname", ""))
