"""Every command has a manual that is so: a summary, examples that parse, `--json`, exit codes; and mistakes are explained."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
from hypothesis import given
from hypothesis import strategies as st

from operations.command_line import app
from operations.handbook.command_reference import commands
from operations.manuals import MEANING, ExitCode, Manual, manual_of

ROOT = typer.main.get_command(app)
WRITES_A_FORMAT_OF_ITS_OWN = {
    "read": "JSON already",
    "db export": "JSON lines",
    "mentees export": "CSV",
    "mentees template": "CSV",
    "watch export": "TOML",
}
RUNS_UNTIL_STOPPED = {"serve", "worker"}


@pytest.fixture(scope="module")
def everything() -> dict[str, Any]:
    """All of them, by what is typed."""
    return dict(commands())


def test_every_manual_has_a_summary_examples_and_exit_codes(everything: dict[str, Any]):
    assert len(everything) > 40
    faults = [f"{path}: {fault}" for path, one in everything.items() for fault in missing(path, one.manual)]
    assert faults == []


def missing(path: str, manual: Manual) -> Iterator[str]:
    """What a manual lacks."""
    if not re.fullmatch(r"[A-Z].{10,200}\.", manual.summary):
        yield f"no sentence comes first: {manual.summary!r}"
    if not any(f"opportune {path}" in example for example in manual.examples):
        yield "no example"
    if not {*ExitCode} >= set(manual.exit_codes) >= {0, 1, 2}:
        yield f"exit codes that nobody documents: {manual.exit_codes}"
    if swallowed := [means for means in manual.exit_codes.values() if re.search(r"[,;] \d ", means)]:
        yield f"an exit code within another's meaning: {swallowed}"


def test_every_example_is_understood(everything: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "captures").mkdir()
    for path, one in everything.items():
        for example in one.manual.examples:
            for words in parts(example):
                for word in words:
                    if re.fullmatch(r"[\w-]+\.\w+", word):
                        (tmp_path / word).touch()
                assert parsed(words), (path, example)


def parts(example: str) -> Iterator[list[str]]:
    """The words of each call of `opportune` in a line of shell, without where they are sent."""
    lexer = shlex.shlex(example, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    words: list[str] = []
    for word in [*lexer, "|"]:
        if word not in ("|", "&&", ";", ">", "<"):
            words.append(word)
            continue
        if "opportune" in words:
            yield words[words.index("opportune") + 1 :]
        words = []


def parsed(words: list[str]) -> bool:
    """Whether the command line takes these words; nothing is run. Raises the error that a person would see."""
    command, context = ROOT, ROOT.make_context("opportune", list(words))
    while hasattr(command, "list_commands") and (rest := [*context._protected_args, *context.args]):
        name, command, rest = command.resolve_command(context, rest)
        context = command.make_context(name, rest, parent=context)
    return True


def test_a_wrong_example_would_be_noticed():
    with pytest.raises(typer.TyperException, match=r"No such option: --accpt\. Did you mean '--accept'\?"):
        parsed(["crawl", "--accpt"])


def test_every_command_that_says_something_says_it_as_json_too(everything: dict[str, Any]):
    without = {path for path, one in everything.items() if not any("--json" in option.opts for option in one.params)}
    assert without == set(WRITES_A_FORMAT_OF_ITS_OWN) | RUNS_UNTIL_STOPPED


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["crowl"], "Did you mean 'crawl'"),
        (["keys", "crate"], "Did you mean 'create'"),
        (["sources", "--jsn"], "Did you mean '--json'?"),
        (["recommend", "--goal", "x", "--kind", "felowship"], "Did you mean 'fellowship'?"),
        (["review", "list", "--state", "waitin"], "Did you mean 'waiting'?"),
    ],
)
def test_a_misspelt_word_is_explained(words: list[str], said: str):
    with pytest.raises(typer.TyperException) as mistake:
        parsed(words)
    assert said in mistake.value.format_message()


def test_every_exit_code_has_a_meaning():
    assert set(MEANING) == set(ExitCode)


def test_a_docstring_is_read_as_a_manual():
    manual = manual_of(
        """Do it.

        Slowly. Example: opportune do it

        Exit codes: 0 it is done, 3 some of it, to be
        looked at,
        75 another does it.

        Examples:
        opportune do
        opportune do --twice
        """
    )
    assert manual.summary == "Do it."
    assert manual.text == "Do it.\n\nSlowly."
    assert manual.examples == ("opportune do it", "opportune do", "opportune do --twice")
    assert [manual.exit_codes[code] for code in (0, 3, 75)] == [
        "it is done",
        "some of it, to be looked at",
        "another does it",
    ]
    assert list(manual.exit_codes) == [0, 1, 2, 3, 75]


@given(st.text())
def test_any_docstring_is_a_manual(text: str):
    assert len(manual_of(text).exit_codes) >= 3
