"""The people of a soak move in: accounts as an operator makes them, mentees through the API as mentors do."""

import datetime as dt
from typing import Any

import httpx
from sqlalchemy import Engine

from bench.soaking.asking import Mentor
from catalog.database import writing
from catalog.stores.accounts import create_mentor
from catalog.stores.keys import create_key
from catalog.tables import Programme, ProgrammeMentor
from catalog.words import Scope

GOALS = (
    "Learn to operate in a rural hospital abroad",
    "Write a first paper on antimicrobial stewardship",
    "A summer of research in public health",
    "Teach ultrasound to nurses and midwives",
    "A fellowship in global child health",
)
STAGES = ("medical_student", "resident", "postdoc", "graduate_student")


def settle_in(engine: Engine, url: str, mentors: int, mentees: int) -> list[Mentor]:
    """So many mentors of one programme, each with so many mentees of their own. Raises httpx.HTTPStatusError."""
    programme, keys = _accounts(engine, mentors)
    made = []
    for number, (mentor, key) in enumerate(keys):
        with httpx.Client(base_url=f"{url}/v1", headers={"Authorization": f"Bearer {key}"}, timeout=60) as client:
            theirs = [_mentee(client, programme, number * mentees + one) for one in range(mentees)]
        made.append(Mentor(mentor, key, {one["id"]: one["name"] for one in theirs}))
    return made


def _accounts(engine: Engine, count: int) -> tuple[str, list[tuple[str, str]]]:
    """The programme, and each mentor with a key."""
    now = dt.datetime.now(dt.UTC)
    with writing(engine) as session:
        programme = Programme(name="Soaked mentoring")
        session.add(programme)
        session.flush()
        keys = []
        for number in range(count):
            mentor = create_mentor(session, email=f"mentor{number}@mentors.example.org", name=f"Mentor{number:02}Alder")
            session.add(ProgrammeMentor(programme_id=programme.id, mentor_id=mentor.id))
            _, key = create_key(session, mentor, name="soak", scopes=[Scope.READ, Scope.WRITE], now=now)
            keys.append((mentor.id, key))
        return programme.id, keys


def _mentee(client: httpx.Client, programme: str, number: int) -> Any:
    """A mentee whose name is found in no other text."""
    body = {
        "programme_id": programme,
        "name": f"Quill{number:03}Heron",
        "email": f"mentee{number}@mentees.example.org",
        "stage": STAGES[number % len(STAGES)],
        "citizenships": ["KE" if number % 2 else "DE"],
        "residence": "KE" if number % 2 else "DE",
        "goals": [{"text": GOALS[(number + one) % len(GOALS)]} for one in range(2)],
    }
    answer = client.post("/mentees", json=body, headers={"Idempotency-Key": f"settle-{number}"})
    answer.raise_for_status()
    return answer.json()
