"""How many mails a mentor may have sent for them: forwarding must not become a way to send to everybody.

Counted in the database, over all processes, in the transaction that owes the mail. What was taken back
does not count; what the service writes to the mentor themselves does not either.
"""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.tables import Mentor, OutboxMessage
from catalog.words import OutboxState

WINDOW = dt.timedelta(hours=24)
_TO_OTHERS = ("forward:%", "invitation:%")


@dataclass(frozen=True, slots=True)
class MailQuota:
    """What remains of `limit` within any 24 hours. `more_at`: when the oldest is no longer counted."""

    limit: int
    used: int
    more_at: dt.datetime | None

    @property
    def remaining(self) -> int:
        """How many may be sent now."""
        return max(0, self.limit - self.used)


def mail_quota(session: Session, mentor_id: str, *, limit: int, now: dt.datetime, lock: bool = False) -> MailQuota:
    """How a mentor stands. `lock` keeps others from taking from it until the transaction ends.

    It is taken after the locks of mentees, everywhere, and beside those of rows that name the mentor.
    """
    if lock:
        session.exec(select(Mentor.id).where(Mentor.id == mentor_id).with_for_update(key_share=True)).one()
    query = select(sa.func.count(), sa.func.min(OutboxMessage.created_at)).where(
        OutboxMessage.mentor_id == mentor_id,
        OutboxMessage.created_at > now - WINDOW,
        OutboxMessage.state != OutboxState.CANCELLED,
        sa.or_(*(col(OutboxMessage.natural_key).like(one) for one in _TO_OTHERS)),
    )
    used, oldest = session.exec(query).one()
    return MailQuota(limit, used, oldest + WINDOW if oldest is not None else None)
