"""A client generated from the description type-checks strictly, and a front-end developer's first hour with it works."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.api.serving import PASSWORD, Served

ROOT = Path(__file__).parents[2]
WEB = ROOT / "web"
SAMPLE = ROOT / "tests" / "api" / "front_end" / "first_hour.ts"
STRICT = {
    "compilerOptions": {
        "strict": True,
        "noUncheckedIndexedAccess": True,
        "exactOptionalPropertyTypes": True,
        "target": "ES2022",
        "module": "ESNext",
        "moduleResolution": "bundler",
        "lib": ["ES2022", "DOM", "DOM.Iterable"],
        "types": [],
        "skipLibCheck": True,
        "outDir": "out",
    },
    "files": ["first_hour.ts"],
}

pytestmark = pytest.mark.slow


def run(command: str, folder: Path) -> str:
    """Run a shell command with Node.js at hand, as web/check.sh finds it."""
    done = subprocess.run(
        ["sh", "-euc", f'cd "{WEB}"; . ./node.sh; cd "{folder}"; {command}'],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
        env=os.environ,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A front end's folder: the sample, the generated types, and what it needs from the page's own tools."""
    if not (WEB / "node_modules" / "openapi-fetch").is_dir():
        run("sh install.sh --include=dev", WEB)
    (tmp_path / "node_modules").symlink_to(WEB / "node_modules")
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "tsconfig.json").write_text(json.dumps(STRICT))
    (tmp_path / SAMPLE.name).write_text(SAMPLE.read_text("utf-8"), "utf-8")
    tools = "node_modules/openapi-typescript/bin/cli.js"
    run(f'node {tools} "{ROOT / "openapi.json"}" --output api.d.ts', tmp_path)
    return tmp_path


def test_the_first_hour_of_a_front_end_type_checks_and_works(project: Path, recommending: Served) -> None:
    run("node node_modules/typescript/bin/tsc --project .", project)
    said = run(f'node out/first_hour.js {recommending.url} ada@lakeside.example.org "{PASSWORD}"', project).splitlines()
    told = dict(line.split(" ", 1) for line in said)
    assert told["mentee"] == "Ben Rivers"
    ranks = [int(rank) for rank in told["ranks"].split()]
    assert ranks == list(range(1, len(ranks) + 1))
    assert len(ranks) > 4
    assert told["once"] == "true true"
    assert told["problem"] == "404 not-found true"


def test_what_the_description_does_not_say_does_not_type_check(project: Path) -> None:
    sample = project / SAMPLE.name
    sample.write_text(sample.read_text("utf-8").replace("best.eligibility.verdict", "best.eligibility.likely"), "utf-8")
    with pytest.raises(AssertionError, match="likely"):
        run("node node_modules/typescript/bin/tsc --project . --noEmit", project)
