"""The compose file, checked without an engine: schema, cross references, and what a host should insist on."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import SecretStr

from catalog.backup import check_backup
from catalog.schema import newest_revision
from catalog.settings import Settings
from tests.ports import free_port

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OUR_SECRETS = [name.upper() for name, field in Settings.model_fields.items() if field.annotation == SecretStr | None]


def names_of(entries: Any) -> set[str]:
    return {str(entry).split(":")[0] for entry in entries or ()}


def test_the_file_follows_the_compose_specification():
    command = [Path(sys.executable).parent / "check-jsonschema", "--builtin-schema", "vendor.compose-spec"]
    checked = subprocess.run([*command, ROOT / "docker-compose.yml"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_the_dockerfile_is_clean():
    command = [Path(sys.executable).parent / "hadolint", ROOT / "Dockerfile"]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_the_services_that_the_readme_promises_are_there():
    assert {"db", "upgrade", "api", "worker"} <= set(SERVICES)


@pytest.mark.parametrize("name", SERVICES)
def test_whatever_a_service_names_is_declared(name: str):
    service = SERVICES[name]
    assert names_of(service.get("secrets")) <= set(COMPOSE["secrets"])
    assert names_of(service.get("volumes")) <= set(COMPOSE["volumes"])
    assert names_of(service.get("networks")) <= set(COMPOSE["networks"])
    assert set(service.get("depends_on", {})) <= set(SERVICES)


@pytest.mark.parametrize("name", SERVICES)
def test_who_is_waited_for_healthy_has_a_health_check(name: str):
    waited = SERVICES[name].get("depends_on", {})
    healthy = [other for other, how in waited.items() if how["condition"] == "service_healthy"]
    assert all("healthcheck" in SERVICES[other] for other in healthy)


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_has_no_more_rights_than_it_needs(name: str):
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["mem_limit"]
    assert service["pids_limit"]
    assert not any("docker.sock" in str(volume) for volume in service.get("volumes", ()))


@pytest.mark.parametrize("name", SERVICES)
def test_ports_are_published_on_loopback_only(name: str):
    assert all(str(port).startswith("127.0.0.1:") for port in SERVICES[name].get("ports", ()))


@pytest.mark.parametrize("name", SERVICES)
def test_secrets_come_as_files_and_never_as_text(name: str):
    environment = SERVICES[name].get("environment", {})
    secret = ("PASSWORD", "TOKEN", "DATABASE_URL", *OUR_SECRETS)
    named = {key: value for key, value in environment.items() if any(word in key for word in secret)}
    assert all(key.endswith("_FILE") for key in named)
    assert {value.removeprefix("/run/secrets/") for value in named.values()} <= set(SERVICES[name]["secrets"])


@pytest.mark.parametrize("name", ["api", "worker"])
def test_mail_can_be_sent_and_keyed_sources_read(name: str):
    given = {key.removeprefix("OPPORTUNE_").removesuffix("_FILE").lower() for key in SERVICES[name]["environment"]}
    assert given >= {"smtp_url", "mail_from", "operator_email", "simpler_grants_api_key", "reliefweb_appname"}
    assert given <= set(Settings.model_fields)


def test_the_secrets_that_the_file_names_are_made_once_and_kept(tmp_path: Path):
    (tmp_path / "deploy").mkdir()
    shutil.copy(ROOT / "deploy" / "secrets.sh", tmp_path / "deploy")
    make = ["sh", str(tmp_path / "deploy" / "secrets.sh")]
    subprocess.run(make, check=True, capture_output=True)
    made = {f"./{path.relative_to(tmp_path)}" for path in (tmp_path / "secrets").iterdir()}
    assert made == {secret["file"] for secret in COMPOSE["secrets"].values()}
    assert (tmp_path / "secrets").stat().st_mode & 0o077 == 0, "nobody else may look into the folder"

    (tmp_path / "secrets" / "smtp_url").write_text("smtp://mail.example.org")
    key = (tmp_path / "secrets" / "secret_key").read_text()
    subprocess.run(make, check=True, capture_output=True)
    assert (tmp_path / "secrets" / "smtp_url").read_text() == "smtp://mail.example.org"
    assert (tmp_path / "secrets" / "secret_key").read_text() == key != ""


def test_every_service_has_a_read_only_root_and_places_to_write():
    for name, service in SERVICES.items():
        assert service["read_only"] is True, name
        assert {"/tmp", "/run/postgresql"} & set(service["tmpfs"]) == {"/tmp", *(["/run/postgresql"] * (name == "db"))}
        assert service["volumes"], name


def test_the_backup_waits_for_the_upgrade_and_is_started_only_when_asked_for():
    assert SERVICES["backup"]["profiles"] == ["backup"]
    assert SERVICES["backup"]["depends_on"] == {"upgrade": {"condition": "service_completed_successfully"}}


def test_only_who_asks_other_hosts_has_a_way_out():
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert {name for name, service in SERVICES.items() if "outside" in service["networks"]} == {"api", "worker"}


def test_a_service_that_stays_has_a_health_check_and_time_to_end():
    for name in ("db", "api", "worker"):
        assert SERVICES[name]["healthcheck"]["test"][0] == "CMD", name
        assert SERVICES[name]["stop_grace_period"], name


class Here:
    """The services as plain processes: the same commands and environment, with this machine's places and ports."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self._places = {
            "/run/secrets/": f"{folder}/secrets/",
            "/var/lib/opportune": f"{folder}/data",
            "0.0.0.0": "127.0.0.1",
            "8000": str(free_port()),
        }
        self._metrics = {name: str(free_port()) for name in SERVICES}
        self._folder = folder
        (folder / "secrets").mkdir(mode=0o700)
        given = {"database_url": database_url, "secret_key": "k" * 48}
        for name in COMPOSE["secrets"]:
            (folder / "secrets" / name).write_text(given.get(name, ""))

    def words(self, service: str, text: str) -> str:
        for there, here in {**self._places, "9464": self._metrics[service]}.items():
            text = text.replace(there, here)
        return text

    def environment(self, service: str) -> dict[str, str]:
        ours = {
            key: self.words(service, _default(str(value))) for key, value in SERVICES[service]["environment"].items()
        }
        kept = {name: value for name, value in os.environ.items() if not name.startswith("OPPORTUNE_")}
        watch = {name: value for name, value in os.environ.items() if name.startswith("OPPORTUNE_TEST_")}
        return {**kept, **watch, **ours, "PYTHONPATH": f"{os.environ['PYTHONPATH']}{os.pathsep}{ROOT}"}

    def command(self, service: str) -> list[str]:
        words = [self.words(service, word) for word in SERVICES[service]["command"]]
        return [sys.executable, "-m", "operations", *words]

    def run(self, service: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            self.command(service), env=self.environment(service), cwd=self._folder, capture_output=True, text=True,
            timeout=120, check=False,
        )  # fmt: skip

    def start(self, service: str, log: Path) -> "subprocess.Popen[bytes]":
        with log.open("wb") as file:
            return subprocess.Popen(
                self.command(service), env=self.environment(service), cwd=self._folder, stdout=file, stderr=file
            )

    def is_healthy(self, service: str) -> bool:
        _, program, *words = SERVICES[service]["healthcheck"]["test"]
        assert program == "python"
        command = [sys.executable, *(self.words(service, word) for word in words)]
        return subprocess.run(command, capture_output=True, timeout=30, check=False).returncode == 0


def _default(text: str) -> str:
    """What compose makes of `${NAME:-default}` where NAME is not set."""
    return text.partition(":-")[2].removesuffix("}") if text.startswith("${") else text


def _comes_true(found: Callable[[], bool], within: float = 60.0) -> bool:
    until = time.monotonic() + within
    while time.monotonic() < until:
        if found():
            return True
        time.sleep(0.3)
    return False


@pytest.mark.postgres
@pytest.mark.slow
def test_each_service_runs_as_it_is_declared_and_its_health_check_tells(
    empty_postgres_url: str, tmp_path: Path
) -> None:
    here = Here(tmp_path, empty_postgres_url.replace("+psycopg", ""))
    refused = here.run("api")
    assert refused.returncode == 1, "it does not serve a database that was not upgraded"

    upgraded = here.run("upgrade")
    assert upgraded.returncode == 0, upgraded.stderr
    assert newest_revision() in upgraded.stderr

    running = {name: here.start(name, tmp_path / f"{name}.log") for name in ("api", "worker")}
    try:
        for name, process in running.items():
            healthy = _comes_true(lambda name=name: here.is_healthy(name))  # type: ignore[misc]
            assert healthy, (tmp_path / f"{name}.log").read_text()
            assert process.poll() is None
    finally:
        for process in running.values():
            process.send_signal(signal.SIGTERM)
        codes = {name: process.wait(timeout=60) for name, process in running.items()}
    said = {name: (tmp_path / f"{name}.log").read_text()[-3000:] for name in running}
    assert codes == {"api": 0, "worker": 0}, said
    assert not any(here.is_healthy(name) for name in running)

    backup = here.run("backup")
    assert backup.returncode == 0, backup.stderr
    [made] = (tmp_path / "data" / "backups").glob("opportune-*.db")
    assert check_backup(made).revision == newest_revision()


def test_what_the_dockerfile_copies_is_there_and_not_ignored():
    let_through = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = [
        word.removeprefix("./")
        for line in (ROOT / "Dockerfile").read_text().splitlines()
        if line.startswith("COPY ") and "--from=" not in line
        for word in line.split()[1:-1]
    ]
    assert copied
    assert set(copied) <= let_through
    assert all((ROOT / name).exists() for name in copied)
