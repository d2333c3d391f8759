"""What is kept for a time only is forgotten when that time is over, and nothing else is."""

import datetime as dt
from typing import Any

from sqlalchemy import Engine

from catalog.database import reading, writing
from catalog.stores.retention import LINKS_KEPT, forget_expired
from catalog.stores.sign_in import SESSION_IDLE, THROTTLE_WINDOW
from catalog.tables import IdempotencyRecord, Invitation, Ranking, SignInSession, SignInThrottle, Table, Token
from catalog.words import TokenPurpose
from tests.builders import NOW, sample_people, save

LATER = NOW + dt.timedelta(days=1)
LONG_AGO = NOW - LINKS_KEPT
YESTERDAY = NOW - dt.timedelta(days=1)


def ranking(name: str, expires_at: dt.datetime) -> Ranking:
    facts: dict[str, Any] = {"mentee_id": "mte_ben", "mentee_version": 1, "index_rev": 1, "model": "m"}
    return Ranking(id=name, mode="hybrid", expires_at=expires_at, **facts)


def answer(name: str, expires_at: dt.datetime) -> IdempotencyRecord:
    return IdempotencyRecord(caller="mtr_ada", key=name, request_hash="r", expires_at=expires_at)


def signed_in(name: str, **changes: Any) -> SignInSession:
    given = {"mentor_id": "mtr_ada", "token_hash": name, "last_seen_at": NOW, "expires_at": LATER}
    return SignInSession(id=name, **{**given, **changes})


def link(name: str, **changes: Any) -> Token:
    return Token(id=name, token_hash=name, purpose=TokenPurpose.FEED, mentor_id="mtr_ada", **changes)


def invited(name: str, **changes: Any) -> Invitation:
    return Invitation(id=name, email="eve@lakeside.example.org", token_hash=name, **{"expires_at": LATER, **changes})


OVER = (
    ranking("over", NOW),
    answer("over", NOW),
    SignInThrottle(subject_hash="over", window_started_at=NOW - THROTTLE_WINDOW),
    signed_in("signed out", revoked_at=YESTERDAY),
    signed_in("ran out", expires_at=NOW),
    signed_in("idle", last_seen_at=NOW - SESSION_IDLE),
    link("revoked", revoked_at=LONG_AGO),
    link("ran out", expires_at=LONG_AGO),
    invited("used", used_at=LONG_AGO),
    invited("ran out", expires_at=LONG_AGO),
)
KEPT = (
    ranking("kept", LATER),
    answer("kept", LATER),
    SignInThrottle(subject_hash="kept", window_started_at=NOW),
    signed_in("open"),
    link("for ever"),
    link("open", expires_at=LATER),
    link("revoked lately", revoked_at=YESTERDAY),
    invited("open"),
    invited("used lately", used_at=YESTERDAY),
)


def kept(engine: Engine, rows: tuple[Table, ...]) -> list[bool]:
    with reading(engine) as session:
        return [session.get(type(row), key(row)) is not None for row in rows]


def key(row: Table) -> Any:
    match row:
        case IdempotencyRecord():
            return (row.caller, row.key)
        case SignInThrottle():
            return row.subject_hash
        case _:
            return row.id  # type: ignore[attr-defined]


def test_what_is_over_is_forgotten_and_the_rest_kept(both_engines: Engine) -> None:
    save(both_engines, *sample_people(), *(type(row)(**row.model_dump()) for row in OVER + KEPT))
    with writing(both_engines) as session:
        assert forget_expired(session, now=NOW) == len(OVER)
    assert kept(both_engines, OVER) == [False] * len(OVER)
    assert kept(both_engines, KEPT) == [True] * len(KEPT)
    with writing(both_engines) as session:
        assert forget_expired(session, now=NOW) == 0
