"""`opportune accounts` and `opportune keys`: the first administrator, and access given and taken away."""

import pytest
from click.testing import Result
from sqlalchemy import Engine
from sqlmodel import select
from typer.testing import CliRunner

from catalog.credentials import verify_password
from catalog.database import reading, writing
from catalog.stores.accounts import mentor_by_email
from catalog.stores.keys import find_key
from catalog.stores.sign_in import find_session, open_session
from catalog.stores.taking_up import accept_invitation
from catalog.tables import AuditEntry, Mentor, ProgrammeMentor
from catalog.words import Role
from operations.command_line import app
from tests.builders import NOW, make_mentor, save

PASSWORD = "a stable by the lake"


@pytest.fixture(autouse=True)
def _database(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPPORTUNE_DATABASE_URL", database_url)


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=stdin)


def make_administrator(email: str = "Ada@Lakeside.example.org", password: str = PASSWORD) -> Result:
    return run("accounts", "create-administrator", "--email", email, "--password-stdin", stdin=password + "\n")


def mentor(engine: Engine, email: str = "ada@lakeside.example.org") -> Mentor:
    with reading(engine) as session:
        found = mentor_by_email(session, email)
        assert found is not None
        return found


def test_the_first_administrator_is_asked_for_a_password_twice(engine: Engine) -> None:
    asked = run("accounts", "create-administrator", stdin=f"ada@lakeside.example.org\n{PASSWORD}\n{PASSWORD}\n")

    assert asked.exit_code == 0, asked.output
    made = mentor(engine)
    assert made.role is Role.ADMINISTRATOR
    assert verify_password(PASSWORD, made.password_hash)[0]
    assert PASSWORD not in asked.output


@pytest.mark.parametrize(
    ("email", "password", "says"),
    [
        ("not an address", PASSWORD, "is not an e-mail address"),
        ("ada@lakeside.example.org", "short", "at least 8 characters"),
        ("ada@lakeside.example.org", "password123", "first that an attacker tries"),
        ("ada@lakeside.example.org", "lakeside2027", "too easily guessed"),
    ],
)
def test_what_cannot_be_an_account_is_refused_with_the_reason(
    engine: Engine, email: str, password: str, says: str
) -> None:
    refused = make_administrator(email, password)

    assert refused.exit_code == 1
    assert says in refused.stderr
    with reading(engine) as session:
        assert mentor_by_email(session, email) is None


def test_a_second_account_of_one_address_is_refused() -> None:
    make_administrator()

    again = make_administrator("ADA@lakeside.example.org")

    assert again.exit_code == 1
    assert "has an account already" in again.stderr


def test_an_invitation_and_a_reset_print_links_that_work_once(engine: Engine) -> None:
    make_administrator()
    token = (
        run("accounts", "invite", "ben@lakeside.example.org", "--programme", "Lakeside").stdout.split("#")[-1].strip()
    )
    with writing(engine) as session:
        invited = accept_invitation(session, token, password_hash="x", now=mentor(engine).created_at)
        assert invited.role is Role.MENTOR

    token = run("accounts", "reset", "ben@lakeside.example.org").stdout.split("#")[-1].strip()
    with writing(engine) as session:
        accept_invitation(session, token, password_hash="y", now=mentor(engine).created_at)

    assert mentor(engine, "ben@lakeside.example.org").password_hash == "y"


def test_somebody_joins_a_programme_and_may_coordinate_it(engine: Engine) -> None:
    save(engine, make_mentor())
    assert run("accounts", "join", "ada@lakeside.example.org", "Lakeside").exit_code == 0
    assert mentor(engine).role is Role.MENTOR
    assert run("accounts", "join", "ada@lakeside.example.org", "Lakeside", "--coordinator").exit_code == 0
    assert mentor(engine).role is Role.COORDINATOR
    with reading(engine) as session:
        [place] = session.exec(select(ProgrammeMentor)).all()
    assert place.coordinator
    assert run("accounts", "join", "nobody@lakeside.example.org", "Lakeside").exit_code == 1


def test_revoking_ends_sessions_and_keys_at_once(engine: Engine) -> None:
    make_administrator()
    save(engine, make_mentor(email="ben@lakeside.example.org"))
    key = run("keys", "create", "ben@lakeside.example.org", "--name", "screen", "--days", "3").stdout.strip()
    with writing(engine) as session:
        _, cookie = open_session(session, session.get_one(Mentor, "mtr_ada"), now=NOW)

    assert run("accounts", "revoke", "ben@lakeside.example.org").exit_code == 0
    assert run("accounts", "activate", "ben@lakeside.example.org").exit_code == 0

    with reading(engine) as session:
        assert find_key(session, key, now=NOW) is None
        assert find_session(session, cookie, now=NOW) is None
    assert "revoked" in run("keys", "list").stdout


def test_the_last_administrator_cannot_be_revoked() -> None:
    make_administrator()

    refused = run("accounts", "revoke", "ada@lakeside.example.org")

    assert refused.exit_code == 1
    assert "last active administrator" in refused.stderr


def test_a_key_is_shown_once_and_can_be_revoked_by_what_the_list_shows(engine: Engine) -> None:
    make_administrator()
    made = run("keys", "create", "ada@lakeside.example.org", "--name", "screen", "--scope", "read", "--scope", "write")
    key = made.stdout.strip()
    listed = run("keys", "list").stdout
    identifier = next(word for word in listed.split() if word.startswith("key_"))

    assert key not in listed
    with reading(engine) as session:
        row, owner = find_key(session, key, now=mentor(engine).created_at) or pytest.fail("the key is not known")
        assert (row.scopes, owner.email) == (["read", "write"], "ada@lakeside.example.org")

    assert run("keys", "revoke", identifier).exit_code == 0
    with reading(engine) as session:
        assert find_key(session, key, now=mentor(engine).created_at) is None


def test_a_mentors_key_may_not_administer(engine: Engine) -> None:
    save(engine, make_mentor())

    refused = run("keys", "create", "ada@lakeside.example.org", "--name", "x", "--scope", "administer")

    assert refused.exit_code == 1
    assert "only an administrator's key" in refused.stderr


@pytest.mark.parametrize(
    "arguments", [("accounts", "reset"), ("accounts", "revoke"), ("accounts", "activate"), ("keys", "create")]
)
def test_an_unknown_account_is_a_sentence(arguments: tuple[str, str]) -> None:
    extra = ("--name", "x") if arguments[0] == "keys" else ()

    refused = run(*arguments, "nobody@lakeside.example.org", *extra)

    assert refused.exit_code == 1
    assert "`opportune accounts list` shows them" in refused.stderr


def test_what_was_done_is_recorded_without_names(engine: Engine) -> None:
    make_administrator()
    run("accounts", "invite", "ben@lakeside.example.org")
    run("accounts", "reset", "ada@lakeside.example.org")

    with reading(engine) as session:
        entries = [entry.model_dump() for entry in session.exec(select(AuditEntry).order_by(AuditEntry.at)).all()]

    assert [entry["action"] for entry in entries] == ["account.create", "account.invite", "account.reset"]
    assert {entry["actor_kind"] for entry in entries} == {"command"}
    assert "example.org" not in str(entries)


def test_the_list_shows_who_can_sign_in(engine: Engine) -> None:
    make_administrator()
    save(engine, make_mentor(email="ben@lakeside.example.org"))

    listed = run("accounts", "list").stdout

    assert "administrator" in next(line for line in listed.splitlines() if "ada@" in line)
    assert "no password" in next(line for line in listed.splitlines() if "ben@" in line)
