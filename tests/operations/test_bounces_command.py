"""`opportune bounces`: what a provider reported is noted, and lifted, without the service."""

import json

import pytest
from click.testing import Result
from sqlalchemy import Engine
from sqlmodel import select
from typer.testing import CliRunner

from catalog.database import reading
from catalog.stores.suppressions import suppressed
from catalog.tables import AuditEntry
from operations.command_line import app
from tests.builders import sample_people, save
from tests.delivery.test_returned_mail import FAILED, report

BEN = "ben@lakeside.example.org"


@pytest.fixture(autouse=True)
def _database(database_url: str, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPPORTUNE_DATABASE_URL", database_url)
    save(engine, *sample_people())


def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, ["bounces", *arguments], input=stdin)


def test_addresses_are_noted_checked_and_lifted(engine: Engine) -> None:
    assert run("add", BEN, "nobody@elsewhere.example.org").output == "2 noted, 0 already\n"
    with reading(engine) as session:
        assert suppressed(session, [BEN.upper()])
        noted = session.exec(select(AuditEntry.object_id).where(AuditEntry.action == "mentee.bounce")).all()
    assert noted == ["mte_ben"]
    assert json.loads(run("check", "--json", stdin=f"{BEN}\n\nada@lakeside.example.org\n").output) == {
        "results": ["bounced", "written_to"]
    }
    assert json.loads(run("lift", BEN, BEN, "--json").output) == {"lifted": 1, "not_bounced": 1}


def test_a_report_that_came_back_is_read_as_it_is(engine: Engine) -> None:
    done = run("add", "--report", "--json", stdin=report(FAILED.format(BEN)))
    assert json.loads(done.output) == {"noted": 1, "already": 0}
    with reading(engine) as session:
        assert suppressed(session, [BEN])


@pytest.mark.parametrize(
    ("arguments", "stdin"), [(["add"], "no address\n"), (["add", "--report"], "Subject: hello\n\n")]
)
def test_what_is_none_is_said_and_nothing_is_changed(engine: Engine, arguments: list[str], stdin: str) -> None:
    refused = run(*arguments, stdin=stdin)
    assert refused.exit_code == 1
    with reading(engine) as session:
        assert not session.exec(select(AuditEntry)).all()
