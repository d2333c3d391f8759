"""Dates as pages write them, and what each one states."""

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.reading.dates import dates_in
from crawlers.reading.mentions import Mention


def only(text: str, day_first: bool | None = None) -> Mention:
    found = dates_in(text, day_first)
    assert len(found) == 1, f"{text!r} has {found}"
    return found[0]


@pytest.mark.parametrize(
    ("written", "year", "month", "day"),
    [
        ("March 3, 2027", 2027, 3, 3),
        ("Mar. 3rd 2027", 2027, 3, 3),
        ("MARCH 03 2027", 2027, 3, 3),
        ("March 3", None, 3, 3),
        ("3 March 2027", 2027, 3, 3),
        ("the 3rd of March, 2027", 2027, 3, 3),
        ("3-Mar-2027", 2027, 3, 3),
        ("3-Mar-27", 2027, 3, 3),
        ("3 March ’27", 2027, 3, 3),
        ("10 th August 2027", 2027, 8, 10),
        ("2027-03-05", 2027, 3, 5),
        ("2027/03/05", 2027, 3, 5),
        ("2027, March 5th", 2027, 3, 5),
        ("31/05/2027", 2027, 5, 31),
        ("05/31/2027", 2027, 5, 31),
        ("31.05.2027", 2027, 5, 31),
        ("1.5.2027", 2027, 5, 1),
        ("ab dem 01.12.", None, 12, 1),
        ("1. Mai 2027", 2027, 5, 1),
        ("15. März 2027", 2027, 3, 15),
        ("1er juin 2027", 2027, 6, 1),
        ("30 août 2027", 2027, 8, 30),
        ("1 de mayo de 2027", 2027, 5, 1),
        ("30 de setembro de 2027", 2027, 9, 30),
        ("15 gennaio 2027", 2027, 1, 15),
        ("15 augustus 2027", 2027, 8, 15),
        ("30 сентября 2027 г.", 2027, 9, 30),
        ("30 вересня 2027", 2027, 9, 30),
        ("31 Agustus 2027", 2027, 8, 31),
        ("15 września 2027", 2027, 9, 15),
        ("15 Ağustos 2027", 2027, 8, 15),
        ("30 سبتمبر 2027", 2027, 9, 30),
        ("2027年5月1日", 2027, 5, 1),
        ("ngày 5 tháng 6 năm 2027", 2027, 6, 5),
        ("deadline:17th October 2027", 2027, 10, 17),
        ("August 3th", None, 8, 3),
        ("July 31th, 2027", 2027, 7, 31),
    ],
)
def test_a_date_is_read_in_every_order_and_language(written: str, year: int | None, month: int, day: int) -> None:
    mention = only(written)
    assert (mention.year, mention.month, mention.day) == (year, month, day)
    assert not mention.ambiguous


@pytest.mark.parametrize("written", ["May 5, 11 pm", "May 5 11 am", "May 5, 12 noon", "May 5 17 hrs", "12 5 May"])
def test_a_number_beside_a_date_is_not_its_end(written: str) -> None:
    assert (only(written).month, only(written).day, only(written).begins) == (5, 5, None)


@pytest.mark.parametrize(
    ("written", "begins", "ends"),
    [
        ("May 3-5, 2027", "2027-05-03", "2027-05-05"),
        ("3 – 5 May 2027", "2027-05-03", "2027-05-05"),
        ("30 March – 2 April 2027", "2027-03-30", "2027-04-02"),
        ("28 December 2027 to 3 January 2028", "2027-12-28", "2028-01-03"),
        ("December 28 - January 3, 2028", "2027-12-28", "2028-01-03"),
        ("12.–15.03.2027", "2027-03-12", "2027-03-15"),
        ("from 15 June until 30 June 2027", "2027-06-15", "2027-06-30"),
        ("between 1 May and 30 June 2027", "2027-05-01", "2027-06-30"),
        ("8 Juni bis 9 Juli 2027", "2027-06-08", "2027-07-09"),
        ("du 3 mai au 4 juin 2027", "2027-05-03", "2027-06-04"),
        ("28 February-6 March 2027", "2027-02-28", "2027-03-06"),
        ("07-08\nFebruary 2027", "2027-02-07", "2027-02-08"),
        ("December 11 or 12, 2027", "2027-12-11", "2027-12-12"),
        ("January 31 - 4 February, 2027", "2027-01-31", "2027-02-04"),
        ("29   31 July 2027", "2027-07-29", "2027-07-31"),  # a dash lost on the way
        ("September 6 8, 2027", "2027-09-06", "2027-09-08"),
    ],
)
def test_one_year_serves_both_ends_of_a_range(written: str, begins: str, ends: str) -> None:
    mention = only(written)
    assert str(mention.begins_on()) == begins
    assert str(mention.on()) == ends


def test_one_year_serves_a_list() -> None:
    days = [str(mention.on()) for mention in dates_in("28 February, 15 July and 15 October 2027")]
    assert days == ["2027-02-28", "2027-07-15", "2027-10-15"]


def test_two_yearly_dates_without_a_year_stay_two() -> None:
    assert [(m.month, m.day, m.year) for m in dates_in("September 15 and March 15")] == [(9, 15, None), (3, 15, None)]


@pytest.mark.parametrize("written", ["01/02/2027", "1-2-2027", "01/02/27"])
def test_day_and_month_that_could_be_swapped_are_ambiguous_until_the_source_settles_them(written: str) -> None:
    assert only(written).ambiguous
    assert (only(written, day_first=True).day, only(written, day_first=True).month) == (1, 2)
    assert (only(written, day_first=False).day, only(written, day_first=False).month) == (2, 1)


def test_full_stops_mean_day_first_everywhere() -> None:
    mention = only("01.02.2027", day_first=False)
    assert (mention.day, mention.month) == (1, 2)


@pytest.mark.parametrize(
    ("written", "weekday"), [("Monday 8 November", 0), ("Fri Nov 15, 2027", 4), ("15 Nov 2027 (Friday)", 4)]
)
def test_the_printed_weekday_is_kept(written: str, weekday: int) -> None:
    assert only(written).weekday == weekday


@pytest.mark.parametrize(
    ("written", "rough"), [("March 2027", False), ("early May 2027", True), ("fin mai 2027", True)]
)
def test_a_month_alone_has_no_day(written: str, rough: bool) -> None:
    assert (only(written).day, only(written).rough) == (0, rough)


@pytest.mark.parametrize(
    "written",
    [
        "IELTS 7.5 or OET grade B",
        "12 one-year fellowships",
        "40.000 € or 40 000 Ft",
        "ISSN 2072-6694",
        "12 may apply, 5 out of 10 in the set 3",
        "May 5:00 pm",
        "between 1999 and 2014",
        "4-8 hours each month",
        "$ 3,500 for 6-7 weeks",
        "call +49 30 12 05 2020",
        "version 2.4.1",
        "32/13/2027",
    ],
)
def test_numbers_that_look_like_dates_are_none(written: str) -> None:
    assert dates_in(written) == []


FORMATS = [
    "{month} {day}, {year}",
    "{day} {month} {year}",
    "{day} {mon} {year}",
    "{mon}. {day}, {year}",
    "{mon} {day:02} {year}",
    "{weekday}, {month} {day}, {year}",
    "{weekday} {day} {month} {year}",
    "{year}-{number:02}-{day:02}",
    "{year}/{number:02}/{day:02}",
    "{day:02}.{number:02}.{year}",
    "{day}. {month} {year}",
    "{year}年{number}月{day}日",
    "{day:02}-{mon}-{year}",
]


@given(day=st.dates(dt.date(1995, 1, 1), dt.date(2095, 12, 31)), form=st.sampled_from(FORMATS))
def test_any_date_in_any_form_is_read_back(day: dt.date, form: str) -> None:
    written = form.format(
        day=day.day, number=day.month, year=day.year, month=f"{day:%B}", mon=f"{day:%b}", weekday=f"{day:%A}"
    )
    assert only(f"Deadline: {written} for all.").on() == day


@given(st.text(max_size=300))
def test_any_text_is_read_and_mentions_stand_in_it_in_order(text: str) -> None:
    end = 0
    for mention in dates_in(text):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end


@given(st.text(alphabet="0123456789-/., Mayjun\n1st", max_size=200))
def test_text_full_of_dates_is_read(text: str) -> None:
    for mention in dates_in(text):
        mention.on(2027)
        mention.begins_on(2027)


@pytest.mark.parametrize(
    "piece", ["1 ", "May ", "1.1.", "1-1-", "Monday, ", "1 de ", "2027 ", " ", "12 – ", "May 1 and 2 ", "early "]
)
def test_hostile_text_is_read_in_linear_time(piece: str) -> None:
    started = time.perf_counter()
    dates_in(piece * 60_000 + "1")
    assert time.perf_counter() - started < 3
