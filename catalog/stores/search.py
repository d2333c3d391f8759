"""Narrowing a list by words, with the engine's own index: FTS5 on SQLite, `tsvector` on PostgreSQL.

Recommendations and search do not use it; they count words in process, alike on both engines.
"""

import re

import sqlalchemy as sa
from sqlmodel import Session

MOST_WORDS = 20
_WORD = re.compile(r"[^\W_]+")

_SQLITE = sa.text(
    """
    SELECT opportunity_id AS id FROM opportunity_words
    JOIN opportunity_words_row ON number = opportunity_words.rowid WHERE opportunity_words MATCH :wanted
    """
)
# letter for letter as the index was made, weights included: else PostgreSQL does not use it
_WORDS = """(
    setweight(to_tsvector('english', title), 'A') ||
    setweight(to_tsvector('english', organisation), 'B') ||
    setweight(to_tsvector('english', summary), 'C') ||
    setweight(to_tsvector('english', left(description, 50000)), 'D'))"""
_POSTGRESQL = sa.text(f"SELECT id FROM opportunity WHERE {_WORDS} @@ to_tsquery('english', :wanted)")


def having_words(session: Session, query: str) -> sa.Select[tuple[str]] | None:
    """Selects the opportunities that have every word of `query`, of which the last may be unfinished.

    Whatever is not a word is ignored: nothing in `query` is read as an operator of the engine. None when it holds none.
    """
    wanted = _wanted(session, query)
    if wanted is None:
        return None
    having = _POSTGRESQL if _is_postgres(session) else _SQLITE
    found = having.bindparams(wanted=wanted).columns(sa.column("id", sa.String)).subquery()
    return sa.select(found.c.id)


def _wanted(session: Session, query: str) -> str | None:
    """The question in the engine's own notation."""
    words = _WORD.findall(query.casefold())[:MOST_WORDS]
    if not words:
        return None
    if _is_postgres(session):
        return " & ".join(f"'{word}'" for word in words) + ":*"
    return " ".join(f'"{word}"' for word in words) + "*"


def _is_postgres(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"
