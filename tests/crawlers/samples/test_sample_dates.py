"""Dates written as days from today: values, prose, and no day on which they go wrong."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.samples.dates import STYLES, When, resolved

TODAY = dt.date(2026, 12, 20)


@pytest.mark.parametrize(
    ("written", "worked_out"),
    [
        ("+0d", "2026-12-20"),
        ("-1d", "2026-12-19"),
        ("+12d 23:59 AoE", "2027-01-01 23:59 AoE"),
        ("abstract +3d 17:00 Europe/London", "abstract 2026-12-23 17:00 Europe/London"),
        ("was paper +3d", "was paper 2026-12-23"),
        ("Apply by {+12d} or {-1d iso}.", "Apply by 1 January 2027 or 2026-12-19."),
        ("avant le {+12d fr}", "avant le 1er janvier 2027"),
        ("até {+12d pt}, hasta el {+12d es}", "até 1 de janeiro de 2027, hasta el 1 de enero de 2027"),
        ("{+12d year} and {+12d month} and {+12d long}", "2027 and January 2027 and Friday, 1 January 2027"),
        ("a course of 12d", "a course of 12d"),
    ],
)
def test_dates_are_worked_out_from_today(written: str, worked_out: str) -> None:
    assert resolved(written, TODAY) == worked_out
    assert resolved({"a": [written]}, TODAY) == {"a": [worked_out]}


def test_a_style_that_does_not_exist_is_named() -> None:
    with pytest.raises(ValueError, match=r"{\+3d roman}"):
        resolved("by {+3d roman}", TODAY)


def test_an_instant_needs_a_clock_and_a_zone() -> None:
    assert When.parse("2026-12-31").at is None
    assert When.parse("2026-12-31 23:59").at is None
    assert When.parse("2026-12-31 23:59 AoE").at == dt.datetime(2027, 1, 1, 11, 59, tzinfo=dt.UTC)
    assert When.parse("2026-07-01 17:00 Europe/London").at == dt.datetime(2026, 7, 1, 16, 0, tzinfo=dt.UTC)


@given(today=st.dates(dt.date(2024, 1, 1), dt.date(2100, 1, 1)), days=st.integers(-500, 500))
def test_every_style_prints_every_day(today: dt.date, days: int) -> None:
    meant = today + dt.timedelta(days=days)
    for style in STYLES:
        printed = resolved(f"{{{days:+d}d {style}}}", today)
        assert "{" not in printed
        assert style in ("year", "month", "iso") or str(meant.day) in printed
    assert When.parse(resolved(f"{days:+d}d 23:59 AoE", today)).on == meant
