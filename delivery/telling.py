"""What webhooks are told: which of them an event of the catalogue concerns. What is sent is sent elsewhere.

A webhook for one mentee hears of what she may go for (a condition that rules her out keeps it from her; one that
nobody can tell does not) and of whatever its owner sent or saved for her, which matters to her in any case.
"""

import datetime as dt
import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlmodel import Session

from catalog.database import reading, writing
from catalog.standing import Timetable
from catalog.stores.following import follow, has_news
from catalog.stores.holdings import Held, holders_of
from catalog.stores.webhook_events import Happened, opportunity_event
from catalog.stores.webhooks import listening_webhooks, mentees_told_of, owe
from catalog.tables import Webhook
from catalog.words import Verdict
from recommender.eligibility import quick_verdict
from recommender.mentees import facts_of
from recommender.narrowing import WebhookFilters
from recommender.people import MenteeFacts
from recommender.reckoning import reckoning

logger = logging.getLogger("opportune.delivery")
RESTS_FOR = 2.0  # times the CPU that a batch took: after a large crawl there are hundreds, and people read meanwhile


def tell_what_happened(engine: Engine, now: dt.datetime) -> int:
    """Write down the events of all that was made, changed or closed since this was last asked; how many deliveries."""
    with reading(engine) as session:
        if not has_news(session, now=now):
            return 0
    owed, more = 0, True
    while more:
        begun = time.thread_time()
        with writing(engine) as session:
            happened, more = follow(session, now=now)
            owed += _owe(session, happened, now)
        time.sleep(RESTS_FOR * (time.thread_time() - begun) if more else 0)
    return owed


def _owe(session: Session, happened: list[Happened], now: dt.datetime) -> int:
    webhooks = listening_webhooks(session) if happened else ()
    held = holders_of(session, [one.opportunity.id for one in happened]) if webhooks else frozenset()
    listeners = list(_listeners(session, webhooks, held, now.date()))
    return sum(
        owe(
            session,
            [one.webhook.id for one in listeners if one.hears(event)],
            event.id,
            opportunity_event(event, now),
            now=now,
        )
        for event in happened
    )


def _listeners(
    session: Session, webhooks: Sequence[Webhook], held: frozenset[Held], today: dt.date
) -> Iterator["Listener"]:
    """Whoever can be told. One whose filters only a newer version can read is set aside, and holds up nobody else."""
    for webhook, mentee in mentees_told_of(session, webhooks):
        filters = WebhookFilters.as_kept(webhook.filters)
        if filters is None:
            logger.warning("webhook %s is set aside: only a newer version knows what its filters name", webhook.id)
        else:
            yield Listener(webhook, filters, held, facts_of(mentee, today) if mentee else None)


@dataclass(frozen=True, slots=True)
class Listener:
    """A webhook, with what is held and, if it is for one mentee, what is known of her."""

    webhook: Webhook
    filters: WebhookFilters
    held: frozenset[Held]
    mentee: MenteeFacts | None

    def hears(self, event: Happened) -> bool:
        """Whether an event of an opportunity is told."""
        if event.type not in self.webhook.events or not self.filters.concerns(event.opportunity, event.standing):
            return False
        is_held = self._holds(event.opportunity.id)
        if self.webhook.only_held or self.mentee is None:
            return is_held or not self.webhook.only_held
        requirements, dates = event.opportunity.requirements, reckoning(Timetable.of(event.opportunity))
        return is_held or quick_verdict(requirements, self.mentee, dates) is not Verdict.INELIGIBLE

    def _holds(self, opportunity_id: str) -> bool:
        """Whether its owner sent or saved it: for its one mentee, or for anybody."""
        mine = self.webhook.mentor_id, opportunity_id
        if self.mentee is not None:
            return Held(*mine, self.mentee.id) in self.held
        return any((one.mentor_id, one.opportunity_id) == mine for one in self.held)
