"""Which journals are to be looked up, and that what is known of them is found again."""

import datetime as dt

from sqlalchemy import Engine

from catalog.database import reading, writing
from catalog.stores.journals import journals_of, journals_wanted, keep
from catalog.tables import JournalRecord
from catalog.words import Kind
from tests.builders import NOW, make_opportunity, save

MONTH = dt.timedelta(days=30)


def call(identifier: str, organisation: str, **changes: object) -> object:
    return make_opportunity(id=identifier, kind=Kind.JOURNAL_CALL, organisation=organisation, **changes)


def wanted(engine: Engine, now: dt.datetime = NOW, limit: int = 10) -> list[tuple[str, tuple[str, ...]]]:
    with reading(engine) as session:
        return [(one.key, one.issns) for one in journals_wanted(session, now=now, limit=limit)]


def test_each_journal_of_a_live_call_is_wanted_once_with_its_numbers(both_engines: Engine):
    save(
        both_engines,
        call("opp_1", "The Example Journal", description="A special issue (ISSN 1234-5679)."),
        call("opp_2", "Example Journal: Special Issue on Care", description=""),
        call("opp_3", "Gone Journal", withdrawn_at=NOW),
        call("opp_4", ""),
        make_opportunity(id="opp_5", organisation="A fellowship's Institute"),
    )
    assert wanted(both_engines) == [("example journal", ("1234-5679",))]


def test_who_was_asked_waits_a_month_and_who_failed_two_days(both_engines: Engine):
    save(both_engines, call("opp_1", "First Journal"), call("opp_2", "Second Journal"))
    with writing(both_engines) as session:
        keep(session, JournalRecord(key="first journal", asked_at=NOW))
        keep(session, JournalRecord(key="second journal", asked_at=NOW, failure="timeout"))
    assert wanted(both_engines) == []
    assert wanted(both_engines, NOW + dt.timedelta(days=2)) == [("second journal", ())]
    assert wanted(both_engines, NOW + MONTH, limit=1) == [("first journal", ())]


def test_what_is_known_is_found_by_the_call(both_engines: Engine):
    one = make_opportunity(id="opp_1", kind=Kind.JOURNAL_CALL, organisation="Éxample Journal")
    save(both_engines, one)
    with writing(both_engines) as session:
        keep(session, JournalRecord(key="example journal", in_doaj=True))
        keep(session, JournalRecord(key="example journal", in_doaj=False, works=3))
    with reading(both_engines) as session:
        found = journals_of(session, [one])
        assert (found["opp_1"].in_doaj, found["opp_1"].works) == (False, 3)
