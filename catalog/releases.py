"""The releases there are, and which of their applications may go on while a newer one has upgraded the database.

During an upgrade old processes still run, are restarted, or are gone back to. So no step takes away what the release
before it uses (tests/catalog/test_upgrading.py compares), and an upgrade notes in the database which older steps'
applications may go on: those since the release before. Whoever is older is refused, as ever.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import Connection

RELEASES: dict[str, str] = {}
"""By version, oldest first, the newest step of each release's schema. Empty: nothing has been released yet."""
_GOING_ON = sa.table("step_going_on", sa.column("step"))
"""Outside the models: it is about applications, so it is neither copied nor backed up; each upgrade writes it anew."""


def steps_since_release(history: Sequence[str], releases: Sequence[str]) -> list[str]:
    """Of a history's steps, oldest first, those from the release before the newest step on, without the newest.

    `releases` are the steps of the releases, oldest first. Before the first release there are none.
    """
    newest = history[-1]
    before = [step for step in releases if step != newest]
    return list(history[history.index(before[-1]) : -1]) if before else []


def let_go_on(connection: Connection, history: Sequence[str]) -> None:
    """Note in a database that is at the newest step of `history` which older applications may go on with it."""
    connection.execute(sa.delete(_GOING_ON))
    if steps := steps_since_release(history, list(RELEASES.values())):
        connection.execute(sa.insert(_GOING_ON), [{"step": step} for step in steps])


def may_go_on(connection: Connection, step: str) -> bool:
    """Whether the newer version that upgraded this database lets the application of `step` go on with it."""
    if not sa.inspect(connection).has_table(_GOING_ON.name):
        return False
    return connection.execute(sa.select(_GOING_ON).where(_GOING_ON.c.step == step)).first() is not None
