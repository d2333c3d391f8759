"""Reasons to trust a journal's call or an event, and against it, as they are shown."""

from pydantic import Field

from api.languages import Said
from api.schemas.shapes import Answer
from recommender.trust import Side, Witness


class TrustReasonView(Answer):
    """One reason for or against trusting a journal's call or an event, or what is not known. Never a score."""

    side: Side = Field(description="for, against, or unknown: what could not be found out")
    code: str = Field(description="A stable name for the reason", examples=["in_doaj"])
    text: Said = Field(
        description="The reason as a sentence",
        examples=["The Directory of Open Access Journals lists the journal."],
    )
    witness: Witness = Field(description="Who says so: the page, its address, or a register")
    quote: str = Field("", description="The words of the page that it rests on, where it is the page that speaks")
