"""The record of crawls: what ran, how each source fared, and what was asked to be run. Nothing here commits."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from catalog.drafts import PostingDraft
from catalog.standing import Timetable, standing
from catalog.stores.staging import clear_stage
from catalog.tables import CrawlRun, Opportunity, Posting, RequestedRun, Source, SourceRun
from catalog.words import RunState, RunVerdict, Status


def abandon_running(session: Session, *, now: dt.datetime) -> list[str]:
    """Mark runs that were killed as aborted and drop what they had staged; their ids.

    To be called under the crawl's lease: a run that is still `running` then has no process.
    """
    running = list(
        session.execute(sa.select(col(CrawlRun.id)).where(col(CrawlRun.state) == RunState.RUNNING)).scalars()
    )
    for table, run in ((CrawlRun, col(CrawlRun.id)), (SourceRun, col(SourceRun.run_id))):
        session.execute(
            sa.update(table)
            .where(run.in_(running), col(table.state) == RunState.RUNNING)
            .values(state=RunState.ABORTED, finished_at=now)
        )
    for run_id in running:
        clear_stage(session, run_id)
    return running


def begin_run(
    session: Session, sources: Iterable[str], *, as_of: dt.datetime, now: dt.datetime, sample_mode: bool = False
) -> str:
    """Record that a crawl of these sources begins; its id."""
    run = CrawlRun(as_of=as_of, sample_mode=sample_mode, started_at=now)
    session.add(run)
    session.flush()
    session.add_all(SourceRun(run_id=run.id, source=source, started_at=now) for source in sources)
    session.flush()
    return run.id


def keep_report(session: Session, run_id: str, report: dict[str, Any]) -> None:
    """Keep a run's report as far as it has come, so that another process can go on with the run."""
    session.execute(sa.update(CrawlRun).where(col(CrawlRun.id) == run_id).values(report=report))


def run_to_go_on_with(session: Session, *, since: dt.datetime, sample_mode: bool) -> CrawlRun | None:
    """The run that was begun to be divided and never gathered, if it began after `since`.

    To be asked under the crawl's lease. A run that one process does alone has no report before its end.
    """
    query = sa.select(CrawlRun).where(
        col(CrawlRun.state) == RunState.RUNNING,
        col(CrawlRun.started_at) > since,
        col(CrawlRun.sample_mode) == sample_mode,
    )
    return next((run for run in session.execute(query).scalars() if run.report), None)


def run_that_waits_for(session: Session, source: str) -> CrawlRun | None:
    """The divided run under way in which this source has not been read yet."""
    query = (
        sa.select(CrawlRun)
        .join(SourceRun, col(SourceRun.run_id) == col(CrawlRun.id))
        .where(
            col(CrawlRun.state) == RunState.RUNNING,
            col(SourceRun.state) == RunState.RUNNING,
            col(SourceRun.source) == source,
        )
    )
    return next((run for run in session.execute(query).scalars() if run.report), None)


def running_since(session: Session) -> dt.datetime | None:
    """When the latest crawl began that came to no end yet."""
    query = sa.select(sa.func.max(CrawlRun.started_at)).where(col(CrawlRun.state) == RunState.RUNNING)
    found: dt.datetime | None = session.execute(query).scalar_one()
    return found


def unread_sources(session: Session, run_id: str) -> set[str]:
    """The sources of a run that came to no end yet."""
    query = sa.select(col(SourceRun.source)).where(
        col(SourceRun.run_id) == run_id, col(SourceRun.state) == RunState.RUNNING
    )
    return set(session.execute(query).scalars())


def source_runs(session: Session, run_id: str) -> list[SourceRun]:
    """How each source of a run fared, in the order of their names."""
    query = sa.select(SourceRun).where(col(SourceRun.run_id) == run_id).order_by(col(SourceRun.source))
    return list(session.execute(query).scalars())


def count_kept(session: Session, run_id: str, source: str, **so_far: Any) -> None:
    """Record what a source's run under way has kept by now, `new`, `refreshed`, `stats`: a kill leaves it counted."""
    session.execute(
        sa.update(SourceRun).where(col(SourceRun.run_id) == run_id, col(SourceRun.source) == source).values(**so_far)
    )


def source_run(session: Session, run_id: str, source: str) -> SourceRun | None:
    """How far a source's part of a run has come."""
    query = sa.select(SourceRun).where(col(SourceRun.run_id) == run_id, col(SourceRun.source) == source)
    return session.execute(query).scalar_one_or_none()


def finish_source(session: Session, run_id: str, source: str, *, now: dt.datetime, **outcome: Any) -> None:
    """Record how a source fared: `state`, `verdict`, `reasons`, `stats`, `new`, `refreshed`, `missed`, `refused`."""
    session.execute(
        sa.update(SourceRun)
        .where(col(SourceRun.run_id) == run_id, col(SourceRun.source) == source)
        .values(finished_at=now, **outcome)
    )


def finish_run(session: Session, run_id: str, state: RunState, report: dict[str, Any], *, now: dt.datetime) -> None:
    """Record how a crawl ended, with its report."""
    session.execute(
        sa.update(CrawlRun).where(col(CrawlRun.id) == run_id).values(state=state, report=report, finished_at=now)
    )


def healthy_stats(session: Session, source: str, *, limit: int = 14) -> list[dict[str, Any]]:
    """The statistics of a source's last healthy crawls, the latest first; re-readings do not count.

    They end with a run that a person accepted as the new normal.
    """
    query = (
        sa.select(col(SourceRun.stats))
        .where(col(SourceRun.source) == source, col(SourceRun.verdict) == RunVerdict.HEALTHY)
        .order_by(col(SourceRun.started_at).desc(), col(SourceRun.id).desc())
        .limit(2 * limit)
    )
    crawls = [stats for stats in session.execute(query).scalars() if not stats.get("reread")][:limit]
    baseline = next((index for index, stats in enumerate(crawls) if stats.get("baseline")), len(crawls))
    return crawls[: baseline + 1]


def last_healthy_run(session: Session, source: str) -> SourceRun | None:
    """A source's last healthy crawl, re-readings aside."""
    runs = latest_source_runs(session, source, limit=100)
    return next((run for run in runs if run.verdict is RunVerdict.HEALTHY and not run.stats.get("reread")), None)


def latest_source_runs(session: Session, source: str, *, limit: int = 14) -> list[SourceRun]:
    """A source's last runs that came to a verdict, the latest first."""
    query = (
        sa.select(SourceRun)
        .where(col(SourceRun.source) == source, col(SourceRun.verdict).is_not(None))
        .order_by(col(SourceRun.started_at).desc(), col(SourceRun.id).desc())
        .limit(limit)
    )
    return list(session.execute(query).scalars())


def open_keys(session: Session, source: str, *, at: dt.datetime, never_missed: bool = False) -> set[str]:
    """The keys of a source's postings that are neither withdrawn nor closed at `at`: an event is once it has begun.

    With `never_missed` only those that the last healthy crawl saw: these are expected to be there.
    """
    query = (
        sa.select(col(Posting.key), col(Posting.draft))
        .outerjoin(Opportunity, col(Opportunity.id) == col(Posting.opportunity_id))
        .where(
            col(Posting.source) == source,
            col(Posting.withdrawn_at).is_(None),
            sa.or_(col(Opportunity.closes_at).is_(None), col(Opportunity.closes_at) > at),
        )
        .execution_options(yield_per=200)
    )
    if never_missed:
        query = query.where(col(Posting.missed_healthy_runs) == 0)
    return {row.key for row in session.execute(query) if not _is_closed(row.draft, at)}


def _is_closed(draft: PostingDraft, at: dt.datetime) -> bool:
    return standing(Timetable.said_by(draft), at).status is Status.CLOSED


def claim_requested(session: Session, run_id: str, sources: Iterable[str], *, everything: bool) -> int:
    """Answer the waiting "crawl now" requests that this run covers; how many.

    A request without sources asks for all of them. What is off, or gone since it was asked for, is not waited for.
    """
    covered = set(sources)
    enabled = set(session.execute(sa.select(col(Source.name)).where(col(Source.enabled))).scalars())
    query = sa.select(RequestedRun).where(col(RequestedRun.run_id).is_(None))
    waiting = session.execute(query.with_for_update()).scalars()
    answered = [
        one for one in waiting if everything or (one.sources and covered.issuperset(enabled.intersection(one.sources)))
    ]
    for request in answered:
        request.run_id = run_id
        session.add(request)
    return len(answered)
