"""Who may do what: invitations, sessions, keys, links, and the record of what was done. Secrets are stored hashed."""

import datetime as dt
from typing import Any

from sqlmodel import Field

from catalog.columns import Json, word
from catalog.identifiers import identifier
from catalog.tables.base import Instant, Table, utc_now
from catalog.words import Role, TokenPurpose


class Invitation(Table, table=True):
    """A single-use link by which someone chooses a password: to join, or to reset."""

    id: str = Field(default_factory=lambda: identifier("inv"), primary_key=True)
    email: str = Field(index=True, max_length=320)
    role: Role = Field(default=Role.MENTOR, sa_type=word(Role, newer=Role.MENTOR))
    programme_id: str | None = Field(default=None, foreign_key="programme.id", ondelete="CASCADE")
    reset: bool = False
    token_hash: str = Field(unique=True, max_length=64)
    invited_by: str | None = Field(default=None, foreign_key="mentor.id", ondelete="SET NULL")
    expires_at: dt.datetime = Field(sa_type=Instant)
    used_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    created_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)


class SignInSession(Table, table=True):
    """Where somebody is signed in: a browser with a cookie or, if `bearer`, a front end elsewhere with tokens.

    A bearer's credentials are its `SessionToken`s: the token of this row is then one that nobody was given.
    """

    id: str = Field(default_factory=lambda: identifier("ses"), primary_key=True)
    mentor_id: str = Field(foreign_key="mentor.id", index=True, ondelete="CASCADE")
    token_hash: str = Field(unique=True, max_length=64)
    user_agent: str = Field(default="", max_length=200)
    bearer: bool = False
    created_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)
    last_seen_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)
    expires_at: dt.datetime = Field(sa_type=Instant)
    revoked_at: dt.datetime | None = Field(default=None, sa_type=Instant)


class SessionToken(Table, table=True):
    """A token of a front end elsewhere: for access, or the one that refreshes. A spent one stays, to know it again."""

    token_hash: str = Field(primary_key=True, max_length=64)
    session_id: str = Field(foreign_key="signinsession.id", index=True, ondelete="CASCADE")
    refreshes: bool = False
    parent_hash: str | None = Field(default=None, index=True, max_length=64)  # the refresh token it was given for
    created_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)
    expires_at: dt.datetime = Field(sa_type=Instant)
    spent_at: dt.datetime | None = Field(default=None, sa_type=Instant)


class SignInAttempt(Table, table=True):
    """Somebody who was sent to the OpenID provider and is not back yet. Taken away by whoever comes back first."""

    state_hash: str = Field(primary_key=True, max_length=64)
    browser_hash: str = Field(max_length=64)
    nonce: str = Field(max_length=64)
    verifier: str = Field(max_length=128)
    expires_at: dt.datetime = Field(sa_type=Instant, index=True)


class OpenIdentity(Table, table=True):
    """Whose account a person at the OpenID provider has: found by them from then on, not by an address."""

    subject_hash: str = Field(primary_key=True, max_length=64)
    mentor_id: str = Field(foreign_key="mentor.id", unique=True, ondelete="CASCADE")
    created_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)


class ApiKey(Table, table=True):
    """A program's credential. `prefix` is shown in lists; the key itself is shown once."""

    id: str = Field(default_factory=lambda: identifier("key"), primary_key=True)
    mentor_id: str = Field(foreign_key="mentor.id", index=True, ondelete="CASCADE")
    name: str = Field(max_length=100)
    prefix: str = Field(max_length=24)
    key_hash: str = Field(unique=True, max_length=64)
    scopes: list[str] = Field(default_factory=list, sa_type=Json)
    expires_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    last_used_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    revoked_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    created_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)


class Token(Table, table=True):
    """A link that does one thing without an account: a feed, a reply, an unsubscription."""

    id: str = Field(default_factory=lambda: identifier("tok"), primary_key=True)
    purpose: TokenPurpose = Field(sa_type=word(TokenPurpose))
    name: str = Field(default="", max_length=100)  # of a feed, in its owner's list and nowhere else
    token_hash: str = Field(unique=True, max_length=64)
    mentor_id: str | None = Field(default=None, foreign_key="mentor.id", ondelete="CASCADE")
    mentee_id: str | None = Field(default=None, foreign_key="mentee.id", ondelete="CASCADE")
    forward_id: str | None = Field(default=None, foreign_key="forward.id", ondelete="CASCADE")
    filters: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    expires_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    revoked_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    created_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)


class SignInThrottle(Table, table=True):
    """Failed sign-ins for one account or address, by hash: survives restarts and is shared by processes."""

    subject_hash: str = Field(primary_key=True, max_length=64)
    failures: int = 0
    window_started_at: dt.datetime = Field(sa_type=Instant)


class IdempotencyRecord(Table, table=True):
    """The first answer to a request with an `Idempotency-Key`, stored with its effect."""

    caller: str = Field(primary_key=True, max_length=64)
    key: str = Field(primary_key=True, max_length=255)
    request_hash: str = Field(max_length=64)
    status: int | None = None  # none while the first request is under way
    body: Any = Field(default=None, sa_type=Json, nullable=True)
    created_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)
    expires_at: dt.datetime = Field(sa_type=Instant, index=True)


class AuditEntry(Table, table=True):
    """Who did what to which object, when, and how it ended. No free text. Triggers let nothing be changed or deleted.

    `programme_id`: whose mentee it concerned, kept when the mentee is erased, so that coordinators keep their record.
    """

    id: str = Field(default_factory=lambda: identifier("aud"), primary_key=True)
    at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant, index=True)
    actor_kind: str = Field(max_length=20)  # mentor, key, command, reply_link, feed
    actor_id: str = Field(default="", max_length=64, index=True)
    action: str = Field(max_length=60)
    object_type: str = Field(default="", max_length=40)
    object_id: str = Field(default="", max_length=64, index=True)
    request_id: str = Field(default="", max_length=64)
    result: str = Field(default="ok", max_length=20)
    programme_id: str | None = Field(default=None, max_length=64, index=True)
