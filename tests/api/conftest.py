"""A served database with a few people in it."""

from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy import Engine

from catalog.tables import MenteeMentor, ProgrammeMentor
from catalog.words import Role
from tests.api.serving import PASSWORD_HASH, Served, serving
from tests.builders import make_goal, make_mentee, make_mentor, make_opportunity, make_programme, make_source, save


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
def served(sqlite_url: str, engine: Engine) -> Iterator[Served]:
    """The service without a recommender and without a mail server."""
    populate(engine)
    with serving(sqlite_url) as running:
        yield running


@pytest.fixture
def mailing(sqlite_url: str, engine: Engine) -> Iterator[Served]:
    """The service where mail can be queued; nothing delivers it."""
    populate(engine)
    with serving(sqlite_url, smtp_url="smtp://127.0.0.1:1") as running:
        yield running


@pytest.fixture
def ada(served: Served) -> httpx.Client:
    """Ada, with a key that reads and writes."""
    return served.as_mentor("mtr_ada")
