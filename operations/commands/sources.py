"""`opportune sources`: which sources there are, and how they are."""

import datetime as dt
import json as json_module
import sys
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from sqlmodel import Session

from catalog.database import reading, writing
from catalog.stores.runs import latest_source_runs, open_keys
from catalog.stores.sources import list_sources
from catalog.tables import Source
from crawlers.bases.discovery import sources as known_sources
from crawlers.roster import record_facts
from crawlers.verdict import blind_nights
from operations.commands.crawl import left_out, needed_values
from operations.opening import database, read_settings


def sources(
    json: Annotated[bool, typer.Option("--json", help="Print the table as one JSON list")] = False,
) -> None:
    """List the sources: what they hold, how they publish, when they were last healthy, what is open now."""
    settings = read_settings()
    now = dt.datetime.now(dt.UTC)
    with database(settings) as engine:
        with writing(engine) as session:
            record_facts(session, known_sources(), needed_values(settings), left_out(settings), now=now)
        with reading(engine) as session:
            rows = [_described(session, source, now) for source in list_sources(session)]
    if json:
        sys.stdout.write(json_module.dumps(rows, ensure_ascii=False) + "\n")
    else:
        Console().print(_table(rows, now))


def _described(session: Session, source: Source, now: dt.datetime) -> dict[str, Any]:
    runs = latest_source_runs(session, source.name)
    latest = runs[0] if runs else None
    return {
        "name": source.name,
        "title": source.title,
        "kinds": source.kinds,
        "way": source.way,
        "homepage": source.homepage,
        "last_healthy_at": source.last_healthy_at.isoformat() if source.last_healthy_at else None,
        "open_items": len(open_keys(session, source.name, at=now)),
        "verdict": latest.verdict if latest else None,
        "reasons": latest.reasons if latest else [],
        "runs_since_healthy": blind_nights([run.verdict for run in runs if run.verdict is not None]),
        "enabled": source.enabled,
        "disabled_reason": source.disabled_reason,
    }


def _table(rows: list[dict[str, Any]], now: dt.datetime) -> Table:
    table = Table("source", "kinds", "way", "last healthy", "open", "verdict", "enabled", box=None)
    table.columns[0].no_wrap = True
    for row in rows:
        verdict = "; ".join([row["verdict"] or "never crawled", *row["reasons"]])
        enabled = "yes" if row["enabled"] else row["disabled_reason"]
        cells = (row["name"], ", ".join(row["kinds"]), row["way"], _ago(row["last_healthy_at"], now))
        table.add_row(*cells, str(row["open_items"]), verdict, enabled)
    return table


def _ago(at: str | None, now: dt.datetime) -> str:
    """How long ago, in the unit that a person would use."""
    if at is None:
        return "never"
    hours = (now - dt.datetime.fromisoformat(at)).total_seconds() / 3600
    return f"{hours:.0f} h ago" if hours < 48 else f"{hours / 24:.0f} days ago"
