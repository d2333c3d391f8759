"""Where opportunities come from, and how well that goes."""

import datetime as dt

from fastapi import APIRouter

from api.caller import Reader
from api.routes.shared import problems
from api.schemas.coverage import NightView
from api.schemas.sources import SourcePage, SourceRunView, SourceView
from api.service import CatalogueDep
from catalog.coverage import STALE_AFTER, Coverage, Freshness, hours_since
from catalog.database import reading
from catalog.newer import as_word
from catalog.stores.browsing import last_healthy, latest_runs
from catalog.stores.coverage import coverage
from catalog.tables import SourceRun
from catalog.words import Kind

router = APIRouter(prefix="/sources", tags=["sources"])


@router.get("", response_model=SourcePage, responses=problems())
def list_all_sources(caller: Reader, service: CatalogueDep) -> SourcePage:  # noqa: ARG001
    """Every source with its health: when a crawl of it was last healthy, and what the last one found."""
    now = service.clock()
    with reading(service.engine) as session:
        runs = latest_runs(session)
        items = [_view(one, runs.get(one.source.name), now) for one in coverage(session, at=now)]
        latest = last_healthy(session)
    return SourcePage(
        items=items,
        next=None,
        last_healthy_at=latest,
        hours_since_healthy=hours_since(latest, now),
        stale_after_hours=int(STALE_AFTER.total_seconds() // 3600),
    )


def _view(one: Coverage, run: SourceRun | None, now: dt.datetime) -> SourceView:
    return SourceView(
        **one.source.model_dump(exclude={"kinds"}),
        kinds=[as_word(Kind, kind) for kind in one.source.kinds],
        stale=one.freshness in (Freshness.STALE, Freshness.NEVER),
        hours_since_healthy=hours_since(one.source.last_healthy_at, now),
        last_run=SourceRunView.model_validate(run) if run else None,
        trouble=list(one.trouble),
        trend=[NightView(at=night.at, items=night.items, verdict=night.verdict) for night in one.trend],
        open_items=sum(one.open.values()),
    )
