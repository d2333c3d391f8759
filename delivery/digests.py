"""What is owed to mentors before anything is sent: notices of change, and each one's digest when its hour comes.

Each digest is one transaction: that it was looked at, the mail, and what it tells. A process that dies in it has
not begun; a second one finds the day taken.
"""

import datetime as dt
import logging
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlmodel import Session

from catalog.availability import passes
from catalog.database import reading, writing
from catalog.standing import CLOSING_SOON
from catalog.stores.digests import begin_digest, digests_due, owe_digest, told_keys
from catalog.stores.notices import is_behind, note_changes
from catalog.stores.suppressions import suppressed
from catalog.tables import Mentor
from catalog.words import SuppressionReason
from delivery.digest_text import Written, write_digest
from recommender.day import MenteeDay
from recommender.gathering import day_of_mentor

logger = logging.getLogger("opportune.delivery")


@dataclass(frozen=True, slots=True)
class Owing:
    """Where people read what a mail points to, and how soon counts as soon."""

    engine: Engine
    address: str
    closing_soon: dt.timedelta = CLOSING_SOON


def note(engine: Engine, now: dt.datetime) -> int:
    """Write the notices of what changed since the last time; how many."""
    with reading(engine) as session:
        if not is_behind(session):
            return 0
    with writing(engine) as session:
        written = note_changes(session, now=now)
    logger.info("%s notices of change", written)
    return written


def owe_digests(owing: Owing, now: dt.datetime) -> int:
    """Owe every digest whose hour has come; how many mails. What changed must have been noted before."""
    with reading(owing.engine) as session:
        due = digests_due(session, now=now)
    return sum(_owe_alone(owing, mentor_id, on, now) for mentor_id, on in due)


def _owe_alone(owing: Owing, mentor_id: str, on: dt.date, now: dt.datetime) -> bool:
    """One mentor's digest, whose fault is nobody else's: it is logged, and what it would tell is told the next day."""
    try:
        with writing(owing.engine) as session:
            return _owe(session, owing, mentor_id, on, now)
    except Exception as error:
        if passes(error):
            raise
        logger.exception("the digest of mentor %s cannot be written today", mentor_id)
    with writing(owing.engine) as session:
        begin_digest(session, mentor_id, on, now=now)
    return False


def _owe(session: Session, owing: Owing, mentor_id: str, on: dt.date, now: dt.datetime) -> bool:
    """One mentor's digest of one day; False when it has nothing to say, or nobody to say it to."""
    if not begin_digest(session, mentor_id, on, now=now):
        return False
    mentor = session.get_one(Mentor, mentor_id)
    if SuppressionReason.BOUNCED in suppressed(session, [mentor.email]).values():
        logger.info("no digest for mentor %s: mail to them bounced", mentor_id)
        return False
    _, written = digest_for(session, owing, mentor, now)
    if written is None:
        return False
    owe_digest(session, mentor, on, subject=written.subject, body=written.body, told=written.told, now=now)
    return True


def digest_for(
    session: Session, owing: Owing, mentor: Mentor, now: dt.datetime
) -> tuple[list[MenteeDay], Written | None]:
    """What a mentor would be told now: the days without what was told before, and the mail, if there is any."""
    told = told_keys(session, mentor.id)
    every = day_of_mentor(session, mentor, now, closing_soon=owing.closing_soon)
    days = [day.untold(told) for day in every]
    return days, write_digest(days, locale=mentor.locale, address=owing.address, now=now)
