"""A served database with a few people in it."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine

from catalog.drafts import Place
from catalog.tables import MenteeMentor, Opportunity, ProgrammeMentor
from catalog.words import Funding, Kind, Role
from recommender.indexing import index
from recommender.service import Recommender
from tests.api.serving import PASSWORD_HASH, Served, serving
from tests.builders import (
    NOW,
    make_deadline,
    make_goal,
    make_mentee,
    make_mentor,
    make_opportunity,
    make_programme,
    make_source,
    on,
    save,
)
from tests.recommender.embedding import WordEmbedder


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Where the long counts are left out, what takes seconds to collect for them alone is not even looked at."""
    only_long = collection_path.name == "test_schemathesis_five_hundred.py"
    return True if only_long and "not long" in config.option.markexpr else None


def populate(engine: Engine) -> None:
    """Ada mentors Ben together with Cyd; Dan mentors nobody; Eve coordinates their programme; Fay administers."""
    save(
        engine,
        make_programme(),
        make_mentor(password_hash=PASSWORD_HASH),
        make_mentor(id="mtr_cyd", email="cyd@lakeside.example.org", name="Cyd Harbour"),
        make_mentor(id="mtr_dan", email="dan@lakeside.example.org", name="Dan Meadow"),
        make_mentor(id="mtr_eve", email="eve@lakeside.example.org", name="Eve Summit", role=Role.COORDINATOR),
        make_mentor(id="mtr_fay", email="fay@lakeside.example.org", name="Fay Willow", role=Role.ADMINISTRATOR),
        ProgrammeMentor(programme_id="prg_lakeside", mentor_id="mtr_ada"),
        ProgrammeMentor(programme_id="prg_lakeside", mentor_id="mtr_cyd"),
        ProgrammeMentor(programme_id="prg_lakeside", mentor_id="mtr_dan"),
        ProgrammeMentor(programme_id="prg_lakeside", mentor_id="mtr_eve", coordinator=True),
        make_mentee(),
        MenteeMentor(mentee_id="mte_ben", mentor_id="mtr_ada"),
        MenteeMentor(mentee_id="mte_ben", mentor_id="mtr_cyd"),
        make_goal(),
        make_source(),
        make_opportunity(),
    )


@pytest.fixture
def served(database_url: str, engine: Engine) -> Iterator[Served]:
    """The service without a recommender and without a mail server."""
    populate(engine)
    with serving(database_url) as running:
        yield running


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def served_on_both(request: pytest.FixtureRequest) -> Iterator[Served]:
    """The same service on SQLite and on PostgreSQL, in every run."""
    populate(request.getfixturevalue(f"{request.param}_engine"))
    with serving(request.getfixturevalue(f"{request.param}_url"), smtp_url="smtp://127.0.0.1:1") as running:
        yield running


@pytest.fixture
def mailing(database_url: str, engine: Engine) -> Iterator[Served]:
    """The service where mail can be queued; nothing delivers it."""
    populate(engine)
    with serving(database_url, smtp_url="smtp://127.0.0.1:1") as running:
        yield running


@pytest.fixture
def ada(served: Served) -> httpx.Client:
    """Ada, with a key that reads and writes."""
    return served.as_mentor("mtr_ada")


@pytest.fixture
def recommending(database_url: str, engine: Engine) -> Iterator[Served]:
    """The service with a recommender over thirty calls, whose vectors come from words instead of a model."""
    populate(engine)
    save(engine, *many_calls(30))
    embedder = WordEmbedder()
    index(engine, embedder, NOW)
    with serving(database_url, load=lambda: Recommender(engine, embedder, look_again_after=0.0)) as running:
        yield running


def many_calls(count: int) -> list[Opportunity]:
    """Open calls of all kinds that speak of surgery, each a little less, with deadlines a day apart."""
    return [
        make_opportunity(
            id=f"opp_{number:03}",
            kind=list(Kind)[number % 4],
            title=f"Surgery programme number {number}",
            summary="",
            description="Learn to operate. " * max(1, 8 - number // 4) + f"House {number} by the lake.",
            url=f"https://lakeside.example.org/calls/{number}",
            deadlines=(make_deadline(on(2027, 4, 1).date() + dt.timedelta(days=number)),),
            closes_at=on(2027, 4, 2) + dt.timedelta(days=number),
            remote=number % 3 == 0,
            places=(Place(country="NL" if number % 2 else "KE", city="Lakeside"),),
            funding=Funding.FULL if number % 5 == 0 else Funding.UNKNOWN,
            rev=number + 2,
        )
        for number in range(count)
    ]
