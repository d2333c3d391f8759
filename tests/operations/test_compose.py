"""The compose file, checked without an engine: schema, cross references, and what a host should insist on."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import SecretStr

from catalog.settings import Settings

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


def test_only_the_database_runs_without_the_read_only_root():
    assert [name for name, service in SERVICES.items() if not service.get("read_only")] == ["db"]
