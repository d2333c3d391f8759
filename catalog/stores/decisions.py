"""What mentors decided about opportunities, other than forwarding them. Nothing here commits."""

import datetime as dt
from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.stores.upserts import upsert
from catalog.tables import Decision, Mentor, Opportunity
from catalog.words import DecisionKind, DismissReason

DecisionWithNames = tuple[Decision, str, Mentor | None]
"""A decision, the opportunity's title, and who decided."""


def decide(
    session: Session,
    *,
    mentee_id: str,
    opportunity_id: str,
    mentor_id: str,
    kind: DecisionKind,
    now: dt.datetime,
    reason: DismissReason | None = None,
    until: dt.date | None = None,
) -> None:
    """Keep a decision; the last one about the same opportunity for the same mentee is replaced."""
    row = Decision(
        mentee_id=mentee_id,
        opportunity_id=opportunity_id,
        mentor_id=mentor_id,
        kind=kind,
        reason=reason,
        until=until,
        opportunity_rev=session.exec(select(Opportunity.rev).where(Opportunity.id == opportunity_id)).first(),
        created_at=now,
    )
    upsert(session, Decision, [row.model_dump()], key=["mentee_id", "opportunity_id"])


def undo(session: Session, *, mentee_id: str, opportunity_id: str) -> bool:
    """Take a decision back; False when there was none."""
    gone = session.exec(
        sa.delete(Decision).where(col(Decision.mentee_id) == mentee_id, col(Decision.opportunity_id) == opportunity_id)
    )
    return bool(gone.rowcount)


def decisions_of(
    session: Session,
    mentee_ids: Iterable[str],
    *,
    opportunity_ids: Iterable[str] | None = None,
    kinds: Iterable[DecisionKind] = (),
    after: tuple[dt.datetime, str] | None = None,
    limit: int | None = None,
) -> Sequence[DecisionWithNames]:
    """Decisions for these mentees, newest first, those after `after` (time, id)."""
    query = (
        select(Decision, Opportunity.title, Mentor)
        .join(Opportunity, col(Opportunity.id) == col(Decision.opportunity_id))
        .outerjoin(Mentor, col(Mentor.id) == col(Decision.mentor_id))
        .where(col(Decision.mentee_id).in_(list(mentee_ids)))
    )
    if opportunity_ids is not None:
        query = query.where(col(Decision.opportunity_id).in_(list(opportunity_ids)))
    if wanted := list(kinds):
        query = query.where(col(Decision.kind).in_(wanted))
    if after is not None:
        query = query.where(
            sa.or_(
                col(Decision.created_at) < after[0],
                sa.and_(col(Decision.created_at) == after[0], col(Decision.id) < after[1]),
            )
        )
    query = query.order_by(col(Decision.created_at).desc(), col(Decision.id).desc())
    return session.exec(query if limit is None else query.limit(limit)).all()
