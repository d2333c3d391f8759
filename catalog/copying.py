"""All rows of one database into another of the same shape, whichever engines they are on.

Values are moved as they are kept, without the checks of the domain, so that nothing that was
stored once can stop a backup.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Inspector

from catalog.columns import Checked, Json, Word
from catalog.tables import Table

OnProgress = Callable[[str], None]
_ROWS = 500


class NotCopied(RuntimeError):
    """Rows cannot be moved without losing something; the message says what to do."""


@cache
def plain_tables() -> tuple[sa.Table, ...]:
    """Our tables, parents first, with plain types in place of those that check what they hold."""
    metadata = sa.MetaData()
    for table in Table.metadata.sorted_tables:
        plain = table.to_metadata(metadata)
        for column in plain.columns:
            if isinstance(column.type, Checked):
                column.type = Json
            elif isinstance(column.type, Word):
                column.type = sa.String()
    return tuple(metadata.sorted_tables)


def count_rows(connection: Connection) -> dict[str, int]:
    """How many rows each of our tables holds, of those that are there."""
    there = set(sa.inspect(connection).get_table_names())
    return {
        table.name: int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())
        for table in plain_tables()
        if table.name in there
    }


def copy_rows(source: Connection, target: Connection, report: OnProgress = lambda _: None) -> dict[str, int]:
    """Copy every table; the number of rows by table. Raises NotCopied for a shape that this version does not know."""
    inspector = sa.inspect(source)
    counts = {}
    for table in plain_tables():
        columns = _columns_in(inspector, table)
        counts[table.name] = 0
        if not columns:
            continue
        for batch in _batches(source, sa.select(*columns)):
            target.execute(sa.insert(table), batch)
            counts[table.name] += len(batch)
        if counts[table.name]:
            report(f"{table.name}: {counts[table.name]:,} rows")
    return counts


def _columns_in(inspector: Inspector, table: sa.Table) -> list[sa.Column[object]]:
    """The table's columns that the source has: an older database lacks the newest."""
    if not inspector.has_table(table.name):
        return []
    there = {column["name"] for column in inspector.get_columns(table.name)}
    unknown = there - set(table.columns.keys())
    if unknown:
        raise NotCopied(
            f"{table.name} has columns that this version does not know ({', '.join(sorted(unknown))}): "
            "use the version that made them"
        )
    return [column for column in table.columns if column.name in there]


def _batches(source: Connection, query: sa.Select[*tuple[Any, ...]]) -> Iterator[list[dict[str, object]]]:
    result = source.execution_options(yield_per=_ROWS).execute(query)
    for partition in result.mappings().partitions(_ROWS):
        yield [dict(row) for row in partition]
