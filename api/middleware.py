"""What happens around every request: its id, its log line, security headers and origin.

Plain ASGI, one class for each concern; the outermost answers what went wrong in the others.
"""

import logging
import re
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager, nullcontext
from urllib.parse import urlsplit

from opentelemetry import propagate, trace
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.answering_errors import of_exception
from api.body_size import tell_while_it_comes
from api.metrics import ServiceMetrics
from api.problems import Kind, Problem, answer
from api.request_headers import header
from api.static_files import PARTS
from catalog.credentials import new_secret
from catalog.logs import belonging

RawHeaders = Sequence[tuple[bytes, bytes]]
access_log = logging.getLogger("opportune.access")
_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{1,64}")
_TAKES_NO_COOKIE = re.compile(r"/v1/tokens(/refresh|/revoke)?")
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class RequestContext:
    """Gives each request an id and each answer its security headers; writes one log line, counts it, traces it.

    All three name the route as it is declared, never the address asked for: tokens and search
    words stay out of them.
    """

    def __init__(
        self, app: ASGIApp, *, security_headers: Callable[[str, int], RawHeaders], metrics: ServiceMetrics
    ) -> None:
        self.app = app
        self.security_headers = security_headers  # of an answer to this path with this status
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        given = header(scope, b"x-request-id") or ""
        request_id = given if _REQUEST_ID.fullmatch(given) else f"req-{new_secret()[:16].replace('_', '-')}"
        scope.setdefault("state", {})["request_id"] = request_id
        started = time.perf_counter()

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                scope["state"]["status"] = status = message["status"]
                message["headers"] = self._completed(message["headers"], scope["path"], status, request_id)
            await send(message)

        with belonging(request_id=request_id), _span(scope, request_id) as span:
            try:
                await self.app(scope, receive, sending)
            finally:
                method = scope["method"] if scope["method"] in _KNOWN_METHODS else "OTHER"
                self._note(scope, span, method, scope["state"].get("status", 0), time.perf_counter() - started)

    def _completed(self, told: RawHeaders, path: str, status: int, request_id: str) -> RawHeaders:
        """An answer's headers with ours: in one pass, since there are many of them and every answer has them."""
        there = {name for name, _ in told}
        ours = [pair for pair in self.security_headers(path, status) if pair[0] not in there]
        if not path.startswith(PARTS):  # fifty small modules: their headers count
            ours.append((b"x-request-id", request_id.encode()))
        return [*(pair for pair in told if pair[0] != b"x-request-id"), *ours]

    def _note(self, scope: Scope, span: trace.Span, method: str, status: int, seconds: float) -> None:
        route, request_id = _route(scope), scope["state"]["request_id"]
        known = {"method": method, "route": route, "status": status, "milliseconds": round(seconds * 1000)}
        access_log.info("%s %s %s %.0f ms %s", method, route, status, seconds * 1000, request_id, extra=known)
        self.metrics.answered(method, route, status, scope["state"].get("problem", ""), seconds)
        span.update_name(f"{method} {route}")
        span.set_attributes({"http.request.method": method, "http.route": route, "http.response.status_code": status})


def _span(scope: Scope, request_id: str) -> AbstractContextManager[trace.Span]:
    """A request's span, part of its caller's trace where one is told. Does nothing unless traces are set up."""
    no_traces = isinstance(trace.get_tracer_provider(), trace.ProxyTracerProvider)
    if no_traces and header(scope, b"traceparent") is None:
        return nullcontext(trace.INVALID_SPAN)
    return trace.get_tracer("opportune").start_as_current_span(
        scope["method"] if scope["method"] in _KNOWN_METHODS else "OTHER",
        context=propagate.extract(Headers(scope=scope)),
        kind=trace.SpanKind.SERVER,
        attributes={"opportune.request_id": request_id},
        record_exception=False,  # its text may be about a person
    )


def _route(scope: Scope) -> str:
    """The route's address as it is declared, with its parameters' names in place of their values."""
    prefix = "/v1" if scope["path"].startswith("/v1/") else ""
    path = getattr(scope.get("route"), "path", "-")
    return path if path.startswith("/v1/") else prefix + path


_KNOWN_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})


class Answers:
    """Answers what is raised inside. Others stand further out, so that these answers too have their headers (CORS)."""

    def __init__(self, app: ASGIApp, *, public_url: str) -> None:
        self.app = app
        self.public_url = public_url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        try:
            await self.app(scope, receive, send)
        except Exception as error:
            if scope["type"] != "http" or "status" in scope["state"]:  # an answer has begun
                raise
            problem = of_exception(error)
            scope["state"]["problem"] = problem.kind.code
            request_id = scope["state"]["request_id"]
            told = answer(problem, public_url=self.public_url, request_id=request_id)
            if problem.kind is Kind.TOO_LARGE:
                return await tell_while_it_comes(told, scope, receive, send)
            await told(scope, receive, send)


class SameOrigin:
    """Refuses unsafe requests that a browser sends from another site with the mentor's cookie (CSRF).

    The rule of Go 1.25 and ASP.NET Core 11: `Sec-Fetch-Site` must be same-origin or none; a browser
    without it must send an Origin equal to the Host; a client that sends neither is no browser.
    Tokens are asked for and renewed without a cookie: there the front ends of the CORS list may.
    """

    def __init__(self, app: ASGIApp, *, public_url: str, front_ends: Collection[str] = ()) -> None:
        self.app = app
        self.public_host = urlsplit(public_url).netloc
        self.front_ends = frozenset(front_ends)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http" and not self._allowed(scope, Headers(scope=scope)):
            raise Problem(Kind.CROSS_SITE)
        await self.app(scope, receive, send)

    def _allowed(self, scope: Scope, headers: Headers) -> bool:
        if scope["method"] in _SAFE_METHODS or "authorization" in headers:
            return True
        if _TAKES_NO_COOKIE.fullmatch(scope["path"]) and headers.get("origin") in self.front_ends:
            return True
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site in ("same-origin", "none")
        origin = headers.get("origin")
        return origin is None or _host_of(origin) in ({headers.get("host"), self.public_host} - {""})


def _host_of(origin: str) -> str:
    """The host and port of an Origin; empty for one that has none (`null`), or is none (`http://[`)."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""
