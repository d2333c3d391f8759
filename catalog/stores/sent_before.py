"""What was sent to a mentee before: the same opportunity, another year's edition, or one that is likely its twin."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from catalog.stores.forwards import NOT_SENT, latest_replies
from catalog.tables import Forward, Mentor, Opportunity
from catalog.words import ReplyAnswer


@dataclass(frozen=True, slots=True)
class Sent:
    """That an opportunity, or another edition of its series, was sent to a mentee before."""

    forward: Forward
    mentor: Mentor | None
    concerns: str  # the opportunity that was asked about
    answer: ReplyAnswer | None


def sent_before(session: Session, mentee_ids: Iterable[str], opportunity_ids: Iterable[str]) -> list[tuple[str, Sent]]:
    """What reached each mentee of these opportunities or of other editions of their series, newest first.

    Pairs of mentee id and `Sent`. What was undone or failed is left out.
    """
    given = {"mentees": list(mentee_ids), "opportunities": list(opportunity_ids)}
    rows = session.execute(_query(), given).all()
    replies = latest_replies(session, [forward.id for forward, _, _ in rows])
    return [
        (forward.mentee_id, Sent(forward, mentor, asked, replies[forward.id].answer if forward.id in replies else None))
        for forward, mentor, asked in rows
        if forward.mentee_id is not None
    ]


@cache
def _query() -> Any:
    """Made once: every list asks it, and making it takes longer than the answer."""
    wanted = aliased(Opportunity)
    return (
        sa.select(Forward, Mentor, col(wanted.id))
        .join(Opportunity, col(Opportunity.id) == col(Forward.opportunity_id))
        .join(
            wanted,
            sa.or_(
                col(wanted.id) == col(Opportunity.id),
                sa.and_(col(wanted.series_id).is_not(None), col(wanted.series_id) == col(Opportunity.series_id)),
            ),
        )
        .outerjoin(Mentor, col(Mentor.id) == col(Forward.mentor_id))
        .where(
            col(Forward.mentee_id).in_(sa.bindparam("mentees", expanding=True)),
            col(wanted.id).in_(sa.bindparam("opportunities", expanding=True)),
            col(Forward.state).not_in(NOT_SENT),
        )
        .order_by(col(Forward.created_at).desc(), col(Forward.id).desc())
    )
