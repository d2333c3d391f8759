"""The command line: everything declared exists, listing imports nothing heavy, and mistakes are explained."""

import re
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from operations.manuals import MEANING, ExitCode

HEAVY = ("torch", "sentence_transformers", "scrapy", "twisted", "fastapi", "sqlalchemy", "numpy")


def opportune(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "operations", *arguments], capture_output=True, text=True, check=False)


def test_listing_the_commands_imports_none_of_them():
    code = f"import sys, operations.command_line; print([name for name in {HEAVY!r} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize("module", ["operations.commands.crawl", "crawlers.run"])
def test_crawling_needs_no_model_and_no_server(module: str):
    code = f"import sys, {module}; print([name for name in ('torch', 'fastapi') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize("module", ["api.app", "operations.commands.serve"])
def test_serving_starts_without_the_crawler_and_before_the_model(module: str):
    code = f"import sys, {module}; print([name for name in ('torch', 'scrapy', 'twisted') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_a_command_that_does_not_exist_is_an_error_with_usage():
    asked = opportune("crowl")
    assert asked.returncode == 2
    assert "No such command 'crowl'" in asked.stderr


def test_reading_wants_to_know_what_a_file_is(tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<h1>A page</h1>")
    asked = opportune("read", str(page), "--url", "https://example.org/", "--source", "euraxess")
    assert asked.returncode == 2
    assert "not both" in asked.stderr


def test_help_is_there_at_once():
    """In 0.3 s of processor time, the best of three: what else the machine does is not ours."""
    took = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert "nightly" in opportune("--help").stdout
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        took.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(took) <= 0.3


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("opportune cr", {"crawl"}),
        ("opportune reread eurax", {"euraxess"}),
        ("opportune recommend --kind fell", {"fellowship"}),
        ("opportune keys create --", {"--name", "--scope", "--days", "--json", "--help"}),
    ],
)
def test_a_shell_completes_commands_options_kinds_and_sources(words: str, expected: set[str]):
    """As bash asks for it, with the script that it was given."""
    asked = f"COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _opportune_completion opportune"
    lines = [completion_script("bash"), asked, 'printf "%s\\n" "${COMPREPLY[@]}"']
    environment = {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin"}
    done = subprocess.run(["bash", "-c", "\n".join(lines)], capture_output=True, text=True, check=True, env=environment)
    assert set(done.stdout.split()) == expected


def completion_script(shell: str) -> str:
    """What `opportune --show-completion` prints in that shell."""
    from typer.completion import get_completion_script

    return get_completion_script(prog_name="opportune", complete_var="_OPPORTUNE_COMPLETE", shell=shell)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_there_is_completion_for_each_usual_shell(shell: str):
    assert "_OPPORTUNE_COMPLETE" in completion_script(shell)


def test_exit_codes_are_documented_in_one_place():
    text = (Path(__file__).parents[2] / "docs" / "commands.md").read_text("utf-8")
    told = {int(number): means for number, means in re.findall(r"^\| (\d+) \| (.+) \|$", text, re.M)}
    assert told == {int(code): means for code, means in MEANING.items()}


def test_what_runs_until_it_is_stopped_ends_well_when_it_is():
    command = [sys.executable, "-m", "operations", "sample-web", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stdout.readline().startswith(b'{"url":"http://127.0.0.1:')
        running.send_signal(signal.SIGINT)
        assert running.wait(20) == ExitCode.DONE  # it runs until it is stopped: that is no fault


def test_the_version_is_told():
    assert re.fullmatch(r"opportune \d+\.\d+\.\d+\S*\n", opportune("--version").stdout)
