"""What is covered and how well, for everybody: no sign-in, nothing about a person, kept by caches for a while."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.routes.shared import problems
from api.schemas.coverage import CoveragePage, CoveredSource, NightView, OpenCounts
from api.service import CatalogueDep
from catalog.addresses import AddressRefused, check_callable
from catalog.coverage import STALE_AFTER, Coverage, Freshness
from catalog.database import reading
from catalog.newer import as_word
from catalog.stores.coverage import coverage
from catalog.words import Kind

router = APIRouter(prefix="/coverage", tags=["sources"])
KEPT = dt.timedelta(minutes=5)


@router.get("", response_model=CoveragePage, responses=problems(public=True))
def get_coverage(
    service: CatalogueDep,
    response: Response,
    freshness: Annotated[
        list[Freshness] | None,
        Query(
            max_length=4, description="Only sources that are so; `stale` and `never` may miss newer calls. Repeatable"
        ),
    ] = None,
) -> CoveragePage:
    """Every source: its last healthy crawl, what is open, how it went lately, what it leaves out, why it is off."""
    with reading(service.engine) as session:
        found = coverage(session, at=service.clock(), only=freshness or tuple(Freshness))
        items = [_view(one) for one in found]
    response.headers["Cache-Control"] = f"public, max-age={int(KEPT.total_seconds())}"
    healthy = [item.last_healthy_at for item in items if item.last_healthy_at is not None]
    total: Counter[Kind] = Counter()
    for one in found:
        total.update(one.open)
    return CoveragePage(
        last_healthy_at=max(healthy, default=None),
        stale_after_hours=int(STALE_AFTER.total_seconds() // 3600),
        open=_counts(total),
        items=items,
    )


def _view(one: Coverage) -> CoveredSource:
    source = one.source
    return CoveredSource(
        name=source.name,
        title=source.title,
        organisation=source.organisation,
        kinds=[as_word(Kind, kind) for kind in source.kinds],
        way=source.way,
        homepage=_shown(source.homepage),
        freshness=one.freshness,
        off_because="" if source.enabled else source.disabled_reason,
        last_healthy_at=source.last_healthy_at,
        trouble=list(one.trouble),
        open=_counts(one.open),
        trend=[NightView(at=night.at, items=night.items, verdict=night.verdict) for night in one.trend],
        gaps=source.gaps,
    )


def _counts(counts: Mapping[Kind, int]) -> OpenCounts:
    return OpenCounts(**{kind.value: counts.get(kind, 0) for kind in Kind})


def _shown(address: str) -> str:
    """An address that may become a link; nothing where a scheme or a host is none that people visit."""
    try:
        check_callable(address)
    except AddressRefused:
        return ""
    return address
