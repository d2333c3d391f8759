"""Mentees, their goals, and what their mentors decided for them."""

import datetime as dt
from typing import Annotated, Any

from pydantic import AfterValidator, EmailStr, Field

from api.schemas.forwards import ForwardedOpportunity
from api.schemas.shapes import Answer, Body, Countries, CountryCode, Identifier, Line, Names, Person, Text
from catalog.cohort.words import language_code
from catalog.stores.mentees import MenteeOrder
from catalog.tables.people import GOAL_LENGTH
from catalog.values import Day, Year
from catalog.words import CareerStage, DecisionKind, Degree, DismissReason, Horizon, Profession, SuppressionReason


def _language(text: str) -> str:
    return language_code(text) or text


Languages = Annotated[
    Names,
    AfterValidator(lambda names: list(dict.fromkeys(map(_language, names)))),
    Field(description="ISO 639 codes; names in English or Spanish become codes, others are kept as they are"),
]


class GoalBody(Body):
    """A goal: one sentence of its own, or a few."""

    text: Text = Field(
        min_length=1, max_length=GOAL_LENGTH, examples=["A funded research year in paediatric cardiology in Europe"]
    )
    horizon: Horizon = Horizon.THIS_YEAR
    weight: float = Field(1.0, gt=0, le=10, description="How much it counts beside the mentee's other goals")


class GoalPatch(Body):
    """Fields of a goal to change; what is left out, or null, stays."""

    text: Text | None = Field(None, min_length=1, max_length=GOAL_LENGTH)
    horizon: Horizon | None = None
    weight: float | None = Field(None, gt=0, le=10)
    position: int | None = Field(None, ge=0, le=9, description="Its place among the live goals, from 0")
    archived: bool | None = None


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


class GoalView(Answer):
    """One goal of a mentee."""

    id: str = Field(examples=["gol_01k9z5v3q8m4n7p2r6s1t0w9xy"])
    text: str
    horizon: Horizon
    weight: float
    position: int
    archived_at: dt.datetime | None
    created_at: dt.datetime


class GoalPage(Answer):
    """All of them; there is never a second page."""

    items: list[GoalView]
    next: str | None = None


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
    """All of them, by name; there is never a second page."""

    items: list[MentorChoice]
    next: str | None = None


class DecisionBody(Body):
    """Save, snooze or dismiss an opportunity for a mentee. A new decision replaces the last one."""

    opportunity_id: Identifier = Field(examples=["opp_5q0k3v8m1n7p2r6s4t9w0xyza"])
    kind: DecisionKind
    reason: DismissReason | None = Field(None, description="Needed to dismiss; of no other kind")
    until: Day | None = Field(None, description="Needed to snooze: it comes back on this day. Of no other kind")


class DecisionView(Answer):
    """What was decided."""

    id: str
    mentee_id: str
    opportunity_id: str
    opportunity_title: str
    kind: DecisionKind
    reason: DismissReason | None
    until: dt.date | None
    decided_by: Person | None
    created_at: dt.datetime


class DecidedView(DecisionView):
    """What was decided, with the opportunity as it stands now: a row of a list of what was saved."""

    opportunity: ForwardedOpportunity


class DecisionPage(Answer):
    """One page of decisions, newest first."""

    items: list[DecidedView]
    next: str | None


class ConfirmationBody(Body):
    """That the mentee meets what this opportunity asks in these words."""

    opportunity_id: Identifier = Field(examples=["opp_5q0k3v8m1n7p2r6s4t9w0xyza"])
    quote: str = Field(
        min_length=1,
        max_length=1000,
        description="The `quote` of one of its requirements",
        examples=["Applicants must be members of the Lakeside Society."],
    )


class ConfirmationView(Answer):
    """A mentor's word that a mentee meets what one opportunity asks. It counts while the opportunity asks it so."""

    id: str
    mentee_id: str
    opportunity_id: str
    quote: str
    confirmed_by: Person | None
    created_at: dt.datetime


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
