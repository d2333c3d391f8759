"""Mentees: what is said of them, listed and handed over."""

import datetime as dt
from typing import Annotated, Any

from pydantic import AfterValidator, EmailStr, Field

from api.schemas.goals import GoalBody, GoalView
from api.schemas.shapes import Answer, Body, Countries, CountryCode, Identifier, Line, Names, Person
from catalog.cohort.words import language_code
from catalog.stores.mentees import MenteeOrder
from catalog.values import Day, Year
from catalog.words import CareerStage, Degree, Profession, SuppressionReason


def _language(text: str) -> str:
    return language_code(text) or text


Languages = Annotated[
    Names,
    AfterValidator(lambda names: list(dict.fromkeys(map(_language, names)))),
    Field(description="ISO 639 codes; names in English or Spanish become codes, others are kept as they are"),
]


class MenteeFacts(Body):
    """What is known of a mentee that decides whether they may apply. null is "not known", never "no"."""

    email: EmailStr | None = Field(None, max_length=254, examples=["amina@students.example.org"])
    stage: CareerStage | None = None
    profession: Profession | None = None
    specialty: Line = Field("", max_length=200, examples=["paediatrics"])
    citizenships: Countries = Field(default_factory=list, examples=[["KE"]])
    residence: CountryCode | None = None
    degree: Degree | None = Field(None, description="The highest degree held")
    qualified_in: Year | None = Field(None, examples=[2021])
    doctorate_in: Year | None = Field(None, examples=[None])
    studies_since: Year | None = Field(None, examples=[None])
    memberships: Names = Field(default_factory=list, examples=[["Example Medical Students' Association"]])
    languages: Languages = Field(default_factory=list, examples=[["en", "sw"]])
    available_from: Day | None = None
    needs_funding: bool | None = None


class MenteeBody(MenteeFacts):
    """A new mentee."""

    name: Line = Field(min_length=1, max_length=200, examples=["Amina Example"])
    programme_id: Identifier | None = Field(None, description="Needed only if you are in several programmes")
    goals: list[GoalBody] = Field(default_factory=list, max_length=10)


class MenteePatch(MenteeFacts):
    """Fields of a mentee to change; what is left out stays. null says of a fact that it is not known, and of the
    name and `archived` nothing."""

    name: Line | None = Field(None, min_length=1, max_length=200)
    archived: bool | None = None


class MenteeView(Answer):
    """A mentee with goals and mentors."""

    id: str = Field(examples=["mte_01k9z5v3q8m4n7p2r6s1t0w9xy"])
    name: str = Field(examples=["Amina Example"])
    email: str | None
    no_mail: SuppressionReason | None = Field(
        None, description="Why the address is not written to: it bounced, or they unsubscribed. Copy messages instead"
    )
    stage: CareerStage | None
    profession: Profession | None
    specialty: str
    citizenships: list[str]
    residence: str | None
    degree: Degree | None
    qualified_in: int | None
    doctorate_in: int | None
    studies_since: int | None
    memberships: list[str]
    languages: list[str]
    available_from: dt.date | None
    needs_funding: bool | None
    programme_id: str
    goals: list[GoalView] = Field(description="Goals that are not archived, in their order")
    mentors: list[Person]
    last_forwarded_at: dt.datetime | None = Field(description="When anything was last sent to them")
    forwarded_count: int = Field(description="How often anything was sent to them and not taken back")
    version: int = Field(description="Grows with every change to the mentee or a goal; the ETag is made from it")
    archived_at: dt.datetime | None
    created_at: dt.datetime


class MenteeSearch(Body):
    """Which mentees to list. In a body and not in the address, where names would be written down on the way."""

    name: Line = Field("", max_length=200, description="Every word stands somewhere in the name", examples=["Amina"])
    programme_id: Identifier | None = None
    archived: bool = False
    order: MenteeOrder = MenteeOrder.NAME
    limit: int = Field(50, ge=1, le=100, description="Items on a page")
    cursor: str | None = Field(None, max_length=2000, description="`next` of the page before")


class MenteePage(Answer):
    """One page of mentees."""

    items: list[MenteeView]
    next: str | None


class MentorChoice(Answer):
    """A mentor of the mentee's programme."""

    id: str = Field(examples=["mtr_01k9z5v3q8m4n7p2r6s1t0w9xy"])
    name: str
    mentoring: bool = Field(description="Whether they mentor this mentee now")


class MentorChoices(Answer):
    """One page of them, by name."""

    items: list[MentorChoice]
    next: str | None


class MenteeExport(Answer):
    """What is kept about a mentee, by table.

    Never in it: hashes of links, vectors, mails to mentors that tell of other mentees too, and copies that go by
    themselves (stored answers after 48 hours, events for programs after 30 days).
    """

    exported_at: dt.datetime
    complete: bool = Field(description="false: without other mentors' private notes, reminders and feeds, if any")
    mentee: dict[str, Any]
    goals: list[dict[str, Any]]
    decisions: list[dict[str, Any]]
    notes: list[dict[str, Any]]
    reminders: list[dict[str, Any]]
    forwards: list[dict[str, Any]]
    replies: list[dict[str, Any]]
    messages: list[dict[str, Any]]
    rankings: list[dict[str, Any]]
    links: list[dict[str, Any]]
    record: list[dict[str, Any]] = Field(description="Who saw, changed and sent what of theirs, oldest first")
    others: dict[str, list[dict[str, Any]]] = Field(description="Rows of every further table that tells of them")
