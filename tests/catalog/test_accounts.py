"""Accounts, invitations, sessions and keys over time, on both engines."""

import datetime as dt

import pytest
from sqlalchemy import Engine

from catalog.credentials import hash_secret
from catalog.database import reading, writing
from catalog.stores import accounts, invitations, keys, sign_in, taking_up
from catalog.stores.accounts import AccountRefused
from catalog.stores.taking_up import InvitationRefused
from catalog.tables import Invitation, Mentor, ProgrammeMentor, SignInSession
from catalog.words import Role, Scope
from tests.builders import NOW, make_mentor, make_programme, save

MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture
def with_ada(both_engines: Engine) -> Engine:
    save(both_engines, make_programme(), make_mentor(password_hash="old"))
    return both_engines


def test_an_invitation_makes_an_account_in_its_programme_once(with_ada: Engine) -> None:
    with writing(with_ada) as session:
        row, token = invitations.invite(
            session, email=" Ben@Lakeside.Example.org ", role=Role.COORDINATOR, programme_id="prg_lakeside", now=NOW
        )
        assert token not in repr(row)
    with writing(with_ada) as session:
        made = taking_up.accept_invitation(session, token, password_hash="new", name="Ben", now=NOW + DAY)
        assert (made.email, made.role, made.name) == ("ben@lakeside.example.org", Role.COORDINATOR, "Ben")
        place = session.get_one(ProgrammeMentor, ("prg_lakeside", made.id))
        assert place.coordinator

    with pytest.raises(InvitationRefused, match="used or replaced"), writing(with_ada) as session:
        taking_up.accept_invitation(session, token, password_hash="x", now=NOW + DAY)


@pytest.mark.parametrize(
    ("later", "says"), [(8 * DAY, "out of date"), (dt.timedelta(0), "used or replaced")], ids=["late", "replaced"]
)
def test_a_late_or_replaced_link_is_refused(with_ada: Engine, later: dt.timedelta, says: str) -> None:
    with writing(with_ada) as session:
        _, token = invitations.invite(session, email="ben@lakeside.example.org", now=NOW)
        if not later:
            invitations.invite(session, email="ben@lakeside.example.org", now=NOW)

    with pytest.raises(InvitationRefused, match=says), reading(with_ada) as session:
        taking_up.open_invitation(session, token, now=NOW + later)


def test_an_unknown_link_is_refused(with_ada: Engine) -> None:
    with pytest.raises(InvitationRefused, match="not known"), reading(with_ada) as session:
        taking_up.open_invitation(session, "guessed", now=NOW)


def test_a_reset_changes_the_password_and_signs_everybody_out(with_ada: Engine) -> None:
    with writing(with_ada) as session:
        ada = session.get_one(Mentor, "mtr_ada")
        _, cookie = sign_in.open_session(session, ada, now=NOW)
        _, token = invitations.start_reset(session, ada, now=NOW)
        assert ada.password_hash == "old", "until the link is used"
    with writing(with_ada) as session:
        taking_up.accept_invitation(session, token, password_hash="new", now=NOW + MINUTE)

    with reading(with_ada) as session:
        assert session.get_one(Mentor, "mtr_ada").password_hash == "new"
        assert sign_in.find_session(session, cookie, now=NOW + MINUTE) is None
        with pytest.raises(InvitationRefused):
            taking_up.open_invitation(session, token, now=NOW + MINUTE)


@pytest.mark.parametrize("email", ["ada@lakeside.example.org", "ADA@lakeside.example.org"])
def test_an_address_has_one_account(with_ada: Engine, email: str) -> None:
    with pytest.raises(AccountRefused, match="already has an account"), writing(with_ada) as session:
        accounts.create_mentor(session, email=email)
    with pytest.raises(AccountRefused, match="already has an account"), writing(with_ada) as session:
        invitations.invite(session, email=email, now=NOW)


@pytest.mark.parametrize("email", ["", "ada", "ada@", "a@b, evil@x.example.org", "ada@lakeside.example.org\nBcc: x"])
def test_what_is_no_address_is_refused(email: str) -> None:
    with pytest.raises(AccountRefused, match="not an e-mail address"):
        accounts.normalised_email(email)


def test_secrets_are_not_in_the_database(with_ada: Engine) -> None:
    with writing(with_ada) as session:
        ada = session.get_one(Mentor, "mtr_ada")
        _, invitation = invitations.invite(session, email="ben@lakeside.example.org", now=NOW)
        _, cookie = sign_in.open_session(session, ada, now=NOW)
        _, key = keys.create_key(session, ada, name="screen", scopes=[Scope.READ], now=NOW)

    from catalog.copying import plain_tables

    with with_ada.connect() as connection:
        everything = repr([connection.execute(table.select()).all() for table in plain_tables()])
    for secret in (invitation, cookie, key):
        assert secret not in everything
        assert hash_secret(secret) in everything


@pytest.mark.parametrize(
    ("used_at", "asked_at", "open_"),
    [
        ([], 29 * MINUTE, True),
        ([], 30 * MINUTE, False),
        ([20 * MINUTE], 45 * MINUTE, True),
        ([n * 25 * MINUTE for n in range(1, 29)], 12 * HOUR - MINUTE, True),
        ([n * 25 * MINUTE for n in range(1, 29)], 12 * HOUR, False),
    ],
    ids=["idle 29 min", "idle 30 min", "used meanwhile", "used all day", "twelve hours"],
)
def test_a_session_ends_when_idle_and_after_twelve_hours(
    with_ada: Engine, used_at: list[dt.timedelta], asked_at: dt.timedelta, open_: bool
) -> None:
    with writing(with_ada) as session:
        row, cookie = sign_in.open_session(session, session.get_one(Mentor, "mtr_ada"), now=NOW)
        for after in used_at:
            sign_in.touch_session(session, row.id, now=NOW + after)

    with reading(with_ada) as session:
        assert (sign_in.find_session(session, cookie, now=NOW + asked_at) is not None) is open_


def test_a_mentor_ends_their_own_sessions_only(with_ada: Engine) -> None:
    save(with_ada, make_mentor(id="mtr_ben", email="ben@lakeside.example.org"))
    with writing(with_ada) as session:
        row, _ = sign_in.open_session(session, session.get_one(Mentor, "mtr_ada"), now=NOW)

        assert not sign_in.close_session(session, row.id, mentor_id="mtr_ben", now=NOW)
        assert [one.id for one in sign_in.sessions_of(session, "mtr_ada", now=NOW)] == [row.id]
        assert sign_in.close_session(session, row.id, mentor_id="mtr_ada", now=NOW)
        assert sign_in.sessions_of(session, "mtr_ada", now=NOW) == []


def test_guessing_is_slowed_down_and_nobody_is_locked_out_for_long(with_ada: Engine) -> None:
    now = NOW
    with writing(with_ada) as session:
        for _ in range(4):
            sign_in.record_failure(session, "ada@lakeside.example.org", now=now)
        assert sign_in.throttled_until(session, "ada@lakeside.example.org", now=now) is None
        waits = []
        for _ in range(14):
            sign_in.record_failure(session, "ada@lakeside.example.org", now=now)
            until = sign_in.throttled_until(session, "ada@lakeside.example.org", now=now)
            assert until is not None
            waits.append(until - now)
        assert waits == sorted(waits)
        assert (waits[0], waits[-1]) == (dt.timedelta(seconds=1), sign_in.THROTTLE_WINDOW)
        assert sign_in.throttled_until(session, "someone else", now=now) is None
        assert sign_in.throttled_until(session, "ada@lakeside.example.org", now=now + waits[-1]) is None

        sign_in.clear_failures(session, "ada@lakeside.example.org")
        assert sign_in.throttled_until(session, "ada@lakeside.example.org", now=now) is None


def test_a_key_works_until_it_expires_or_its_owner_goes(with_ada: Engine) -> None:
    with writing(with_ada) as session:
        ada = session.get_one(Mentor, "mtr_ada")
        row, key = keys.create_key(
            session, ada, name="screen", scopes=[Scope.WRITE, Scope.READ], now=NOW, expires_at=NOW + DAY
        )
        assert row.scopes == ["read", "write"]
        assert keys.find_key(session, key, now=NOW + DAY - MINUTE) is not None
        assert keys.find_key(session, key, now=NOW + DAY) is None
        accounts.deactivate(session, ada, now=NOW)
        accounts.activate(session, ada)
        session.flush()
        assert keys.find_key(session, key, now=NOW) is None


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"name": " "}, "needs a name"),
        ({"scopes": []}, "at least one scope of read, write, administer"),
        ({"scopes": [Scope.ADMINISTER]}, "only an administrator"),
        ({"expires_at": NOW}, "in the future"),
    ],
)
def test_a_key_that_makes_no_sense_is_refused(with_ada: Engine, options: dict[str, object], says: str) -> None:
    with writing(with_ada) as session:
        ada = session.get_one(Mentor, "mtr_ada")
        session.expunge(ada)
    with writing(with_ada) as session, pytest.raises(AccountRefused, match=says):
        keys.create_key(session, ada, **{"name": "x", "scopes": [Scope.READ], "now": NOW, **options})  # type: ignore[arg-type]


def test_deactivating_closes_what_was_open(with_ada: Engine) -> None:
    with writing(with_ada) as session:
        ada = session.get_one(Mentor, "mtr_ada")
        row, _ = sign_in.open_session(session, ada, now=NOW)
        invitation, _ = invitations.start_reset(session, ada, now=NOW)
        accounts.deactivate(session, ada, now=NOW)
        ids = row.id, invitation.id

    with reading(with_ada) as session:
        assert session.get_one(SignInSession, ids[0]).revoked_at == NOW
        assert session.get_one(Invitation, ids[1]).used_at == NOW
        with pytest.raises(AccountRefused, match="not active"):
            invitations.start_reset(session, session.get_one(Mentor, "mtr_ada"), now=NOW)
