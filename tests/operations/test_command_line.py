"""The command line: everything declared exists, listing imports nothing heavy, and mistakes are explained."""

import subprocess
import sys

import pytest

from operations.command_line import COMMANDS, EVALUATE

HEAVY = ("torch", "sentence_transformers", "scrapy", "twisted", "fastapi", "sqlalchemy", "numpy")


def opportune(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "operations", *arguments], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("words", [*([name] for name in COMMANDS), *(["evaluate", name] for name in EVALUATE)])
def test_every_command_that_is_listed_exists_and_explains_itself(words: list[str]):
    asked = opportune(*words, "--help")
    assert asked.returncode == 0, asked.stderr
    assert "Usage: " in asked.stdout


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
