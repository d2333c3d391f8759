"""The order of a mentor's day: what can be done for the shortest time comes first."""

import datetime as dt

from catalog.standing import Standing, Timetable
from catalog.words import Kind, Status
from recommender.day import CallFacts, DueBecause, DueCall, MenteeDay, Ward, act_by
from tests.builders import NOW, make_opportunity

CALL = CallFacts("opp_1", Kind.FELLOWSHIP, "Rural Surgery", "Lakeside Institute", "", Timetable.of(make_opportunity()))
SOON = Standing(Status.CLOSING_SOON, closes_at=NOW + dt.timedelta(days=3))
LATER = Standing(Status.OPEN, closes_at=NOW + dt.timedelta(days=30))
NEVER, OVER = Standing(Status.ROLLING), Standing(Status.CLOSED, closes_at=NOW - dt.timedelta(days=1))


def day(name: str, *standings: Standing) -> MenteeDay:
    """Of a mentee of whom the mentor is reminded today, about calls that stand so."""
    due = tuple(DueCall(f"due:{one}", DueBecause.REMINDER, CALL, one, NOW.date()) for one in standings)
    return MenteeDay(Ward(name, name, NOW), due=due)


def test_what_closes_on_no_day_waits_and_what_is_over_waits_the_longest() -> None:
    assert sorted([OVER, NEVER, LATER, SOON], key=act_by) == [SOON, LATER, NEVER, OVER]


def test_a_mentee_is_as_urgent_as_what_can_be_done_for_the_shortest_time() -> None:
    days = [day("Ada", OVER), day("Ben", OVER, SOON), day("Cyd", LATER), day("Dan"), day("Eve", NEVER)]
    assert [one.ward.name for one in sorted(days, key=lambda one: one.urgency)] == ["Ben", "Cyd", "Eve", "Ada", "Dan"]
