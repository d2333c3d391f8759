"""The HNSW indexes over vectors on PostgreSQL, one for each model and kind: made, found, dropped. Nothing here commits,
but making an index, which is done beside whatever goes on and so in no transaction.
"""

import hashlib

import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlmodel import Session

from catalog.stores.neighbours import Space, condition_of
from catalog.words import Kind

INDEX_PREFIX = "ix_passagevector_near_"
WORTH_AN_INDEX = 5_000  # vectors of a kind; reading fewer is as quick
NEIGHBOURS, BUILT_WITH = 24, 128  # m and ef_construction; measured in docs/decisions/0003
_MAKING = ("statement_timeout = 0", "lock_timeout = 0", "maintenance_work_mem = '512MB'")


def index_name(space: Space, kind: Kind) -> str:
    """The index over one kind's vectors of a model."""
    told_apart = hashlib.sha256(f"{space.model}:{space.dimension}".encode()).hexdigest()[:12]
    return f"{INDEX_PREFIX}{told_apart}_{kind}"


def usable_indexes(session: Session, space: Space) -> frozenset[Kind]:
    """The kinds whose index is whole: one whose making was broken off stays behind and is not used."""
    names = {index_name(space, kind): kind for kind in Kind}
    found = session.execute(
        sa.text(
            "SELECT c.relname, i.indisvalid AND i.indisready FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
            "WHERE c.relname = ANY(:names) AND i.indrelid = to_regclass('passagevector')"
        ).bindparams(names=list(names))
    )
    return frozenset(names[name] for name, whole in found if whole)


def build_indexes(engine: Engine, space: Space, worth_it: int | None = None) -> list[str]:
    """Make the index of every kind with at least `worth_it` vectors, beside whatever goes on; which were made.

    Those whose making was broken off are made anew.
    """
    least = WORTH_AN_INDEX if worth_it is None else worth_it
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for setting in _MAKING:
            connection.execute(sa.text(f"SET {setting}"))
        with Session(connection) as session:
            whole = usable_indexes(session, space)
        counts = _counts(connection, space)
        missing = [kind for kind in Kind if kind not in whole and counts.get(kind, 0) >= least]
        for kind in missing:
            _build(connection, space, kind)
        connection.execute(sa.text("RESET ALL"))  # the connection goes back to the others
    return [index_name(space, kind) for kind in missing]


def drop_other_indexes(session: Session, space: Space) -> None:
    """Take away the indexes of every other model."""
    ours = [index_name(space, kind) for kind in Kind]
    others = session.execute(
        sa.text(
            "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
            "WHERE i.indrelid = to_regclass('passagevector') AND starts_with(c.relname, :prefix)"
        ).bindparams(prefix=INDEX_PREFIX)
    ).scalars()
    for name in set(others) - set(ours):
        session.execute(sa.text(f"DROP INDEX {name}"))


def _counts(connection: Connection, space: Space) -> dict[str, int]:
    """How many vectors of this model each kind has."""
    held = connection.execute(
        sa.text("SELECT kind, count(*) FROM passagevector WHERE model = :model AND dimension = :size GROUP BY kind"),
        {"model": space.model, "size": space.dimension},
    )
    return {str(kind): int(count) for kind, count in held}


def _build(connection: Connection, space: Space, kind: Kind) -> None:
    """Make one index, in place of what a broken-off attempt left."""
    name = index_name(space, kind)
    connection.execute(sa.text(f"DROP INDEX CONCURRENTLY IF EXISTS {name}"))
    connection.execute(
        sa.text(
            f"CREATE INDEX CONCURRENTLY {name} ON passagevector USING hnsw "
            f"((vector::vector({space.dimension})) vector_ip_ops) "
            f"WITH (m = {NEIGHBOURS}, ef_construction = {BUILT_WITH}) WHERE {condition_of(space, kind)}"
        )
    )
