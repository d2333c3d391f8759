"""Builds the service from its settings: the only place where things are wired. Nothing is opened at import."""

import datetime as dt
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial

from fastapi import FastAPI, Request
from fastapi.routing import iter_route_contexts
from fastapi.telemetry import TelemetryConfig
from sqlalchemy import Engine
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response

from api import documentation, pages
from api.answering_errors import handle_problems
from api.body_size import BodySize
from api.caller import PLAIN_COOKIE, SECURE_COOKIE
from api.compression import Compression
from api.conditional import EntityTags, HeadAsGet
from api.cursors import Cursors
from api.deprecation import DEPRECATED, Deprecations
from api.description import describe, operation_id
from api.languages import Languages
from api.metrics import MeasuredRecommender, ServiceMetrics
from api.middleware import Answers, RequestContext, SameOrigin
from api.openid import OpenIdProvider
from api.rate_limits import RateLimits
from api.reads import Reads
from api.recommending import Recommender, load_recommender
from api.remembered import RememberedLists
from api.repeating import Idempotency, Replayed
from api.routes import health
from api.service import RecommenderSlot, Service
from api.version_1 import version_1
from catalog.database import connect
from catalog.replica import Replica
from catalog.schema import check_schema
from catalog.sealing import Sealer
from catalog.secret_key import secret_key
from catalog.settings import Settings
from recommender.progress import Progress

logger = logging.getLogger("opportune.api")
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
        lifespan=_lifespan(settings, public_url, clock or (lambda: dt.datetime.now(dt.UTC)), load),
        generate_unique_id_function=lambda route: operation_id(route.name),
        telemetry=_OURS_INSTEAD,
    )
    app.state.metrics = ServiceMetrics()
    app.include_router(version_1())
    app.include_router(health.router)
    describe(app, DEPRECATED)
    documentation.add_pages(app, public_url)
    pages.add_pages(app)
    app.state.metrics.expect_faults({str(one.path) for one in iter_route_contexts(app.routes)})
    handle_problems(app, public_url)
    app.add_exception_handler(Replayed, _answered_before)
    _add_middleware(app, settings, public_url)
    return app


async def _answered_before(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Replayed)
    return error.answer


def _openid(settings: Settings, public_url: str) -> OpenIdProvider | None:
    """The OpenID provider that is set, if one is. Raises RuntimeError when its library is not installed."""
    if not settings.oidc_issuer:
        return None
    try:
        from api.openid_client import Client, check_address
    except ImportError as error:
        raise RuntimeError("OPPORTUNE_OIDC_ISSUER is set: install the extra, pip install 'opportune[oidc]'") from error
    check_address(settings.oidc_issuer)
    secret = settings.oidc_client_secret.get_secret_value() if settings.oidc_client_secret else ""
    redirect_uri = f"{public_url}/v1/sign-in/oidc/callback"
    return Client(settings.oidc_issuer, settings.oidc_client_id, secret, redirect_uri, settings.oidc_name)


def _replica(settings: Settings, engine: Engine, metrics: ServiceMetrics) -> Replica | None:
    """The read replica, if one is set. It need not be there when the service starts."""
    if not settings.read_database_url:
        return None
    replica = Replica(engine, connect(settings.read_database_url, answering=True), noted=metrics.chose)
    metrics.watch_replica(replica)
    return replica


def _lifespan(
    settings: Settings,
    public_url: str,
    clock: Callable[[], dt.datetime],
    load: Callable[[], Recommender] | None,
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    openid = _openid(settings, public_url)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        engine = connect(settings.url, answering=True)
        check_schema(engine)
        closing_soon = dt.timedelta(days=settings.closing_soon_days)
        secret = secret_key(settings)
        metrics: ServiceMetrics = app.state.metrics
        progress = Progress()
        loading = load or (lambda: load_recommender(engine, settings, clock(), progress))
        slot = RecommenderSlot(lambda: MeasuredRecommender(loading(), metrics), progress)
        replica = _replica(settings, engine, metrics)
        metrics.watch(lambda: slot.loaded.state(clock()) if slot.loaded else None)
        app.state.service = Service(
            engine=engine,
            clock=clock,
            cursors=Cursors(secret),
            recommender=slot,
            sealer=Sealer(secret),
            public_url=public_url,
            webhooks_to_loopback=settings.webhooks_to_loopback,
            email_available=settings.smtp_url is not None,
            undo=dt.timedelta(seconds=settings.undo_seconds),
            closing_soon=closing_soon,
            ranking_lasts=dt.timedelta(days=settings.ranking_days),
            mails_per_day=settings.mails_per_day,
            openid=openid,
            replica=replica,
        )
        slot.start()
        yield
        slot.finish()
        if replica is not None:
            replica.close()
        engine.dispose()

    return lifespan


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
