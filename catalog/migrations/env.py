"""How Alembic runs our history: on the connection it is given, whole or not at all.

Developers write a new step with
`alembic -x url=sqlite:///scratch.db revision --autogenerate --rev-id 0003 -m "what it does"`
against a database that is at the newest step.
"""

from alembic import context

from catalog.database import connect
from catalog.migrations.comparing import compare_type, is_ours, render_type
from catalog.tables import Table


def run() -> None:
    """Run whatever command Alembic was asked for."""
    connection = context.config.attributes.get("connection")
    if connection is not None:
        _run_on(connection)
        return
    url = context.get_x_argument(as_dictionary=True).get("url")
    if not url:
        raise SystemExit("say which database: alembic -x url=sqlite:///scratch.db …")
    with connect(url).connect() as made:
        _run_on(made)
        made.commit()


def _run_on(connection) -> None:  # type: ignore[no-untyped-def]
    context.configure(
        connection=connection,
        target_metadata=Table.metadata,
        render_as_batch=True,  # SQLite cannot alter a table; Alembic copies it instead
        transactional_ddl=True,  # SQLite too, since our engine begins its own transactions
        compare_type=compare_type,
        render_item=render_type,
        include_name=is_ours,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
