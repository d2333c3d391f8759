"""Telling the operator that somebody must look: by mail, once a day, through the outbox like any other mail.

Looked at by whoever delivers and not by the nightly job alone: a night that never begins can say nothing.
"""

import datetime as dt
import logging

from sqlalchemy import Engine

from catalog.alarms import alarms
from catalog.database import reading, writing
from catalog.stores.health import source_health
from catalog.stores.nights import alarm_is_owed, owe_alarm

logger = logging.getLogger("opportune.delivery")


def owe_alarms(engine: Engine, operator: str, now: dt.datetime) -> int:
    """Owe the operator a mail when something is wrong and they were not told today; how many mails."""
    if not operator:
        return 0
    with reading(engine) as session:
        raised = [] if alarm_is_owed(session, now=now) else alarms(source_health(session), now)
    if not raised:
        return 0
    with writing(engine) as session:
        owed = owe_alarm(session, operator, raised, now=now)
    logger.warning("somebody must look: %s", ", ".join(sorted({alarm.code for alarm in raised})))
    return int(owed)
