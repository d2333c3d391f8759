"""`opportune review`: what the reader was unsure of, and what a person decides about it."""

import datetime as dt
from collections.abc import Callable
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from sqlmodel import Session

from catalog.audited import AuditAction
from catalog.database import reading, writing
from catalog.mending import FIELDS, MendRefused, as_written
from catalog.stores import reviews
from catalog.stores.audit import Actor, record
from catalog.stores.reviews import Queued
from catalog.tables import ReviewItem
from catalog.words import ReviewState
from operations.helpful_commands import CommandGroup
from operations.opening import database, fail, messages, show
from operations.telling import Json, tell, tell_json

app = CommandGroup("Decide about what the reader was unsure of: list, show, accept, mend, refuse or undo.")
_ACTOR = Actor("command")
_Item = Annotated[str, typer.Argument(help="Identifier, as the list shows it", show_default=False)]


@app.command("list")
def list_command(
    state: Annotated[
        list[ReviewState] | None, typer.Option(help="Those in this state; may be given more than once. Else waiting")
    ] = None,
    source: Annotated[str | None, typer.Option(help="Those of one source")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many, the newest first")] = 100,
    json: Json = False,
) -> None:
    """List what waits for somebody, and why.

    Example: opportune review list --source euraxess --limit 20
    """
    with database() as engine, reading(engine) as session:
        states = state or [ReviewState.WAITING]
        rows = reviews.queue(session, states=states, source=source, limit=limit)
        found = [_described(row) for row in rows]
        waiting = reviews.count_waiting(session)
    if json:
        tell_json({"items": found, "waiting": waiting})
        return
    table = Table("id", "source", "title", "deadline", "state", "why", box=None)
    for one in found:
        why = one["why"] or "; ".join(doubt["code"] for doubt in one["doubts"])
        table.add_row(one["id"], one["source"], one["title"], one["values"]["deadline"], one["state"], why)
    show(table)
    messages.print(f"{waiting} wait for somebody")


@app.command("show")
def show_command(item: _Item, json: Json = False) -> None:
    """Show one item: what was read, why somebody is asked, and the words of the page.

    Example: opportune review show rvw_01k9z5v3q8m4n7p2r6s1t0w9xy
    """
    with database() as engine, reading(engine) as session:
        found = reviews.queued(session, item)
        if found is None:
            raise _unknown(item)
        one = _described(found)
    if json:
        tell_json(one)
        return
    out = Console(highlight=False, markup=False, soft_wrap=True)
    out.print(f"{one['title']}\n{one['url']}\n{one['state']}, from {one['source']}")
    for doubt in one["doubts"]:
        out.print(f"\n{doubt['says']}")
        for quote in doubt.get("quotes", ()):
            out.print(f"  “{quote}”")
    out.print("\nWhat the source says, and what was put right:")
    for field, value in one["values"].items():
        out.print(f"  {field} = {value}" + (f" → {one['mends'][field]}" if field in one["mends"] else ""))


@app.command()
def accept(
    items: Annotated[list[str], typer.Argument(help="Identifiers, as the list shows them", show_default=False)],
    json: Json = False,
) -> None:
    """Say that items are right as they were read: mentors see them without “being checked”.

    Example: opportune review accept rvw_01k9z5v3q8m4n7p2r6s1t0w9xy
    """

    def how(session: Session, row: ReviewItem, now: dt.datetime) -> None:
        reviews.accept(session, row, by=None, now=now)
        record(session, _ACTOR, AuditAction.REVIEW_ACCEPT, "review_item", row.id, now=now)

    _decide("accept", items, how, json)


@app.command()
def mend(
    item: _Item,
    values: Annotated[list[str], typer.Argument(help=f"FIELD=VALUE; fields: {', '.join(FIELDS)}", show_default=False)],
    why: Annotated[str, typer.Option(help="Shown with the value wherever it is shown")] = "",
    json: Json = False,
) -> None:
    """Put fields of an item right, until the source's own value changes.

    Example: opportune review mend rvw_01k9z5v3q8m4n7p2r6s1t0w9xy deadline=2027-05-31 --why "by telephone"
    """
    given = _pairs(values)

    def how(session: Session, row: ReviewItem, now: dt.datetime) -> None:
        reviews.mend(session, row, given, why=why, by=None, now=now)
        record(session, _ACTOR, AuditAction.REVIEW_MEND, "review_item", row.id, now=now)

    _decide("mend", [item], how, json)


@app.command()
def refuse(
    items: Annotated[list[str], typer.Argument(help="Identifiers, as the list shows them", show_default=False)],
    why: Annotated[str, typer.Option(help="For whoever asks later")] = "",
    json: Json = False,
) -> None:
    """Withdraw items that are nothing for mentees, until they say something else.

    Example: opportune review refuse rvw_01k9z5v3q8m4n7p2r6s1t0w9xy --why "an advertisement"
    """

    def how(session: Session, row: ReviewItem, now: dt.datetime) -> None:
        reviews.refuse(session, row, why=why, by=None, now=now)
        record(session, _ACTOR, AuditAction.REVIEW_REFUSE, "review_item", row.id, now=now)

    _decide("refuse", items, how, json)


@app.command()
def undo(
    items: Annotated[list[str], typer.Argument(help="Identifiers, as the list shows them", show_default=False)],
    json: Json = False,
) -> None:
    """Take decisions back: the items wait again.

    Example: opportune review undo rvw_01k9z5v3q8m4n7p2r6s1t0w9xy
    """

    def how(session: Session, row: ReviewItem, now: dt.datetime) -> None:
        reviews.undo(session, row, now=now)
        record(session, _ACTOR, AuditAction.REVIEW_UNDO, "review_item", row.id, now=now)

    _decide("undo", items, how, json)


def _decide(
    what: str, items: list[str], how: Callable[[Session, ReviewItem, dt.datetime], None], as_json: bool
) -> None:
    """All of them or none, in one transaction."""
    now = dt.datetime.now(dt.UTC)
    with database() as engine:
        try:
            with writing(engine) as session:
                for one in items:
                    item = reviews.item_to_decide(session, one)
                    if item is None:
                        raise _unknown(one)
                    how(session, item, now)
        except MendRefused as refused:
            raise fail(refused) from refused
    tell({"decided": what, "items": items}, f"{what}: {len(items)} done", as_json=as_json)


def _pairs(values: list[str]) -> dict[str, str]:
    pairs = {}
    for value in values:
        field, equals, rest = value.partition("=")
        if not equals:
            raise fail(f"{value!r} is not FIELD=VALUE; fields are {', '.join(FIELDS)}")
        pairs[field.strip()] = rest
    return pairs


def _unknown(item: str) -> typer.Exit:
    return fail(f"there is no item {item}; `opportune review list` shows those that wait")


def _described(row: Queued) -> dict[str, Any]:
    item, opportunity_id, mentor = row
    draft, review = reviews.read_draft(item), reviews.review_of(item)
    return {
        "id": item.id,
        "state": item.state,
        "source": item.source,
        "title": draft.title,
        "url": draft.url,
        "asked_at": item.created_at.isoformat(),
        "doubts": item.doubts,
        "values": {field: as_written(draft, field) for field in FIELDS},
        "mends": {field: mend.value for field, mend in review.mends.items()},
        "why": item.why,
        "decided_by": mentor.name if mentor else None,
        "decided_at": item.decided_at.isoformat() if item.decided_at else None,
        "opportunity_id": opportunity_id,
    }
