"""`opportune report`: how the last night went."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from catalog.database import reading
from catalog.stores.nights import last_finished_night
from operations.night_report import NightReport, page
from operations.opening import database, fail, messages


def report(
    html: Annotated[Path | None, typer.Option(help="Write it as a page that needs nothing else")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print it as one JSON object")] = False,
) -> None:
    """Show how the last night went: each source, each step, what waits, and what somebody must look at.

    Example: opportune report --html night.html
    """
    with database() as engine, reading(engine) as session:
        night = last_finished_night(session)
        if night is None:
            raise fail("no night has ended yet: opportune nightly")
        found = NightReport.model_validate(night.report)
    if html is not None:
        try:
            html.write_text(page(found), "utf-8")
        except OSError as error:
            raise fail(f"nothing was written: {error}") from error
        messages.print(f"the night of {found.started_at:%Y-%m-%d} is in {html}")
    if json:
        sys.stdout.write(found.model_dump_json() + "\n")
    elif html is None:
        _show(found)


def _show(found: NightReport) -> None:
    typer.echo(f"Night of {found.started_at:%Y-%m-%d %H:%M} UTC, exit code {found.exit_code}")
    for step in found.steps:
        typer.echo(f"  {step.name:9} {step.exit_code:>4} {step.seconds:>8.1f} s")
    sources = found.crawl.sources if found.crawl else []
    for one in sources:
        if one.reasons:
            typer.echo(f"  {one.source}: {one.verdict}: {'; '.join(one.reasons)}")
    typer.echo(f"{len(sources)} sources read; {found.to_review} postings wait for a person")
    for sentence in found.alarms:
        typer.echo(f"! {sentence}")
