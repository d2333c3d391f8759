"""Every error as a problem document (RFC 9457): which kinds there are, and how they are answered.

A problem never repeats what was sent: the default 422 of FastAPI does, which tells logs personal
data and answers 500 to a body holding NaN.
"""

import logging
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError, ResponseValidationError
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.described import Described
from api.schemas.problems import FieldProblem
from api.schemas.problems import Problem as ProblemBody
from api.unforeseen import loggable, met_another

MEDIA_TYPE = "application/problem+json"
logger = logging.getLogger("opportune.api")


@dataclass(frozen=True, slots=True)
class _Kind:
    status: int
    title: str
    advice: str


class Kind(Enum):
    """Each problem's stable code, its status, and what the page about it advises."""

    MALFORMED_REQUEST = _Kind(400, "Malformed request", "Send JSON (RFC 8259) without NaN or Infinity, in UTF-8.")
    INVALID_CURSOR = _Kind(400, "Invalid cursor", "Use `next` as it was given, with the same filters, or start anew.")
    IDEMPOTENCY_KEY_MISSING = _Kind(
        400, "Idempotency-Key missing", "Send a new random Idempotency-Key header with each forward, the same on retry."
    )
    IDEMPOTENCY_KEY_NOT_TAKEN = _Kind(
        400,
        "Idempotency-Key not taken here",
        "Send it without the header: this answer is shown once and not kept, or asking again does nothing more.",
    )
    NOT_SIGNED_IN = _Kind(
        401, "Not signed in", "Sign in, or send `Authorization: Bearer …` with an API key or access token."
    )
    WRONG_CREDENTIALS = _Kind(401, "Wrong address or password", "Check both; ask an administrator for a reset.")
    TOKEN_NOT_VALID = _Kind(401, "Token not valid", "Sign in again: the token is unknown, out of date or was used.")
    FORBIDDEN = _Kind(403, "Not allowed", "Your role or key does not allow this. Ask for a key with the scope named.")
    CROSS_SITE = _Kind(
        403, "Request from another site", "A browser sent this from another site. Programs use API keys, not cookies."
    )
    INSECURE_TRANSPORT = _Kind(
        403, "Sign-in over an insecure connection", "Use https, or set OPPORTUNE_PUBLIC_URL to the https address."
    )
    NOT_FOUND = _Kind(404, "Not found", "It does not exist, or it is not yours: the two are not told apart.")
    METHOD_NOT_ALLOWED = _Kind(405, "Method not allowed", "See the Allow header.")
    CONFLICT = _Kind(409, "Conflict", "Read the object anew and decide again.")
    TOO_LATE_TO_UNDO = _Kind(409, "Too late to undo", "The message has left or is leaving. Write to the mentee.")
    IDEMPOTENCY_KEY_IN_USE = _Kind(
        409,
        "First request not answered",
        "Try again with the same key. If this stays, look whether what you asked for is there before using a new one.",
    )
    EMAIL_NOT_POSSIBLE = _Kind(
        409, "Mail cannot be sent", "Use the channel `copy`, set a mail server, or give the mentee an address."
    )
    GONE = _Kind(410, "Gone", "The list this cursor belongs to is no longer kept. Ask for the list anew.")
    LINK_EXPIRED = _Kind(410, "Link expired", "It was good for 180 days. Write to who sent it to you.")
    LINK_NOT_VALID = _Kind(410, "Link not valid", "The link was used, replaced, or is out of date. Ask for a new one.")
    CHANGED_MEANWHILE = _Kind(412, "Changed meanwhile", "Somebody else changed it. Read it anew, then change it.")
    TOO_LARGE = _Kind(413, "Too large", "A body may have 256 KiB, a cohort's file 10 MiB.")
    WRONG_MEDIA_TYPE = _Kind(415, "Wrong media type", "Send `Content-Type: application/json`.")
    INVALID_REQUEST = _Kind(422, "Invalid request", "`errors` says which fields are wrong and how.")
    IDEMPOTENCY_KEY_REUSED = _Kind(
        422, "Idempotency-Key reused", "This key was used for another request. Make a new one for a new request."
    )
    VERSION_MISSING = _Kind(428, "If-Match missing", "Send the ETag you read as If-Match, so no change is lost.")
    TOO_MANY_REQUESTS = _Kind(429, "Too many requests", "Wait as long as the Retry-After header says.")
    MAIL_QUOTA_USED = _Kind(
        429, "Daily quota of mails used", "Copy the message instead, or wait as long as the Retry-After header says."
    )
    INTERNAL = _Kind(500, "Internal error", "This is our fault. Quote the request id when you report it.")
    UNAVAILABLE = _Kind(503, "Unavailable for now", "Something we depend on is away. Try again after Retry-After.")

    @property
    def code(self) -> str:
        """The stable code: the last part of the problem's `type`."""
        return self.name.lower().replace("_", "-")


class Problem(Exception):
    """An error to be answered. `detail` is for people: what happened and what to do; never what was sent."""

    def __init__(
        self,
        kind: Kind,
        detail: str = "",
        *,
        errors: Sequence[FieldProblem] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(kind.code)
        self.kind = kind
        self.detail = detail or kind.value.advice
        self.errors = list(errors)
        self.headers = dict(headers or {})


def invalid(pointer: str, detail: str, code: str = "invalid_value") -> Problem:
    """A problem with one field, found after the body's shape was checked."""
    return Problem(
        Kind.INVALID_REQUEST,
        "One field is not right.",
        errors=[FieldProblem(pointer=pointer, code=code, detail=detail)],
    )


def answer(problem: Problem, *, public_url: str, request_id: str) -> Response:
    """The response for a problem."""
    kind = problem.kind
    body = ProblemBody(
        type=f"{public_url}/problems/{kind.code}",
        title=kind.value.title,
        status=kind.value.status,
        detail=problem.detail,
        code=kind.code,
        request_id=request_id,
        errors=problem.errors,
    )
    headers = {"Cache-Control": "no-store", **problem.headers}
    return Response(body.model_dump_json(), status_code=kind.value.status, media_type=MEDIA_TYPE, headers=headers)


_BY_STATUS = {
    400: Kind.MALFORMED_REQUEST,
    401: Kind.NOT_SIGNED_IN,
    403: Kind.FORBIDDEN,
    404: Kind.NOT_FOUND,
    405: Kind.METHOD_NOT_ALLOWED,
    413: Kind.TOO_LARGE,
    415: Kind.WRONG_MEDIA_TYPE,
}


def of_exception(error: Exception) -> Problem:
    """Which problem an exception is. What nobody foresaw is logged and becomes `internal`."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, HTTPException):
        return Problem(_BY_STATUS.get(error.status_code, Kind.INTERNAL), headers=error.headers)
    if isinstance(error, OperationalError | InterfaceError | PoolTimeout):
        logger.warning("database unavailable: %s", type(error.__cause__ or error).__name__)
        return Problem(Kind.UNAVAILABLE, "The database is away or busy.", headers={"Retry-After": "3"})
    told = loggable(error)
    if isinstance(error, IntegrityError) and met_another(error):
        logger.warning("a change met another: %s", told)
        return Problem(Kind.CONFLICT, "Somebody changed the same at the same moment. Read it anew and decide again.")
    logger.error("unforeseen error", exc_info=told)
    return Problem(Kind.INTERNAL)


def _of_validation(error: RequestValidationError, names: Container[str]) -> Problem:
    found = error.errors()
    if any(item["type"] == "json_invalid" for item in found):
        return Problem(Kind.MALFORMED_REQUEST, "The body is not JSON.")
    fields = [
        FieldProblem(pointer=_pointer(item["loc"], names), code=item["type"], detail=_harmless(item))
        for item in found[:50]
    ]
    summary = "One field is not right." if len(found) == 1 else f"{len(found)} fields are not right."
    return Problem(Kind.INVALID_REQUEST, summary, errors=fields)


_SAYS_NO_INPUT = {"missing", "extra_forbidden", "string_too_long", "string_too_short", "too_long", "too_short", "enum"}
"""Kinds of error whose message says only what is allowed. Others (a value error of an address, say) may quote."""

_SAID_WITHOUT_INPUT = {
    "unknown_country": "There is no such ISO 3166-1 alpha-2 country code, in capitals.",
    "unknown_zone": "There is no such IANA time zone.",
    "day_format": "A day is written as YYYY-MM-DD.",
    "value_error": "This is well formed, but it is no value that can be kept here.",
}


def _harmless(item: Mapping[str, object]) -> str:
    kind = str(item["type"])
    if kind == "value_error" and str(item["msg"]).startswith("value is not a valid email address"):
        return "This is not an address that mail can be sent to."
    if kind in _SAID_WITHOUT_INPUT:
        return _SAID_WITHOUT_INPUT[kind]
    known = (
        kind in _SAYS_NO_INPUT
        or kind.startswith(("greater_than", "less_than", "string_pattern"))
        or kind.endswith("_type")
    )
    return str(item["msg"]) if known else f"not a valid value here ({kind})"


def _pointer(location: Sequence[str | int], names: Container[str]) -> str:
    """A JSON pointer into the body (`/goals/0/text`), or `query/limit`, `path/…`, `header/…`.

    A name that is none of ours was made up by the caller, and may hold anything: `*` stands for it.
    """
    where, *rest = location or ["body"]
    path = "/".join(str(part) if isinstance(part, int) or part in names else "*" for part in rest)
    return "/" + path if where == "body" else f"{where}/{path}"


@cache
def _described(app: FastAPI) -> Described:
    """Made when first needed, outside the event loop: it takes a second."""
    return Described(app.openapi())


def _wrong_method(described: Described, path: str, error: HTTPException) -> Problem:
    """405 with every method of the address; 404 where only the page's own route, which takes any address, matched."""
    allowed = described.methods_at(path)
    if allowed:
        return Problem(Kind.METHOD_NOT_ALLOWED, headers={"Allow": ", ".join(allowed)})
    if path.startswith("/v1/"):
        return Problem(Kind.NOT_FOUND, "There is nothing at this address.")
    return Problem(Kind.METHOD_NOT_ALLOWED, headers=error.headers)


def handle_problems(app: FastAPI, public_url: str) -> None:
    """Answer every exception that a route raises with a problem."""

    async def handler(request: Request, error: Exception) -> Response:
        if isinstance(error, RequestValidationError) and isinstance(error.body, bytes):
            error = Problem(Kind.WRONG_MEDIA_TYPE)  # FastAPI hands a body that is not called JSON on as bytes
        if isinstance(error, HTTPException) and error.status_code == 405:
            error = _wrong_method(await run_in_threadpool(_described, app), request.url.path, error)
        if isinstance(error, RequestValidationError):
            error = _of_validation(error, (await run_in_threadpool(_described, app)).names)
        problem = of_exception(error)
        request.state.problem = problem.kind.code  # to be counted
        return answer(problem, public_url=public_url, request_id=request.state.request_id)

    for kind in (
        Problem,
        RequestValidationError,
        ResponseValidationError,
        HTTPException,
        IntegrityError,
        OperationalError,
        InterfaceError,
        PoolTimeout,
    ):
        app.add_exception_handler(kind, handler)
