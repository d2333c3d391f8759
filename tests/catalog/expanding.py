"""What a step must not do to a schema that the release before still uses."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Engine

Columns = dict[str, dict[str, tuple[str, bool, bool]]]
"""By table and column: its type, whether it may be null, whether the database fills it in."""


def columns_of(engine: Engine) -> Columns:
    """Every table's columns."""
    inspector = sa.inspect(engine)
    return {
        table: {column["name"]: _facts(column) for column in inspector.get_columns(table)}
        for table in inspector.get_table_names()
    }


def _facts(column: Any) -> tuple[str, bool, bool]:
    return str(column["type"]), bool(column["nullable"]), column["default"] is not None


def uniques_of(engine: Engine) -> dict[str, set[tuple[str, ...]]]:
    """By table, what must be there once only."""
    inspector = sa.inspect(engine)
    return {
        table: {tuple(sorted(one["column_names"])) for one in inspector.get_unique_constraints(table)}
        | {tuple(sorted(map(str, one["column_names"]))) for one in inspector.get_indexes(table) if one["unique"]}
        for table in inspector.get_table_names()
    }


def taken_away(old: Columns, new: Columns) -> Iterator[str]:
    """What an application of the old schema would miss, or could no longer write, in the new one."""
    for table, columns in old.items():
        if table not in new:
            yield f"{table} is gone"
            continue
        for name, (kind, nullable, _) in columns.items():
            if name not in new[table]:
                yield f"{table}.{name} is gone"
            elif new[table][name][0] != kind:
                yield f"{table}.{name} was {kind} and is {new[table][name][0]}"
            elif nullable and not new[table][name][1]:
                yield f"{table}.{name} may no longer be null"
        for name in new[table].keys() - columns.keys():
            _, nullable, filled = new[table][name]
            if not nullable and not filled:
                yield f"{table}.{name} is new and must be given"
