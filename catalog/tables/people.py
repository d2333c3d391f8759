"""Programmes, mentors and mentees, and what a mentor keeps about a mentee. Personal data: the least of it."""

import datetime as dt

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from catalog.columns import Json, word
from catalog.identifiers import identifier
from catalog.tables.base import Instant, Table, utc_now
from catalog.words import (
    CareerStage,
    DecisionKind,
    Degree,
    DigestRhythm,
    DismissReason,
    Horizon,
    Profession,
    ReminderBasis,
    Role,
)

GOAL_LENGTH = 2000


class Programme(Table, table=True):
    """A group of mentors and mentees who belong together."""

    id: str = Field(default_factory=lambda: identifier("prg"), primary_key=True)
    name: str = Field(unique=True, max_length=200)
    created_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)
    version: int = 1


class Mentor(Table, table=True):
    """A person who signs in. `role` is the highest they hold; programmes are in `ProgrammeMentor`."""

    __table_args__ = (CheckConstraint("email = lower(email)", name="email_is_lower_case"),)

    id: str = Field(default_factory=lambda: identifier("mtr"), primary_key=True)
    email: str = Field(unique=True, max_length=320)
    name: str = Field(default="", max_length=200)
    role: Role = Field(default=Role.MENTOR, sa_type=word(Role, newer=Role.MENTOR))
    password_hash: str | None = None
    active: bool = True
    timezone: str = "UTC"
    locale: str = ""  # empty: not chosen, so that the page follows the browser and mail is in English
    shortcuts: bool = True
    digest_rhythm: DigestRhythm = Field(default=DigestRhythm.WEEKDAYS, sa_type=word(DigestRhythm))
    digest_hour: int = 7  # of their day, from which the digest is sent
    digest_weekday: int = 0  # of a weekly digest; Monday is 0
    reminder_lead_days: int = Field(default=14, sa_column_kwargs={"server_default": "14"})  # before a deadline
    created_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)
    version: int = 1


class ProgrammeMentor(Table, table=True):
    """A mentor's place in a programme."""

    programme_id: str = Field(foreign_key="programme.id", ondelete="CASCADE", primary_key=True)
    mentor_id: str = Field(foreign_key="mentor.id", ondelete="CASCADE", primary_key=True)
    coordinator: bool = False


class Mentee(Table, table=True):
    """A person whom mentors look out for. `version` grows with any change to them or their goals."""

    __table_args__ = (CheckConstraint("length(name) >= 1", name="name_is_said"),)

    id: str = Field(default_factory=lambda: identifier("mte"), primary_key=True)
    programme_id: str = Field(foreign_key="programme.id", index=True, ondelete="CASCADE")
    name: str = Field(max_length=200)
    email: str | None = Field(default=None, max_length=320)
    stage: CareerStage | None = Field(default=None, sa_type=word(CareerStage, newer=None))
    profession: Profession | None = Field(default=None, sa_type=word(Profession, newer=None))
    specialty: str = Field(default="", max_length=200)
    citizenships: list[str] = Field(default_factory=list, sa_type=Json)
    residence: str | None = Field(default=None, max_length=2)
    degree: Degree | None = Field(default=None, sa_type=word(Degree, newer=None))
    qualified_in: int | None = None  # the year of the degree that qualifies for the profession, got or expected
    doctorate_in: int | None = None  # likewise of a doctorate
    studies_since: int | None = None  # the year in which a student began the present course
    memberships: list[str] = Field(default_factory=list, sa_type=Json)
    languages: list[str] = Field(default_factory=list, sa_type=Json)
    available_from: dt.date | None = None
    needs_funding: bool | None = None
    version: int = 1
    archived_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    created_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)


class MenteeMentor(Table, table=True):
    """Who mentors whom. Co-mentors are normal."""

    mentee_id: str = Field(foreign_key="mentee.id", ondelete="CASCADE", primary_key=True)
    mentor_id: str = Field(foreign_key="mentor.id", ondelete="CASCADE", primary_key=True)


class Goal(Table, table=True):
    """A sentence of its own about what a mentee wants. Each goal is ranked apart."""

    __table_args__ = (
        CheckConstraint(f"length(text) between 1 and {GOAL_LENGTH}", name="text_has_a_length"),
        CheckConstraint("weight > 0 and weight <= 10", name="weight_is_sane"),
    )

    id: str = Field(default_factory=lambda: identifier("gol"), primary_key=True)
    mentee_id: str = Field(foreign_key="mentee.id", index=True, ondelete="CASCADE")
    text: str
    horizon: Horizon = Field(default=Horizon.THIS_YEAR, sa_type=word(Horizon))
    weight: float = 1.0
    position: int = 0
    archived_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    created_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)


class Decision(Table, table=True):
    """What a mentor decided about an opportunity for a mentee, other than forwarding it."""

    __table_args__ = (UniqueConstraint("mentee_id", "opportunity_id"),)

    id: str = Field(default_factory=lambda: identifier("dec"), primary_key=True)
    mentee_id: str = Field(foreign_key="mentee.id", ondelete="CASCADE")
    opportunity_id: str = Field(foreign_key="opportunity.id", ondelete="CASCADE")
    mentor_id: str | None = Field(default=None, foreign_key="mentor.id", ondelete="SET NULL")
    kind: DecisionKind = Field(sa_type=word(DecisionKind))
    reason: DismissReason | None = Field(default=None, sa_type=word(DismissReason))
    until: dt.date | None = None  # a snooze ends on this day
    opportunity_rev: int | None = None  # of the opportunity as it was decided about
    created_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)


class Confirmation(Table, table=True):
    """A mentor's word that a mentee meets what one opportunity asks in these words, where no fact could tell.

    It counts for as long as the opportunity asks it so.
    """

    id: str = Field(default_factory=lambda: identifier("cnf"), primary_key=True)
    mentee_id: str = Field(foreign_key="mentee.id", index=True, ondelete="CASCADE")
    opportunity_id: str = Field(foreign_key="opportunity.id", ondelete="CASCADE")
    mentor_id: str | None = Field(default=None, foreign_key="mentor.id", ondelete="SET NULL")
    quote: str = Field(max_length=1000)  # of a requirement; too long for a key, so a mentee is locked to keep it once
    created_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)


class Note(Table, table=True):
    """A mentor's note about a mentee, perhaps about one opportunity."""

    id: str = Field(default_factory=lambda: identifier("nte"), primary_key=True)
    mentee_id: str = Field(foreign_key="mentee.id", index=True, ondelete="CASCADE")
    opportunity_id: str | None = Field(default=None, foreign_key="opportunity.id", ondelete="SET NULL")
    mentor_id: str | None = Field(default=None, foreign_key="mentor.id", ondelete="SET NULL")
    text: str
    private: bool = False  # for its author alone
    version: int = 1
    created_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)
    changed_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    changed_by: str | None = Field(default=None, foreign_key="mentor.id", ondelete="SET NULL")


class Reminder(Table, table=True):
    """A day on which a mentor wants to hear of an opportunity again.

    Only a `date` is kept as a day; every other is worked out when asked, from the deadline as it then is.
    """

    id: str = Field(default_factory=lambda: identifier("rem"), primary_key=True)
    mentee_id: str = Field(foreign_key="mentee.id", index=True, ondelete="CASCADE")
    opportunity_id: str = Field(foreign_key="opportunity.id", ondelete="CASCADE")
    mentor_id: str | None = Field(default=None, foreign_key="mentor.id", ondelete="CASCADE")  # none: all of theirs
    forward_id: str | None = Field(default=None, foreign_key="forward.id", ondelete="SET NULL")  # asked for by a reply
    basis: ReminderBasis = Field(sa_type=word(ReminderBasis))
    remind_on: dt.date | None = None  # of a date
    days_before: int = 0  # the deadline, or the latest day to start
    set_for: dt.date | None = None  # the deadline when it was set, to tell that it moved
    text: str = Field(default="", max_length=300)
    done_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    created_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)
    version: int = 1


class MessageTemplate(Table, table=True):
    """How a mentor likes to write."""

    __table_args__ = (UniqueConstraint("mentor_id", "name"),)

    id: str = Field(default_factory=lambda: identifier("tpl"), primary_key=True)
    mentor_id: str = Field(foreign_key="mentor.id", ondelete="CASCADE")
    name: str = Field(max_length=100)
    subject: str = Field(max_length=300)
    body: str
    language: str = "en"
    preferred: bool = False  # used where none is named
    version: int = 1


class Erasure(Table, table=True):
    """A mentee who was erased: replayed after a restore, so that they stay erased. Holds no personal data."""

    mentee_id: str = Field(primary_key=True, max_length=64)
    erased_at: dt.datetime = Field(default_factory=utc_now, sa_type=Instant)
