"""Standings of all calls at once: no date that a page writes stops the others."""

import datetime as dt

from catalog.drafts import Deadline
from catalog.standing import CLOSING_SOON, Timetable
from catalog.words import Kind, Precision, Status, Timing
from recommender.lexical import Vocabulary
from recommender.statuses import statuses_at
from tests.builders import NOW
from tests.recommender.calls import make_call, make_snapshot


def dated(day: dt.date) -> Deadline:
    return Deadline(precision=Precision.DAY, on=day, quote=day.isoformat())


def test_a_deadline_of_the_year_one_beside_a_good_one_costs_nothing() -> None:
    vocabulary = Vocabulary()
    deadlines = (dated(dt.date(1, 1, 1)), dated(NOW.date() + dt.timedelta(days=40)), dated(dt.date(9999, 12, 31)))
    odd = make_call("a", vocabulary=vocabulary, timetable=Timetable(Kind.FELLOWSHIP, Timing.FIXED, deadlines))
    snapshot = make_snapshot([odd], {}, vocabulary)

    found = statuses_at(snapshot, NOW, CLOSING_SOON)

    assert list(Status)[found.codes[0]] is Status.OPEN
