"""Forwarding an opportunity to a mentee, and what comes back."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from api.languages import Said
from api.schemas.opportunities import ChangeView
from api.schemas.shapes import Answer, Body, DeadlineView, Identifier, Line, Person, Text
from catalog.values import Day
from catalog.words import Channel, DeliveryState, DismissReason, Kind, ReplyAnswer, Status

REPLY_LINK = "{reply_link}"
"""Stands in a message for the mentee's own reply address, which is made when it is sent."""


TemplateId = Annotated[
    Identifier | None,
    Field(description="One of yours, or `standard-en`, `standard-es`; left out: the one you prefer, else ours"),
]


class ForwardTarget(Body):
    """Which opportunity, to whom."""

    mentee_id: Identifier = Field(examples=["mte_01k9z5v3q8m4n7p2r6s1t0w9xy"])
    opportunity_id: Identifier = Field(examples=["opp_5q0k3v8m1n7p2r6s4t9w0xyza"])
    goal_id: Identifier | None = Field(None, description="The goal to write about; left out: the best served one")


class DraftTarget(ForwardTarget):
    """Which opportunity, to whom, in which template."""

    template_id: TemplateId = None


class ForwardBody(DraftTarget):
    """A forward. Without `subject` or `message` the draft is used as it is."""

    channel: Channel = Field(description="email: we send it; copy: you take the text and send it yourself")
    subject: Line | None = Field(None, min_length=1, max_length=300)
    message: Text | None = Field(
        None,
        min_length=1,
        max_length=10_000,
        description=f"Plain text. {REPLY_LINK} stands for the mentee's reply address, which is added if it is missing",
    )
    note: Text = Field("", max_length=2000, description="For you and your co-mentors; not sent")
    notice_id: Identifier | None = Field(
        None,
        description="Pass this change on: without `subject` or `message` its own draft is sent, and the notice "
        "is seen to with it",
    )


class WarningView(Answer):
    """Something to know, not a wall."""

    code: str = Field(
        description=(
            "sent_before, sent_by_co_mentor, earlier_edition_sent, duplicate_sent (another posting of what is likely "
            "the same), closed, ineligible, unknown_eligibility, address_bounced, address_unsubscribed"
        ),
        examples=["sent_before"],
    )
    detail: Said = Field(examples=["Sent to this mentee on 3 March 2027."])
    forward_id: str | None = None


class NoMail(StrEnum):
    """Why somebody cannot be sent mail, so that the message is to be copied."""

    NO_SERVER = "no_server"
    NO_ADDRESS = "no_address"
    BOUNCED = "bounced"
    UNSUBSCRIBED = "unsubscribed"


class ForwardDraft(Answer):
    """A message to review before it is sent."""

    subject: str = Field(examples=["Summer School in Global Surgery (by 31 March 2027)"])
    message: str
    goal_id: str | None
    email_possible: bool = Field(description="Whether mail can be sent: a mail server is set and an address is on file")
    no_mail: NoMail | None = Field(None, description="Why mail cannot be sent; null where it can")
    warnings: list[WarningView]


class ReplyView(Answer):
    """What came back."""

    id: str
    answer: ReplyAnswer
    why: DismissReason | None = Field(description="Of not_for_me, in one of our words; lists learn from it")
    reason: str
    remind_on: dt.date | None
    by_mentor: bool
    created_at: dt.datetime


class ForwardedOpportunity(Answer):
    """An opportunity that was forwarded, or decided about, as it stands now."""

    id: str
    kind: Kind
    title: str
    organisation: str
    url: str
    status: Status
    deadline: DeadlineView | None
    closes_at: dt.datetime | None


class ForwardView(Answer):
    """A forward, where its message is, and the newest answer."""

    id: str = Field(examples=["fwd_01k9z5v3q8m4n7p2r6s1t0w9xy"])
    mentee: Person | None = Field(description="null once the mentee was erased")
    opportunity: ForwardedOpportunity
    sent_by: Person | None
    goal_id: str | None
    channel: Channel
    subject: str
    message: str = Field(description="As it is sent, the reply address included")
    note: str
    state: DeliveryState = Field(description="held: inside the undo window; unknown: it may have gone out, ask")
    failed_because: str | None = Field(
        None,
        description="Of a mail that failed or is unknown: why, as the mail server said it; null where it is not so",
    )
    undo_until: dt.datetime | None
    created_at: dt.datetime
    settled_at: dt.datetime | None
    reply: ReplyView | None
    unanswered_days: int | None = Field(description="Whole days without an answer; null where one came or none can")
    changes_since_sent: list[ChangeView] = Field(description="What is no longer as it was when it was sent")
    mailed_with: str | None = Field(description="The forward whose mail carries this one too; they are undone together")


AnswerOrNone = Literal["interested", "not_for_me", "applied", "accepted", "rejected", "remind_me", "none"]
"""A `ReplyAnswer`, or that nothing came back."""


class ForwardResult(Answer):
    """What a forward request did. A list, so that many can be forwarded at once in a later version."""

    items: list[ForwardView]
    warnings: list[WarningView]


class ForwardPage(Answer):
    """One page of forwards, newest first."""

    items: list[ForwardView]
    next: str | None


class ReplyBody(Body):
    """A mentee's answer."""

    answer: ReplyAnswer
    why: DismissReason | None = Field(None, description="Why it is not for me, in one of our words")
    reason: Text = Field("", max_length=500, description="Why it is not for me, in own words")
    remind_on: Day | None = Field(None, description="Needed with remind_me")


class ReplyOpportunity(ForwardedOpportunity):
    """What the holder of a reply link may see of the opportunity."""

    summary: str


class ReplyPage(Answer):
    """What a reply link shows: one opportunity and the answers that can be given. Nothing about any person."""

    opportunity: ReplyOpportunity
    answers: list[ReplyAnswer]
    whys: list[DismissReason] = Field(description="What can be said with not_for_me")
    answered: ReplyAnswer | None = Field(description="The answer given last; it can be given anew")
    answered_at: dt.datetime | None
    remind_on: dt.date | None = Field(description="Of remind_me: the day that was given")
    expires_at: dt.datetime | None
