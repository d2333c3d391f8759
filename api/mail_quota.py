"""Taking from a mentor's daily quota of mails, and telling what remains of it."""

import datetime as dt

from sqlmodel import Session
from starlette.datastructures import MutableHeaders

from api.caller import Caller
from api.problems import Kind, Problem
from api.rate_limits import Policy, Standing, add_standing
from api.service import Service
from catalog.stores.mail_quota import WINDOW, MailQuota, mail_quota


def take_mail(session: Session, service: Service, caller: Caller, *, now: dt.datetime) -> MailQuota:
    """Check, in the transaction that owes one more mail, that it may be sent. Raises Problem (429) of its own kind."""
    quota = mail_quota(session, caller.mentor.id, limit=service.mails_per_day, now=now, lock=True)
    if quota.remaining:
        return quota
    wait = max(1, int((quota.more_at - now).total_seconds()) + 1) if quota.more_at else int(WINDOW.total_seconds())
    headers = MutableHeaders({"Retry-After": str(wait)})
    add_standing(headers, [Standing(Policy("mails", quota.limit, int(WINDOW.total_seconds())), 0, wait)])
    raise Problem(
        Kind.MAIL_QUOTA_USED,
        f"You may send {quota.limit} mails in 24 hours, and have. Nothing was sent; copy the message instead, or wait.",
        headers=headers,
    )
