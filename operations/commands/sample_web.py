"""`opportune sample-web`: serve the invented web on loopback, so that a developer can look at it."""

import datetime as dt
import signal
import sys
from typing import Annotated

import typer

from crawlers.samples.server import LOOPBACK, SampleServer, today_in_utc
from crawlers.samples.web import web_on
from operations.telling import Json, tell_json


def serve_sample_web(
    port: Annotated[int, typer.Option(help="Port on loopback; 0 takes a free one")] = 0,
    day: Annotated[str | None, typer.Option(help="Show it as of this day, YYYY-MM-DD (today)")] = None,
    today: Annotated[
        str | None, typer.Option(help="Reckon every date from this day, YYYY-MM-DD (the same day)")
    ] = None,
    json: Json = False,
) -> None:
    """Serve the invented web on loopback until interrupted.

    Example: opportune sample-web --port 8088 --day 2027-01-31
    """
    shown = _day(day, "--day") or today_in_utc()
    with SampleServer(web_on(shown, _day(today, "--today")), port) as server:
        for number in (signal.SIGINT, signal.SIGTERM):  # also where whoever started it has SIGINT ignored
            signal.signal(number, signal.default_int_handler)
        try:
            address = f"http://{LOOPBACK}:{server.port}/"
            if json:
                tell_json({"url": address, "day": shown.isoformat()})
                sys.stdout.flush()
            else:
                typer.echo(f"The sample web as of {shown.isoformat()} is at {address} (Ctrl-C ends it)")
            server.serve_forever()
        except KeyboardInterrupt:
            typer.echo("Ended.", err=True)


def _day(text: str | None, option: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is not a day written YYYY-MM-DD", param_hint=option) from error
