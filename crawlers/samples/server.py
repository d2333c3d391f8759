"""The sample web over real HTTP on loopback: what the demo and the tests let the real spiders crawl.

The server tells hosts apart by the `Host` header. A person with a browser, whose Host is the
loopback address, reads the same pages under `/<host>/…` and finds the list of hosts at `/`.
"""

import datetime as dt
import html
import sys
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar
from urllib.parse import urlsplit

from crawlers.samples.exchange import Request, Response, page
from crawlers.samples.web import Web

LOOPBACK = "127.0.0.1"
_OWN_NAMES = ("127.0.0.1", "localhost")
_DOORS = {
    "euraxess.ec.europa.eu": "/jobs/search",
    "opportunitydesk.org": "/wp-json/wp/v2/posts?_embed=1",
    "medicalaid.org": "/sitemap.xml",
    "library.maastrichtuniversity.nl": "/events/",
    "api.reliefweb.int": "/v2/training?appname=opportune-sample&profile=full",
}


class SampleHandler(BaseHTTPRequestHandler):
    """Answers one connection's requests from the server's `Web`."""

    server: "SampleServer"
    protocol_version = "HTTP/1.1"  # keeps connections alive, as the true services do
    timeout = 60

    def do_GET(self) -> None:
        """Answer; other methods are answered likewise."""
        self._exchange()

    do_HEAD = do_POST = do_GET

    def _exchange(self) -> None:
        self.server.asked += 1
        length = int(self.headers.get("Content-Length") or 0)
        parts = urlsplit(self.path)
        host, path = self._place(parts.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, host, path, parts.query, headers, self.rfile.read(length))
        self._send(self.server.web.answer(request) if host else index(self.server.web))

    def _place(self, path: str) -> tuple[str, str]:
        """The host and path meant: by the Host header, else by the first part of the path."""
        host = (self.headers.get("Host") or "").rsplit(":", 1)[0].lower()
        if host not in _OWN_NAMES:
            return host, path
        first, _, rest = path.lstrip("/").partition("/")
        return first.lower(), "/" + rest

    def _send(self, response: Response) -> None:
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        if response.status != 304:
            self.send_header("Content-Type", response.content_type)
            self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if self.command != "HEAD" and response.status != 304:
            self.wfile.write(response.body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Stay quiet."""


class SampleServer(ThreadingHTTPServer):
    """Serves one `Web`. Threads end with the process; nothing is printed. `asked` counts the requests."""

    daemon_threads = True
    handler: type[SampleHandler] = SampleHandler

    def __init__(self, web: Web, port: int = 0) -> None:
        super().__init__((LOOPBACK, port), self.handler)
        self.web = web
        self.asked = 0

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a client that went away; anything else is a fault worth its trace."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


Server = TypeVar("Server", bound=SampleServer)


def index(web: Web) -> Response:
    """The list of hosts, for a person who looks in with a browser."""
    rows = "".join(
        f'<li><a href="/{host}{html.escape(_DOORS.get(host, "/"))}">{host}</a></li>' for host in sorted(web.sites)
    )
    return page(
        f"<!DOCTYPE html><html lang='en'><title>Sample web</title><h1>The sample web on {web.day.isoformat()}</h1>"
        f"<p>Everything here is invented.</p><ul>{rows}</ul></html>"
    )


def running(web: Web, port: int = 0) -> AbstractContextManager[SampleServer]:
    """Serve `web` on loopback in a thread for as long as the block lasts; port 0 takes a free one (`.port`).

    Raises OSError when the port is taken.
    """
    return serving(SampleServer(web, port))


@contextmanager
def serving(server: Server) -> Iterator[Server]:
    """Let a server of this or a more troubled kind serve for as long as the block lasts."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="sample web")
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def today_in_utc() -> dt.date:
    """The day that the sample web takes for today when none is given."""
    return dt.datetime.now(dt.UTC).date()
