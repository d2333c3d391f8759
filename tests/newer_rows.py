"""Rows as a newer version writes them, with words that this one's CHECK constraints would not let in."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import Session

from catalog.copying import plain_tables
from catalog.stores.revisions import next_revision


def write_newer(engine: Engine, table: str, name: str, **values: Any) -> None:
    """Put these values into a row. Whoever looks for what changed sees it, where the table has revisions."""
    plain = next(one for one in plain_tables() if one.name == table)
    with Session(engine) as session, session.begin():
        _let_in(session, table)
        if "rev" in plain.columns:
            values["rev"] = next_revision(session)
        key = next(iter(plain.primary_key.columns))
        done = session.execute(sa.update(plain).where(key == name).values(**values))
        assert done.rowcount == 1, f"there is no {table} {name}"  # type: ignore[attr-defined]
        if engine.dialect.name == "sqlite":
            session.connection().exec_driver_sql("PRAGMA ignore_check_constraints=OFF")


def _let_in(session: Session, table: str) -> None:
    """What a newer version's schema does in its own way."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA ignore_check_constraints=ON")
        return
    for check in sa.inspect(connection).get_check_constraints(table):
        connection.execute(sa.text(f'ALTER TABLE {table} DROP CONSTRAINT IF EXISTS "{check["name"]}"'))
