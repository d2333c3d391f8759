"""The catalogue as JSON lines, for other programs: one object a line, `type` first. No people unless asked."""

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from catalog.copying import plain_tables

CATALOGUE = ("source", "series", "opportunity", "posting", "change", "refusedposting")
PEOPLE = (
    "programme", "mentor", "programmementor", "mentee", "menteementor", "goal", "decision", "confirmation", "note",
    "reminder", "messagetemplate", "forward", "reply",
)  # fmt: skip
_NEVER = frozenset({"password_hash", "token_hash", "key_hash", "secret", "old_secret"})


def export_lines(session: Session, *, people: bool = False) -> Iterator[str]:
    """Every row as one line of JSON, parents first. Passwords, links and keys are never among them."""
    for name in (*CATALOGUE, *(PEOPLE if people else ())):
        table = next(table for table in plain_tables() if table.name == name)
        columns = [column for column in table.columns if column.name not in _NEVER]
        for row in _rows(session, columns, table):
            yield json.dumps({"type": name, **row}, ensure_ascii=False, default=_text)


def _rows(session: Session, columns: Sequence[sa.Column[Any]], table: sa.Table) -> Iterator[dict[str, Any]]:
    query = sa.select(*columns).order_by(*table.primary_key.columns).execution_options(yield_per=500)
    for row in session.execute(query).mappings():
        yield dict(row)


def _text(value: object) -> str:
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")
