"""Sample rows: each builder gives a whole, plausible thing and takes what a test cares about.

Nothing is saved: `save(engine, …)` does that, parents first. All people and organisations are invented.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine

from catalog.database import writing
from catalog.drafts import Deadline, PostingDraft
from catalog.tables import Goal, Mentee, MenteeMentor, Mentor, Opportunity, Programme, Source, Table
from catalog.words import CareerStage, Kind, Precision, Profession, Role, Timing, Way

NOW = dt.datetime(2027, 3, 1, 6, 0, tzinfo=dt.UTC)
"""The moment at which most tests take place."""


def on(year: int, month: int, day: int) -> dt.datetime:
    """Noon of a day, UTC."""
    return dt.datetime(year, month, day, 12, tzinfo=dt.UTC)


def make_deadline(day: dt.date = dt.date(2027, 5, 31), **changes: Any) -> Deadline:
    """A deadline on a day, with the words that say so."""
    quote = f"Applications close on {day:%d %B %Y}"
    return Deadline(**{"precision": Precision.DAY, "on": day, "quote": quote, **changes})


def make_source(**changes: Any) -> Source:
    """A source, enabled."""
    given = {
        "name": "lakeside_listing",
        "title": "Lakeside Institute",
        "organisation": "Lakeside Institute",
        "kinds": [Kind.FELLOWSHIP],
        "way": Way.LISTING,
        "homepage": "https://lakeside.example.org/",
        "hosts": ["lakeside.example.org"],
        "updated_at": NOW,
    }
    return Source(**{**given, **changes})


def make_draft(**changes: Any) -> PostingDraft:
    """A posting as read: a fellowship with one deadline. A changed `key` changes the address with it."""
    key = changes.get("key", "rural-surgery")
    deadline = make_deadline()
    given = {
        "source": "lakeside_listing",
        "key": key,
        "url": f"https://lakeside.example.org/calls/{key}",
        "title": "Rural Surgery Fellowship",
        "organisation": "Lakeside Institute",
        "kind": Kind.FELLOWSHIP,
        "summary": "A year in the operating theatres of rural hospitals.",
        "description": "Fellows spend a year in the operating theatres of three rural hospitals.",
        "language": "en",
        "timing": Timing.FIXED,
        "deadlines": (deadline,),
        "quotes": {"title": "Rural Surgery Fellowship"},
        "fetched_from": "https://lakeside.example.org/calls",
        "fetched_at": NOW,
    }
    if "deadlines" in changes and not changes["deadlines"]:
        given["timing"] = Timing.UNKNOWN
    return PostingDraft(**{**given, **changes})


def make_opportunity(**changes: Any) -> Opportunity:
    """An opportunity as promotion would make it: open, with one deadline."""
    deadline = make_deadline()
    given = {
        "id": "opp_rural_surgery",
        "kind": Kind.FELLOWSHIP,
        "title": "Rural Surgery Fellowship",
        "organisation": "Lakeside Institute",
        "url": "https://lakeside.example.org/calls/rural-surgery",
        "summary": "A year in the operating theatres of rural hospitals.",
        "description": "Fellows spend a year in the operating theatres of three rural hospitals.",
        "language": "en",
        "edition": "2027",
        "timing": Timing.FIXED,
        "deadlines": (deadline,),
        "closes_at": dt.datetime(2027, 6, 1, 12, tzinfo=dt.UTC),
        "first_seen_at": NOW,
        "last_seen_at": NOW,
        "changed_at": NOW,
        "text_hash": "0" * 64,
        "rev": 1,
    }
    return Opportunity(**{**given, **changes})


def make_programme(**changes: Any) -> Programme:
    """A programme of mentors and mentees."""
    return Programme(**{"id": "prg_lakeside", "name": "Lakeside mentoring", **changes})


def make_mentor(**changes: Any) -> Mentor:
    """A mentor who has not chosen a password."""
    given = {"id": "mtr_ada", "email": "ada@lakeside.example.org", "name": "Ada Orchard", "role": Role.MENTOR}
    return Mentor(**{**given, **changes})


def make_mentee(**changes: Any) -> Mentee:
    """A medical student from Kenya, in the sample programme."""
    given = {
        "id": "mte_ben",
        "programme_id": "prg_lakeside",
        "name": "Ben Rivers",
        "email": "ben@lakeside.example.org",
        "stage": CareerStage.MEDICAL_STUDENT,
        "profession": Profession.PHYSICIAN,
        "citizenships": ["KE"],
        "residence": "KE",
    }
    return Mentee(**{**given, **changes})


def make_goal(text: str = "Learn to operate where there is no surgeon", **changes: Any) -> Goal:
    """A goal of the sample mentee."""
    return Goal(**{"id": "gol_operate", "mentee_id": "mte_ben", "text": text, **changes})


def save(engine: Engine, *rows: Table) -> None:
    """Keep rows in one transaction, in the order given: parents first."""
    with writing(engine) as session:
        for row in rows:
            session.add(row)
            session.flush()
            session.expunge(row)


def sample_people() -> Sequence[Table]:
    """One programme, one mentor, one mentee with a goal, in the order in which they can be saved."""
    mentor, mentee = make_mentor(), make_mentee()
    together = MenteeMentor(mentee_id=mentee.id, mentor_id=mentor.id)
    return (make_programme(), mentor, mentee, together, make_goal())
