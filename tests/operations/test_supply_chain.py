"""What is installed is pinned, can be checked by hash, and is listed."""

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text()
HASHED = (ROOT / "requirements-hashed.lock").read_text()
_PIN = re.compile(r"^([A-Za-z0-9._-]+(?:\[[a-z,]+\])?==[^\s\\]+)", re.M)


def test_the_hashed_lock_pins_what_the_lock_pins_and_every_pin_has_a_hash():
    assert set(_PIN.findall(HASHED)) == set(_PIN.findall(LOCK))
    for block in re.split(r"\n(?=[A-Za-z])", HASHED):
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), block.partition(" ")[0]


def test_no_lock_names_a_host():
    for lock in ROOT.glob("requirements*.lock"):
        assert "://" not in lock.read_text(), lock.name


def test_the_image_is_built_from_what_is_checked_where_that_can_be():
    assert "--require-hashes --requirement requirements-hashed.lock" in (ROOT / "Dockerfile").read_text()


def _sbom_of_lock() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sbom_of_lock", ROOT / "deploy" / "sbom_of_lock.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_list_of_what_is_shipped_leaves_out_what_tests_need(tmp_path: Path):
    component = {"bom-ref": "root", "name": "opportune"}
    everything = {
        "bomFormat": "CycloneDX",
        "metadata": {"component": component},
        "components": [{"bom-ref": "a", "name": "Prometheus_Client"}, {"bom-ref": "b", "name": "pytest"}],
        "dependencies": [{"ref": "root", "dependsOn": ["a", "b"]}, {"ref": "a"}, {"ref": "b", "dependsOn": ["a"]}],
    }
    (tmp_path / "all.json").write_text(json.dumps(everything))
    command = [sys.executable, ROOT / "deploy" / "sbom_of_lock.py", tmp_path / "all.json", ROOT / "requirements.lock"]
    subprocess.run([*map(str, command), str(tmp_path / "sbom.json")], check=True, capture_output=True)
    found = json.loads((tmp_path / "sbom.json").read_text())
    assert [one["bom-ref"] for one in found["components"]] == ["a"]
    assert found["dependencies"] == [{"ref": "root", "dependsOn": ["a"]}, {"ref": "a", "dependsOn": []}]
    assert found == _sbom_of_lock().kept(everything, LOCK)
