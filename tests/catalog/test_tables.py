"""What the database itself refuses, and that every kind of column gives back what it was given, on both engines."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from catalog.database import reading, writing
from catalog.drafts import Moment, Money, Place, Requirement
from catalog.tables import (
    Change,
    Goal,
    GoalVector,
    IdempotencyRecord,
    Mentor,
    Opportunity,
    Reminder,
    SourceRun,
    Table,
)
from catalog.words import ChangeKind, MoneyPurpose, Precision, ReminderBasis, RequirementType, Role
from tests.builders import (
    NOW,
    make_deadline,
    make_goal,
    make_mentee,
    make_mentor,
    make_opportunity,
    make_programme,
    make_source,
    sample_people,
    save,
)

REFUSED: dict[str, Callable[[], Table]] = {
    "a word that is none": lambda: make_source(way="carrier_pigeon"),
    "an address with a capital": lambda: make_mentor(email="Ada@lakeside.example.org"),
    "a title of two letters": lambda: make_opportunity(title="No"),
    "a mentee without a name": lambda: make_mentee(name=""),
    "a mentee of no programme": lambda: make_mentee(programme_id="prg_nowhere"),
    "a goal of nobody": make_goal,
    "a run of no source": lambda: SourceRun(run_id="run_none", source="nobody"),
    "a reminder of nothing": lambda: Reminder(
        mentee_id="mte_none", opportunity_id="opp_none", basis=ReminderBasis.DEADLINE
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_the_database_refuses(case: str, both_engines: Engine) -> None:
    save(both_engines, make_programme())

    with pytest.raises((IntegrityError, StatementError)), writing(both_engines) as session:
        session.add(REFUSED[case]())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE source SET way = 'carrier_pigeon'",
        "UPDATE goal SET weight = 0",
        "UPDATE goal SET text = ''",
        "UPDATE mentor SET email = 'ADA@lakeside.example.org'",
        "UPDATE mentee SET stage = 'professor'",
        "UPDATE goal SET mentee_id = 'mte_none'",
        "UPDATE mentee SET name = NULL",
    ],
)
def test_the_database_refuses_even_those_who_go_around_the_models(statement: str, both_engines: Engine) -> None:
    save(both_engines, make_source(), *sample_people())

    with pytest.raises(DBAPIError), both_engines.begin() as connection:
        connection.execute(sa.text(statement))


def stored(engine: Engine, row: Table, key: Any) -> Any:
    save(engine, row)
    with reading(engine) as session:
        return session.get(type(row), key)


def test_an_opportunity_comes_back_as_the_models_it_was_made_of(both_engines: Engine) -> None:
    given: dict[str, Any] = {
        "places": (Place(country="KE", city="Kisumu", quote="Kisumu, Kenya"), Place()),
        "deadlines": (make_deadline(), make_deadline(superseded=True, label="old")),
        "opens": None,
        "starts": Moment(precision=Precision.MONTH, on=dt.date(2027, 9, 1), quote="September 2027"),
        "requirements": (
            Requirement(type=RequirementType.CITIZENSHIP, any_of=("KE", "EU"), alternative=1, quote="“Kenyan” – or EU"),
        ),
        "money": (Money(purpose=MoneyPurpose.STIPEND, low=0.1, high=1e6, currency="KES", per="month"),),
        "tags": ["chirurgie", "外科", "𝛼"],
        "quotes": {"title": 'a "quoted" \\ title'},
        "remote": None,
        "closes_at": dt.datetime(2027, 5, 31, 23, 59, 59, 999999, tzinfo=dt.timezone(dt.timedelta(hours=-12))),
    }

    back = stored(both_engines, make_opportunity(**given), "opp_rural_surgery")

    assert {name: getattr(back, name) for name in given} == given
    assert back.closes_at.tzinfo is dt.UTC


def test_none_is_null_and_not_the_word_null(both_engines: Engine) -> None:
    save(both_engines, make_source(), make_opportunity(opens=None))
    save(
        both_engines,
        Change(opportunity_id="opp_rural_surgery", source="lakeside_listing", kind=ChangeKind.TITLE, new_read_at=NOW),
    )
    save(both_engines, IdempotencyRecord(caller="c", key="k", request_hash="0", expires_at=NOW))

    with both_engines.connect() as connection:
        for column, table in (("opens", "opportunity"), ("old", "change"), ("body", "idempotencyrecord")):
            count = connection.execute(sa.text(f"SELECT count(*) FROM {table} WHERE {column} IS NULL")).scalar_one()
            assert count == 1, column


@pytest.mark.parametrize("zone", ["Asia/Kathmandu", "America/St_Johns", "UTC"])
def test_an_instant_comes_back_the_same_whatever_the_zones(zone: str, both_engines: Engine) -> None:
    at = dt.datetime(2027, 3, 28, 2, 30, 15, 123456, tzinfo=ZoneInfo(zone))
    with both_engines.begin() as connection:
        if both_engines.dialect.name == "postgresql":
            connection.execute(sa.text("SET LOCAL TimeZone = 'Asia/Kolkata'"))
        statement = sa.insert(Mentor).values(
            id="mtr_ada",
            email="ada@lakeside.example.org",
            name="",
            role=Role.MENTOR,
            active=True,
            timezone="UTC",
            locale="en",
            shortcuts=True,
            version=1,
            created_at=at,
        )
        connection.execute(statement)
        found = connection.execute(sa.select(Mentor.__table__.c.created_at)).scalar_one()  # type: ignore[attr-defined]

    assert found == at
    assert found.utcoffset() == dt.timedelta(0)


def test_an_instant_without_a_zone_is_refused(both_engines: Engine) -> None:
    with pytest.raises(StatementError, match="has no zone"), writing(both_engines) as session:
        session.add(make_mentor(created_at=NOW.replace(tzinfo=None)))


def test_instants_are_compared_as_instants(both_engines: Engine) -> None:
    save(both_engines, make_opportunity(closes_at=NOW))
    tokyo = (NOW + dt.timedelta(hours=1)).astimezone(dt.timezone(dt.timedelta(hours=9)))

    with reading(both_engines) as session:
        query = sa.select(sa.func.count()).select_from(Opportunity)
        assert session.scalar(query.where(Opportunity.closes_at < tokyo)) == 1  # type: ignore[operator]
        assert session.scalar(query.where(Opportunity.closes_at > tokyo)) == 0  # type: ignore[operator]


def make_vector(values: Any) -> GoalVector:
    vector = np.asarray(values, dtype=np.float32)
    return GoalVector(goal_id="gol_operate", model="m", dimension=vector.size, text_hash="0" * 64, vector=vector)


def test_a_vector_comes_back_bit_for_bit(both_engines: Engine) -> None:
    save(both_engines, *sample_people())
    vector = np.random.default_rng(7).normal(size=384).astype(np.float32)

    back = stored(both_engines, make_vector(vector), ("gol_operate", "m", 0))

    assert back.vector.dtype == np.float32
    assert (back.vector == vector).all()


@pytest.mark.parametrize("values", [[0.0, 0.0], [1.0, float("nan")], [float("inf"), 1.0]], ids=["zero", "nan", "inf"])
def test_a_vector_that_would_poison_a_ranking_is_refused(values: list[float], both_engines: Engine) -> None:
    save(both_engines, *sample_people())

    with pytest.raises(StatementError, match="finite and not all zero"), writing(both_engines) as session:
        session.add(make_vector(values))


def test_what_belongs_to_a_mentee_goes_with_them(both_engines: Engine) -> None:
    save(both_engines, *sample_people(), make_vector([1.0, 2.0]))

    with both_engines.begin() as connection:
        connection.execute(sa.text("DELETE FROM mentee"))

    with reading(both_engines) as session:
        assert session.get(Goal, "gol_operate") is None
        assert session.get(GoalVector, ("gol_operate", "m", 0)) is None
        assert session.get(Mentor, "mtr_ada") is not None


def test_every_table_of_the_design_has_a_key_and_a_sentence() -> None:
    for mapper in Table._sa_registry.mappers:
        assert mapper.class_.__doc__, mapper.class_.__name__
        assert mapper.primary_key
