"""How the installation is, for metrics, the doctor and alarms: sources, queues, ages. Reads only."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.alarms import SourceHealth
from catalog.stores.vectors import active_build
from catalog.tables import OutboxMessage, ReviewItem, Source, SourceRun, WebhookDelivery
from catalog.words import OutboxState, ReviewState

LOOKS_BACK = 14  # runs of a source
UNSETTLED = (OutboxState.HELD, OutboxState.QUEUED, OutboxState.CLAIMED, OutboxState.FAILED, OutboxState.UNKNOWN)
"""What is counted: what was sent or taken back is no queue, and grows for ever."""


@dataclass(frozen=True, slots=True)
class Queues:
    """How much waits: messages and deliveries by state, and since when the longest-due one is due."""

    messages: Mapping[OutboxState, int]
    deliveries: Mapping[OutboxState, int]
    reviews: int
    due_since: dt.datetime | None


def source_health(session: Session) -> list[SourceHealth]:
    """Every source with its last verdicts, the newest first."""
    newest = sa.func.row_number().over(
        partition_by=col(SourceRun.source), order_by=(col(SourceRun.started_at).desc(), col(SourceRun.id).desc())
    )
    ranked = (
        sa.select(col(SourceRun.source), col(SourceRun.verdict), newest.label("place"))
        .where(col(SourceRun.verdict).is_not(None))
        .subquery()
    )
    verdicts: dict[str, list[object]] = {}
    rows = sa.select(ranked.c.source, ranked.c.verdict).where(ranked.c.place <= LOOKS_BACK)
    for row in session.execute(rows.order_by(ranked.c.source, ranked.c.place)):
        verdicts.setdefault(row.source, []).append(row.verdict)
    columns = sa.select(col(Source.name), col(Source.enabled), col(Source.last_healthy_at)).order_by(col(Source.name))
    return [
        SourceHealth(row.name, row.enabled, row.last_healthy_at, tuple(verdicts.get(row.name, ())))  # type: ignore[arg-type]
        for row in session.execute(columns)
    ]


def queues(session: Session) -> Queues:
    """What waits to be sent, told or decided."""
    waiting = select(sa.func.min(OutboxMessage.not_before)).where(OutboxMessage.state == OutboxState.QUEUED)
    reviews = select(sa.func.count()).where(ReviewItem.state == ReviewState.WAITING)
    return Queues(
        messages=_by_state(session, OutboxMessage),
        deliveries=_by_state(session, WebhookDelivery),
        reviews=session.exec(reviews).one(),
        due_since=session.exec(waiting).one(),
    )


def _by_state(session: Session, table: type[OutboxMessage | WebhookDelivery]) -> dict[OutboxState, int]:
    counts = sa.select(col(table.state), sa.func.count()).where(col(table.state).in_(UNSETTLED))
    found = {row[0]: row[1] for row in session.execute(counts.group_by(col(table.state)))}
    return {state: found.get(state, 0) for state in UNSETTLED}


def indexed_at(session: Session) -> dt.datetime | None:
    """When the index in use was last brought up to date."""
    build = active_build(session)
    return build.finished_at if build else None
