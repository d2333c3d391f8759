"""Units and manifests, without systemd or a cluster running: known keys only, the right times, no more rights than needed."""

import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml
from click.testing import CliRunner

from api.app import create_app
from catalog.settings import Settings
from delivery.loop import ENDS_WITHIN
from operations.command_line import app
from operations.commands.serve import REQUESTS_END_WITHIN
from operations.misspelt import misspelt

DEPLOY = Path(__file__).parents[2] / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
MANIFESTS: list[dict[str, Any]] = list(yaml.safe_load_all((DEPLOY / "kubernetes" / "opportune.yaml").read_text()))
COMMAND = "/opt/opportune/.venv/bin/opportune"

KNOWN_KEYS = {
    "Unit": {"Description", "Documentation", "After", "Wants"},
    "Install": {"WantedBy"},
    "Timer": {"OnCalendar", "RandomizedDelaySec", "Persistent", "Unit"},
    "Service": {
        "Type", "ExecStart", "EnvironmentFile", "Environment", "Restart", "RestartSec", "TimeoutStartSec", "TimeoutStopSec",
        "KillMode",
        "SuccessExitStatus", "MemoryMax", "Nice", "User", "DynamicUser", "StateDirectory", "StateDirectoryMode",
        "WorkingDirectory", "UMask", "ProtectSystem", "ProtectHome", "PrivateTmp", "PrivateDevices", "ProtectKernelTunables",
        "ProtectKernelModules", "ProtectKernelLogs", "ProtectControlGroups", "ProtectClock", "ProtectHostname", "ProtectProc",
        "RestrictAddressFamilies", "RestrictNamespaces", "RestrictRealtime", "RestrictSUIDSGID", "LockPersonality",
        "NoNewPrivileges", "CapabilityBoundingSet", "SystemCallArchitectures", "SystemCallFilter", "TasksMax",
        "IPAddressDeny", "IPAddressAllow",
    },
}  # fmt: skip
"""Of systemd.unit(5), .service(5), .exec(5), .resource-control(5) and .timer(5), as far as our units use them."""


def parsed(unit: Path) -> dict[str, list[tuple[str, str]]]:
    sections: dict[str, list[tuple[str, str]]] = {}
    section = ""
    for line in unit.read_text().splitlines():
        if line.startswith("["):
            section = line.strip("[]")
            sections[section] = []
        elif line and not line.startswith("#"):
            key, _, value = line.partition("=")
            sections[section].append((key, value))
    return sections


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_has_known_keys_only(unit: Path):
    unknown = {key for section, lines in parsed(unit).items() for key, _ in lines if key not in KNOWN_KEYS[section]}
    assert unknown == set()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_itself_takes_the_units_and_finds_a_misspelt_one(tmp_path: Path):
    for unit in UNITS:
        here = unit.read_text().replace(COMMAND, "/bin/true").replace("/etc/opportune/opportune.env", "/dev/null")
        (tmp_path / unit.name).write_text(here)

    def verify() -> subprocess.CompletedProcess[str]:
        command = ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *sorted(tmp_path.iterdir())]
        return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)

    assert (verify().returncode, verify().stderr) == (0, "")
    spoilt = tmp_path / "opportune-nightly.timer"
    spoilt.write_text(spoilt.read_text().replace("OnCalendar", "OnCalender"))
    assert verify().returncode != 0


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit.suffix == ".service"], ids=lambda unit: unit.name)
def test_a_service_has_no_more_rights_than_it_needs(unit: Path):
    service = dict(parsed(unit)["Service"])
    for key, value in {
        "DynamicUser": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes",
        "NoNewPrivileges": "yes", "CapabilityBoundingSet": "", "UMask": "0077", "StateDirectoryMode": "0700",
        "SystemCallFilter": "@system-service",
    }.items():  # fmt: skip
        assert service[key] == value, key


def test_the_night_begins_once_in_utc_catches_up_and_takes_a_partial_night_for_a_success():
    timer = dict(parsed(DEPLOY / "systemd" / "opportune-nightly.timer")["Timer"])
    assert timer["OnCalendar"] == "*-*-* 02:15:00 UTC"
    assert (timer["Persistent"], timer["RandomizedDelaySec"]) == ("true", "15m")
    service = dict(parsed(DEPLOY / "systemd" / "opportune-nightly.service")["Service"])
    assert (service["Type"], service["SuccessExitStatus"]) == ("oneshot", "3")
    assert "localhost" in service["IPAddressDeny"]


@pytest.mark.parametrize(
    ("name", "service", "takes"),
    [("serve", "api", REQUESTS_END_WITHIN + ENDS_WITHIN), ("worker", "worker", ENDS_WITHIN)],
)
def test_who_sends_may_finish_what_is_being_sent_before_it_is_killed(name: str, service: str, takes: float):
    """Else a deploy at the wrong moment leaves a mail in doubt, at a mail server that hangs."""
    unit = dict(parsed(DEPLOY / "systemd" / f"opportune-{name}.service")["Service"])
    compose = yaml.safe_load((DEPLOY.parent / "docker-compose.yml").read_text("utf-8"))["services"][service]
    pod = pods()[f"opportune-{service}"]
    given = (
        unit["TimeoutStopSec"],
        compose["stop_grace_period"].removesuffix("s"),
        pod["terminationGracePeriodSeconds"],
    )
    assert all(int(seconds) >= takes for seconds in given), given


class Exactly(dict[str, Any]):
    """A mapping of these keys and no others; a value is what the value is checked against."""


ANY_OF_OURS = {str: str}
CONTAINER = Exactly(
    name=str, image=str, args=[str], envFrom=[Exactly(configMapRef=Exactly(name=str))],
    ports=[Exactly(name=str, containerPort=int)],
    startupProbe=Exactly(httpGet=Exactly(path=str, port=str), periodSeconds=int, failureThreshold=int),
    livenessProbe=Exactly(httpGet=Exactly(path=str, port=str), periodSeconds=int, timeoutSeconds=int, failureThreshold=int),
    readinessProbe=Exactly(httpGet=Exactly(path=str, port=str), periodSeconds=int, timeoutSeconds=int),
    resources=Exactly(requests=Exactly(cpu=str, memory=str), limits=Exactly(memory=str)),
    securityContext=Exactly(allowPrivilegeEscalation=bool, readOnlyRootFilesystem=bool, capabilities=Exactly(drop=[str])),
    volumeMounts=[Exactly(name=str, mountPath=str, readOnly=bool)],
)  # fmt: skip
POD = Exactly(
    restartPolicy=str, automountServiceAccountToken=bool, enableServiceLinks=bool, terminationGracePeriodSeconds=int,
    securityContext=Exactly(runAsNonRoot=bool, runAsUser=int, runAsGroup=int, fsGroup=int, seccompProfile=Exactly(type=str)),
    containers=[CONTAINER],
    volumes=[Exactly(name=str, secret=Exactly(secretName=str), emptyDir=Exactly(),
                     persistentVolumeClaim=Exactly(claimName=str))],
)  # fmt: skip
LABELLED = Exactly(labels=ANY_OF_OURS, annotations=ANY_OF_OURS)
FAILURES = Exactly(rules=[Exactly(action=str, onExitCodes=Exactly(containerName=str, operator=str, values=[int]))])
JOB = Exactly(
    backoffLimit=int, activeDeadlineSeconds=int, podFailurePolicy=FAILURES, template=Exactly(metadata=LABELLED, spec=POD)
)  # fmt: skip
SPECS = {
    ("v1", "ConfigMap"): Exactly(data=ANY_OF_OURS),
    ("v1", "PersistentVolumeClaim"): Exactly(
        spec=Exactly(accessModes=[str], resources=Exactly(requests=Exactly(storage=str)))
    ),
    ("v1", "Service"): Exactly(
        spec=Exactly(selector=ANY_OF_OURS, ports=[Exactly(name=str, port=int, targetPort=str)])
    ),
    ("batch/v1", "Job"): Exactly(spec=JOB),
    ("batch/v1", "CronJob"): Exactly(
        spec=Exactly(
            schedule=str, timeZone=str, concurrencyPolicy=str, startingDeadlineSeconds=int,
            successfulJobsHistoryLimit=int, failedJobsHistoryLimit=int, jobTemplate=Exactly(spec=JOB),
        )
    ),
    ("apps/v1", "Deployment"): Exactly(
        spec=Exactly(
            replicas=int, selector=Exactly(matchLabels=ANY_OF_OURS), template=Exactly(metadata=LABELLED, spec=POD)
        )
    ),
}  # fmt: skip
"""The fields that our manifests use of the Kubernetes API (apps/v1, batch/v1, v1 of 1.27 and newer), by hand."""


def faults(value: Any, shape: Any, at: str = "") -> Iterator[str]:
    """Where a value is not of its shape."""
    if isinstance(shape, Exactly):
        if not isinstance(value, dict):
            yield f"{at}: no mapping"
            return
        for key, inner in value.items():
            if key not in shape:
                yield f"{at}.{key}: unknown"
            else:
                yield from faults(inner, shape[key], f"{at}.{key}")
    elif isinstance(shape, list):
        if not isinstance(value, list):
            yield f"{at}: no list"
            return
        for index, inner in enumerate(value):
            yield from faults(inner, shape[0], f"{at}[{index}]")
    elif isinstance(shape, dict):
        if not all(isinstance(part, str) for pair in value.items() for part in pair):
            yield f"{at}: not all text"
    elif type(value) is not shape:
        yield f"{at}: {value!r} is no {shape.__name__}"


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda one: f"{one['kind']} {one['metadata']['name']}")
def test_a_manifest_has_the_fields_that_the_api_knows(manifest: dict[str, Any]):
    shape = Exactly(apiVersion=str, kind=str, metadata=Exactly(name=str))
    shape.update(SPECS[manifest["apiVersion"], manifest["kind"]])
    assert list(faults(manifest, shape)) == []


def test_a_misspelt_field_and_a_number_where_text_belongs_are_found():
    shape = Exactly(spec=POD)
    assert list(faults({"spec": {"restartpolicy": "Never"}}, shape)) == [".spec.restartpolicy: unknown"]
    assert list(faults({"A": 1}, ANY_OF_OURS)) == [": not all text"]


def pods() -> dict[str, dict[str, Any]]:
    found = {}
    for manifest in MANIFESTS:
        spec = manifest.get("spec", {})
        template = spec.get("template") or spec.get("jobTemplate", {}).get("spec", {}).get("template")
        if template:
            found[manifest["metadata"]["name"]] = template["spec"]
    return found


@pytest.mark.parametrize("name", pods())
def test_a_pod_mounts_what_it_declares_and_may_do_little(name: str):
    pod = pods()[name]
    [container] = pod["containers"]
    assert {mount["name"] for mount in container["volumeMounts"]} == {volume["name"] for volume in pod["volumes"]}
    assert pod["securityContext"]["runAsNonRoot"]
    assert pod["automountServiceAccountToken"] is False
    assert container["securityContext"]["readOnlyRootFilesystem"]
    assert container["securityContext"]["capabilities"]["drop"] == ["ALL"]
    assert container["resources"]["limits"]["memory"]
    claims = {
        volume["persistentVolumeClaim"]["claimName"] for volume in pod["volumes"] if "persistentVolumeClaim" in volume
    }
    assert claims <= {one["metadata"]["name"] for one in MANIFESTS if one["kind"] == "PersistentVolumeClaim"}


def service_links() -> dict[str, str]:
    """Variables that kubelet adds for each service that was there first, unless a pod wants none."""
    found = {}
    for service in (one for one in MANIFESTS if one["kind"] == "Service"):
        name = service["metadata"]["name"].upper().replace("-", "_")
        for port in service["spec"]["ports"]:
            address = f"tcp://10.1.2.3:{port['port']}"
            found |= {f"{name}_PORT": address, f"{name}_SERVICE_HOST": "10.1.2.3", f"{name}_SERVICE_PORT": "80"}
            found |= {f"{name}_PORT_{port['port']}_TCP": address}
    return found


@pytest.mark.parametrize("name", pods())
def test_a_pod_that_starts_after_the_service_reads_its_settings(monkeypatch: pytest.MonkeyPatch, name: str):
    [settings] = [one["data"] for one in MANIFESTS if one["kind"] == "ConfigMap"]
    links = service_links() if pods()[name].get("enableServiceLinks", True) else {}
    for variable, value in {**settings, **links}.items():
        if not variable.endswith("_FILE"):
            monkeypatch.setenv(variable, value)
    assert Settings(_env_file=None).port == Settings.model_fields["port"].default
    assert list(misspelt({*settings, *links})) == []


def test_the_services_variables_would_be_taken_for_settings(monkeypatch: pytest.MonkeyPatch):
    for variable, value in service_links().items():
        monkeypatch.setenv(variable, value)
    with pytest.raises(ValueError, match="port"):
        Settings(_env_file=None)


def test_the_night_is_forbidden_twice_not_repeated_and_ends_before_it_is_cut_off():
    [cron] = [one["spec"] for one in MANIFESTS if one["metadata"]["name"] == "opportune-nightly"]
    assert (cron["schedule"], cron["timeZone"], cron["concurrencyPolicy"]) == ("15 2 * * *", "Etc/UTC", "Forbid")
    assert cron["startingDeadlineSeconds"] >= 3600
    job = cron["jobTemplate"]["spec"]
    [container] = job["template"]["spec"]["containers"]
    minutes = float(container["args"][container["args"].index("--max-minutes") + 1])
    assert minutes * 60 < job["activeDeadlineSeconds"]
    [rule] = job["podFailurePolicy"]["rules"]
    assert (rule["onExitCodes"]["containerName"], rule["onExitCodes"]["values"]) == (container["name"], [1, 4, 75])


def test_settings_are_ours_and_secrets_are_files():
    [settings] = [one["data"] for one in MANIFESTS if one["kind"] == "ConfigMap"]
    names = {name.removeprefix("OPPORTUNE_").removesuffix("_FILE").lower() for name in settings}
    assert names <= set(Settings.model_fields)
    assert all(
        name.endswith("_FILE") for name in settings if any(word in name for word in ("SECRET", "SMTP", "DATABASE"))
    )


def test_probes_ask_what_the_service_answers():
    answered = set(create_app(Settings(_env_file=None)).openapi()["paths"])
    asked = {
        probe["httpGet"]["path"]
        for pod in pods().values()
        for container in pod["containers"]
        for key, probe in container.items()
        if key.endswith("Probe")
    }
    assert asked == {"/livez", "/readyz"}
    assert asked <= answered


def commands() -> list[list[str]]:
    in_units = [
        shlex.split(value.removeprefix(COMMAND))
        for unit in UNITS
        for key, value in parsed(unit).get("Service", [])
        if key == "ExecStart"
    ]
    return [*in_units, *(pod["containers"][0]["args"] for pod in pods().values())]


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_what_is_run_is_a_command_with_options_it_has(words: list[str]):
    """`--help` at the end is answered only when everything before it can be read."""
    done = CliRunner().invoke(typer.main.get_command(app), [*words, "--help"])
    assert done.exit_code == 0, done.output


def test_an_option_that_does_not_exist_is_found():
    assert CliRunner().invoke(typer.main.get_command(app), ["nightly", "--most-minutes", "5", "--help"]).exit_code == 2
