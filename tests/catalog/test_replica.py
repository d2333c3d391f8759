"""Choosing where to read; tests/api/test_read_replica.py does it with a real replica that follows, lags and dies."""

from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import Engine

from catalog.database import connect
from catalog.replica import LEFT_ALONE, Lag, Replica, Standing
from catalog.settings import Settings
from catalog.silence import AttentiveConnection
from tests.ports import free_port


@pytest.mark.postgres
def test_a_replica_that_is_away_is_left_alone_for_a_while(
    postgres_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, chosen = [100.0], list[Standing]()
    nobody = connect(f"postgresql://opportune@127.0.0.1:{free_port()}/opportune", answering=True)
    tried: list[object] = []
    connecting = AttentiveConnection.attending

    def counted(*given: Any, **named: Any) -> AttentiveConnection:
        if named["port"] == nobody.url.port:
            tried.append(given)
        return connecting(*given, **named)

    monkeypatch.setattr(AttentiveConnection, "attending", counted)
    replica = Replica(postgres_engine, nobody, noted=chosen.append, seconds=lambda: clock[0])
    assert replica.engine() is postgres_engine
    before = len(tried)
    clock[0] += LEFT_ALONE / 2
    assert replica.engine() is postgres_engine
    assert len(tried) == before > 0
    clock[0] += LEFT_ALONE
    assert replica.engine() is postgres_engine
    assert len(tried) > before
    assert chosen == [Standing.AWAY] * 3
    assert replica.lag() == Lag(Standing.AWAY, None)
    replica.close()


@pytest.mark.postgres
def test_a_database_that_follows_nobody_is_not_read_from(postgres_engine: Engine, postgres_url: str) -> None:
    replica = Replica(postgres_engine, connect(postgres_url, answering=True))
    assert replica.engine() is postgres_engine
    assert replica.lag().standing is Standing.BEHIND
    replica.close()


def test_a_replica_is_of_postgresql() -> None:
    with pytest.raises(ValidationError, match="read_database_url"):
        Settings(_env_file=None, read_database_url="postgresql://127.0.0.1/opportune")
