"""Forwarding several opportunities to several mentees in one go."""

from pydantic import Field

from api.languages import Said
from api.schemas.forwards import ForwardTarget, ForwardView, NoMail, TemplateId, WarningView
from api.schemas.shapes import Answer, Body, Identifier, Line, Person, Text
from catalog.words import Channel

PAIRS_AT_MOST = 50


class Refusal(Answer):
    """Why one pair was not forwarded: a problem as it would be answered alone."""

    type: str = Field(examples=["https://opportune.example.org/problems/email-not-possible"])
    code: str = Field(examples=["email-not-possible"])
    status: int = Field(examples=[409])
    title: Said = Field(description="What kind of problem, in the reader's language")
    detail: Said = Field(description="What happened and what to do, in the reader's language")


class DraftsBody(Body):
    """Which opportunities, to whom: every mentee with every opportunity."""

    mentee_ids: list[Identifier] = Field(min_length=1, max_length=PAIRS_AT_MOST)
    opportunity_ids: list[Identifier] = Field(
        min_length=1, max_length=PAIRS_AT_MOST, description=f"Times `mentee_ids` at most {PAIRS_AT_MOST} pairs"
    )
    template_id: TemplateId = None
    one_mail_per_mentee: bool = Field(
        False, description="Each message is then the part about its call; beginning and end are added when it is sent"
    )


class PairDraft(Answer):
    """The message for one mentee about one opportunity, or why there is none."""

    mentee_id: str
    opportunity_id: str
    mentee: Person | None
    opportunity_title: str
    subject: str
    message: str
    goal_id: str | None
    email_possible: bool
    no_mail: NoMail | None = Field(None, description="Why mail cannot be sent; null where it can")
    warnings: list[WarningView]
    refused: Refusal | None


class DraftsView(Answer):
    """A draft for each pair, mentee by mentee in the order given. Nothing is stored."""

    items: list[PairDraft]


class PairBody(ForwardTarget):
    """One opportunity for one mentee. Without `subject` or `message` the draft is used as it is."""

    subject: Line | None = Field(None, min_length=1, max_length=300)
    message: Text | None = Field(None, min_length=1, max_length=10_000)
    note: Text = Field("", max_length=2000, description="For you and your co-mentors; not sent")


class BatchBody(Body):
    """The pairs that were chosen."""

    items: list[PairBody] = Field(min_length=1, max_length=PAIRS_AT_MOST)
    channel: Channel = Field(description="email: we send them; copy: you take the texts and send them yourself")
    template_id: TemplateId = None
    one_mail_per_mentee: bool = Field(False, description="Several opportunities for one mentee go in one mail")


class PairResult(Answer):
    """What became of one pair: a forward, or why there is none."""

    mentee_id: str
    opportunity_id: str
    forward: ForwardView | None
    refused: Refusal | None
    warnings: list[WarningView]


class LetterView(Answer):
    """One message about several opportunities, as it is sent or to be copied."""

    mentee: Person
    subject: str
    message: str
    forward_ids: list[str]


class BatchResult(Answer):
    """What a batch did, pair by pair in the order given."""

    items: list[PairResult]
    letters: list[LetterView] = Field(description="With one_mail_per_mentee: what each mentee is sent, or to be sent")
    made: int = Field(examples=[3])
    refused: int = Field(examples=[0])
