"""`opportune demo`: everything, on an invented web, with no network."""

import datetime as dt
import json as json_format
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console


def demo(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the page; 0 takes a free one")] = 8000,
    data: Annotated[Path | None, typer.Option(help="Keep the demo's data in this new folder")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one line of JSON when it is ready")] = False,
) -> None:
    """Crawl the sample web twice, index it, serve the page with invented mentees, and print a sign-in.

    Example: opportune demo --port 8080
    """
    from operations.demonstration import DemoFailed, demonstration

    console = Console(stderr=True)
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, _stop)
    with tempfile.TemporaryDirectory(prefix="opportune-demo-") as temporary:
        folder = _folder(data, Path(temporary))
        try:
            with demonstration(folder, port, dt.datetime.now(dt.UTC).date(), Steps(console)) as ready:
                if json:
                    print(json_format.dumps(ready.as_json()), flush=True)  # noqa: T201
                else:
                    console.print(f"\n  Open      [bold]{ready.url}[/bold]")
                    console.print(f"  Sign in   {ready.email}   password  [bold]{ready.password}[/bold]")
                    console.print(f"  API key   {ready.api_key}   (documentation: {ready.url}/docs)")
                    console.print("\n  Everyone and everything in it is invented. Stop with Ctrl+C.")
                threading.Event().wait()
        except Stopped:
            console.print("\nStopped.")
        except DemoFailed as failure:
            console.print(str(failure), markup=False)
            sys.exit(1)


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
