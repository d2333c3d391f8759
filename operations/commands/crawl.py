"""`opportune crawl`: read the sources into the catalogue, once."""

import datetime as dt
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.live import Live
from rich.table import Table

from catalog.settings import Settings
from catalog.words import RunVerdict
from crawlers.order import CrawlOrder
from crawlers.process import CrawlRefused, log_name, run_crawl
from crawlers.report import CrawlReport, SourceReport
from operations.opening import messages, unattended_settings
from operations.source_names import SourceNames
from operations.telling import Json
from operations.tracing import trace_crawl, tracing

_COLUMNS = ("source", "verdict", "pages", "drafts", "new", "again", "missed", "refused")
_COLOURS = {RunVerdict.HEALTHY: "green", RunVerdict.SUSPECT: "yellow", RunVerdict.FAILED: "red", None: "dim"}


AsOf = Annotated[
    dt.datetime | None,
    typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"], help="Read as if it were this moment (UTC)"),
]
MaxMinutes = Annotated[float | None, typer.Option(min=0.01, help="Stop fetching after this many minutes")]
Accept = Annotated[
    bool, typer.Option("--accept", help="You have looked: what the named sources show now is their new normal")
]
Divided = Annotated[
    bool, typer.Option("--divided", help="Let the workers read the sources, and gather what they found (PostgreSQL)")
]
Part = Annotated[
    bool, typer.Option("--part", hidden=True, help="Read the named source for the divided crawl under way")
]


def crawl(
    sources: SourceNames = None,
    as_of: AsOf = None,
    max_minutes: MaxMinutes = None,
    accept: Accept = False,
    divided: Divided = False,
    part: Part = False,
    json: Json = False,
) -> None:
    """Read the sources into the catalogue, politely: robots.txt, delays and declared hosts are kept to.

    Each source gets a verdict: what a healthy one shows is taken, of a suspect one only what is new, of a failed one
    nothing. `opportune sources` shows the verdicts. May be stopped at any time and run again.

    Exit codes: 0 all sources were healthy, 3 some were not, 1 nothing usable, 75 another crawl runs.

    Examples:
    opportune crawl
    opportune crawl euraxess --max-minutes 10
    opportune crawl euraxess --accept
    """
    settings = unattended_settings()
    if accept and not sources:
        raise typer.BadParameter("name the sources whose new normal you accept")
    if accept and divided:
        raise typer.BadParameter("a new normal is accepted by a crawl that is not divided")
    order = crawl_order(settings, sources or [], as_of=as_of, max_minutes=max_minutes)
    order = order.model_copy(update={"accept": accept, "part": part})
    errors = messages if settings.log_format == "json" else Console(stderr=True)
    report = _crawled(order, settings, errors, divided=divided)
    if not report.run_id:
        errors.print(f"no divided crawl waits for {order.sources[0]}")
        return
    if json:
        sys.stdout.write(report.model_dump_json() + "\n")
    else:
        show_report(report, Console(), settings.data_dir / log_name(order))
    raise typer.Exit(report.exit_code)


def _crawled(order: CrawlOrder, settings: Settings, errors: Console, *, divided: bool) -> CrawlReport:
    """Crawl, here or by workers; where that is refused, say why and end."""
    try:
        with tracing(settings, "crawl"):
            report = crawl_on_the_queue(order, errors) if divided else crawl_with_progress(order, errors)
            trace_crawl(report)
            return report
    except CrawlRefused as refused:
        errors.print(f"opportune crawl: {refused}", style="red", markup=False, soft_wrap=True)
        raise typer.Exit(refused.exit_code) from refused


def crawl_order(
    settings: Settings, sources: list[str], *, as_of: dt.datetime | None = None, max_minutes: float | None = None
) -> CrawlOrder:
    """What a crawl is told, from the settings. A naive `as_of` is UTC."""
    if as_of is not None and as_of.tzinfo is None:
        as_of = as_of.replace(tzinfo=dt.UTC)
    return CrawlOrder(
        database_url=settings.url,
        data_dir=settings.data_dir,
        sources=sources,
        as_of=as_of,
        contact=settings.contact,
        needed=needed_values(settings),
        sample_web_port=settings.sample_web_port,
        left_out=left_out(settings),
        environment=settings.environment,
        archive_days=settings.archive_days,
        log_format=settings.log_format,
        max_minutes=max_minutes,
    )


def left_out(settings: Settings) -> dict[str, str]:
    """The sources that take no part in sample mode, and why: the sample web does not answer for their hosts."""
    if settings.sample_web_port is None:
        return {}
    from crawlers.bases.discovery import sources as known_sources
    from crawlers.samples.content import SOURCES, WATCHED

    return {name: "not in the sample web" for name in known_sources() if name not in (*SOURCES, WATCHED)}


def needed_values(settings: Settings) -> dict[str, str]:
    """The values of the settings that sources may need, as far as they are set."""
    from crawlers.bases.discovery import sources as known_sources

    names = {name for source in known_sources().values() for name in source.needs}
    found: dict[str, Any] = {name: getattr(settings, name, None) for name in sorted(names)}
    return {
        name: value.get_secret_value() if hasattr(value, "get_secret_value") else str(value)
        for name, value in found.items()
        if value
    }


def crawl_on_the_queue(order: CrawlOrder, console: Console) -> CrawlReport:
    """Let workers read the sources; a line whenever another is done. Raises CrawlRefused."""
    from operations.divided import crawl_by_workers

    last_line = ""

    def on_event(event: dict[str, Any]) -> None:
        nonlocal last_line
        if (line := f"Crawling: {len(event['unread'])} sources are not read yet") != last_line:
            console.print(line, markup=False, highlight=False)
            last_line = line

    return crawl_by_workers(order, on_event)


def crawl_with_progress(order: CrawlOrder, console: Console) -> CrawlReport:
    """Crawl and show how far each source has got: as a living table on a terminal, else as a line now and then."""
    live = Live(console=console, refresh_per_second=4, transient=True) if console.is_terminal else None
    with live or nullcontext():
        last_line = ""

        def on_event(event: dict[str, Any]) -> None:
            nonlocal last_line
            if event["event"] != "progress":
                return
            if live is not None:
                live.update(_progress_table(event["sources"]))
            elif (line := _progress_line(event["sources"])) != last_line:
                console.print(line, markup=False, highlight=False)
                last_line = line

        return run_crawl(order, on_event)


def _progress_table(sources: dict[str, dict[str, Any]]) -> Table:
    table = Table("source", "pages", "drafts", "refused", "", box=None)
    for name, counts in sources.items():
        done = "done" if counts["done"] else "…"
        table.add_row(name, *(str(counts[column]) for column in ("pages", "drafts", "refused")), done)
    return table


def _progress_line(sources: dict[str, dict[str, Any]]) -> str:
    """One line that changes only when another source is done, so that a log stays short."""
    done = sum(counts["done"] for counts in sources.values())
    return f"Crawling: {done} of {len(sources)} sources done"


def show_report(report: CrawlReport, console: Console, log: Path) -> None:
    """Show how each source fared, and what to do about those that did not fare well."""
    table = Table(*_COLUMNS, "why", box=None)
    table.columns[0].no_wrap = True
    for one in report.sources:
        table.add_row(*_row(one))
    for name, why in report.disabled.items():
        table.add_row(name, "[dim]disabled", "", "", "", "", "", "", why)
    console.print(table)
    if report.sample_web_port is not None:
        console.print(f"Sample mode: all of this came from the sample web on port {report.sample_web_port}.")
    for one in report.sources:
        if one.robots_exemption:
            console.print(f"{one.source} does not ask robots.txt: {one.robots_exemption}", markup=False)
        if one.runs_since_healthy >= 6:
            console.print(
                f"{one.source} has not been healthy for {one.runs_since_healthy} runs: look at it.", style="red"
            )
            console.print(f"If what it shows now is right: opportune crawl {one.source} --accept", highlight=False)
    if waiting := sum(one.to_review for one in report.sources):
        console.print(f"{waiting} postings wait for a person: opportune review list", highlight=False)
    console.print(f"Run {report.run_id} {report.state}; its log is in {log}.", highlight=False, soft_wrap=True)


def _row(one: SourceReport) -> list[str]:
    counts = (one.pages, one.drafts, one.new, one.refreshed, one.missed, sum(one.refused.values()))
    verdict = f"[{_COLOURS[one.verdict]}]{one.verdict}"
    return [one.source, verdict, *map(str, counts), "; ".join(one.reasons)]
