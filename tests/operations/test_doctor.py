"""The doctor finds what is wrong, says what to do, changes nothing and tells no secret."""

import contextlib
import datetime as dt
import json
import os
import smtplib
import ssl
import subprocess
import threading
from pathlib import Path
from socketserver import StreamRequestHandler, TCPServer

import pytest
import sqlalchemy as sa
import trustme
from aiosmtpd.controller import Controller
from sqlalchemy import Engine

from catalog.backup import back_up
from catalog.database import connect, writing
from catalog.settings import Settings
from catalog.stores.leases import acquire, database_now
from catalog.stores.nights import begin_night, finish_night
from catalog.stores.runs import begin_run
from catalog.tables import CrawlRun
from operations.doctor import examine
from operations.findings import Finding, State
from operations.host import disk, mail
from tests.builders import NOW, make_source, save
from tests.delivery.post_office import PostOffice
from tests.operations.test_serve import environment, opportune
from tests.ports import free_port

SECRET = "SECRETPW"


def settings_for(url: str, folder: Path, **given: object) -> Settings:
    return Settings(_env_file=None, database_url=url, data_dir=folder, **given)  # type: ignore[arg-type]


def named(found: list[Finding], name: str) -> list[Finding]:
    return [one for one in found if one.name == name]


def look(engine: Engine, settings: Settings, now: dt.datetime = NOW) -> list[Finding]:
    return examine(settings, engine, settings.data_dir / "backups", now)


def test_an_installation_that_is_well(both_engines: Engine, tmp_path: Path):
    now = dt.datetime.now(dt.UTC)
    save(both_engines, make_source(last_healthy_at=now))
    with writing(both_engines) as session:
        finish_night(session, begin_night(session, now=now), 0, {}, now=now)
    (tmp_path / "backups").mkdir(mode=0o700)
    back_up(both_engines, tmp_path / "backups", now=now)
    tmp_path.chmod(0o700)
    found = look(both_engines, settings_for("", tmp_path, secret_key="k" * 40), now)
    well = {one.name for one in found if one.state is State.OK}
    assert well >= {"database", "clock", "sources", "night", "model", "disk", "secrets", "permissions", "backups"}
    assert {one.state for one in found} <= {State.OK, State.WARNING}
    assert all(one.advice for one in found if one.state is not State.OK)


def test_a_source_that_is_blind_for_six_nights_and_a_night_that_never_came_are_wrong(engine: Engine, tmp_path: Path):
    from catalog.words import RunVerdict
    from tests.operations.test_metrics import crawled

    save(engine, make_source(last_healthy_at=NOW - dt.timedelta(days=9)))
    crawled(engine, *[RunVerdict.SUSPECT] * 6)
    with writing(engine) as session:
        began = NOW - dt.timedelta(days=3)
        finish_night(session, begin_night(session, now=began), 3, {}, now=began)
    found = look(engine, settings_for("", tmp_path))
    assert [one.state for one in named(found, "sources")] == [State.WRONG, State.WRONG]
    assert "opportune crawl lakeside_listing --accept" in named(found, "sources")[1].advice
    assert "--if-missed" in named(found, "night")[0].advice


def test_without_its_database_the_rest_is_still_looked_at(tmp_path: Path):
    engine = connect("postgresql://nobody@127.0.0.1:1/nothing", answering=True)
    found = look(engine, settings_for("", tmp_path))
    engine.dispose()
    assert named(found, "database")[0].state is State.WRONG
    assert not named(found, "sources")
    assert named(found, "disk")


def test_where_there_is_nothing_nothing_is_made(tmp_path: Path):
    engine = connect(f"sqlite:///{tmp_path}/nowhere/opportune.db")
    found = look(engine, settings_for("", tmp_path / "nowhere"))
    engine.dispose()
    assert "there is none" in named(found, "database")[0].detail
    assert "opportune db upgrade" in named(found, "database")[0].advice
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_is_told_from_a_database_that_is_away(tmp_path: Path):
    (tmp_path / "opportune.db").write_bytes(b"no database at all " * 100)
    engine = connect(f"sqlite:///{tmp_path}/opportune.db")
    [found] = named(look(engine, settings_for("", tmp_path)), "database")
    engine.dispose()
    assert (found.state, "cannot be read" in found.detail) == (State.WRONG, True)
    assert "backup" in found.advice


def test_a_mail_server_is_greeted_and_sent_nothing(engine: Engine, tmp_path: Path):
    office, port = PostOffice(), free_port()
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        well = named(look(engine, settings_for("", tmp_path, smtp_url=f"smtp://127.0.0.1:{port}")), "mail")
    finally:
        controller.stop()
    away = named(look(engine, settings_for("", tmp_path, smtp_url=f"smtp://127.0.0.1:{port}")), "mail")
    assert (well[0].state, away[0].state, office.taken) == (State.OK, State.WRONG, [])


def test_a_refused_sign_in_is_told_from_a_server_that_is_away(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def refuse(*_: object) -> None:
        raise smtplib.SMTPAuthenticationError(535, b"no")

    monkeypatch.setattr("delivery.mail.SmtpMailer.greet", refuse)
    found = look(engine, settings_for("", tmp_path, smtp_url=f"smtp://u:{SECRET}@mail.example.org"))
    assert "refused our sign-in" in named(found, "mail")[0].detail


class Refusing(StreamRequestHandler):
    """A mail server that takes nothing from us, and says so."""

    def handle(self) -> None:
        self.wfile.write(b"554 5.7.1 not from your network\r\n")


class Untrusted(StreamRequestHandler):
    """A mail server with a certificate that nobody vouches for."""

    def handle(self) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
        with contextlib.suppress(OSError):
            context.wrap_socket(self.connection, server_side=True).close()


@pytest.mark.parametrize(
    ("server", "scheme", "says"),
    [
        (Refusing, "smtp", "refuses us (554 5.7.1 not from your network)"),
        (Untrusted, "smtps", "certificate does not pass: unable to get local issuer certificate"),
    ],
)
def test_a_server_that_refuses_and_one_with_a_bad_certificate_are_told_from_one_that_is_away(
    server: type[StreamRequestHandler], scheme: str, says: str, tmp_path: Path
):
    with TCPServer(("127.0.0.1", 0), server) as listening:
        threading.Thread(target=listening.handle_request, daemon=True).start()
        [found, *_] = mail(settings_for("", tmp_path, smtp_url=f"{scheme}://127.0.0.1:{listening.server_address[1]}"))
    assert (found.state, says in found.detail) == (State.WRONG, True), found.detail


def test_a_crawl_that_hangs_is_named_with_its_process(engine: Engine, tmp_path: Path):
    with writing(engine) as session:
        now = database_now(session)
        acquire(session, "crawl", "host/77/1")
        begin_run(session, [], as_of=now, now=now - dt.timedelta(hours=3))
    assert not named(look(engine, settings_for("", tmp_path)), "crawl")
    with writing(engine) as session:
        session.exec(sa.update(CrawlRun).values(started_at=now - dt.timedelta(hours=9)))
    [found] = named(look(engine, settings_for("", tmp_path)), "crawl")
    assert (found.state, found.detail) == (State.WARNING, "one has been under way for 9 h, of host/77/1")


def test_what_happened_in_the_future_tells_that_the_clock_was_wrong(engine: Engine, tmp_path: Path):
    with writing(engine) as session:
        now = database_now(session)
    assert named(look(engine, settings_for("", tmp_path), now), "clock")[0].state is State.OK, "nothing is recorded yet"
    with writing(engine) as session:
        begin_night(session, now=now + dt.timedelta(days=7))
    [found] = named(look(engine, settings_for("", tmp_path), now), "clock")
    assert (found.state, found.detail) == (
        State.WARNING, "something is recorded 7 days from now: it was ahead, or is behind",
    )  # fmt: skip


class Full:
    """What a disk without room answers."""

    free = 0


def test_a_full_disk_is_called_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("operations.host.shutil.disk_usage", lambda _: Full())
    [found] = disk(tmp_path)
    assert (found.state, found.detail) == (
        State.WRONG,
        "full: nothing can be written, and mentors' changes are refused",
    )


@pytest.mark.parametrize(
    ("given", "name", "says"),
    [
        ({"secret_key": SECRET}, "secrets", "is short"),
        ({"public_url": "http://calls.example.org"}, "settings", "cannot sign in"),
        ({"model": "no/such/model"}, "model", "does not work"),
        ({"model": "/nowhere/model"}, "model", "/nowhere/model"),
    ],
)
def test_what_is_set_wrongly_is_said(given: dict[str, str], name: str, says: str, engine: Engine, tmp_path: Path):
    found = named(look(engine, settings_for("", tmp_path, **given)), name)[0]
    assert (found.state, says in found.detail) == (State.WRONG, True)


def test_files_that_others_may_read_or_change_are_found(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    tmp_path.chmod(0o755)
    (tmp_path / "secret.key").write_text("k" * 40)
    (tmp_path / "secret.key").chmod(0o644)
    (tmp_path / "smtp").write_text("smtp://127.0.0.1:1")
    (tmp_path / "smtp").chmod(0o666)
    monkeypatch.setenv("OPPORTUNE_SMTP_URL_FILE", str(tmp_path / "smtp"))
    found = {one.state: one.detail for one in named(look(engine, settings_for("", tmp_path)), "permissions")}
    assert "secret.key" in found[State.WARNING]
    assert "OPPORTUNE_SMTP_URL_FILE" in found[State.WRONG]


def test_the_command_tells_no_secret_and_ends_with_how_it_is(database_url: str, tmp_path: Path):
    address = f"smtp://user:{SECRET}@127.0.0.1:1"
    settings = environment(database_url, tmp_path, SMTP_URL=address, SECRET_KEY=SECRET * 5, MODEL="")
    for words in (("doctor",), ("doctor", "--json")):
        done = subprocess.run(
            opportune(*words), env={**os.environ, **settings}, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 1, done.stderr
        assert SECRET not in done.stdout + done.stderr
        assert "Traceback" not in done.stderr
    said = json.loads(done.stdout)
    assert said["exit_code"] == 1
    assert {one["state"] for one in said["findings"]} == {"ok", "warning", "wrong"}
