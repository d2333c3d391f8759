"""Forwards as they are shown: complete rows, with what came back and what changed since."""

import datetime as dt
from collections.abc import Sequence

from sqlmodel import Session

from api.schemas.forwards import ForwardView, ReplyView
from api.schemas.opportunities import ChangeView
from api.service import Service
from api.views.opportunities import Now, forwarded_view
from api.views.people import person
from catalog.stores.forwards import REACHED, ForwardRow, changes_since_sent, latest_replies
from catalog.stores.outbox import errors_of
from catalog.tables import Forward, Reply

_NOT_SHOWN = {"mentor_id", "mentee_id", "opportunity_id", "opportunity_rev"}
_CHANGES_AT_MOST = 20


def forward_views(
    session: Session, rows: Sequence[ForwardRow], service: Service, *, now: dt.datetime
) -> list[ForwardView]:
    """Forwards in two queries, with the newest answer to each."""
    ids = [row.forward.id for row in rows]
    replies, changes = latest_replies(session, ids), changes_since_sent(session, ids)
    errors = errors_of(session, [row.forward.mailed_with or row.forward.id for row in rows])
    at = Now(now, service.closing_soon)
    return [
        ForwardView(
            **row.forward.model_dump(exclude=_NOT_SHOWN),
            failed_because=errors.get(row.forward.mailed_with or row.forward.id),
            mentee=person(row.mentee),
            opportunity=forwarded_view(row.opportunity, at),
            sent_by=person(row.mentor),
            reply=ReplyView.model_validate(reply) if (reply := replies.get(row.forward.id)) else None,
            unanswered_days=unanswered_days(row.forward, replies.get(row.forward.id), now),
            changes_since_sent=[
                ChangeView.model_validate(change) for change in changes.get(row.forward.id, [])[:_CHANGES_AT_MOST]
            ],
        )
        for row in rows
    ]


def unanswered_days(forward: Forward, reply: Reply | None, now: dt.datetime) -> int | None:
    """For how many whole days an answer has been waited for; None where one came, or none can come."""
    if reply is not None or forward.state not in REACHED or forward.mentee_id is None:
        return None
    return max(0, (now - (forward.settled_at or forward.created_at)).days)
