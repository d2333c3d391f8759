"""Narrowing by words: every word, in any form; nothing a person types is an operator."""

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from catalog.database import reading, writing
from catalog.stores.deadline_list import Narrowed, by_deadline
from catalog.stores.search import having_words
from catalog.tables import Opportunity
from tests.builders import NOW, make_opportunity, save


@pytest.fixture
def three(both_engines: Engine) -> Engine:
    save(
        both_engines,
        make_opportunity(),
        make_opportunity(
            id="opp_course",
            title="Anaesthesia course",
            summary="",
            description="For those who assist in rural surgery.",
        ),
        make_opportunity(
            id="opp_prize", title="Essay prize", organisation="Ærø College", summary="", description="<b>"
        ),
    )
    return both_engines


def found(engine: Engine, query: str) -> list[str]:
    with reading(engine) as session:
        having = having_words(session, query)
        return [] if having is None else sorted(session.execute(having).scalars())


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("rural surgery", ["opp_course", "opp_rural_surgery"]),
        ("SURGERIES", ["opp_course", "opp_rural_surgery"]),
        ("rural anaes", ["opp_course"]),
        ("rural essay", []),
        ("ærø", ["opp_prize"]),
        ("", []),
        ("&&& ()", []),
    ],
)
def test_finds_what_has_every_word(three: Engine, query: str, expected: list[str]) -> None:
    assert found(three, query) == expected


@pytest.mark.parametrize("query", ["rural surgery", "SURGERIES", "rural essay", "ærø"])
def test_a_list_by_deadline_holds_the_same(three: Engine, query: str) -> None:
    with reading(three) as session:
        listed = [row.id for _, row in by_deadline(session, Narrowed(words=query), NOW)]
    assert sorted(listed) == found(three, query)


def test_follows_changes_and_deletions(three: Engine) -> None:
    with writing(three) as session:
        session.get_one(Opportunity, "opp_prize").title = "Poster prize"
        session.delete(session.get_one(Opportunity, "opp_course"))

    assert found(three, "poster") == ["opp_prize"]
    assert found(three, "essay") == []
    assert found(three, "anaesthesia") == []


def test_survives_a_file_that_is_rewritten(sqlite_engine: Engine) -> None:
    save(sqlite_engine, make_opportunity(id="opp_gone", title="Gone soon"), make_opportunity())
    with writing(sqlite_engine) as session:
        session.delete(session.get_one(Opportunity, "opp_gone"))
    raw = sqlite_engine.raw_connection()
    raw.cursor().execute("VACUUM")
    raw.close()

    assert found(sqlite_engine, "rural") == ["opp_rural_surgery"]
    with sqlite_engine.begin() as connection:
        connection.execute(sa.text("INSERT INTO opportunity_words (opportunity_words) VALUES ('integrity-check')"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=40) | st.from_regex(r"""[-+*^"'():&|!<>~ a-zA-Z]{0,30}"""))
def test_nothing_that_is_typed_breaks_it(three: Engine, query: str) -> None:
    assert set(found(three, query)) <= {"opp_rural_surgery", "opp_course", "opp_prize"}
