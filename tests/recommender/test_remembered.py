"""What is worked out from calls is remembered once for each, as it is now."""

import pytest
from sqlalchemy import Engine

from catalog.database import reading, writing
from catalog.tables import Opportunity
from recommender.remembered import Details, weight
from tests.builders import make_opportunity, save


def test_of_a_call_that_changes_night_after_night_only_what_it_is_now_stays_in_memory(sqlite_engine: Engine) -> None:
    save(sqlite_engine, make_opportunity(), make_opportunity(id="opp_other", rev=2))
    details = Details()
    for night in range(3, 8):
        with writing(sqlite_engine) as session:
            call = session.get_one(Opportunity, "opp_rural_surgery")
            call.title, call.rev = f"Fellowship of night {night}", night
        with reading(sqlite_engine) as session:
            found = details.of(session, ["opp_rural_surgery", "opp_other"])
        assert found["opp_rural_surgery"].summary.title == f"Fellowship of night {night}"

    assert len(details) == 2


def test_long_texts_take_no_more_memory_together_than_short_ones(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(sqlite_engine, *(make_opportunity(id=f"opp_{at}", description="A long tale. " * 800) for at in range(6)))
    details = Details()
    with reading(sqlite_engine) as session:
        [one] = details.of(session, ["opp_0"]).values()
        monkeypatch.setattr("recommender.remembered.BYTES_HELD", 3 * weight(one))
        for turn in range(3):
            details.of(session, [f"opp_{at}" for at in range(6)])
            assert len(details) == 3, turn
    assert 100_000 < weight(one) < 200_000
