"""Predictions scored: on a few editions counted by hand, and on real series of past years where those are at hand."""

import datetime as dt
import gzip
import json

import pytest

from catalog.series_evaluation import editions, scored, trials
from tests.shared import shared_file

ROWS = [
    {"title": "Lakeside Surgery Fellowship 2023", "organisation": "Lakeside Institute", "deadline": "2023-03-10"},
    {"title": "Lakeside Surgery Fellowship 2024", "organisation": "Lakeside Institute", "deadline": "2024-03-08"},
    {"title": "Lakeside Surgery Fellowship 2025", "organisation": "Lakeside Institute", "deadline": "2025-03-07"},
    {"title": "Lakeside Surgery Fellowship 2026", "organisation": "Lakeside Institute", "deadline": "2026-03-26"},
    {"title": "River Prize 2025", "organisation": "River Trust", "deadline": "TBD"},
]


def test_editions_are_told_apart_by_their_titles_and_the_last_date_of_each_counts() -> None:
    extended = {**ROWS[0], "deadline": "2023-03-17"}

    [(_, closed)] = editions([*ROWS, extended]).items()

    assert closed == {
        2023: dt.date(2023, 3, 17),
        2024: dt.date(2024, 3, 8),
        2025: dt.date(2025, 3, 7),
        2026: dt.date(2026, 3, 26),
    }


def test_each_edition_is_predicted_from_those_before_it_beside_the_baseline() -> None:
    found = scored(list(trials(editions(ROWS), yearly=False)), 1)

    assert (found.trials, found.answered) == (3, 2), "nothing is said from 2023 alone"
    assert found.ours.within == {7: 0.5, 14: 0.5, 30: 1.0}
    assert found.baseline_all.within == {7: 2 / 3, 14: 2 / 3, 30: 1.0}
    assert found.covered == 0.5, "2026 lies outside ± two weeks"


def test_on_real_series_of_past_years_the_windows_hold_what_they_promise() -> None:
    with gzip.open(shared_file("corpora/ccf_deadlines.jsonl.gz")) as lines:
        rows = [json.loads(line) for line in lines]
    series = editions(rows)
    found = scored(list(trials(series)), len(series))
    print(f"{found.trials} editions, {found.answered} predicted, {found.covered:.1%} within their window")

    assert found.baseline_all.within[14] == pytest.approx(0.715, abs=0.01), "the baseline is the one to beat"
    assert found.ours.within[14] > found.baseline_all.within[14]
    assert found.ours.within[14] >= found.baseline_same.within[14]
    assert found.covered >= 0.80
    assert found.answered >= 0.9 * found.trials
