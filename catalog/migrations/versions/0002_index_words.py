"""Index the words of opportunities for free search, in each engine's own way.

PostgreSQL: a GIN index over an expression. SQLite: an FTS5 table that triggers keep up to date. Its
rows are numbered by a table of their own, since the hidden row numbers of a table with a text key
may change (VACUUM; a later step that copies the table, which must also make the triggers anew).
"""

from alembic import op

revision: str = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_COLUMNS = ("title", "organisation", "summary", "description")

_POSTGRESQL = """
CREATE INDEX ix_opportunity_words ON opportunity USING gin ((
    setweight(to_tsvector('english', title), 'A') ||
    setweight(to_tsvector('english', organisation), 'B') ||
    setweight(to_tsvector('english', summary), 'C') ||
    setweight(to_tsvector('english', left(description, 50000)), 'D')
))
"""

_SQLITE = (
    "CREATE TABLE opportunity_words_row (number INTEGER PRIMARY KEY, opportunity_id TEXT NOT NULL UNIQUE)",
    f"CREATE VIRTUAL TABLE opportunity_words USING fts5({', '.join(_COLUMNS)}, tokenize = 'porter unicode61')",
    f"""
    CREATE TRIGGER opportunity_words_insert AFTER INSERT ON opportunity BEGIN
        INSERT INTO opportunity_words_row (opportunity_id) VALUES (new.id);
        INSERT INTO opportunity_words (rowid, {", ".join(_COLUMNS)})
        SELECT number, {", ".join(f"new.{column}" for column in _COLUMNS)}
        FROM opportunity_words_row WHERE opportunity_id = new.id;
    END
    """,
    f"""
    CREATE TRIGGER opportunity_words_update AFTER UPDATE OF {", ".join(_COLUMNS)} ON opportunity
    WHEN {" OR ".join(f"new.{column} IS NOT old.{column}" for column in _COLUMNS)} BEGIN
        UPDATE opportunity_words SET {", ".join(f"{column} = new.{column}" for column in _COLUMNS)}
        WHERE rowid = (SELECT number FROM opportunity_words_row WHERE opportunity_id = new.id);
    END
    """,
    """
    CREATE TRIGGER opportunity_words_delete AFTER DELETE ON opportunity BEGIN
        DELETE FROM opportunity_words
        WHERE rowid = (SELECT number FROM opportunity_words_row WHERE opportunity_id = old.id);
        DELETE FROM opportunity_words_row WHERE opportunity_id = old.id;
    END
    """,
    "INSERT INTO opportunity_words_row (opportunity_id) SELECT id FROM opportunity ORDER BY id",
    f"""
    INSERT INTO opportunity_words (rowid, {", ".join(_COLUMNS)})
    SELECT number, {", ".join(_COLUMNS)} FROM opportunity_words_row JOIN opportunity ON id = opportunity_id
    """,
)


def upgrade() -> None:
    """Take this step."""
    for statement in (_POSTGRESQL,) if op.get_bind().dialect.name == "postgresql" else _SQLITE:
        op.execute(statement)


def downgrade() -> None:
    """Steps are not taken back: restore the backup made before the upgrade."""
    raise NotImplementedError("restore the backup made before the upgrade")
