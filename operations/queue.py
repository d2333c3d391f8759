"""The queue on PostgreSQL: procrastinate's tables, in a schema of their own and outside our migrations."""

from typing import Any

import sqlalchemy as sa
from procrastinate.schema import SchemaManager
from sqlalchemy.engine import make_url

from catalog.database import APPLICATION

SCHEMA = "procrastinate"


class QueueNeedsPostgres(ValueError):
    """Work was to be divided on a database that has no queue."""


def connection_arguments(url: str) -> dict[str, Any]:
    """What psycopg needs to reach the database with the queue's own schema first. Raises QueueNeedsPostgres."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "postgresql":
        raise QueueNeedsPostgres(
            "`opportune worker` and `--divided` need PostgreSQL (OPPORTUNE_DATABASE_URL). "
            "With SQLite let a scheduler call `opportune nightly`; `opportune serve` delivers mail itself."
        )
    plain = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
    kwargs = {"options": f"-c search_path={SCHEMA},public", "fallback_application_name": APPLICATION}
    return {"conninfo": plain, "kwargs": kwargs}


def prepare_queue(url: str) -> bool:
    """Create the queue's schema and tables where they are missing; returns whether they were made now."""
    connection_arguments(url)  # raises for a database without a queue
    engine = sa.create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    try:
        with engine.begin() as connection:
            connection.execute(sa.text(f"SELECT pg_advisory_xact_lock(hashtext('{SCHEMA}'))"))  # of several at once
            connection.execute(sa.text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
            made = connection.scalar(sa.text(f"SELECT to_regclass('{SCHEMA}.procrastinate_jobs') IS NULL"))
            if made:
                connection.exec_driver_sql(f"SET LOCAL search_path = {SCHEMA}, public")
                whole = connection.execution_options(no_parameters=True)  # its % are no placeholders
                whole.exec_driver_sql(SchemaManager.get_schema())
    finally:
        engine.dispose()
    return bool(made)
