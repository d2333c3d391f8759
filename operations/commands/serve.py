"""`opportune serve`: the API and the mentor's page, and the delivery of mail beside them."""

import gc
import signal
import socket
from typing import TYPE_CHECKING, Annotated

import typer

from catalog.logs import set_up_logging
from catalog.settings import Settings
from operations.heaps import giving_back, share_heaps
from operations.opening import database, fail, messages, unattended_settings
from operations.products import multiply_in_one_thread

if TYPE_CHECKING:
    import uvicorn
    from fastapi import FastAPI


REQUESTS_END_WITHIN = 20
"""Seconds that requests under way get when it is to end; then those deliver to an end who do so beside it."""
Host = Annotated[str | None, typer.Option(help="Address to listen on; OPPORTUNE_HOST, else 127.0.0.1")]
Port = Annotated[int | None, typer.Option(min=1, max=65535, help="Port to listen on; OPPORTUNE_PORT, else 8000")]
Passed = Annotated[
    int | None, typer.Option("--fd", min=3, help="Serve on this bound socket, which a supervisor passed on")
]


def serve(host: Host = None, port: Port = None, fd: Passed = None) -> None:
    """Serve the API and the mentor's page until stopped, and send what is due beside it.

    The database must have been made (`opportune db upgrade`) and somebody be able to sign in (`opportune accounts
    create-administrator`). Put a proxy with TLS before it and set OPPORTUNE_PUBLIC_URL where others are to reach it.
    Ctrl+C or SIGTERM ends it; requests under way are finished first. Where `opportune worker` runs, that one sends.

    Exit codes: 0 it was asked to end, and did; 1 it could not begin: what to do is said.

    Examples:
    opportune serve
    opportune serve --host 127.0.0.1 --port 8080
    """
    gc.disable()  # nothing that is imported goes away again: looking for it takes a quarter of the start
    share_heaps()
    multiply_in_one_thread()
    import uvicorn

    from api.app import create_app

    if fd is not None and (host or port):
        raise typer.BadParameter(
            "the socket has a host and port of its own: leave out --host and --port", param_hint="--fd"
        )
    passed = None if fd is None else _passed_on(fd)
    if passed is not None:
        host, port = passed.getsockname()[:2]
    chosen = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    settings = unattended_settings().model_copy(update=chosen)
    set_up_logging(settings.log_format)
    service = create_app(settings)
    gc.freeze()
    gc.enable()
    server = uvicorn.Server(server_config(service, host=settings.host, port=settings.port))
    _run(server, service, settings, passed)
    if not server.started:
        raise fail("the service did not start; the lines above say why")


def _passed_on(number: int) -> socket.socket:
    """The socket of an open file's number; uvicorn listens on it."""
    try:
        passed = socket.socket(fileno=number)
    except OSError as error:
        why = error.strerror or error
        raise fail(f"--fd {number} is no socket that was passed on ({why}): name the number of a bound one") from error
    internet = passed.family in (socket.AF_INET, socket.AF_INET6) and passed.type == socket.SOCK_STREAM
    if not internet or not passed.getsockname()[1]:
        raise fail(f"--fd {number} is no TCP socket that is bound to a host and port: pass on one that is")
    return passed


def _run(server: "uvicorn.Server", service: "FastAPI", settings: Settings, passed: socket.socket | None) -> None:
    """Serve until it is asked to end, and beside it deliver, crawl when asked, measure and trace."""
    from operations.asked import reading_when_asked
    from operations.delivering import delivering
    from operations.metrics import serving_metrics
    from operations.tracing import tracing

    # uvicorn gives the signal on when it has ended: without this that would end us before delivery has
    signal.signal(signal.SIGTERM, lambda *_: None)
    with (
        database(settings) as engine,
        tracing(settings, "serve"),
        serving_metrics(settings, engine, service.state.metrics.registry),
        delivering(settings, engine),
        reading_when_asked(engine),
        giving_back(),
    ):
        messages.print(
            f"Opportune listens on {settings.public_address} (API reference: /docs). Stop with Ctrl+C.", soft_wrap=True
        )
        server.run([passed] if passed else None)


def server_config(service: "FastAPI", *, host: str, port: int) -> "uvicorn.Config":
    """How a service is served."""
    import uvicorn

    return uvicorn.Config(
        service,
        host=host,
        port=port,
        log_config=None,
        access_log=False,  # ours names routes, not addresses: tokens and search words stay out of logs
        server_header=False,
        ws="none",
        lifespan="on",
        timeout_graceful_shutdown=REQUESTS_END_WITHIN,
    )
