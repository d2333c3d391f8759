"""Free search by words, with the engine's own index: FTS5 on SQLite, `tsvector` on PostgreSQL.

Recommendations do not use it; they count words in process, alike on both engines.
"""

import re
from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session

MOST_WORDS = 20
_WORD = re.compile(r"[^\W_]+")

_SQLITE = sa.text(
    """
    SELECT opportunity_id FROM opportunity_words JOIN opportunity_words_row ON number = opportunity_words.rowid
    WHERE opportunity_words MATCH :wanted
    ORDER BY bm25(opportunity_words, 8.0, 4.0, 2.0, 1.0), opportunity_id LIMIT :most
    """
)
_SQLITE_HAVING = sa.text(
    """
    SELECT opportunity_id AS id FROM opportunity_words
    JOIN opportunity_words_row ON number = opportunity_words.rowid WHERE opportunity_words MATCH :wanted
    """
)
_WORDS = """(
    setweight(to_tsvector('english', title), 'A') ||
    setweight(to_tsvector('english', organisation), 'B') ||
    setweight(to_tsvector('english', summary), 'C') ||
    setweight(to_tsvector('english', left(description, 50000)), 'D'))"""
_POSTGRESQL = sa.text(
    f"""
    SELECT id FROM opportunity, to_tsquery('english', :wanted) AS wanted
    WHERE {_WORDS} @@ wanted ORDER BY ts_rank_cd({_WORDS}, wanted) DESC, id LIMIT :most
    """
)
_POSTGRESQL_HAVING = sa.text(f"SELECT id FROM opportunity WHERE {_WORDS} @@ to_tsquery('english', :wanted)")


def search_words(session: Session, query: str, limit: int = 50) -> Sequence[str]:
    """Identifiers of the opportunities that have every word of `query` (the last may be unfinished), best first.

    Whatever is not a word is ignored: nothing in `query` is read as an operator of the engine.
    """
    wanted = _wanted(session, query)
    if wanted is None:
        return []
    statement = _POSTGRESQL if _is_postgres(session) else _SQLITE
    return list(session.execute(statement, {"wanted": wanted, "most": limit}).scalars())


def having_words(session: Session, query: str) -> sa.Select[tuple[str]] | None:
    """The same as a condition for a list in another order; None when `query` holds no word."""
    wanted = _wanted(session, query)
    if wanted is None:
        return None
    having = _POSTGRESQL_HAVING if _is_postgres(session) else _SQLITE_HAVING
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
