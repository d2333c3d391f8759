"""Settings that are wrong are explained, and no secret among them is ever shown."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from catalog.settings import Settings
from operations.misspelt import misspelt, misspelt_here
from operations.opening import read_settings

SECRET = "SECRETPW"
READERS = [("crawl",), ("reread",), ("sources",), ("index",), ("serve",), ("worker",), ("deliver",), ("db", "check")]


def opportune(
    *words: str, folder: Path, program: Sequence[str] = ("-m", "operations"), **settings: str
) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OPPORTUNE_")}
    given = {f"OPPORTUNE_{name.upper()}": value for name, value in settings.items()}
    command = [sys.executable, *program, *words]
    root = str(Path(__file__).parents[2])
    environment = {**kept, **given, "PYTHONPATH": root, "COLUMNS": "200"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=120
    )


EACH_IN_TURN = """
import json, sys
from typer.testing import CliRunner
from operations.command_line import app

for words in json.loads(sys.argv[1]):
    done = CliRunner().invoke(app, words)
    fault = None if isinstance(done.exception, SystemExit | None) else repr(done.exception)
    print(json.dumps([done.exit_code, done.stdout, done.stderr, fault]))
"""


def refusals(folder: Path, **settings: str) -> Iterator[tuple[str, str]]:
    """What each of the readers says on standard error, one after another in one process that has these settings.

    Each ends with 1, by itself, and without a word of the secret.
    """
    done = opportune(json.dumps(READERS), folder=folder, program=["-c", EACH_IN_TURN], **settings)
    assert done.returncode == 0, done.stderr
    for words, line in zip(READERS, done.stdout.splitlines(), strict=True):
        code, out, err, fault = json.loads(line)
        assert (code, fault) == (1, None), words
        assert SECRET not in out + err, words
        yield " ".join(words), err


def test_a_wrong_setting_is_a_sentence_without_the_secrets_beside_it(tmp_path: Path):
    for words, said in refusals(tmp_path, sample_web_port="1", smtp_url=f"smtp://u:{SECRET}@h"):
        assert "set OPPORTUNE_ENVIRONMENT=demo" in said, words


def test_a_database_that_is_away_is_a_sentence(tmp_path: Path):
    for words, said in refusals(tmp_path, database_url=f"postgresql://u:{SECRET}@127.0.0.1:1/nothing"):
        assert "does not answer" in said, words


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"sample_web_port": "1", "smtp_url": f"smtp://u:{SECRET}@h"}, "set OPPORTUNE_ENVIRONMENT=demo"),
        ({"database_url": f"postgresql://u:{SECRET}@127.0.0.1:1/nothing"}, "does not answer"),
    ],
    ids=["a wrong setting", "a database that is away"],
)
def test_nobody_who_starts_a_command_sees_where_in_the_program_it_was(
    settings: dict[str, str], sentence: str, tmp_path: Path
):
    done = opportune("crawl", folder=tmp_path, **settings)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert SECRET not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_the_error_itself_does_not_hold_the_secrets_either(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("OPPORTUNE_SMTP_URL", f"smtp://u:{SECRET}@h")
    with pytest.raises(ValidationError) as wrong:
        Settings.read(sample_web_port=1)
    assert "input_value" not in str(wrong.value)
    assert SECRET not in str(wrong.value)


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"port": "many"}, "OPPORTUNE_PORT: Input should be a valid integer"),
        ({"cors_origins": "https://x.example.org"}, "OPPORTUNE_CORS_ORIGINS: this is no JSON"),
        (
            {"database_url": f"postgresql://u:{SECRET}@h:port/x"},
            "OPPORTUNE_DATABASE_URL is not usable (ValueError): write",
        ),
        ({"smtp_url_file": "nowhere/smtp_url"}, "OPPORTUNE_SMTP_URL_FILE: cannot read nowhere/smtp_url"),
    ],
    ids=["not a number", "not JSON", "not an address", "a secret's file that is not there"],
)
def test_what_is_wrong_is_named(settings: dict[str, str], sentence: str, tmp_path: Path):
    done = opportune("sources", folder=tmp_path, **settings)
    assert done.returncode == 1
    assert SECRET not in done.stderr
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_an_empty_value_counts_as_unset(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "empty").write_text("\n")
    monkeypatch.setenv("OPPORTUNE_RELIEFWEB_APPNAME", "")
    monkeypatch.setenv("OPPORTUNE_MAIL_FROM", "")
    monkeypatch.setenv("OPPORTUNE_SMTP_URL_FILE", str(tmp_path / "empty"))
    monkeypatch.setenv("OPPORTUNE_SIMPLER_GRANTS_API_KEY_FILE", "")
    found = Settings.read(_env_file=None)
    assert (found.reliefweb_appname, found.smtp_url, found.simpler_grants_api_key) == (None, None, None)
    assert found.mail_from == Settings.model_fields["mail_from"].default


def test_a_secret_may_come_as_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "key").write_text("from a file\n")
    monkeypatch.setenv("OPPORTUNE_SIMPLER_GRANTS_API_KEY_FILE", str(tmp_path / "key"))
    assert Settings.read(_env_file=None).simpler_grants_api_key == SecretStr("from a file")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("OPPORTUNE_MODLE", "OPPORTUNE_MODEL"),
        ("opportune_public_ulr", "OPPORTUNE_PUBLIC_URL"),
        ("OPPORTUNE_SMPT_URL_FILE", "OPPORTUNE_SMTP_URL"),
    ],
)
def test_a_misspelt_setting_does_nothing_and_that_is_said(name: str, meant: str):
    [said] = misspelt([name])
    assert said == f"{name.upper()} is no setting and does nothing. Did you mean '{meant}'?"


def test_settings_and_what_is_not_near_to_one_are_left_in_peace():
    settings = [f"OPPORTUNE_{name.upper()}" for name in Settings.model_fields]
    ours = ["OPPORTUNE_NIGHT", "OPPORTUNE_SHARED", "OPPORTUNE_DEMO", "OPPORTUNE_TEST_POSTGRES_URL"]
    assert list(misspelt([*settings, *(f"{name}_FILE" for name in settings), *ours, "MODLE", "PATH"])) == []


def test_it_is_said_whether_it_stands_in_the_environment_or_in_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPPORTUNE_MODLE", "a/model")
    (tmp_path / ".env").write_text(f"OPPORTUNE_SECRET_KYE={SECRET}\n")
    misspelt_here.cache_clear()
    read_settings()
    misspelt_here.cache_clear()
    said = " ".join(capsys.readouterr().err.split())
    assert "mean 'OPPORTUNE_MODEL'?" in said
    assert "mean 'OPPORTUNE_SECRET_KEY'?" in said
    assert SECRET not in said
