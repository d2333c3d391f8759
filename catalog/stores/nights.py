"""The record of nights, and what the operator is told of alarms. Nothing here commits."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.alarms import Alarm
from catalog.stores.upserts import insert
from catalog.tables import CrawlRun, NightRun, OutboxMessage
from catalog.words import OutboxState

NIGHTS_KEPT = dt.timedelta(days=400)
ANOTHER_RAN = 75
"""The exit code of a night that was refused (EX_TEMPFAIL of sysexits.h)."""


def begin_night(session: Session, *, now: dt.datetime) -> str:
    """Record that a night begins, and forget those of over a year ago; its id."""
    session.execute(sa.delete(NightRun).where(col(NightRun.started_at) < now - NIGHTS_KEPT))
    night = NightRun(started_at=now)
    session.add(night)
    session.flush()
    return night.id


def night_to_go_on_with(session: Session, *, since: dt.datetime) -> NightRun | None:
    """The latest night, if it began after `since` and never ended. To be asked under the night's lease."""
    latest = session.exec(select(NightRun).order_by(col(NightRun.started_at).desc()).limit(1)).first()
    return latest if latest is not None and latest.finished_at is None and latest.started_at > since else None


def keep_night(session: Session, night_id: str, so_far: dict[str, Any]) -> None:
    """Keep how far a night has come, for whoever goes on with it."""
    session.execute(sa.update(NightRun).where(col(NightRun.id) == night_id).values(report=so_far))


def finish_night(session: Session, night_id: str, exit_code: int, report: dict[str, Any], *, now: dt.datetime) -> None:
    """Record how a night ended."""
    session.execute(
        sa.update(NightRun)
        .where(col(NightRun.id) == night_id)
        .values(finished_at=now, exit_code=exit_code, report=report)
    )


def last_finished_night(session: Session, *, worked: bool = False) -> NightRun | None:
    """The latest night that ended; `worked`: not one that found another crawl running, and did nothing."""
    ended = select(NightRun).where(col(NightRun.finished_at).is_not(None))
    if worked:
        ended = ended.where(_did_something())
    return session.exec(ended.order_by(col(NightRun.started_at).desc()).limit(1)).first()


def none_ended_since(session: Session) -> dt.datetime | None:
    """When a night that did something ended last; where none ever has, when the first began. None before that."""
    night = last_finished_night(session, worked=True)
    return night.finished_at if night else session.exec(select(sa.func.min(NightRun.started_at))).one()


def last_begun_at(session: Session) -> dt.datetime | None:
    """When the latest night began, whatever became of it; not one that found another crawl running, and did nothing."""
    return session.exec(select(sa.func.max(NightRun.started_at)).where(_did_something())).one()


def _did_something() -> sa.ColumnElement[bool]:
    return sa.or_(col(NightRun.exit_code).is_(None), col(NightRun.exit_code) != ANOTHER_RAN)


def crawl_report_since(session: Session, since: dt.datetime) -> dict[str, Any] | None:
    """The report of the first crawl that began at or after `since`, if it came to one."""
    runs = select(CrawlRun.report).where(CrawlRun.started_at >= since).order_by(col(CrawlRun.started_at)).limit(1)
    return dict(session.exec(runs).first() or {}) or None


def owe_alarm(session: Session, recipient: str, raised: Sequence[Alarm], *, now: dt.datetime) -> bool:
    """Owe the operator one mail a day (UTC) that says what somebody must look at; False when it is owed already."""
    body = "\n\n".join(alarm.sentence for alarm in raised)
    statement = insert(session, OutboxMessage).values(
        natural_key=alarm_key(now),
        recipient=recipient,
        subject=f"Opportune: {len(raised)} to look at" if len(raised) > 1 else "Opportune: somebody must look",
        body=f"{body}\n\nThis is sent once a day for as long as it is so. How it stands now: opportune doctor",
        state=OutboxState.QUEUED,
        not_before=now,
        created_at=now,
    )
    statement = statement.on_conflict_do_nothing(index_elements=["natural_key"])
    return session.execute(statement.returning(col(OutboxMessage.id))).first() is not None


def alarm_is_owed(session: Session, *, now: dt.datetime) -> bool:
    """Whether the operator was told today."""
    return session.exec(select(OutboxMessage.id).where(OutboxMessage.natural_key == alarm_key(now))).first() is not None


def alarm_key(now: dt.datetime) -> str:
    """What makes today's mail to the operator one."""
    return f"alarm:{now:%Y-%m-%d}"
