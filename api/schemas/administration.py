"""Programmes, the accounts in them, invitations, and the record of what was done."""

import datetime as dt
from typing import Literal

from pydantic import EmailStr, Field

from api.schemas.access import ProgrammeView
from api.schemas.shapes import Answer, Body, Identifier, Line, Person
from catalog.audited import AuditAction
from catalog.words import Role, SuppressionReason


class ProgrammeBody(Body):
    """A programme's name, which no other has."""

    name: Line = Field(min_length=1, max_length=200, examples=["Lakeside mentoring"])


class AdministeredProgramme(Answer):
    """A programme with how many people are in it."""

    id: str
    name: str
    mentors: int
    mentees: int
    created_at: dt.datetime
    version: int = Field(description="Send it as If-Match with a change", examples=[3])


class ProgrammePage(Answer):
    """Programmes by name."""

    items: list[AdministeredProgramme]
    next: str | None = None


class AccountView(Answer):
    """Somebody's account."""

    id: str
    name: str
    email: EmailStr
    role: Role = Field(description="The highest they hold in any programme")
    active: bool
    version: int = Field(description="Send it as If-Match with a change, also of a place in a programme", examples=[3])
    no_mail: SuppressionReason | None = Field(
        description="Why their address is not written to, `bounced` only: no link, no digest reaches them"
    )
    has_password: bool = Field(description="Whether they have chosen one; others sign in through the organisation")
    programmes: list[ProgrammeView] = Field(description="Those that you administer")
    created_at: dt.datetime


class AccountPage(Answer):
    """Accounts by address."""

    items: list[AccountView]
    next: str | None = None


class AccountSearch(Body):
    """Which accounts to list. In a body and not in the address, where names would be written down on the way."""

    name: Line = Field(
        "", max_length=200, description="Every word stands somewhere in the name or the address", examples=["cyd har"]
    )
    programme_id: Identifier | None = Field(None, description="Of this programme only, which you administer")
    limit: int = Field(50, ge=1, le=100, description="Items on a page")
    cursor: str | None = Field(None, max_length=2000, description="`next` of the page before")


class AccountPatch(Body):
    """What to change of an account; what is left out, or null, stays."""

    active: bool | None = Field(None, description="false ends all sessions, tokens, keys, feeds and webhooks at once")
    administrator: bool | None = Field(None, description="For administrators; the last one stays one")


class PlaceBody(Body):
    """What somebody is in a programme."""

    coordinator: bool = False


Delivery = Literal["email", "link"]


class ResetBody(Body):
    """How a link for a new password reaches its owner."""

    deliver: Delivery = "email"


class InvitationBody(Body):
    """Who is to join."""

    email: str = Field(min_length=3, max_length=320, examples=["gus@example.org"])
    programme_id: Identifier | None = Field(None, description="Coordinators must name one of theirs")
    role: Role = Role.MENTOR
    deliver: Delivery = Field("email", description="By mail, or as a link that is shown to you once")


class InvitationView(Answer):
    """An invitation that can still be taken up."""

    id: str
    email: EmailStr
    role: Role
    programme_id: str | None
    reset: bool = Field(description="For a new password, of somebody who has an account")
    created_at: dt.datetime
    expires_at: dt.datetime


class NewInvitationView(InvitationView):
    """An invitation just made."""

    delivered: Delivery
    link: str | None = Field(description="Only with `deliver: link`, and only now; hand it over yourself")


class InvitationPage(Answer):
    """The newest hundred; there is never a second page."""

    items: list[InvitationView]
    next: str | None = None


class AuditActor(Answer):
    """Who did it, and as whom."""

    kind: str = Field(description="mentor, key (a program's), command (the operator), reply_link (a mentee), feed")
    id: str
    person: Person | None = Field(description="The mentor, also behind a key or a feed")


class AuditEntryView(Answer):
    """Somebody did something to something. Holds no text that anybody wrote."""

    id: str
    at: dt.datetime
    actor: AuditActor
    action: AuditAction | str = Field(
        description="What they did; another version may have noted what this one has no word for"
    )
    object_type: str = Field(examples=["forward"])
    object_id: str
    mentee: Person | None = Field(description="Whom it concerns; null: nobody, or somebody who was erased")
    result: str = Field(examples=["ok"])
    request_id: str


class AuditPage(Answer):
    """Entries, newest first."""

    items: list[AuditEntryView]
    next: str | None = None
