"""The rows of a table in batches, and a checksum of them that depends neither on their order nor on the engine."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import sqlalchemy as sa
from sqlalchemy import Connection

ROWS_AT_ONCE = 1_000
_EVERYTHING = 1 << 128


@dataclass(frozen=True, slots=True)
class Compared:
    """One table as it is in both: how many rows, and their checksum."""

    table: str
    rows: int
    checksum: str


def batches_of(
    connection: Connection, table: sa.Table, after: list[Any] | None = None
) -> Iterator[list[dict[str, Any]]]:
    """All rows by key, from `after` on, so that nothing is held but one batch."""
    key = list(table.primary_key.columns)
    while True:
        query = sa.select(table).order_by(*key).limit(ROWS_AT_ONCE)
        if after is not None:
            values = [sa.literal(value, column.type) for value, column in zip(after, key, strict=True)]
            query = query.where(sa.tuple_(*key) > sa.tuple_(*values))
        rows = [dict(row) for row in connection.execute(query).mappings()]
        if not rows:
            return
        yield rows
        after = [rows[-1][column.name] for column in key]


def summed(connection: Connection, table: sa.Table) -> Compared:
    """The rows' hashes added up: the same in whatever order they come."""
    rows = total = 0
    for batch in batches_of(connection, table):
        for row in batch:
            total = (total + _hash(row)) % _EVERYTHING
        rows += len(batch)
    return Compared(table.name, rows, f"{total:032x}")


def _hash(row: Mapping[str, Any]) -> int:
    written = json.dumps(_plain(dict(row)), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return int.from_bytes(hashlib.blake2b(written.encode("utf-8", "surrogatepass"), digest_size=16).digest())


def _plain(value: Any) -> Any:
    """A value as both engines give it back: whole numbers without a point, vectors by their bytes."""
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, np.ndarray):
        return hashlib.blake2b(value.astype("<f4").tobytes(), digest_size=16).hexdigest()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return value if value is None or isinstance(value, str | int | float) else str(value)
