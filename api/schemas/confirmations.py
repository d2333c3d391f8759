"""Mentors' words that a mentee meets what one opportunity asks."""

import datetime as dt

from pydantic import Field

from api.schemas.forwards import ForwardedOpportunity
from api.schemas.shapes import Answer, Body, Identifier, Person


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


class ConfirmedCondition(ConfirmationView):
    """Such a word, with the opportunity as it stands now: a row of a list of what was confirmed."""

    counts: bool = Field(
        description="Whether the opportunity asks it in these words still, so that it bears on the verdict"
    )
    opportunity: ForwardedOpportunity


class ConfirmationPage(Answer):
    """One page of what was confirmed of a mentee, newest first."""

    items: list[ConfirmedCondition]
    next: str | None
