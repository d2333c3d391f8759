"""Two transactions that write the same thing at once: the second finds the first's row instead of failing on it."""

import threading
import time
from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from catalog.database import reading, writing
from catalog.stores import members, open_identities, programmes, sign_in
from catalog.stores.suppressions import suppress, suppressed
from catalog.tables import Invitation, Mentor, Programme, ProgrammeMentor, SignInThrottle
from catalog.words import Role, SuppressionReason
from tests.builders import NOW, make_mentor, make_programme, on, save

Work = Callable[[Session], object]


def both_at_once(engine: Engine, work: Work, other: Work | None = None) -> list[object]:
    """What two transactions give, of which the second meets the first before it is committed."""
    outcomes: list[object] = []

    def second() -> None:
        try:
            with writing(engine) as session:
                outcomes.append((other or work)(session))
        except Exception as error:
            outcomes.append(error)

    thread = threading.Thread(target=second)
    with writing(engine) as session:
        first = work(session)
        session.flush()
        thread.start()
        time.sleep(0.3)  # long enough to have looked, and to wait for us on PostgreSQL
    thread.join()
    return [first, *outcomes]


def test_of_two_guesses_at_once_both_count(both_engines: Engine) -> None:
    def guess(session: Session) -> None:
        sign_in.record_failure(session, "account:ada", now=NOW)

    assert both_at_once(both_engines, guess) == [None, None]
    with reading(both_engines) as session:
        assert session.exec(select(SignInThrottle.failures)).one() == 2


def test_taking_somebody_into_a_programme_twice_is_taking_them_in(both_engines: Engine) -> None:
    save(both_engines, make_programme(), make_mentor())

    def take_in(session: Session) -> None:
        programme, mentor = session.get_one(Programme, "prg_lakeside"), session.get_one(Mentor, "mtr_ada")
        members.set_place(session, programme, mentor, coordinator=True)

    assert both_at_once(both_engines, take_in) == [None, None]
    with reading(both_engines) as session:
        assert session.exec(select(ProgrammeMentor.coordinator)).all() == [True]


def test_of_two_programmes_of_one_name_the_second_is_told(both_engines: Engine) -> None:
    def begin(session: Session) -> None:
        programmes.name_programme(session, Programme(name="Hillside", created_at=NOW), "Hillside")

    first, second = both_at_once(both_engines, begin)
    assert first is None
    assert isinstance(second, programmes.NameTaken)


@pytest.mark.parametrize("reason", list(SuppressionReason))
def test_of_a_bounce_and_a_wish_at_once_the_wish_remains(both_engines: Engine, reason: SuppressionReason) -> None:
    def write(why: SuppressionReason) -> Work:
        return lambda session: suppress(session, "ben@example.org", why, now=NOW)

    assert both_at_once(both_engines, write(SuppressionReason.UNSUBSCRIBED), write(reason)) == [None, None]
    with reading(both_engines) as session:
        assert suppressed(session, ["ben@example.org"]) == {"ben@example.org": SuppressionReason.UNSUBSCRIBED}


@pytest.mark.parametrize("invited", [False, True])
def test_who_first_signs_in_through_the_provider_in_two_tabs_is_one_account(
    both_engines: Engine, invited: bool
) -> None:
    save(
        both_engines,
        Invitation(email="ada@lakeside.example.org", role=Role.MENTOR, token_hash="h", expires_at=on(2027, 6, 1))
        if invited
        else make_mentor(),
    )

    def arrive(session: Session) -> str | None:
        found = open_identities.account_of(
            session, issuer="https://id.example.org", subject="7", email="ada@lakeside.example.org", name="Ada", now=NOW
        )
        return found.id if found else None

    first, second = both_at_once(both_engines, arrive)
    assert first is not None
    assert first == second
