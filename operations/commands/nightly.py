"""`opportune nightly`: the one-shot job that any scheduler calls."""

import datetime as dt
import os
import signal
import sys
from typing import Annotated, Any

import typer
from opentelemetry import trace
from sqlalchemy import Engine

from catalog.database import reading, writing
from catalog.stores.leases import LeaseHeld
from catalog.stores.nights import begin_night, finish_night, last_begun_at
from crawlers.report import ANOTHER_RUNS, NOT_ALL_HEALTHY
from crawlers.tenure import Tenure
from operations.night_report import NightReport, report_night
from operations.nightly import run_command, run_night, was_missed
from operations.opening import NIGHT, database, fail, messages, unattended_settings
from operations.tracing import for_a_child, tracing

LEASE = "nightly"


def nightly(
    max_minutes: Annotated[float | None, typer.Option(min=0.01, help="Be done after about this many minutes")] = None,
    if_missed: Annotated[
        bool, typer.Option("--if-missed", help="Only if the night that was due last (02:15 UTC) never began")
    ] = False,
    partly_is_fine: Annotated[
        bool,
        typer.Option("--partly-is-fine", help="End with 0 instead of 3, where only 0 is success"),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the report as one JSON object")] = False,
) -> None:
    """Crawl every source, index what is new, and send what mentors are owed.

    Exit codes: 0 all sources healthy; 3 some were not, what they gave is kept; 4 somebody must look
    (an alarm); 1 nothing usable or a step failed; 75 another night or crawl is running.

    Examples:
    opportune nightly --max-minutes 120
    opportune nightly --if-missed --json
    """
    settings = unattended_settings()
    signal.signal(signal.SIGTERM, _stop)
    with database(settings) as engine, tracing(settings, "nightly"):
        with reading(engine) as session:
            begun = last_begun_at(session)
        if if_missed and not was_missed(begun, dt.datetime.now(dt.UTC)):
            messages.print("the night that was due last has begun: nothing to catch up with")
            return
        try:
            with Tenure(engine, LEASE):
                report = _night(engine, max_minutes)
        except LeaseHeld as held:
            raise fail(f"another night runs ({held})", ANOTHER_RUNS) from held
    for step in report.steps:
        messages.print(f"{step.name:8} {'ok' if step.exit_code == 0 else f'ended with {step.exit_code}'}")
    for sentence in report.alarms:
        messages.print(sentence, style="red", markup=False)
    if json:
        sys.stdout.write(report.model_dump_json() + "\n")
    fine = partly_is_fine and report.exit_code == NOT_ALL_HEALTHY
    raise typer.Exit(0 if fine else report.exit_code)


def _night(engine: Engine, max_minutes: float | None) -> NightReport:
    started_at = dt.datetime.now(dt.UTC)
    with writing(engine) as session:
        night_id = begin_night(session, now=started_at)
    steps = sys.stderr  # what the steps print must not get between a report and who reads it

    def run(step: tuple[str, ...], at_most: float | None) -> int:
        with trace.get_tracer("opportune").start_as_current_span(f"nightly {step[0]}") as span:
            code = run_command(step, for_a_child({**os.environ, NIGHT: night_id}), at_most, output=steps)
            span.set_attribute("opportune.exit_code", code)
        return code

    night = run_night(run, lambda step: messages.rule(f"opportune {step}"), max_minutes=max_minutes)
    now = dt.datetime.now(dt.UTC)
    with writing(engine) as session:
        report = report_night(session, night_id, night, started_at, now)
        finish_night(session, night_id, report.exit_code, report.model_dump(mode="json"), now=now)
    return report


def _stop(*_: Any) -> None:
    """End as Ctrl+C does: the step that runs is asked to end, and is waited for."""
    raise KeyboardInterrupt
