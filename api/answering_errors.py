"""Every exception that a route raises is answered with a problem; what nobody foresaw is logged and is `internal`."""

import logging
from functools import cache

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError, ResponseValidationError
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.described import Described
from api.invalid_requests import of_validation
from api.problems import Kind, Problem, answer
from api.unforeseen import loggable, met_another
from catalog.availability import passes, told

logger = logging.getLogger("opportune.api")

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
    if passes(error):
        logger.warning("database unavailable: %s", told(error))
        return Problem(Kind.UNAVAILABLE, "The database is away or busy.", headers={"Retry-After": "3"})
    logged = loggable(error)
    if isinstance(error, IntegrityError) and met_another(error):
        logger.warning("a change met another: %s", logged)
        return Problem(Kind.CONFLICT, "Somebody changed the same at the same moment. Read it anew and decide again.")
    logger.error("unforeseen error", exc_info=logged)
    return Problem(Kind.INTERNAL)


@cache
def _described(app: FastAPI) -> Described:
    """Made when first needed, outside the event loop: it takes a second."""
    return Described(app.openapi())


def _wrong_method(described: Described, path: str, error: HTTPException) -> Problem:
    """405 with every method of the address; 404 where only the page's own route, which takes any address, matched."""
    allowed = described.methods_at(path)
    if not allowed and path.startswith("/v1/"):
        return Problem(Kind.NOT_FOUND, "There is nothing at this address.")
    allowed = allowed or (error.headers or {}).get("Allow", "GET").split(", ")  # a file tells none
    head = ["HEAD"] if "GET" in allowed and "HEAD" not in allowed else []  # answered wherever GET is
    return Problem(Kind.METHOD_NOT_ALLOWED, headers={"Allow": ", ".join([*allowed, *head])})


def _is_about_method(error: HTTPException, path: str) -> bool:
    """Whether no route took the method: a GET that is not described reaches the page's own route, which says 404."""
    return error.status_code == 405 or (error.status_code == 404 and path.startswith("/v1/"))


def handle_problems(app: FastAPI, public_url: str) -> None:
    """Answer every exception that a route raises with a problem."""

    async def handler(request: Request, error: Exception) -> Response:
        if isinstance(error, RequestValidationError) and isinstance(error.body, bytes):
            error = Problem(Kind.WRONG_MEDIA_TYPE)  # FastAPI hands a body that is not called JSON on as bytes
        if isinstance(error, HTTPException) and _is_about_method(error, request.url.path):
            error = _wrong_method(await run_in_threadpool(_described, app), request.url.path, error)
        if isinstance(error, RequestValidationError):
            described = await run_in_threadpool(_described, app)
            error = of_validation(error, described.names, described.fields_at(request.url.path, request.method))
        problem = of_exception(error)
        request.state.problem = problem.kind.code  # to be counted
        return answer(problem, public_url=public_url, request_id=request.state.request_id)

    for kind in (
        Problem,
        RequestValidationError,
        ResponseValidationError,
        HTTPException,
        DBAPIError,
        PoolTimeout,
    ):
        app.add_exception_handler(kind, handler)
