"""Editions that are expected from their series and not yet announced. Nothing here commits.

When every edition of a series is over, the next one is kept as an opportunity of its own, marked
`predicted`, with its window; when it is announced, the posting takes that row over, so that whoever
saved it hears of the true deadline. A prediction that no longer holds is withdrawn, never deleted.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from catalog.identifiers import derived_identifier
from catalog.recurrence import Window, next_window
from catalog.series import closing_days_of, comes_back, next_edition_name
from catalog.standing import FORGOTTEN_AFTER
from catalog.stores.batches import in_batches
from catalog.stores.revisions import next_revision, take_turn
from catalog.tables import Opportunity
from catalog.titles import undated_title
from catalog.words import Outcome, Timing

_CARRIED = (
    "series_id", "kind", "organisation", "url", "summary", "description", "language", "places", "remote",
    "requirements", "funding", "money", "tags", "text_hash", "last_seen_at",
)  # fmt: skip
"""What the next edition is taken to have in common with the last one."""
_BADLY_DATED = frozenset({"deadlines_disagree", "year_inferred", "day_or_month_unknown", "no_such_day"})
"""Flags of the reader: an edition that has one of them predicts nothing."""


@dataclass(frozen=True, slots=True)
class Expected:
    """How many editions are newly expected, and of how many that is no longer so."""

    made: int = 0
    withdrawn: int = 0


def expect_next_editions(session: Session, *, now: dt.datetime) -> Expected:
    """Bring what is expected in line with the series' editions. Doing it again changes nothing."""
    take_turn(session, "promotion")
    wanted = {}
    for editions in _closed_series(session, now).values():
        found = _next_edition(editions, now)
        if found is not None:
            wanted[found["id"]] = found
    known = {row.id: row for row in _predicted(session)}
    made = [values for name, values in wanted.items() if name not in known]
    changed = [values for name, values in wanted.items() if name in known and _differs(known[name], values)]
    void = [row.id for row in known.values() if row.id not in wanted and row.withdrawn_at is None]
    if made or changed or void:
        _write(session, made, changed, void, now)
    return Expected(len(made), len(void))


def expected_in(session: Session, series_ids: Iterable[str]) -> dict[str, tuple[str, Window]]:
    """What is expected of these series: the opportunity and its window, by series."""
    found: dict[str, tuple[str, Window]] = {}
    for batch in in_batches(sorted(set(series_ids))):
        query = sa.select(col(Opportunity.series_id), col(Opportunity.id), col(Opportunity.expected)).where(
            col(Opportunity.series_id).in_(batch), col(Opportunity.predicted).is_(True)
        )
        for series_id, name, window in session.execute(query.order_by(col(Opportunity.id))):
            if window is not None:
                found[series_id] = (name, window)
    return found


def _closed_series(session: Session, now: dt.datetime) -> dict[str, list[Opportunity]]:
    """The editions of each series of which one has closed and none closes later."""
    announced = sa.select(col(Opportunity.series_id)).where(col(Opportunity.predicted).is_(False))
    over = announced.where(col(Opportunity.closes_at) <= now)
    to_come = announced.where(col(Opportunity.closes_at) > now, col(Opportunity.series_id).is_not(None))
    query = select(Opportunity).where(
        col(Opportunity.series_id).in_(over),
        col(Opportunity.series_id).not_in(to_come),
        col(Opportunity.predicted).is_(False),
    )
    found: dict[str, list[Opportunity]] = defaultdict(list)
    for row in session.exec(query.order_by(col(Opportunity.id)).execution_options(yield_per=500)):
        found[str(row.series_id)].append(row)
    return found


def _next_edition(editions: Sequence[Opportunity], now: dt.datetime) -> dict[str, Any] | None:
    """The columns of the edition that is expected, or None where nothing can be told or one is announced."""
    if any(_is_announced(row, now) for row in editions):
        return None
    dated = [row for row in editions if row.closes_at is not None and not _BADLY_DATED & set(row.flags)]
    if not dated:
        return None
    last = max(dated, key=lambda row: (row.closes_at, row.id))
    rounds = [day for row in dated for day in closing_days_of(row.deadlines, now)]
    window = next_window(rounds, after=now.date(), yearly=comes_back(last.title))
    if window is None:
        return None
    return {
        "id": derived_identifier("opp", "expected", str(last.series_id), window.seen[-1].isoformat()),
        **{name: getattr(last, name) for name in _CARRIED},
        "title": undated_title(last.title),
        "edition": next_edition_name(last.edition, last.closes_at, window),
        "timing": Timing.UNKNOWN,
        "deadlines": (),
        "opens": None,
        "starts": None,
        "ends": None,
        "quotes": {name: words for name, words in last.quotes.items() if name not in ("outcome", "timing", "title")},
        "flags": [],
        "outcome": Outcome.OPEN,
        "predicted": True,
        "expected": window,
        "closes_at": None,
        "withdrawn_at": None,
    }


def _is_announced(row: Opportunity, now: dt.datetime) -> bool:
    """Whether an edition without a date may be the next one: it is there, and the page does not call it closed."""
    undated = row.closes_at is None and row.outcome is Outcome.OPEN and row.withdrawn_at is None
    return undated and row.last_seen_at > now - FORGOTTEN_AFTER


def _predicted(session: Session) -> Sequence[Opportunity]:
    return session.exec(select(Opportunity).where(col(Opportunity.predicted).is_(True))).all()


def _differs(row: Opportunity, values: Mapping[str, Any]) -> bool:
    return any(getattr(row, name) != value for name, value in values.items())


def _write(
    session: Session, made: list[dict[str, Any]], changed: list[dict[str, Any]], void: list[str], now: dt.datetime
) -> None:
    mark = {"rev": next_revision(session), "changed_at": now}
    if made:
        session.execute(sa.insert(Opportunity), [{**values, **mark, "first_seen_at": now} for values in made])
    if changed:
        session.execute(sa.update(Opportunity), [{**values, **mark} for values in changed])
    for batch in in_batches(void):
        session.execute(sa.update(Opportunity).where(col(Opportunity.id).in_(batch)).values(withdrawn_at=now, **mark))
    session.expire_all()
