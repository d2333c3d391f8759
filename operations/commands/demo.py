"""`opportune demo`: everything, on an invented web, with no network."""

import datetime as dt
import json as json_format
import signal
import sys
import tempfile
import threading
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

if TYPE_CHECKING:
    from operations.demonstration.showing import Ready


def demo(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the page; 0 takes a free one")] = 8000,
    data: Annotated[Path | None, typer.Option(help="Keep the demo's data in this new folder")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one line of JSON when it is ready")] = False,
) -> None:
    """Show it all on an invented web: a mentor's evening, the night after it, and what to look at in the morning.

    Crawls the sample web as of yesterday, adds invented mentees, forwards and saves for them, runs the night as
    of today, serves the page, prints a sign-in, and tells which three calls to look at first, and where.

    Example: opportune demo --port 8080
    """
    from operations.demonstration.failing import DemoFailed

    console = Console(stderr=True)
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, _stop)
    with tempfile.TemporaryDirectory(prefix="opportune-demo-") as temporary:
        try:
            _show(_folder(data, Path(temporary)), port, console, as_json=json)
        except Stopped:
            console.print("\nStopped.")
        except DemoFailed as failure:
            console.print(str(failure), markup=False)
            sys.exit(1)


def _show(folder: Path, port: int, console: Console, *, as_json: bool) -> None:
    """Set it up, say that it is ready, and go on until somebody stops it. Raises Stopped, DemoFailed."""
    from operations.demonstration.showing import demonstration

    today = dt.datetime.now(dt.UTC).date()
    with demonstration(folder, port, today, Steps(console)) as ready:
        if as_json:
            print(json_format.dumps(ready.as_json()), flush=True)  # noqa: T201
        else:
            tell(ready, today, console)
        threading.Event().wait()


def tell(ready: "Ready", today: dt.date, console: Console) -> None:
    """Say where it is, how to sign in, and what to look at first."""
    said = partial(console.print, markup=False, highlight=False, soft_wrap=True)
    said(f"\n  Open      {ready.url}", style="bold")
    said(f"  Sign in   {ready.email}   password  {ready.password}")
    said(f"  API key   {ready.api_key}   (documentation: {ready.url}/docs)")
    said(f"\n  It is {today:%A}, {today.day} {today:%B %Y}, the morning after a night. What to look at first:\n")
    for number, one in enumerate(ready.story, 1):
        said(f"{one.in_words(number)}\n")
    said("  People and calls are invented; only the names and hosts of the sources are real. Stop with Ctrl+C.")


class Stopped(BaseException):
    """Somebody wants the demo to end, wherever it is; not an error that a step should handle."""


def _stop(*_: object) -> None:
    raise Stopped


def _folder(data: Path | None, temporary: Path) -> Path:
    if data is None:
        return temporary
    if data.exists() and any(data.iterdir()):
        raise typer.BadParameter(f"{data} is not empty; the demo begins afresh: name a new folder", param_hint="--data")
    data.mkdir(parents=True, exist_ok=True)
    return data.resolve()


class Steps:
    """Says each step as it begins, with the time since the start."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._started = time.monotonic()

    def __call__(self, step: str) -> None:
        """Announce a step."""
        self._console.print(f"[dim]{time.monotonic() - self._started:5.1f} s[/dim]  {step}…")
