"""`opportune serve` and `opportune deliver` as they are typed."""

import datetime as dt
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import Engine

from catalog.database import reading, writing
from catalog.stores.keys import create_key
from catalog.tables import Mentor, Ranking
from catalog.words import Scope
from tests.builders import NOW, make_opportunity, sample_people, save
from tests.delivery.post_office import PostOffice
from tests.ports import free_port

PATIENCE = 60.0


def environment(url: str, folder: Path, **settings: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OPPORTUNE_")}
    given = {"DATABASE_URL": url, "DATA_DIR": str(folder), "MODEL": str(folder / "no-model"), **settings}
    return kept | {f"OPPORTUNE_{name}": value for name, value in given.items()}


def opportune(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "operations", *arguments]


def until(what: str, found: object) -> None:
    """Wait until `found()` is true."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if found():  # type: ignore[operator]
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    pytest.fail(f"waited {PATIENCE} s for {what}")


@pytest.fixture
def office() -> Iterator[tuple[PostOffice, int]]:
    kept, port = PostOffice(), free_port()
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    yield kept, port
    controller.stop()


def test_it_serves_sends_what_is_forwarded_and_ends_when_asked(
    database_url: str, engine: Engine, tmp_path: Path, office: tuple[PostOffice, int]
) -> None:
    save(engine, *sample_people(), make_opportunity())
    with writing(engine) as session:
        ada = session.get_one(Mentor, "mtr_ada")
        _, key = create_key(session, ada, name="test", scopes=[Scope.READ, Scope.WRITE], now=NOW)
    kept, smtp_port = office
    port = free_port()
    settings = environment(database_url, tmp_path, SMTP_URL=f"smtp://127.0.0.1:{smtp_port}", UNDO_SECONDS="0")
    log = (tmp_path / "serve.log").open("w")
    serving = subprocess.Popen(opportune("serve", "--port", str(port)), env=settings, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        until("the service", lambda: httpx.get(f"{address}/livez").status_code == 200)
        headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": "one"}
        body = {"mentee_id": "mte_ben", "opportunity_id": "opp_rural_surgery", "channel": "email"}
        answer = httpx.post(f"{address}/v1/forwards", json=body, headers=headers, timeout=PATIENCE)
        assert answer.status_code == 201, answer.text
        until("the mail", lambda: kept.taken)
        forward = f"{address}/v1/forwards/{answer.json()['items'][0]['id']}"
        until("the state", lambda: httpx.get(forward, headers=headers, timeout=PATIENCE).json()["state"] == "sent")
        serving.send_signal(signal.SIGTERM)
        assert serving.wait(timeout=30) == 0, "delivery ends too, and not in the middle of a message"
    finally:
        serving.kill()
        serving.wait()
        log.close()
    [(recipients, message)] = kept.taken
    assert recipients == ["ben@lakeside.example.org"]
    assert f"{address}/reply#" in message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    said = (tmp_path / "serve.log").read_text("utf-8")
    assert f"listens on {address}" in said
    assert "ben@lakeside" not in said


def test_it_serves_on_a_socket_that_was_passed_on(database_url: str, engine: Engine, tmp_path: Path) -> None:
    with socket.socket() as kept:
        kept.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{kept.getsockname()[1]}"
        passed = kept.fileno()
        with (tmp_path / "serve.log").open("w") as log:
            serving = subprocess.Popen(
                opportune("serve", "--fd", str(passed)),
                env=environment(database_url, tmp_path),
                stdout=log,
                stderr=log,
                pass_fds=(passed,),
            )
    try:
        until("the service", lambda: httpx.get(f"{address}/livez").status_code == 200)
        serving.send_signal(signal.SIGTERM)
        assert serving.wait(timeout=30) == 0
    finally:
        serving.kill()
        serving.wait()
    assert f"listens on {address}" in (tmp_path / "serve.log").read_text("utf-8")


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (None, "no socket that was passed on"),
        ((socket.AF_UNIX, socket.SOCK_STREAM), "no TCP socket that is bound"),
        ((socket.AF_INET, socket.SOCK_DGRAM), "no TCP socket that is bound"),
        ((socket.AF_INET, socket.SOCK_STREAM), "no TCP socket that is bound"),
    ],
    ids=["a file", "a Unix socket", "UDP", "bound to no port"],
)
def test_it_refuses_what_is_passed_on_and_is_no_socket_to_serve_on(
    database_url: str, tmp_path: Path, kind: tuple[int, int] | None, said: str
) -> None:
    with (tmp_path / "file").open("w") if kind is None else socket.socket(*kind) as passed:
        done = subprocess.run(
            opportune("serve", "--fd", str(passed.fileno())),
            env=environment(database_url, tmp_path),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
            pass_fds=(passed.fileno(),),
        )
    assert done.returncode == 1
    assert said in " ".join(done.stderr.split())


def test_it_refuses_a_database_that_is_not_of_this_version(tmp_path: Path) -> None:
    settings = environment(f"sqlite:///{tmp_path / 'new.db'}", tmp_path)
    done = subprocess.run(
        opportune("serve"), env=settings, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 1
    assert "opportune db upgrade" in " ".join(done.stderr.split())


def test_delivering_without_a_mail_server_says_so(database_url: str, tmp_path: Path) -> None:
    settings = environment(database_url, tmp_path)
    done = subprocess.run(
        opportune("deliver"), env=settings, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "no mail server is set" in " ".join(done.stderr.split())


def test_delivering_without_a_mail_server_forgets_what_is_past_its_time(
    database_url: str, engine: Engine, tmp_path: Path
) -> None:
    over = Ranking(
        id="rnk_over",
        mentee_id="mte_ben",
        mentee_version=1,
        index_rev=1,
        model="m",
        mode="hybrid",
        expires_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC),
    )
    save(engine, *sample_people(), over)
    done = subprocess.run(
        opportune("deliver"),
        env=environment(database_url, tmp_path),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "past their time and forgotten: 1 rows" in done.stderr
    with reading(engine) as session:
        assert session.get(Ranking, "rnk_over") is None


def test_a_sender_that_is_no_address_is_said_and_nobody_is_barred_for_it(
    database_url: str, tmp_path: Path, office: tuple[PostOffice, int]
) -> None:
    settings = environment(database_url, tmp_path, SMTP_URL=f"smtp://127.0.0.1:{office[1]}", MAIL_FROM="Opportune")
    done = subprocess.run(
        opportune("deliver"), env=settings, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 1
    assert "OPPORTUNE_MAIL_FROM is not usable" in " ".join(done.stderr.split())
