"""When the next edition is expected, by examples: the patterns of real programmes, and where nothing can be told."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.recurrence import Window, in_words, next_window, window_after


def days(*texts: str) -> list[dt.date]:
    return [dt.date.fromisoformat(text) for text in texts]


def expected(*texts: str, after: str = "", yearly: bool = False) -> Window | None:
    seen = days(*texts)
    return next_window(seen, after=dt.date.fromisoformat(after) if after else max(seen), yearly=yearly)


PATTERNS = {
    "the same date each year": (("2024-03-12", "2025-03-12", "2026-03-12"), "2027-03-12"),
    "the last day of the month": (("2024-02-29", "2025-02-28", "2026-02-28"), "2027-02-28"),
    "the second Tuesday": (("2024-03-12", "2025-03-11", "2026-03-10"), "2027-03-09"),
    "the third Monday, of months that begin later in the week": (
        ("2024-05-20", "2025-05-19", "2026-05-18"),
        "2027-05-17",
    ),
    "the same weekday": (("2025-03-14", "2026-03-20"), "2027-03-19"),
    "every second year": (("2022-09-01", "2024-09-01", "2026-09-01"), "2028-09-01"),
    "every fourth year, twelve years long": (("2014-09-01", "2018-09-01", "2022-09-01", "2026-09-01"), "2030-09-01"),
    "twice a year: the autumn round comes next": (
        ("2024-04-01", "2024-10-01", "2025-04-01", "2025-10-01", "2026-04-01"),
        "2026-10-01",
    ),
    "twice a year: the spring round comes next": (
        ("2024-04-01", "2024-10-01", "2025-04-01", "2025-10-01"),
        "2026-04-01",
    ),
    "a round at the turn of the year": (("2023-12-30", "2025-01-03", "2026-01-02"), "2027-01-01"),
}


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_is_carried_on(pattern: str) -> None:
    seen, next_day = PATTERNS[pattern]

    window = expected(*seen)

    assert window is not None
    assert window.on == dt.date.fromisoformat(next_day)
    assert window.days == 14, "what has hardly moved may move by two weeks"


def test_what_has_moved_before_gets_a_wider_window() -> None:
    window = expected("2024-03-01", "2025-03-27", "2026-03-10")

    assert window is not None
    assert (window.on, window.days) == (dt.date(2027, 3, 9), 28)
    assert window.seen == tuple(days("2024-03-01", "2025-03-27", "2026-03-10"))
    assert window.first < window.on < window.last


@pytest.mark.parametrize(
    "seen",
    [(), ("2026-03-12",), ("2025-03-12", "2026-07-12"), ("2024-01-05", "2025-06-01", "2026-03-12")],
    ids=["nothing", "one edition", "moved by four months", "here and there"],
)
def test_what_is_not_regular_is_not_guessed(seen: tuple[str, ...]) -> None:
    assert next_window(days(*seen), after=dt.date(2026, 8, 1)) is None


def test_one_edition_will_do_where_the_series_says_that_it_comes_back() -> None:
    window = expected("2026-03-12", yearly=True)

    assert window is not None
    assert (window.on, window.days) == (dt.date(2027, 3, 11), 35)


def test_a_window_that_has_passed_is_not_expected_any_more() -> None:
    assert expected("2025-03-12", "2026-03-12", after="2027-03-26") is None
    assert expected("2025-03-12", "2026-03-12", after="2027-03-25") is not None, "its last day is to come"


@given(st.lists(st.dates(dt.date(2000, 1, 1), dt.date(2060, 12, 31)), max_size=8), st.booleans())
def test_the_order_of_editions_does_not_matter_and_the_window_lies_ahead(seen: list[dt.date], yearly: bool) -> None:
    after = max(seen, default=dt.date(2026, 1, 1))
    window = next_window(seen, after=after, yearly=yearly)

    assert window == next_window(reversed(seen), after=after, yearly=yearly)
    if window is not None:
        assert window.on > after
        assert set(window.seen) <= set(seen)


def test_leap_day_is_the_end_of_february() -> None:
    assert window_after(days("2020-02-29", "2024-02-29"), years=4) == Window(
        on=dt.date(2028, 2, 29), days=14, seen=tuple(days("2020-02-29", "2024-02-29")), years=4
    )


@pytest.mark.parametrize(
    ("window", "words"),
    [
        (
            Window(on=dt.date(2027, 3, 12), days=21, seen=tuple(days("2024-03-12", "2025-03-14", "2026-03-13"))),
            "around 12 March 2027 ± 3 weeks, from 2024, 2025, 2026",
        ),
        (
            Window(on=dt.date(2028, 9, 1), days=14, seen=tuple(days("2024-09-01", "2026-09-01")), years=2),
            "around 1 September 2028 ± 2 weeks, every 2 years from 2024, 2026",
        ),
    ],
)
def test_a_window_says_where_it_comes_from(window: Window, words: str) -> None:
    assert in_words(window) == words
