"""`opportune nightly`: the one-shot job that any scheduler calls."""

import datetime as dt
import os
import signal
import sys
import time
from typing import Annotated, Any

import typer
from opentelemetry import trace
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from catalog.database import reading, writing
from catalog.stores.leases import LEASE_TIME, LeaseHeld, LeaseLost, hold
from catalog.stores.nights import begin_night, finish_night, keep_night, last_begun_at, night_to_go_on_with
from crawlers.report import ANOTHER_RUNS, NOT_ALL_HEALTHY
from crawlers.tenure import GO_ON_WITHIN, Tenure
from operations.night_report import NightReport, report_night
from operations.nightly import NOTHING_YET, Night, run_command, run_night, was_missed
from operations.opening import NIGHT, database, fail, messages, unattended_settings
from operations.telling import Json
from operations.tracing import for_a_child, tracing

LEASE = "nightly"
TRIES_FOR_THE_LEASE = 4


NightMinutes = Annotated[float | None, typer.Option(min=0.01, help="Be done after about this many minutes")]
IfMissed = Annotated[
    bool, typer.Option("--if-missed", help="Only if the night that was due last (02:15 UTC) never began")
]
NightDivided = Annotated[
    bool,
    typer.Option(
        "--divided", help="Let workers read the sources; go on with the night of one who was killed (PostgreSQL)"
    ),
]
PartlyIsFine = Annotated[
    bool, typer.Option("--partly-is-fine", help="End with 0 instead of 3, where only 0 is success")
]


def nightly(
    max_minutes: NightMinutes = None,
    if_missed: IfMissed = False,
    divided: NightDivided = False,
    partly_is_fine: PartlyIsFine = False,
    json: Json = False,
) -> None:
    """Crawl every source, index what is new, and send what mentors are owed: one run, for any scheduler.

    What there is no time for is left out, except what is due to be sent. `opportune report` tells how it went.

    Exit codes: 0 all sources were healthy; 3 some were not, what they gave is kept; 4 somebody must look
    (an alarm); 1 nothing usable or a step failed; 75 another night or crawl is running.

    Examples:
    opportune nightly --max-minutes 120
    opportune nightly --if-missed --json
    """
    settings = unattended_settings()
    signal.signal(signal.SIGTERM, _stop)
    with database(settings) as engine, tracing(settings, "nightly"):
        if if_missed and nothing_is_due(engine, dt.datetime.now(dt.UTC), divided=divided):
            messages.print("the night that was due last has begun: nothing to catch up with")
            return
        report = _alone(engine, max_minutes, divided=divided)
    _tell(report)
    if json:
        sys.stdout.write(report.model_dump_json() + "\n")
    fine = partly_is_fine and report.exit_code == NOT_ALL_HEALTHY
    raise typer.Exit(0 if fine else report.exit_code)


def _alone(engine: Engine, max_minutes: float | None, *, divided: bool) -> NightReport:
    """The night, unless another runs or takes over."""
    try:
        with Tenure(engine, LEASE) as tenure:
            return _night(tenure, max_minutes, divided=divided)
    except LeaseHeld as held:
        raise fail(f"another night runs ({held})", ANOTHER_RUNS) from held
    except LeaseLost as lost:
        raise fail(f"another has taken over this night ({lost})", ANOTHER_RUNS) from lost


def _tell(report: NightReport) -> None:
    for step in report.steps:
        messages.print(f"{step.name:8} {'ok' if step.exit_code == 0 else f'ended with {step.exit_code}'}")
    for sentence in report.alarms:
        messages.print(sentence, style="red", markup=False)


def nothing_is_due(engine: Engine, now: dt.datetime, *, divided: bool) -> bool:
    """Whether the night that was due last has begun, and is not one to go on with.

    Workers decide by themselves when the first is; elsewhere somebody sets a timer.
    """
    with reading(engine) as session:
        begun = last_begun_at(session)
        if divided and (begun is None or night_to_go_on_with(session, since=now - GO_ON_WITHIN) is not None):
            return False
        return not was_missed(begun, now)


def _night(tenure: Tenure, max_minutes: float | None, *, divided: bool) -> NightReport:
    engine = tenure.engine
    night_id, started_at, so_far = _begun(engine, divided=divided)

    def run(step: tuple[str, ...], at_most: float | None) -> int:
        if divided and step[0] == "crawl":
            return _divided_crawl(step, at_most, night_id)
        return _run_step(step, at_most, night_id)

    def keep(night: Night) -> None:
        try:
            with writing(engine) as session:
                keep_night(session, night_id, {"codes": dict(night.codes), "seconds": dict(night.seconds)})
        except SQLAlchemyError as error:  # nobody else's night is worse for it, and this one goes on
            messages.print(f"how far the night has come could not be noted ({type(error).__name__})", style="yellow")

    night = run_night(
        run, lambda step: messages.rule(f"opportune {step}"), max_minutes=max_minutes, so_far=so_far, keep=keep
    )
    now = dt.datetime.now(dt.UTC)
    with writing(engine) as session:
        hold(session, tenure.lease)  # whoever has taken over reports this night
        report = report_night(session, night_id, night, started_at, now)
        finish_night(session, night_id, report.exit_code, report.model_dump(mode="json"), now=now)
    return report


def _begun(engine: Engine, *, divided: bool) -> tuple[str, dt.datetime, Night]:
    """The night's id, when it began, and how far it has come: a new one, or one whose process was killed."""
    now = dt.datetime.now(dt.UTC)
    with writing(engine) as session:
        before = night_to_go_on_with(session, since=now - GO_ON_WITHIN) if divided else None
        if before is None:
            return begin_night(session, now=now), now, NOTHING_YET
        messages.print(f"going on with the night that began at {before.started_at:%H:%M} UTC")
        kept = before.report
        return before.id, before.started_at, Night(kept.get("codes", {}), kept.get("seconds", {}))


def _divided_crawl(step: tuple[str, ...], at_most: float | None, night_id: str) -> int:
    """Let workers read the sources. The lease of a crawl that was killed with its host lasts a minute longer."""
    for _ in range(TRIES_FOR_THE_LEASE):
        code = _run_step((*step, "--divided"), at_most, night_id)
        if code != ANOTHER_RUNS:
            break
        time.sleep(LEASE_TIME.total_seconds() / 2)
    return code


def _run_step(words: tuple[str, ...], at_most: float | None, night_id: str) -> int:
    steps = sys.stderr  # what the steps print must not get between a report and who reads it
    with trace.get_tracer("opportune").start_as_current_span(f"nightly {words[0]}") as span:
        code = run_command(words, for_a_child({**os.environ, NIGHT: night_id}), at_most, output=steps)
        span.set_attribute("opportune.exit_code", code)
    return code


def _stop(*_: Any) -> None:
    """End as Ctrl+C does: the step that runs is asked to end, and is waited for."""
    raise KeyboardInterrupt
