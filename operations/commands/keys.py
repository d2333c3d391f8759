"""`opportune keys`: API keys for programs."""

import datetime as dt
from typing import Annotated

import typer
from rich.table import Table

from catalog.database import reading, writing
from catalog.stores.accounts import AccountRefused, mentor_by_email
from catalog.stores.audit import Actor, record
from catalog.stores.keys import create_key, list_keys, revoke_key
from catalog.words import Scope
from operations.opening import database, fail, messages, show

app = typer.Typer(help="Create, list or revoke API keys.", rich_markup_mode=None, add_completion=False)
_ACTOR = Actor("command")


@app.command()
def create(
    email: Annotated[str, typer.Argument(help="Whose key it is: it sees what they see", show_default=False)],
    name: Annotated[str, typer.Option(help="What it is for, as the list will show it")],
    scope: Annotated[list[Scope] | None, typer.Option(help="What it may do; may be given more than once")] = None,
    days: Annotated[int | None, typer.Option(min=1, max=3650, help="For how long; for ever if left out")] = None,
) -> None:
    """Make a key and print it, once: only its hash is kept. Reads, unless more scopes are given.

    Example: opportune keys create ada@example.org --name "ward screen" --scope read --days 365
    """
    now = dt.datetime.now(dt.UTC)
    with database() as engine:
        try:
            with writing(engine) as session:
                mentor = mentor_by_email(session, email)
                if mentor is None or not mentor.active:
                    raise AccountRefused(f"there is no active account {email}; `opportune accounts list` shows them")
                expires_at = now + dt.timedelta(days=days) if days else None
                scopes = scope or [Scope.READ]
                row, key = create_key(session, mentor, name=name, scopes=scopes, now=now, expires_at=expires_at)
                record(session, _ACTOR, "key.create", "key", row.id, now=now)
                made = row.id
        except AccountRefused as error:
            raise fail(error) from error
    messages.print(f"{made}; it is not shown again:")
    typer.echo(key)


@app.command("list")
def list_command() -> None:
    """List the keys: whose, what they may do, and when they were last used."""
    table = Table("id", "begins", "name", "whose", "scopes", "last used", "state", box=None)
    now = dt.datetime.now(dt.UTC)
    with database() as engine, reading(engine) as session:
        for key, mentor in list_keys(session):
            ended = key.revoked_at or (key.expires_at if key.expires_at and key.expires_at <= now else None)
            state = "revoked" if key.revoked_at else "expired" if ended else "active"
            used = f"{key.last_used_at:%Y-%m-%d %H:%M}" if key.last_used_at else "never"
            table.add_row(key.id, key.prefix, key.name, mentor.email, ", ".join(key.scopes), used, state)
    show(table)


@app.command()
def revoke(
    key: Annotated[str, typer.Argument(help="Identifier or shown beginning of the key", show_default=False)],
) -> None:
    """End a key at once."""
    now = dt.datetime.now(dt.UTC)
    with database() as engine:
        try:
            with writing(engine) as session:
                row = revoke_key(session, key, now=now)
                record(session, _ACTOR, "key.revoke", "key", row.id, now=now)
                ended = row.id
        except AccountRefused as error:
            raise fail(error) from error
    messages.print(f"{ended} no longer works")
