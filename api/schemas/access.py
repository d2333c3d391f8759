"""Signing in, who one is, and the browsers one is signed in with."""

import datetime as dt
from typing import Literal

from pydantic import EmailStr, Field, SecretStr

from api.schemas.shapes import Answer, Body, Line, ZoneName
from catalog.credentials import PASSWORD_LENGTH
from catalog.words import DigestRhythm, Role, Scope, SuppressionReason

PASSWORD_MAXIMUM = PASSWORD_LENGTH.stop - 1


class SignInBody(Body):
    """Who, and the proof."""

    email: str = Field(min_length=3, max_length=320, examples=["mentor@example.org"])
    password: SecretStr = Field(min_length=1, max_length=PASSWORD_MAXIMUM)


class TakeUpBody(Body):
    """An invitation or a reset link, taken up by choosing a password."""

    token: SecretStr = Field(min_length=10, max_length=200, description="From the link; works once")
    password: SecretStr = Field(min_length=PASSWORD_LENGTH.start, max_length=PASSWORD_MAXIMUM)
    name: Line | None = Field(None, min_length=1, max_length=200, description="How mentees know you")
    keep_programs: bool = Field(
        False,
        description="Of a reset: leave the API keys, feeds and webhooks as they are. Otherwise they end with every "
        "session, since whoever knew the old password may have made them.",
    )


class ProgrammeView(Answer):
    """A programme one belongs to."""

    id: str
    name: str
    coordinator: bool


class MailQuotaView(Answer):
    """How many mails one may still send."""

    limit: int = Field(description="In any 24 hours", examples=[200])
    remaining: int = Field(examples=[188])
    more_at: dt.datetime | None = Field(description="When the oldest of them is a day old, and so one more is free")


class Me(Answer):
    """Who is calling, what they may do, and what this installation can do."""

    id: str = Field(examples=["mtr_01k9z5v3q8m4n7p2r6s1t0w9xy"])
    name: str
    email: EmailStr
    role: Role
    timezone: str
    locale: str = Field(description="Empty: not chosen, so that the page follows the browser", examples=["es"])
    shortcuts: bool = Field(description="Whether single-key shortcuts are on")
    digest_rhythm: DigestRhythm = Field(description="On which days one mail about all mentees is sent")
    digest_hour: int = Field(description="Of the day in `timezone`, from which it is sent", examples=[7])
    digest_weekday: int = Field(description="Of a weekly one; 0 is Monday", examples=[0])
    reminder_lead_days: int = Field(
        description="How long before a deadline one likes to be reminded: marked among the choices", examples=[14]
    )
    programmes: list[ProgrammeView]
    via: Literal["session", "token", "key"] = Field(description="A browser, a front end elsewhere, or a program's key")
    scopes: list[Scope]
    session_expires_at: dt.datetime | None = Field(description="The absolute end; it also ends after 30 idle minutes")
    email_available: bool = Field(description="Whether this installation can send mail")
    no_mail: SuppressionReason | None = Field(
        description="`bounced`: mail to you came back, so that you are sent no digest; `DELETE /v1/me/bounce` lifts it"
    )
    mail_quota: MailQuotaView
    version: int = Field(description="Grows with every change; send it, or the ETag, as If-Match", examples=[3])
    undo_seconds: int = Field(description="How long a forward by mail can be undone", examples=[20])


class MePatch(Body):
    """Settings of one's own to change; what is left out, or null, stays."""

    name: Line | None = Field(None, min_length=1, max_length=200)
    timezone: ZoneName | None = None
    locale: str | None = Field(
        None,
        pattern=r"^([a-z]{2,3}(-[A-Za-z0-9]{2,8})?)?$",
        description="Empty: the browser's, and English in mail",
        examples=["en"],
    )
    shortcuts: bool | None = None
    digest_rhythm: DigestRhythm | None = None
    digest_hour: int | None = Field(None, ge=0, le=23)
    digest_weekday: int | None = Field(None, ge=0, le=6, description="0 is Monday")
    reminder_lead_days: int | None = Field(None, ge=0, le=365)


class SessionView(Answer):
    """A browser that is signed in, or a front end elsewhere."""

    id: str
    user_agent: str
    bearer: bool = Field(description="A front end elsewhere, with tokens, rather than a browser with a cookie")
    current: bool
    created_at: dt.datetime
    last_seen_at: dt.datetime
    expires_at: dt.datetime


class SessionPage(Answer):
    """All of them; there is never a second page."""

    items: list[SessionView]
    next: str | None = None
