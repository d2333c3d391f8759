"""One holder at a time, whatever happens to it, judged by the database's clock."""

import datetime as dt
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from catalog.database import writing
from catalog.processes import is_gone, this_process
from catalog.stores.leases import HeldLease, LeaseHeld, LeaseLost, acquire, database_now, hold, release
from catalog.tables import Lease

SHORT = dt.timedelta(milliseconds=1)


def take(engine: Engine, holder: str, **more: object) -> HeldLease:
    with writing(engine) as session:
        return acquire(session, "crawl", holder, **more)  # type: ignore[arg-type]


def test_twelve_who_ask_at_once_are_one_winner(both_engines: Engine) -> None:
    start = Barrier(12)

    def ask(number: int) -> HeldLease | None:
        start.wait()
        try:
            return take(both_engines, f"holder {number}")
        except LeaseHeld:
            return None

    both_engines.dispose()
    with ThreadPoolExecutor(12) as pool:
        won = [lease for lease in pool.map(ask, range(12)) if lease]
    assert len(won) == 1


@pytest.mark.slow
def test_twelve_processes_that_ask_at_once_are_one_winner(database_url: str) -> None:
    script = (
        "import sys; from catalog.database import connect, writing\n"
        "from catalog.stores.leases import LeaseHeld, acquire\n"
        "engine = connect(sys.argv[1], patience=60.0); sys.stdin.readline()\n"
        "try:\n"
        "    with writing(engine) as session: acquire(session, 'crawl', sys.argv[2])\n"
        "    print('won')\n"
        "except LeaseHeld: print('lost')\n"
    )
    root = Path(__file__).parents[2]
    started = [
        subprocess.Popen(
            [sys.executable, "-c", script, database_url, str(number)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=root,
        )
        for number in range(12)
    ]
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate()[0].strip() for process in started]
    assert sorted(said) == ["lost"] * 11 + ["won"]


def test_who_holds_it_and_until_when_is_said_to_who_does_not_get_it(engine: Engine) -> None:
    take(engine, "the first")
    with pytest.raises(LeaseHeld, match="held by the first until"):
        take(engine, "the second")


def test_an_expired_lease_goes_to_the_next_with_a_higher_fence(both_engines: Engine) -> None:
    first = take(both_engines, "the first", lasts=-SHORT)
    second = take(both_engines, "the second")
    assert second.fence == first.fence + 1


def test_a_holder_that_was_replaced_cannot_write(both_engines: Engine) -> None:
    slept = take(both_engines, "the first", lasts=-SHORT)
    take(both_engines, "the second")
    with pytest.raises(LeaseLost), writing(both_engines) as session:
        hold(session, slept)


def test_even_a_holder_of_the_same_name_is_another_once_the_lease_has_changed_hands(engine: Engine) -> None:
    slept = take(engine, "the same", lasts=-SHORT)
    take(engine, "the same")
    with pytest.raises(LeaseLost), writing(engine) as session:
        hold(session, slept)


def test_a_heartbeat_moves_the_expiry(both_engines: Engine) -> None:
    lease = take(both_engines, "the first", lasts=dt.timedelta(seconds=5))
    with writing(both_engines) as session:
        hold(session, lease, lasts=dt.timedelta(hours=1))
    with writing(both_engines) as session:
        left = session.execute(sa.select(Lease.expires_at)).scalar_one() - database_now(session)  # type: ignore[call-overload]
    assert left > dt.timedelta(minutes=59)


def test_a_released_lease_is_free_at_once(both_engines: Engine) -> None:
    lease = take(both_engines, "the first")
    with writing(both_engines) as session:
        release(session, lease)
    assert take(both_engines, "the second").fence == 2


def test_the_lease_of_a_process_that_is_gone_is_taken_without_waiting(engine: Engine) -> None:
    child = subprocess.run(
        [sys.executable, "-c", "from catalog.processes import this_process; print(this_process())"],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    take(engine, child.stdout.strip())
    assert take(engine, this_process(), is_gone=is_gone).fence == 2


def test_a_process_that_runs_or_that_cannot_be_seen_from_here_is_not_gone() -> None:
    assert not is_gone(this_process())
    assert not is_gone("another boot/pid:[1]/4242/99")
    assert not is_gone("process/abcdef")
    assert not is_gone("")


def test_the_clock_is_the_databases_and_has_a_zone(both_engines: Engine) -> None:
    with writing(both_engines) as session:
        now = database_now(session)
    assert now.tzinfo is not None
    assert abs(now - dt.datetime.now(dt.UTC)) < dt.timedelta(seconds=5)
