"""`opportune sources`: which sources there are, how they are, and whether the nightly crawl still happens."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from sqlmodel import Session

from catalog.alarms import blind_nights
from catalog.coverage import Freshness, freshness_of, hours_since
from catalog.database import reading, writing
from catalog.stores.runs import latest_source_runs, open_keys
from catalog.stores.sources import list_sources
from catalog.tables import Source
from crawlers.bases.discovery import sources as known_sources
from crawlers.roster import record_facts
from operations.commands.crawl import left_out, needed_values
from operations.opening import database, read_settings
from operations.telling import tell_json

_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
SOME_STALE = 3
ALL_STALE = 1


def sources(*, json: bool, stale_after: str | None) -> None:
    """List the sources as a table or as JSON; with `stale_after` only check them (exit codes: see `sources_group`)."""
    settings = read_settings()
    now = dt.datetime.now(dt.UTC)
    if stale_after is not None:
        with database(settings) as engine, reading(engine) as session:
            raise typer.Exit(_check(list_sources(session), lasting(stale_after), now, as_json=json))
    with database(settings) as engine:
        with writing(engine) as session:
            record_facts(session, known_sources(), needed_values(settings), left_out(settings), now=now)
        with reading(engine) as session:
            rows = [_described(session, source, now) for source in list_sources(session)]
    if json:
        tell_json(rows)
    else:
        Console().print(_table(rows, now))


def lasting(text: str) -> dt.timedelta:
    """How long "36h", "2d" or "90m" is. Raises BadParameter for anything else."""
    number, unit = text[:-1], text[-1:]
    if unit not in _UNITS or not (number.isascii() and number.isdigit()) or not 0 < int(number) < 10**6:
        raise typer.BadParameter(f"{text!r} is no length of time: write 90m, 36h or 2d", param_hint="--stale-after")
    return dt.timedelta(**{_UNITS[unit]: int(number)})


def _check(found: Sequence[Source], stale_after: dt.timedelta, now: dt.datetime, *, as_json: bool) -> int:
    """Say which sources that are on were not healthy for so long; the exit code. It looks and writes nothing.

    A crawl that never begins leaves every age growing, so that this fires without anybody having failed.
    """
    ages = {one.name: hours_since(one.last_healthy_at, now) for one in found if one.enabled}
    fresh = {one.name for one in found if freshness_of(one, now, stale_after) is Freshness.FRESH}
    late = {name: age for name, age in ages.items() if name not in fresh}
    code = 0 if fresh and not late else SOME_STALE if fresh else ALL_STALE
    newest = hours_since(max((one.last_healthy_at for one in found if one.last_healthy_at), default=None), now)
    if as_json:
        tell_json({"exit_code": code, "hours_since_healthy": newest, "fresh": len(fresh), "stale": late})
        return code
    console = Console(soft_wrap=True, highlight=False)
    for name, age in late.items():
        console.print(f"{name}: {'never healthy' if age is None else f'last healthy {age} h ago'}", markup=False)
    last = "nothing was ever read well" if newest is None else f"the last healthy crawl was {newest} h ago"
    console.print(f"{len(fresh)} of {len(ages)} sources are fresh; {last}.", markup=False)
    return code


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
        "hours_since_healthy": hours_since(source.last_healthy_at, now),
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
