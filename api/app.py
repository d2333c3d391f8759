"""Builds the service from its settings: its routes, and what every request passes on its way to them and back.

Nothing is opened at import; what is opened at the start is in `api.starting`.
"""

import datetime as dt
import logging
from collections.abc import Callable
from functools import partial

from fastapi import FastAPI, Request
from fastapi.telemetry import TelemetryConfig
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.routing import Mount, Route

from api import documentation, pages
from api.answering_errors import handle_problems
from api.body_size import BodySize
from api.caller import PLAIN_COOKIE, SECURE_COOKIE
from api.compression import Compression
from api.conditional import EntityTags, HeadAsGet
from api.deprecation import DEPRECATED, Deprecations
from api.description import describe, operation_id
from api.languages import Languages
from api.metrics import ServiceMetrics
from api.middleware import Answers, RequestContext, SameOrigin
from api.rate_limits import RateLimits
from api.reads import Reads
from api.recommending import Recommender
from api.remembered import RememberedLists
from api.repeating import Idempotency, Replayed
from api.routes import health
from api.starting import started
from api.version_1 import V1, version_1
from catalog.settings import Settings

ASKED_HEADERS = ["Authorization", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match", "X-Request-ID"]
TOLD_HEADERS = [
    "Content-Disposition",
    "Deprecation",
    "ETag",
    "Idempotent-Replayed",
    "Link",
    "Location",
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
    "Sunset",
    "WWW-Authenticate",
    "X-Request-ID",
]
"""What scripts of other front ends may send and read."""

_OURS_INSTEAD: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
"""FastAPI's own traces hold the address that was asked for: tokens and search words. Ours name the route."""


def create_app(
    settings: Settings,
    *,
    clock: Callable[[], dt.datetime] | None = None,
    load: Callable[[], Recommender] | None = None,
) -> FastAPI:
    """The service for `settings`. `clock` and `load` (the recommender) are given by tests only.

    At start-up raises `catalog.schema.SchemaMismatch` for a database that is not of this version.
    """
    public_url = settings.public_address
    logging.getLogger("uvicorn.access").disabled = True  # addresses hold search words and reply tokens
    app = FastAPI(
        title="Opportune",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        lifespan=started(settings, clock or (lambda: dt.datetime.now(dt.UTC)), load),
        generate_unique_id_function=lambda route: operation_id(route.name),
        telemetry=_OURS_INSTEAD,
    )
    app.state.metrics = ServiceMetrics()
    app.include_router(health.router)  # first, so that asking for it builds no others
    app.include_router(version_1(), prefix="/v1")  # a router that has its own prefix is built twice
    describe(app, DEPRECATED)
    documentation.add_pages(app, public_url)
    pages.add_pages(app)
    app.state.metrics.expect_faults(addresses(app))
    handle_problems(app, public_url)
    app.add_exception_handler(Replayed, _answered_before)
    _add_middleware(app, settings, public_url)
    return app


def addresses(app: FastAPI) -> set[str]:
    """Of every route, as it is declared. `iter_route_contexts` would build them all, which takes a quarter second."""
    version = {f"/v1{route.path}" for router in V1 for route in router.routes if isinstance(route, Route)}
    others = {route.path for route in (*health.router.routes, *app.routes) if isinstance(route, Route | Mount)}
    return version | others


async def _answered_before(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Replayed)
    return error.answer


def _add_middleware(app: FastAPI, settings: Settings, public_url: str) -> None:
    """The last one added is the outermost."""
    app.add_middleware(Idempotency)
    app.add_middleware(Reads)
    app.add_middleware(EntityTags)
    app.add_middleware(SameOrigin, public_url=public_url, front_ends=settings.cors_origins)
    app.add_middleware(BodySize)
    app.add_middleware(Compression, minimum_size=1024, compresslevel=5)
    app.add_middleware(Deprecations, deprecated=DEPRECATED)
    app.add_middleware(RememberedLists)
    app.add_middleware(
        RateLimits,
        per_credential=settings.requests_per_minute,
        per_network=settings.requests_per_minute_and_network,
        cookies=(SECURE_COOKIE, PLAIN_COOKIE),
    )
    app.add_middleware(Answers, public_url=public_url)
    app.add_middleware(HeadAsGet)
    app.add_middleware(Languages)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
            allow_headers=ASKED_HEADERS,
            expose_headers=TOLD_HEADERS,
            max_age=600,
        )
    https = public_url.startswith("https://")
    headers = partial(pages.security_headers, https=https)
    app.add_middleware(RequestContext, security_headers=headers, metrics=app.state.metrics)
