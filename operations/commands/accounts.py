"""`opportune accounts`: the first administrator, invitations, resets, and taking access away."""

import datetime as dt
import sys
from typing import Annotated, Any

import typer
from rich.table import Table
from sqlalchemy import Engine
from sqlmodel import Session, select

from catalog.audited import AuditAction
from catalog.credentials import PasswordRefused, check_password, hash_password
from catalog.database import reading, writing
from catalog.settings import Settings
from catalog.stores import accounts, invitations
from catalog.stores.accounts import AccountRefused
from catalog.stores.audit import Actor, record
from catalog.stores.keys import list_keys
from catalog.stores.mentoring import join_programme
from catalog.tables import Mentor, Programme
from catalog.words import Role
from operations.helpful_commands import CommandGroup
from operations.opening import database, fails_on, read_settings, show
from operations.telling import Json, tell, tell_json

app = CommandGroup("Create, invite, reset or revoke people who sign in.")
_ACTOR = Actor("command")
Email = Annotated[str, typer.Argument(help="Address of e-mail", show_default=False)]


@app.command("create-administrator")
def create_administrator(
    email: Annotated[str, typer.Option(prompt="E-mail", help="Address to sign in with")],
    name: Annotated[str, typer.Option(help="Name to show")] = "",
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="Read the password from a pipe")] = False,
    json: Json = False,
) -> None:
    """Make an account that may do everything: the first one, or one more.

    Asks for the password, or reads it from a pipe.

    Examples:
    opportune accounts create-administrator --email ada@example.org --name "Ada Orchard"
    printf %s "$PASSWORD" | opportune accounts create-administrator --email ada@example.org --password-stdin
    """
    now = dt.datetime.now(dt.UTC)
    with database() as engine, fails_on(AccountRefused, PasswordRefused):
        address = _free_address(engine, email)
        password_hash = hash_password(_chosen_password(password_stdin, address, name))
        with writing(engine) as session:
            made = accounts.create_mentor(
                session, email=address, name=name, role=Role.ADMINISTRATOR, password_hash=password_hash
            )
            record(session, _ACTOR, AuditAction.ACCOUNT_CREATE, "mentor", made.id, now=now)
    said = {"email": address, "role": Role.ADMINISTRATOR}
    tell(said, f"{address} is an administrator and can sign in", as_json=json)


@app.command()
def invite(
    email: Email,
    role: Annotated[Role, typer.Option(help="What they may do")] = Role.MENTOR,
    programme: Annotated[str, typer.Option(help="Name of their programme; made if it is new")] = "",
    json: Json = False,
) -> None:
    """Print a link by which somebody new chooses a password. It works once, for seven days.

    Example: opportune accounts invite ben@example.org --programme "Lakeside mentoring"
    """
    now = dt.datetime.now(dt.UTC)
    settings = read_settings()
    with database(settings) as engine, fails_on(AccountRefused), writing(engine) as session:
        programme_id = _programme(session, programme).id if programme else None
        row, token = invitations.invite(session, email=email, role=role, programme_id=programme_id, now=now)
        record(session, _ACTOR, AuditAction.ACCOUNT_INVITE, "invitation", row.id, now=now)
        address, until = row.email, row.expires_at
    _tell_link(settings, token, address, until, as_json=json)


@app.command()
def join(
    email: Email,
    programme: Annotated[str, typer.Argument(help="Name of the programme; made if it is new", show_default=False)],
    coordinator: Annotated[
        bool, typer.Option("--coordinator", help="See all of its mentees, not only their own")
    ] = False,
    json: Json = False,
) -> None:
    """Take somebody who has an account into a programme, where others can make them a co-mentor.

    Example: opportune accounts join cyd@example.org "Lakeside mentoring" --coordinator
    """
    now = dt.datetime.now(dt.UTC)
    with database() as engine, fails_on(AccountRefused), writing(engine) as session:
        mentor = _mentor(session, email)
        row = _programme(session, programme)
        join_programme(session, mentor, row.id, coordinator=coordinator)
        record(session, _ACTOR, AuditAction.ACCOUNT_JOIN, "programme", row.id, now=now)
    said = {"email": email, "programme": programme, "coordinator": coordinator}
    tell(said, f"{email} {'coordinates' if coordinator else 'is in'} {programme!r}", as_json=json)


@app.command()
def reset(email: Email, json: Json = False) -> None:
    """Print a link by which an account chooses a new password. It works once, for an hour.

    Until it is used the old password works; then every session ends.

    Example: opportune accounts reset ada@example.org
    """
    now = dt.datetime.now(dt.UTC)
    settings = read_settings()
    with database(settings) as engine, fails_on(AccountRefused), writing(engine) as session:
        mentor = _mentor(session, email)
        row, token = invitations.start_reset(session, mentor, now=now)
        record(session, _ACTOR, AuditAction.ACCOUNT_RESET, "mentor", mentor.id, now=now)
        address, until = row.email, row.expires_at
    _tell_link(settings, token, address, until, as_json=json, page="new-password")


@app.command()
def revoke(email: Email, json: Json = False) -> None:
    """Take an account's access away at once: its sessions, keys and open links end. Nothing it wrote is deleted.

    Example: opportune accounts revoke cyd@example.org
    """
    now = dt.datetime.now(dt.UTC)
    with database() as engine, fails_on(AccountRefused), writing(engine) as session:
        mentor = _mentor(session, email)
        accounts.deactivate(session, mentor, now=now)
        record(session, _ACTOR, AuditAction.ACCOUNT_REVOKE, "mentor", mentor.id, now=now)
    sentence = f"{email} can no longer sign in; `opportune accounts activate` gives access back"
    tell({"email": email, "state": "revoked"}, sentence, as_json=json)


@app.command()
def activate(email: Email, json: Json = False) -> None:
    """Give an account its access back. Its old sessions and keys stay ended.

    Example: opportune accounts activate cyd@example.org
    """
    now = dt.datetime.now(dt.UTC)
    with database() as engine, fails_on(AccountRefused), writing(engine) as session:
        mentor = _mentor(session, email)
        accounts.activate(session, mentor)
        record(session, _ACTOR, AuditAction.ACCOUNT_ACTIVATE, "mentor", mentor.id, now=now)
    tell({"email": email, "state": "active"}, f"{email} can sign in again", as_json=json)


@app.command("list")
def list_command(json: Json = False) -> None:
    """List the accounts: who, what they may do, and whether they can sign in.

    Example: opportune accounts list --json
    """
    with database() as engine, reading(engine) as session:
        found = [_described(session, mentor) for mentor in accounts.list_mentors(session)]
    if json:
        tell_json(found)
        return
    table = Table("e-mail", "name", "role", "state", "keys", box=None)
    for one in found:
        table.add_row(*map(str, one.values()))
    show(table)


def _described(session: Session, mentor: Mentor) -> dict[str, Any]:
    state = "revoked" if not mentor.active else "active" if mentor.password_hash else "no password"
    live = [key for key, _ in list_keys(session, mentor_id=mentor.id) if key.revoked_at is None]
    return {"email": mentor.email, "name": mentor.name, "role": mentor.role, "state": state, "keys": len(live)}


def _free_address(engine: Engine, email: str) -> str:
    """The address as it is kept. Raises AccountRefused for what is none, or has an account."""
    address = accounts.normalised_email(email)
    with reading(engine) as session:
        if accounts.mentor_by_email(session, address) is not None:
            raise AccountRefused(f"{address} has an account already; `opportune accounts reset` gives a new link")
    return address


def _chosen_password(from_pipe: bool, *personal: str) -> str:
    """Ask twice, or read a pipe. Raises PasswordRefused."""
    if from_pipe:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    check_password(password, *personal, "opportune")
    return password


def _mentor(session: Session, email: str) -> Mentor:
    found = accounts.mentor_by_email(session, email)
    if found is None:
        raise AccountRefused(f"there is no account {email}; `opportune accounts list` shows them")
    return found


def _programme(session: Session, name: str) -> Programme:
    found = session.exec(select(Programme).where(Programme.name == name)).first()
    if found is None:
        found = Programme(name=name)
        session.add(found)
        session.flush()
    return found


def _tell_link(
    settings: Settings, token: str, email: str, until: dt.datetime, *, as_json: bool, page: str = "invitation"
) -> None:
    """Print where the page takes a link: the token stands behind `#`, so that no server's log sees it."""
    link = f"{settings.public_address}/{page}#{token}"
    said = {"email": email, "until": until, "link": link}
    tell(said, f"for {email}, until {until:%Y-%m-%d %H:%M} UTC, once:", as_json=as_json, result=link)
