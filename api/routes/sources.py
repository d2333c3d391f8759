"""Where opportunities come from, and how well that goes."""

import datetime as dt

from fastapi import APIRouter

from api.caller import Reader
from api.routes.shared import problems
from api.schemas.sources import SourcePage, SourceRunView, SourceView
from api.service import ServiceDep
from catalog.coverage import STALE_AFTER, Freshness, freshness_of, hours_since
from catalog.database import reading
from catalog.stores.browsing import last_healthy, latest_runs
from catalog.stores.coverage import open_items
from catalog.stores.sources import list_sources
from catalog.tables import Source, SourceRun

router = APIRouter(prefix="/sources", tags=["sources"])


@router.get("", response_model=SourcePage, responses=problems())
def list_all_sources(caller: Reader, service: ServiceDep) -> SourcePage:  # noqa: ARG001
    """Every source with its health: when a crawl of it was last healthy, and what the last one found."""
    now = service.clock()
    with reading(service.engine) as session:
        runs, counts = latest_runs(session), open_items(session, at=now)
        items = [
            _view(source, runs.get(source.name), counts.get(source.name, 0), now) for source in list_sources(session)
        ]
        latest = last_healthy(session)
    return SourcePage(
        items=items,
        next=None,
        last_healthy_at=latest,
        hours_since_healthy=hours_since(latest, now),
        stale_after_hours=int(STALE_AFTER.total_seconds() // 3600),
    )


def _view(source: Source, run: SourceRun | None, items: int, now: dt.datetime) -> SourceView:
    return SourceView(
        **source.model_dump(),
        stale=freshness_of(source, now) in (Freshness.STALE, Freshness.NEVER),
        hours_since_healthy=hours_since(source.last_healthy_at, now),
        last_run=SourceRunView.model_validate(run) if run else None,
        open_items=items,
    )
