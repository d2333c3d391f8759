"""What of an error that nobody foresaw may be told: to the log without anybody's values, to the caller as a conflict.

A database's message names the values it stumbled over (`DETAIL: Key (email)=(…)`), and pydantic's the input it
refused: both may be about a person.
"""

from collections.abc import Iterator

from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError, IntegrityError

from catalog.availability import code_of

_MET_ANOTHER = frozenset(
    {
        "23505",
        "23503",
        "SQLITE_CONSTRAINT_UNIQUE",
        "SQLITE_CONSTRAINT_PRIMARYKEY",
        "SQLITE_CONSTRAINT_FOREIGNKEY",
    }
)
"""Unique and foreign keys: two who did the same at once, or one who used what the other deleted."""


class Withheld(Exception):
    """Stands in a log for an error whose own message may hold values."""


def loggable(error: BaseException) -> BaseException:
    """The error itself or, where it or one that caused it may tell values, one in its place without them."""
    secretive = [one for one in _causes(error) if isinstance(one, DBAPIError | ValidationError) or _is_drivers(one)]
    if not secretive:
        return error
    told = "; ".join(dict.fromkeys(map(_without_values, secretive)))
    return Withheld(f"{type(error).__name__}: {told}").with_traceback(error.__traceback__)


def met_another(error: IntegrityError) -> bool:
    """Whether somebody else's change at the same moment was in the way, rather than a fault of ours."""
    return code_of(error) in _MET_ANOTHER


def _is_drivers(error: BaseException) -> bool:
    return type(error).__module__.partition(".")[0] in ("psycopg", "sqlite3")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _without_values(error: BaseException) -> str:
    if isinstance(error, ValidationError):
        return f"ValidationError of {error.title}: {sorted({str(one['type']) for one in error.errors()})}"
    driver = error.orig if isinstance(error, DBAPIError) else error
    constraint = getattr(getattr(driver, "diag", None), "constraint_name", None)
    return " ".join(filter(None, [type(driver).__name__, code_of(error), constraint]))
