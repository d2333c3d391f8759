"""What all tables share: one metadata object with named constraints, so that migrations can find them."""

import datetime as dt

from pydantic import ConfigDict
from sqlalchemy import MetaData
from sqlmodel import SQLModel

from catalog.columns import UtcDateTime

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel):
    """Base of every table."""

    metadata = MetaData(naming_convention=NAMING)
    # vectors are numpy arrays; rows are not validated, so most of these validators are never built
    model_config = ConfigDict(arbitrary_types_allowed=True, defer_build=True)  # type: ignore[assignment]


def utc_now() -> dt.datetime:
    """The default of creation times only; decisions take `now` as an argument."""
    return dt.datetime.now(dt.UTC)


Instant = UtcDateTime
