"""What `Retry-After` asks for, in both of its forms and in none."""

import datetime as dt
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.manners.retry_after import asked_seconds

NOW = dt.datetime(2026, 11, 1, 12, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0),
        ("120", 120),
        (" 7 ", 7),
        ("Sun, 01 Nov 2026 12:00:30 GMT", 30),
        ("Sun, 01 Nov 2026 11:00:00 GMT", 0),
        ("Mon, 02 Nov 2026 12:00:00 GMT", 86400),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("²", None),
        ("Sun, 99 Nov 2026 12:00:00 GMT", None),
    ],
)
def test_retry_after(header: str, seconds: float | None) -> None:
    assert asked_seconds(header, NOW) == seconds


@given(st.text(max_size=60))
def test_no_header_is_more_than_a_header(header: str) -> None:
    seconds = asked_seconds(header, NOW)
    assert seconds is None or seconds >= 0


@given(st.integers(0, 10**7))
def test_a_date_and_a_number_ask_for_the_same(seconds: int) -> None:
    date = format_datetime(NOW + dt.timedelta(seconds=seconds), usegmt=True)
    assert asked_seconds(date, NOW) == asked_seconds(str(seconds), NOW) == seconds
