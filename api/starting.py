"""What the service opens when it starts, and closes when it ends: databases, the recommender, a provider of identities.

Settings are handed on from `api.app`.
"""

import datetime as dt
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import FastAPI
from sqlalchemy import Engine

from api.cursors import Cursors
from api.metrics import MeasuredRecommender, ServiceMetrics
from api.openid import OpenIdProvider
from api.recommending import Recommender, load_recommender
from api.service import RecommenderSlot, Service
from catalog.database import connect
from catalog.replica import Replica
from catalog.schema import check_schema
from catalog.sealing import Sealer
from catalog.secret_key import secret_key
from catalog.settings import Settings
from recommender.progress import Progress

Clock = Callable[[], dt.datetime]
Load = Callable[[], Recommender]


def started(
    settings: Settings, clock: Clock, load: Load | None
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """The life of the service for `settings`, as FastAPI wants it: what is open in it is at `app.state.service`.

    Raises RuntimeError at once where a library is missing, and `catalog.schema.SchemaMismatch` at the start.
    """
    openid = _openid(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        engine = connect(settings.url, answering=True)
        check_schema(engine)
        slot = _recommender(settings, engine, clock, load, app.state.metrics)
        replica = _replica(settings, engine, app.state.metrics)
        app.state.service = _service(settings, engine, clock, slot, openid, replica)
        slot.start()
        yield
        slot.finish()
        if replica is not None:
            replica.close()
        engine.dispose()

    return lifespan


def _service(
    settings: Settings,
    engine: Engine,
    clock: Clock,
    recommender: RecommenderSlot,
    openid: OpenIdProvider | None,
    replica: Replica | None,
) -> Service:
    """What routes are given, with those of the settings that they go by."""
    secret = secret_key(settings)
    return Service(
        engine=engine,
        clock=clock,
        cursors=Cursors(secret),
        recommender=recommender,
        sealer=Sealer(secret),
        public_url=settings.public_address,
        webhooks_to_loopback=settings.webhooks_to_loopback,
        email_available=settings.smtp_url is not None,
        undo=dt.timedelta(seconds=settings.undo_seconds),
        closing_soon=dt.timedelta(days=settings.closing_soon_days),
        ranking_lasts=dt.timedelta(days=settings.ranking_days),
        mails_per_day=settings.mails_per_day,
        openid=openid,
        replica=replica,
    )


def _recommender(
    settings: Settings, engine: Engine, clock: Clock, load: Load | None, metrics: ServiceMetrics
) -> RecommenderSlot:
    """Where the recommender will be once it is loaded, which takes longer than to answer the first request."""
    progress = Progress()
    loading = load or (lambda: load_recommender(engine, settings, clock(), progress))
    slot = RecommenderSlot(lambda: MeasuredRecommender(loading(), metrics), progress)
    metrics.watch(lambda: slot.loaded.state(clock()) if slot.loaded else None)
    return slot


def _replica(settings: Settings, engine: Engine, metrics: ServiceMetrics) -> Replica | None:
    """The read replica, if one is set. It need not be there when the service starts."""
    if not settings.read_database_url:
        return None
    replica = Replica(engine, connect(settings.read_database_url, answering=True), noted=metrics.chose)
    metrics.watch_replica(replica)
    return replica


def _openid(settings: Settings) -> OpenIdProvider | None:
    """The OpenID provider that is set, if one is. Raises RuntimeError when its library is not installed."""
    if not settings.oidc_issuer:
        return None
    try:
        from api.openid_client import Client, check_address
    except ImportError as error:
        raise RuntimeError("OPPORTUNE_OIDC_ISSUER is set: install the extra, pip install 'opportune[oidc]'") from error
    check_address(settings.oidc_issuer)
    secret = settings.oidc_client_secret.get_secret_value() if settings.oidc_client_secret else ""
    redirect_uri = f"{settings.public_address}/v1/sign-in/oidc/callback"
    return Client(settings.oidc_issuer, settings.oidc_client_id, secret, redirect_uri, settings.oidc_name)
