"""Whether the service is alive and whether it can serve: for load balancers and operators, without sign-in."""

import datetime as dt
from shutil import disk_usage
from typing import Literal

from fastapi import APIRouter, Response
from sqlalchemy.exc import SQLAlchemyError

from api.schemas.sources import Alive, CheckView, Readiness
from api.service import Service, ServiceDep
from catalog.database import reading, sqlite_file
from catalog.replica import Standing
from catalog.schema import SchemaMismatch, check_schema
from catalog.stores.browsing import last_healthy
from recommender.health import Mode

router = APIRouter(tags=["health"])
INDEX_STALE_AFTER = dt.timedelta(days=3)
CRAWL_STALE_AFTER = dt.timedelta(days=3)
NO_ROOM = 32 * 2**20
"""Bytes below which it is a matter of chance what can still be written."""
_AWAY = {
    "status": "unavailable",
    "checks": [{"name": "database", "state": "dead", "detail": "cannot be reached (OperationalError)"}],
}


@router.get("/livez", response_model=Alive)
def get_liveness() -> Alive:
    """The process answers. Says nothing about what it depends on."""
    return Alive()


@router.get(
    "/readyz",
    response_model=Readiness,
    responses={
        503: {
            "model": Readiness,
            "description": "Something without which nothing can be served is away",
            "content": {"application/json": {"example": _AWAY}},
        }
    },
)
def get_readiness(service: ServiceDep, response: Response) -> Readiness:
    """What the service depends on: database, schema, model, index, crawl. Degraded still serves (200)."""
    now = service.clock()
    checks = [*_database(service, now), *_recommender(service, now), *_replica(service)]
    states = {check.state for check in checks}
    if "dead" in states:
        response.status_code = 503
        return Readiness(status="unavailable", checks=checks)
    return Readiness(status="degraded" if "degraded" in states else "ready", checks=checks)


def _database(service: Service, now: dt.datetime) -> list[CheckView]:
    try:
        check_schema(service.engine)
        with reading(service.engine) as session:
            healthy = last_healthy(session)
    except SchemaMismatch as error:
        return [
            CheckView(name="database", state="ok", detail=""),
            CheckView(name="schema", state="dead", detail=str(error)),
        ]
    except SQLAlchemyError as error:
        return [CheckView(name="database", state="dead", detail=f"cannot be reached ({type(error).__name__})")]
    fresh = healthy is not None and now - healthy <= CRAWL_STALE_AFTER
    full = _is_full(service)
    return [
        CheckView(
            name="database",
            state="degraded" if full else "ok",
            detail="its disk is full: what is there can be read, and changes are refused" if full else "",
        ),
        CheckView(name="schema", state="ok", detail=""),
        CheckView(
            name="crawl",
            state="ok" if fresh else "degraded",
            detail="" if fresh else "no source had a healthy crawl for three days; see /v1/sources",
            since=healthy,
        ),
    ]


def _is_full(service: Service) -> bool:
    """Whether SQLite's disk has hardly any room; a PostgreSQL has one of its own."""
    file = sqlite_file(service.engine)
    return file is not None and disk_usage(file.parent).free < NO_ROOM


def _replica(service: Service) -> list[CheckView]:
    """The read replica, if one is set. Without it everything is read from the database itself."""
    if service.replica is None:
        return []
    lag = service.replica.lag()
    said = {
        Standing.FOLLOWS: "",
        Standing.BEHIND: f"{lag.seconds or 0:.0f} s behind: the database is read instead",
        Standing.AWAY: "does not answer: the database is read instead",
    }
    state: Literal["ok", "degraded"] = "ok" if lag.standing is Standing.FOLLOWS else "degraded"
    return [CheckView(name="replica", state=state, detail=said[lag.standing])]


def _recommender(service: Service, now: dt.datetime) -> list[CheckView]:
    if service.recommender.loading:
        said = f"still being loaded: {service.recommender.progress}"
        return [CheckView(name="model", state="degraded", detail=said)]
    recommender = service.recommender.loaded
    if recommender is None:
        return [CheckView(name="model", state="degraded", detail="could not be loaded; see the log")]
    state = recommender.state(now)
    hybrid = state.mode is Mode.HYBRID
    fresh = state.indexed_at is not None and now - state.indexed_at <= INDEX_STALE_AFTER
    waiting = f"{state.waiting} of {state.calls} calls have no vector yet" if state.waiting else ""
    return [
        CheckView(name="model", state="ok" if hybrid else "degraded", detail="" if hybrid else state.detail),
        CheckView(
            name="index",
            state="ok" if fresh and not state.waiting else "degraded",
            detail=waiting or ("" if fresh else "not built for three days: run `opportune index`"),
            since=state.indexed_at,
        ),
    ]
