"""`opportune split` at the terminal."""

from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from catalog.database import writing
from catalog.stores.postings import promote_postings
from catalog.stores.sources import upsert_sources
from catalog.words import Way
from operations.command_line import app
from tests.builders import NOW, make_draft, make_source


def test_a_wrongly_joined_posting_is_told_apart_and_a_second_time_is_refused(
    database_url: str, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPPORTUNE_DATABASE_URL", database_url)
    monkeypatch.chdir(tmp_path)
    with writing(engine) as session:
        upsert_sources(session, [make_source(), make_source(name="call_digest", way=Way.WORDPRESS)], now=NOW)
        retold = make_draft(source="call_digest", key="p-1", url="https://digest.example.net/p/1")
        promote_postings(session, [make_draft(), retold], now=NOW)

    told = CliRunner().invoke(app, ["split", "call_digest", "p-1"])
    again = CliRunner().invoke(app, ["split", "call_digest", "p-1"])

    assert (told.exit_code, "call_digest/p-1 is opp_" in told.output) == (0, True), told.output
    assert again.exit_code == 1
    assert "only posting" in " ".join((again.output + again.stderr).split())
