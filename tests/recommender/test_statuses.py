"""Standings of all calls at once: no date that a page writes stops the others."""

import datetime as dt
import threading
import time

import pytest

from catalog.drafts import Deadline
from catalog.standing import CLOSING_SOON, Standing, Timetable, standing
from catalog.words import Kind, Precision, Status, Timing
from recommender import statuses
from recommender.lexical import Vocabulary
from recommender.scoping import Scoping
from recommender.snapshot import Call
from recommender.statuses import Statuses, carried_over, statuses_at
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


def closing(name: str, days: int, vocabulary: Vocabulary) -> Call:
    deadlines = (dated(NOW.date() + dt.timedelta(days=days)),)
    return make_call(name, vocabulary=vocabulary, timetable=Timetable(Kind.FELLOWSHIP, Timing.FIXED, deadlines))


def told(found: Statuses) -> list[list[float]]:
    return [found.codes.tolist(), found.closes.tolist(), found.days.tolist(), found.good_until.tolist()]


def test_the_next_snapshot_begins_from_what_was_known_and_reckons_only_what_is_new(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    vocabulary = Vocabulary()
    stays, soon, goes = (closing(name, days, vocabulary) for name, days in (("a", 40), ("b", 1), ("c", 60)))
    before = make_snapshot([stays, soon, goes], {}, vocabulary)
    after = make_snapshot([closing("d", 30, vocabulary), stays, soon, closing("c", 7, vocabulary)], {}, vocabulary)
    later = NOW + dt.timedelta(days=5)
    known = carried_over(before, statuses_at(before, NOW, CLOSING_SOON), after)
    asked: list[Timetable] = []
    monkeypatch.setattr(statuses, "standing", lambda one, *more: asked.append(one) or standing(one, *more))

    found = Scoping(after, CLOSING_SOON, known).statuses(later)

    assert len(asked) == 3, "two that are new and one that has closed since"
    assert told(found) == told(statuses_at(after, later, CLOSING_SOON))


def test_of_several_who_ask_at_once_one_reckons(monkeypatch: pytest.MonkeyPatch) -> None:
    vocabulary = Vocabulary()
    snapshot = make_snapshot([closing(str(number), 9, vocabulary) for number in range(30)], {}, vocabulary)
    scoping, asked, together = Scoping(snapshot, CLOSING_SOON), list[Timetable](), threading.Barrier(4)

    def slowly(one: Timetable, now: dt.datetime, soon: dt.timedelta) -> Standing:
        asked.append(one)
        time.sleep(0.001)
        return standing(one, now, soon)

    monkeypatch.setattr(statuses, "standing", slowly)

    def ask() -> None:
        together.wait()
        scoping.statuses(NOW)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(asked) == 30
