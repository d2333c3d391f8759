"""Which newly announced postings are the edition that was expected of their series. Nothing here commits."""

import datetime as dt
from collections.abc import Mapping

import sqlalchemy as sa
from sqlmodel import Session, col

from catalog.drafts import PostingDraft
from catalog.identifiers import derived_identifier
from catalog.recurrence import REGULAR_WITHIN, Window
from catalog.series import closing_days, series_key
from catalog.stores.batches import in_batches
from catalog.stores.expecting import expected_in
from catalog.tables import Opportunity


class Awaited:
    """The expected editions that newcomers may take over, each at most once.

    `moved` names, for known postings that announce another edition now, the opportunity they had.
    """

    def __init__(
        self, session: Session, newcomers: Mapping[str, PostingDraft], moved: Mapping[str, str], now: dt.datetime
    ) -> None:
        before = _series_of(session, moved)
        self._series = {
            one: before.get(one) or derived_identifier("ser", draft.kind, series_key(draft.title, draft.organisation))
            for one, draft in newcomers.items()
        }
        self._expected = expected_in(session, self._series.values())
        self._newcomers = newcomers
        self._now = now

    def edition_for(self, posting_id: str) -> str | None:
        """The opportunity that was expected and that this posting announces, or None."""
        expected = self._expected.get(self._series[posting_id])
        if expected is None or not _announces(self._newcomers[posting_id], expected[1], self._now):
            return None
        return expected[0]

    def taken(self, opportunity_id: str) -> None:
        """Note that an edition is announced: the next newcomer founds its own."""
        self._expected = {series: one for series, one in self._expected.items() if one[0] != opportunity_id}


def _announces(draft: PostingDraft, window: Window, now: dt.datetime) -> bool:
    """Whether it closes near the window; what has no date may as well be the edition that is over."""
    near = dt.timedelta(days=window.days + REGULAR_WITHIN)
    return any(abs(day - window.on) <= near for day in closing_days(draft, now))


def _series_of(session: Session, homes: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for batch in in_batches(sorted(set(homes.values()))):
        query = sa.select(col(Opportunity.id), col(Opportunity.series_id)).where(
            col(Opportunity.id).in_(batch), col(Opportunity.series_id).is_not(None)
        )
        found.update((name, series) for name, series in session.execute(query))
    return {posting: found[home] for posting, home in homes.items() if home in found}
