"""What is not announced yet, and what nobody lists any more, as clients are told."""

import datetime as dt

import httpx

from catalog.recurrence import Window
from catalog.tables import Series
from catalog.words import Kind, Timing
from tests.api.serving import Served
from tests.builders import NOW, make_opportunity, save

WINDOW = Window(
    on=dt.date(2028, 5, 30),
    days=21,
    seen=(dt.date(2025, 5, 30), dt.date(2026, 5, 29), dt.date(2027, 5, 31)),
)
UNDATED = {"deadlines": (), "closes_at": None}


def keep_series(served: Served) -> None:
    known = {"series_id": "ser_rural"}
    save(
        served.engine,
        Series(id="ser_rural", kind=Kind.FELLOWSHIP, natural_key="rural", title="Rural Surgery Fellowship"),
        make_opportunity(id="opp_this_year", **known),
        make_opportunity(
            id="opp_next_year",
            edition="2028",
            timing=Timing.UNKNOWN,
            predicted=True,
            expected=WINDOW,
            **known,
            **UNDATED,
        ),
    )


def test_an_expected_edition_has_its_window_and_the_years_it_comes_from(served: Served, ada: httpx.Client) -> None:
    keep_series(served)

    [row] = ada.get("/v1/opportunities", params={"status": "expected"}).json()["items"]

    assert (row["id"], row["status"], row["deadline"]) == ("opp_next_year", "expected", None)
    assert row["expected"] == {
        "on": "2028-05-30",
        "days": 21,
        "seen": ["2025-05-30", "2026-05-29", "2027-05-31"],
        "years": 1,
        "words": "around 30 May 2028 ± 3 weeks, from 2025, 2026, 2027",
    }


def test_the_edition_that_is_over_leads_to_the_one_that_is_expected(served: Served, ada: httpx.Client) -> None:
    keep_series(served)

    series = ada.get("/v1/opportunities/opp_this_year").json()["series"]

    assert [(one["edition"], one["status"], one["expected"]["on"]) for one in series["editions"]] == [
        ("2028", "expected", "2028-05-30")
    ]


def test_what_names_no_date_and_was_seen_nowhere_for_60_days_is_not_shown_as_open(
    served: Served, ada: httpx.Client
) -> None:
    long_ago = NOW - dt.timedelta(days=61)
    rolling = {"timing": Timing.ROLLING, **UNDATED}
    save(
        served.engine,
        make_opportunity(id="opp_seen", last_seen_at=NOW - dt.timedelta(days=59), **rolling),
        make_opportunity(id="opp_forgotten", last_seen_at=long_ago, **rolling),
    )

    listed = {one["id"] for one in ada.get("/v1/opportunities").json()["items"]}
    forgotten = ada.get("/v1/opportunities/opp_forgotten").json()

    assert "opp_seen" in listed
    assert "opp_forgotten" not in listed
    assert (forgotten["status"], forgotten["forgotten"]) == ("unknown", True), "said, and with the reason"
