"""The demo's people: the accounts as an operator makes them, the mentees through the API."""

import datetime as dt
from dataclasses import dataclass

import httpx
from sqlmodel import Session

from catalog.credentials import hash_password, new_secret
from catalog.database import connect, writing
from catalog.stores.accounts import create_mentor
from catalog.stores.keys import create_key
from catalog.tables import Programme, ProgrammeMentor
from catalog.words import Role, Scope
from crawlers.samples.people import SampleMentor, people
from operations.demonstration.failing import answered


@dataclass(frozen=True, slots=True)
class Account:
    """Someone who can sign in to the demo."""

    email: str
    password: str
    api_key: str


def make_accounts(url: str) -> list[Account]:
    """The sample mentors, in one programme that the first of them coordinates."""
    engine = connect(url)
    try:
        with writing(engine) as session:
            programme = Programme(name=people().programme["name"])
            session.add(programme)
            session.flush()
            return [_make_account(session, programme, mentor) for mentor in people().mentor]
    finally:
        engine.dispose()


def _make_account(session: Session, programme: Programme, mentor: SampleMentor) -> Account:
    first = mentor == people().mentor[0]
    password = new_secret()[:16]
    made = create_mentor(
        session,
        email=mentor.email,
        name=mentor.name,
        role=Role.COORDINATOR if first else Role.MENTOR,
        password_hash=hash_password(password),
    )
    made.timezone = mentor.timezone
    session.add(ProgrammeMentor(programme_id=programme.id, mentor_id=made.id, coordinator=first))
    _, key = create_key(session, made, name="demo", scopes=[Scope.READ, Scope.WRITE], now=dt.datetime.now(dt.UTC))
    return Account(mentor.email, password, key)


def add_mentees(api: httpx.Client) -> dict[str, str]:
    """Everybody of `people.toml`: their identifiers by key, in the file's order. Raises DemoFailed."""
    return {one.key: answered(api.post("/mentees", json=one.body()))["id"] for one in people().mentee}
