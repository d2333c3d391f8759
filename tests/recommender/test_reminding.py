"""When reminders are due: they move with the deadline they hang on, and none is lost with it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from catalog.database import reading, writing
from catalog.drafts import Deadline
from catalog.standing import CLOSING_SOON
from catalog.stores.reminders import ReminderRow, no_longer_asked, remind_as_asked
from catalog.tables import Forward, Mentor, Opportunity, Reminder
from catalog.words import Channel, DeliveryState, Precision, ReminderBasis, Timing
from recommender.day import RemindedCall
from recommender.gathering import gather
from recommender.reminding import planned
from tests.builders import NOW, make_deadline, make_mentee, make_mentor, make_opportunity, sample_people, save

MAY = dt.date(2027, 5, 31)
LETTER = "Applicants must submit two letters of recommendation."


def row(opportunity: Opportunity, **reminder: Any) -> ReminderRow:
    given = {"mentee_id": "mte_ben", "opportunity_id": opportunity.id, "basis": ReminderBasis.DEADLINE, "set_for": MAY}
    return ReminderRow(Reminder(**{**given, **reminder}), opportunity, make_mentee(), make_mentor())


def reminded(session: Session, mentor_id: str, now: dt.datetime) -> Sequence[RemindedCall]:
    """What this mentor's day reminds them of."""
    return gather(session, session.get_one(Mentor, mentor_id), now, CLOSING_SOON).reminded


def test_a_lead_time_counts_back_from_the_deadline_and_moves_with_it() -> None:
    before = planned(row(make_opportunity(), days_before=7), NOW)
    assert (before.day, before.moved_from) == (dt.date(2027, 5, 24), None)
    extended = make_opportunity(deadlines=(make_deadline(MAY, superseded=True), make_deadline(dt.date(2027, 6, 14))))
    after = planned(row(extended, days_before=7), NOW)
    assert (after.day, after.moved_from) == (dt.date(2027, 6, 7), MAY)


def test_of_several_rounds_the_one_it_was_set_for_counts_after_it_has_passed_too() -> None:
    rounds = make_opportunity(deadlines=(make_deadline(MAY), make_deadline(dt.date(2027, 11, 30))))
    later = dt.datetime(2027, 7, 1, tzinfo=dt.UTC)
    assert planned(row(rounds, days_before=3), later).day == dt.date(2027, 5, 28)


def test_the_latest_day_to_start_follows_from_what_is_asked_for() -> None:
    plain = planned(row(make_opportunity(), basis=ReminderBasis.START_BY), NOW).day
    letters = planned(row(make_opportunity(description=LETTER), basis=ReminderBasis.START_BY), NOW).day
    assert letters is not None
    assert plain is not None
    assert letters < plain < MAY


def test_of_a_month_without_a_day_its_first_counts() -> None:
    month = Deadline(precision=Precision.MONTH, on=MAY, quote="by May 2027")
    assert planned(row(make_opportunity(deadlines=(month,)), days_before=1), NOW).day == dt.date(2027, 4, 30)


@pytest.mark.parametrize("basis", [ReminderBasis.DEADLINE, ReminderBasis.START_BY])
def test_a_reminder_whose_deadline_is_no_longer_given_is_due_at_once_and_says_what_it_hung_on(
    basis: ReminderBasis,
) -> None:
    gone = planned(row(make_opportunity(deadlines=(), timing=Timing.UNKNOWN), basis=basis), NOW)
    assert (gone.day, gone.moved_from) == (None, MAY)
    assert gone.is_due(NOW.date())


def test_a_mentor_hears_of_what_is_due_where_they_are_and_of_mentees_they_still_mentor(engine: Engine) -> None:
    people = sample_people()
    save(
        engine,
        *people,
        make_mentor(id="mtr_lone", email="lone@lakeside.example.org", timezone="Pacific/Auckland"),
        make_opportunity(),
    )
    given: dict[str, Any] = {"mentee_id": "mte_ben", "opportunity_id": "opp_rural_surgery"}
    save(
        engine,
        Reminder(id="rem_a", mentor_id="mtr_ada", basis=ReminderBasis.DATE, remind_on=dt.date(2027, 3, 2), **given),
        Reminder(id="rem_b", mentor_id="mtr_ada", basis=ReminderBasis.DEADLINE, days_before=30, set_for=MAY, **given),
        Reminder(id="rem_c", mentor_id="mtr_ada", basis=ReminderBasis.DATE, remind_on=MAY, done_at=NOW, **given),
        Reminder(id="rem_d", mentor_id="mtr_lone", basis=ReminderBasis.DATE, remind_on=dt.date(2027, 1, 1), **given),
        Reminder(id="rem_e", basis=ReminderBasis.DATE, remind_on=dt.date(2027, 3, 1), **given),
    )

    def due(mentor: str, day: dt.datetime) -> list[str]:
        with reading(engine) as session:
            return [one.reminder_id for one in reminded(session, mentor, day)]

    assert due("mtr_ada", NOW) == ["rem_d", "rem_e"]  # d was set by one who may see them no more
    assert due("mtr_ada", NOW + dt.timedelta(days=1)) == ["rem_d", "rem_e", "rem_a"]
    assert due("mtr_ada", NOW + dt.timedelta(days=61)) == ["rem_d", "rem_e", "rem_a", "rem_b"]
    assert due("mtr_lone", NOW) == [], "who does not mentor them is told nothing"


def test_a_mentee_who_asks_to_be_reminded_makes_one_reminder_however_often(engine: Engine) -> None:
    save(
        engine,
        *sample_people(),
        make_opportunity(),
        Forward(
            id="fwd_1",
            mentor_id="mtr_ada",
            mentee_id="mte_ben",
            opportunity_id="opp_rural_surgery",
            channel=Channel.COPY,
            state=DeliveryState.COPIED,
        ),
    )
    with writing(engine) as session:
        forward = session.get_one(Forward, "fwd_1")
        remind_as_asked(session, forward, dt.date(2027, 3, 5), now=NOW)
        remind_as_asked(session, forward, dt.date(2027, 3, 9), now=NOW)
    with writing(engine) as session:
        [one] = reminded(session, "mtr_ada", dt.datetime(2027, 3, 9, tzinfo=dt.UTC))
        assert one.day == dt.date(2027, 3, 9)
        no_longer_asked(session, "fwd_1", now=NOW)
        assert reminded(session, "mtr_ada", dt.datetime(2027, 3, 9, tzinfo=dt.UTC)) == []
