"""`opportune bounces`: addresses that mail came back from, since providers report it after they took the mail."""

import datetime as dt
import json as json_module
import sys
from collections import Counter
from collections.abc import Sequence
from typing import Annotated

import typer

from catalog.audited import AuditAction
from catalog.database import reading, writing
from catalog.stores.audit import Actor, record
from catalog.stores.bounces import Noted, note_bounces, record_bounces
from catalog.stores.suppressions import lift_bounce, suppressed
from catalog.stores.visibility import Viewer
from catalog.words import Role
from operations.helpful_commands import CommandGroup
from operations.opening import database, fail

app = CommandGroup("Stop writing to addresses that mail came back from; write to mended ones again.")
_ACTOR = Actor("command")
_EVERYBODY = Viewer("", Role.ADMINISTRATOR)
Addresses = Annotated[
    list[str] | None,
    typer.Argument(help="Addresses; left out, they are read from a pipe, one on a line", show_default=False),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object, which names no address")]


@app.command()
def add(
    addresses: Addresses = None,
    report: Annotated[
        bool, typer.Option("--report", help="What is piped in is the report that a mail server sent back (RFC 3464)")
    ] = False,
    json: Json = False,
) -> None:
    """Write to these addresses no more: mail to them came back.

    Example, from a mail server that hands returned mail to a program: opportune bounces add --report < returned.eml
    """
    wanted = _reported() if report else _given(addresses)
    now = dt.datetime.now(dt.UTC)
    with database() as engine, writing(engine) as session:
        found = note_bounces(session, wanted, _EVERYBODY, now=now)
        record_bounces(session, _ACTOR, found, now=now)
    counted = Counter(bounce.result for bounce in found)
    _tell({"noted": counted[Noted.NOTED], "already": counted[Noted.ALREADY]}, json=json)


@app.command()
def lift(addresses: Addresses = None, json: Json = False) -> None:
    """Write to these addresses again: they were mended. Whoever unsubscribed is left in peace.

    Example: opportune bounces lift grace@mentees.example.org
    """
    now = dt.datetime.now(dt.UTC)
    wanted = _given(addresses)
    with database() as engine, writing(engine) as session:
        lifted = sum(lift_bounce(session, address) for address in wanted)
        if lifted:
            record(session, _ACTOR, AuditAction.BOUNCES_LIFT, now=now)
    _tell({"lifted": lifted, "not_bounced": len(wanted) - lifted}, json=json)


@app.command()
def check(addresses: Addresses = None, json: Json = False) -> None:
    """Say of each of these addresses, in their order, whether it is written to: the list holds hashes alone.

    Example: opportune bounces check --json < addresses.txt
    """
    wanted = _given(addresses)
    with database() as engine, reading(engine) as session:
        known = suppressed(session, wanted)
    said = [str(known[one]) if one in known else "written_to" for one in wanted]
    if json:
        sys.stdout.write(json_module.dumps({"results": said}) + "\n")
        return
    for one in said:
        typer.echo(one)


def _given(addresses: Sequence[str] | None) -> list[str]:
    found = [one.strip() for one in (addresses if addresses else sys.stdin.read().splitlines()) if one.strip()]
    for number, one in enumerate(found, start=1):
        if "@" not in one.strip("@") or len(one) > 320 or " " in one:
            raise fail(f"number {number} is no address of e-mail; nothing was changed")
    return found


def _reported() -> list[str]:
    from delivery.returned_mail import NotAReport, addresses_that_failed

    try:
        return addresses_that_failed(sys.stdin.buffer.read())
    except NotAReport as error:
        raise fail(error) from error


def _tell(counts: dict[str, int], *, json: bool) -> None:
    plain = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in counts.items())
    sys.stdout.write((json_module.dumps(counts) if json else plain) + "\n")
