"""`opportune keys`: API keys for programs."""

import datetime as dt
from typing import Annotated, Any

import typer
from rich.table import Table

from catalog.audited import AuditAction
from catalog.database import reading, writing
from catalog.stores.accounts import AccountRefused, mentor_by_email
from catalog.stores.audit import Actor, record
from catalog.stores.keys import create_key, list_keys, revoke_key
from catalog.tables import ApiKey, Mentor
from catalog.words import Scope
from operations.helpful_commands import CommandGroup
from operations.opening import database, fail, show
from operations.telling import Json, tell, tell_json

app = CommandGroup("Create, list or revoke API keys.")
_ACTOR = Actor("command")


@app.command()
def create(
    email: Annotated[str, typer.Argument(help="Whose key it is: it sees what they see", show_default=False)],
    name: Annotated[str, typer.Option(help="What it is for, as the list will show it")],
    scope: Annotated[list[Scope] | None, typer.Option(help="What it may do; may be given more than once")] = None,
    days: Annotated[int | None, typer.Option(min=1, max=3650, help="For how long; for ever if left out")] = None,
    json: Json = False,
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
                record(session, _ACTOR, AuditAction.KEY_CREATE, "key", row.id, now=now)
                made = row.id
        except AccountRefused as error:
            raise fail(error) from error
    tell({"id": made, "key": key}, f"{made}; it is not shown again:", as_json=json, result=key)


@app.command("list")
def list_command(json: Json = False) -> None:
    """List the keys: whose, what they may do, and when they were last used.

    Example: opportune keys list
    """
    now = dt.datetime.now(dt.UTC)
    with database() as engine, reading(engine) as session:
        found = [_described(key, mentor, now) for key, mentor in list_keys(session)]
    if json:
        tell_json(found)
        return
    table = Table("id", "begins", "name", "whose", "scopes", "last used", "state", box=None)
    for one in found:
        used = f"{one['last_used_at']:%Y-%m-%d %H:%M}" if one["last_used_at"] else "never"
        cells = (one["id"], one["begins"], one["name"], one["whose"], ", ".join(one["scopes"]), used, one["state"])
        table.add_row(*cells)
    show(table)


def _described(key: ApiKey, mentor: Mentor, now: dt.datetime) -> dict[str, Any]:
    ended = key.expires_at is not None and key.expires_at <= now
    return {
        "id": key.id,
        "begins": key.prefix,
        "name": key.name,
        "whose": mentor.email,
        "scopes": key.scopes,
        "last_used_at": key.last_used_at,
        "state": "revoked" if key.revoked_at else "expired" if ended else "active",
    }


@app.command()
def revoke(
    key: Annotated[str, typer.Argument(help="Identifier or shown beginning of the key", show_default=False)],
    json: Json = False,
) -> None:
    """End a key at once: programs that use it are refused from the next request on.

    Example: opportune keys revoke opp_live_4Tz9
    """
    now = dt.datetime.now(dt.UTC)
    with database() as engine:
        try:
            with writing(engine) as session:
                row = revoke_key(session, key, now=now)
                record(session, _ACTOR, AuditAction.KEY_REVOKE, "key", row.id, now=now)
                ended = row.id
        except AccountRefused as error:
            raise fail(error) from error
    tell({"id": ended, "state": "revoked"}, f"{ended} no longer works", as_json=json)
