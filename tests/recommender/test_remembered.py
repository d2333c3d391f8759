"""What is worked out from calls is remembered once for each, as it is now."""

from sqlalchemy import Engine

from catalog.database import reading, writing
from catalog.tables import Opportunity
from recommender.remembered import Details
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
