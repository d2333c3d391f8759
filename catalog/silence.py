"""A PostgreSQL that takes connections and says nothing: stopped, swapped out, its disk gone.

Time-outs of the server's own do not end there, and the kernel goes on acknowledging what is sent, so that no keepalive
and no `tcp_user_timeout` notices. Only whoever waits can: a connection that was silent for too long is closed, and
what was asked on it ends with OperationalError. The statement may or may not have been done, as when a line breaks.
"""

from collections.abc import Callable
from typing import Any, Self

import psycopg
from psycopg.errors import _WaitTimeout
from sqlalchemy import Engine, event

PING_SECONDS = 1.5
"""For which a connection that lay in the pool may be silent before it counts as dead."""


class AttentiveConnection(psycopg.Connection[Any]):
    """A connection that waits `silence` seconds for the answer to a statement, and no longer."""

    silence: float | None = None

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """As psycopg waits, with an end. Raises OperationalError on a connection that is then closed."""
        try:
            return super().wait(gen, interval, self.silence if timeout is None else timeout)
        except _WaitTimeout as error:
            if timeout is not None:
                raise
            self.pgconn.finish()
            raise psycopg.OperationalError(f"the server was silent for {self.silence} seconds") from error

    @classmethod
    def attending(cls, silence: float, *arguments: Any, **named: Any) -> Self:
        """A new connection."""
        made = cls.connect(*arguments, **named)
        made.silence = silence
        return made


def end_after_silence(engine: Engine, seconds: float) -> None:
    """Let every statement on this engine's connections end after so many seconds without an answer."""

    @event.listens_for(engine, "do_connect")
    def _connect(_dialect: Any, _record: Any, arguments: Any, named: Any) -> AttentiveConnection:
        return AttentiveConnection.attending(seconds, *arguments, **named)

    @event.listens_for(engine, "checkin")
    def _as_before(connection: AttentiveConnection | None, _record: Any) -> None:
        if connection is not None:
            connection.silence = seconds

    ping: Callable[[Any], bool] = engine.dialect.do_ping

    def prompt_ping(connection: Any) -> bool:
        wait_for(connection, PING_SECONDS)
        try:
            return ping(connection)
        finally:
            wait_for(connection, seconds)

    engine.dialect.do_ping = prompt_ping  # type: ignore[method-assign, assignment]


def wait_for(connection: Any, seconds: float) -> None:
    """Let the server be silent for so long on this connection, until it goes back to the pool."""
    if isinstance(connection, AttentiveConnection):
        connection.silence = seconds
