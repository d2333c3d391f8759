"""CONTRIBUTING's way of adding a source, run as it is written, in a copy of the checkout."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PARTS = ("catalog", "crawlers", "operations", "recommender", "delivery", "api", "tests", "docs")
Typing = Callable[[str], "subprocess.CompletedProcess[str]"]


def written_commands() -> dict[str, str]:
    """The commands of the section, by what they do."""
    section = (ROOT / "CONTRIBUTING.md").read_text("utf-8").split("## Add a source")[1].split("\n## ")[0]
    lines = [line.strip() for fence in re.findall(r"```sh\n(.*?)```", section, re.S) for line in fence.splitlines()]
    commands = [line for line in lines if line]
    assert len(commands) == 4, commands
    return dict(zip(("new", "read", "test", "check"), commands, strict=True))


@pytest.fixture
def typed(tmp_path: Path) -> Typing:
    """Type a command of the page in a copy of this checkout, where the sample web plays the internet."""
    for part in PARTS:
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    for file in ("pyproject.toml", "CONTRIBUTING.md"):
        shutil.copy(ROOT / file, tmp_path / file)
    (tmp_path / "web").symlink_to(ROOT / "web")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OPPORTUNE_")}
    environment = kept | {
        "OPPORTUNE_DATA_DIR": str(tmp_path / "data"),
        "OPPORTUNE_ENVIRONMENT": "test",
        "OPPORTUNE_SAMPLE_WEB_PORT": "9",
        "PYTHONPATH": str(tmp_path),
    }
    programs = {
        ".venv/bin/opportune": [sys.executable, "-c", "from operations.command_line import main; main()"],
        ".venv/bin/pytest": [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
    }

    def run(command: str) -> "subprocess.CompletedProcess[str]":
        program, *words = shlex.split(command)
        return subprocess.run(
            [*programs[program], *words], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )

    return run


@pytest.mark.slow
def test_the_page_leads_from_nothing_to_a_tested_source(typed: Typing, tmp_path: Path):
    commands = written_commands()

    begun = typed(commands["new"])
    assert begun.returncode == 0, begun.stderr
    assert "wrote crawlers/sources/example_fund.py" in begun.stderr
    assert typed(commands["new"]).returncode == 2, "nothing is overwritten"

    read = typed(commands["read"])
    assert read.returncode == 0, read.stderr
    assert '"source":"example_fund"' in read.stdout
    assert "refused (" in read.stderr

    first = typed(commands["test"])
    assert first.returncode == 1
    assert "expected.json was incomplete and has been written: read it" in first.stdout
    assert "crawlers/sources/example_fund.py: terms says 'fill in: the address of its terms" in first.stdout

    expectation = "tests/fixtures/sources/example_fund/expected.json"
    for file in ("crawlers/sources/example_fund.py", "docs/sources.md", expectation):
        path = tmp_path / file
        path.write_text(path.read_text("utf-8").replace("fill in", "looked up"), "utf-8")
    second = typed(commands["test"])
    assert second.returncode == 0, second.stdout

    checked = typed(commands["check"])
    assert checked.returncode == 1
    assert "example_fund cannot be checked here: not in the sample web" in checked.stderr
