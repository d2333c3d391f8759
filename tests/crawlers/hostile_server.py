"""A web server on loopback that does to a crawler what the web does, told apart by host name.

`<scenario>.example.org` behaves as that scenario; every request is noted with its time.
"""

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HTML = "text/html; charset=utf-8"
CHALLENGE = "<!doctype html><html><head><title>Just a moment...</title></head><body>Checking</body></html>"


@dataclass(frozen=True)
class Hit:
    scenario: str
    path: str
    at: float
    headers: dict[str, str]


@dataclass
class Calls:
    """What the listing of a scenario shows: titles by key, so many to a page."""

    titles: dict[str, str]
    per_page: int = 50
    etag: str = ""


def calls(count: int, prefix: str = "call", per_page: int = 50) -> Calls:
    return Calls({f"{prefix}-{n}": f"Fellowship {prefix} number {n}" for n in range(count)}, per_page)


@dataclass
class State:
    hits: list[Hit] = field(default_factory=list)
    listings: dict[str, Calls] = field(default_factory=dict)
    pause: float = 0.0  # before every listing page
    lock: threading.Lock = field(default_factory=threading.Lock)


class HostileServer(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.state = State()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def hits(self, scenario: str, path: str | None = None) -> list[Hit]:
        return [hit for hit in self.state.hits if hit.scenario == scenario and path in (None, hit.path)]

    @property
    def secrets_told(self) -> int:
        return sum(hit.path == "/secret" for hit in self.state.hits)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are what this server is for."""


class Handler(BaseHTTPRequestHandler):
    server: HostileServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        host = (self.headers.get("Host") or "").split(":")[0]
        self.scenario = host.removesuffix(".example.org").replace("-", "_")
        headers = {name.lower(): value for name, value in self.headers.items()}
        with self.server.state.lock:
            self.server.state.hits.append(Hit(self.scenario, self.path, time.monotonic(), headers))
        if self.path == "/robots.txt":
            robots = getattr(self, f"robots_of_{self.scenario}", self.no_robots)
            robots()
        elif self.path == "/secret":
            self.answer("the secret")
        else:
            getattr(self, f"do_{self.scenario}", self.listing)()

    def answer(self, text: str | bytes, status: int = 200, content_type: str = HTML, **headers: str) -> None:
        body = text.encode() if isinstance(text, str) else text
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def hang_up(self) -> None:
        self.close_connection = True
        self.connection.close()

    def redirect(self, to: str) -> None:
        self.answer("", 302, Location=to)

    # what robots.txt says

    def no_robots(self) -> None:
        self.answer("none here", 404)

    def robots_of_robots_500(self) -> None:
        self.answer("broken", 500)

    def robots_of_robots_login(self) -> None:
        self.answer("<!DOCTYPE html><html><title>Sign in</title></html>")

    def robots_of_robots_silent(self) -> None:
        self.hang_up()

    def robots_of_robots_denies(self) -> None:
        self.answer("User-agent: Opportune\nDisallow: /\n", content_type="text/plain")

    robots_of_exempt = robots_of_robots_denies

    def robots_of_crawl_delay(self) -> None:
        self.answer("User-agent: *\nCrawl-delay: 1\n", content_type="text/plain")

    # what pages do

    def listing(self) -> None:
        shown = self.server.state.listings.get(self.scenario) or calls(6, self.scenario)
        if self.server.state.pause:
            time.sleep(self.server.state.pause)
        number = int(self.path.partition("page=")[2] or 1)
        if shown.etag and self.headers.get("If-None-Match") == f'"{shown.etag}-{number}"':
            self.send_response(304)
            self.end_headers()
            return
        rows = list(shown.titles.items())[(number - 1) * shown.per_page : number * shown.per_page]
        more = number * shown.per_page < len(shown.titles)
        headers = {"ETag": f'"{shown.etag}-{number}"'} if shown.etag else {}
        self.answer(listing_page(dict(rows), number + 1 if more else None), **headers)

    def do_endless(self) -> None:
        number = int(self.path.partition("page=")[2] or 1)
        self.answer(listing_page({f"endless-{number}": f"Fellowship number {number}"}, number + 1))

    def do_crawl_delay(self) -> None:
        number = int(self.path.partition("page=")[2] or 1)
        row = {f"slow-{number}": f"Fellowship number {number}"}
        self.answer(listing_page(row, number + 1 if number < 3 else None))

    def do_wait_two(self) -> None:
        self.first_busy(Retry_After="2")

    def do_wait_junk(self) -> None:
        self.first_busy(Retry_After="when we feel like it")

    def do_wait_day(self) -> None:
        self.answer("", 429, Retry_After="86400")

    def first_busy(self, **headers: str) -> None:
        if len(self.server.hits(self.scenario, self.path)) == 1:
            self.answer("", 429, **headers)
        else:
            self.listing()

    def do_to_loopback(self) -> None:
        self.redirect(f"http://127.0.0.1:{self.server.port}/secret")

    def do_to_decimal(self) -> None:
        self.redirect(f"http://2130706433:{self.server.port}/secret")

    def do_to_mapped(self) -> None:
        self.redirect(f"http://[::ffff:127.0.0.1]:{self.server.port}/secret")

    def do_to_file(self) -> None:
        self.redirect("file:///etc/hostname")

    def do_to_elsewhere(self) -> None:
        self.redirect("http://elsewhere.example.net/secret")

    def do_meta_refresh(self) -> None:
        self.answer(f"<html><meta http-equiv=refresh content='0; url=http://127.0.0.1:{self.server.port}/secret'>")

    def do_redirect_loop(self) -> None:
        self.redirect(f"/round?{time.monotonic_ns()}")

    def do_bomb(self) -> None:
        packed = gzip.compress(bytes(40 * 2**20), 9)
        self.answer(packed, Content_Encoding="gzip")

    def do_big(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", HTML)
        self.send_header("Content-Length", str(200 * 2**20))
        self.end_headers()
        self.wfile.write(bytes(2**16))

    def do_big_unsaid(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", HTML)
        self.send_header("Connection", "close")
        self.end_headers()
        for _ in range(200):
            self.wfile.write(bytes(2**20))
        self.close_connection = True

    def do_drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", HTML)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        for _ in range(100):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.2)

    def do_cut_off(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", HTML)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"<html>only this much")
        self.hang_up()

    def do_garbage(self) -> None:
        self.wfile.write(b"\x00\xff NOT HTTP AT ALL\r\n\r\n")
        self.hang_up()

    def do_challenge(self) -> None:
        self.answer(CHALLENGE)

    def do_denied(self) -> None:
        self.answer("Forbidden", 403)

    def do_server_error(self) -> None:
        self.answer("down", 503)

    def do_not_ours(self) -> None:
        self.answer("<html><h1>We have moved to a new design</h1></html>")

    def do_empty(self) -> None:
        self.answer(listing_page({}, None))

    def do_login_wall(self) -> None:
        self.answer("<!doctype html><html><title>Sign in</title><form><input type=password></form></html>")

    def do_soft_404(self) -> None:
        self.answer("<!doctype html><html><title>Page not found</title><h1>404</h1></html>")

    def do_unauthorised(self) -> None:
        self.answer("", 401, WWW_Authenticate="Basic")

    def do_legal(self) -> None:
        self.answer("for legal reasons", 451)

    def do_gone(self) -> None:
        self.answer("gone", 410)

    def do_half_json(self) -> None:
        self.answer(b'{"items": [{"id": 1, "title": "Fello', content_type="application/json")

    def do_binary(self) -> None:
        self.answer(bytes(range(256)) * 64)

    def do_pdf(self) -> None:
        self.answer(b"%PDF-1.7\n" + bytes(5000), content_type="application/pdf")

    def do_long_headers(self) -> None:
        self.answer("", X_Long="x" * 200_000)

    def do_bomb_twice(self) -> None:
        packed = gzip.compress(gzip.compress(bytes(40 * 2**20), 9), 9)
        self.answer(packed, Content_Encoding="gzip, gzip")

    def do_charset_lie(self) -> None:
        rows = {f"lie-{n}": "Ärztliche Förderung für Übungsräume" for n in range(8)}
        self.answer(listing_page(rows, None).encode("latin-1"))

    def do_control(self) -> None:
        rows = {f"odd-{n}": f"Fellow\x00ship\x07 \u202e{n}\u200b" for n in range(3)}
        self.answer(listing_page(rows, None))

    def do_read_more(self) -> None:
        self.answer(listing_page({f"more-{n}": "Read more" for n in range(12)}, None))

    def do_session_ids(self) -> None:
        number = int(self.path.partition("page=")[2].partition("&")[0] or 1)
        row = {"the-same": "Fellowship that is always the same"}
        self.answer(listing_page(row, f"{number + 1}&sid={time.monotonic_ns()}"))

    def log_message(self, *args: Any) -> None:
        """Stay quiet."""


def listing_page(rows: dict[str, str], following: int | str | None) -> str:
    items = "".join(f"<li id={key}>{title}</li>" for key, title in rows.items())
    more = f"<a rel=next href='/calls?page={following}'>more</a>" if following else ""
    return f"<!doctype html><html><title>Calls</title><ul class=calls>{items}</ul>{more}</html>"


def running(port: int = 0) -> AbstractContextManager[HostileServer]:
    """Serve on loopback in a thread. Raises OSError when the port is taken."""
    return serving(HostileServer(port))


@contextmanager
def serving(server: HostileServer) -> Iterator[HostileServer]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
