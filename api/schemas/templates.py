"""Templates for messages: a subject and a body with named places."""

from typing import Literal

from pydantic import Field

from api.schemas.shapes import Answer, Body, Identifier, Line, Text

Language = Literal["en", "es"]
"""Languages in which we write what stands in the places."""

_SUBJECT = "One line, with places such as {title} and {due}"
_BODY = "Plain text with places such as {mentee}, {why} and {reply_link}; GET /v1/templates lists all of them"
_EXAMPLE = "Hello {mentee},\n\n{what}\n\n{why}\n\n{by_when} {start_by}\n\n{link}\n{reply_link}\n\n{mentor}"


class TemplateBody(Body):
    """A new template."""

    name: Line = Field(min_length=1, max_length=100, examples=["Short and friendly"])
    subject: Line = Field(min_length=1, max_length=300, description=_SUBJECT, examples=["{title} {due}"])
    body: Text = Field(min_length=1, max_length=8000, description=_BODY, examples=[_EXAMPLE])
    language: Language = Field("en", description="The language of what we put in the places")
    preferred: bool = Field(False, description="Used where no template is named; only one is")


class TemplatePatch(Body):
    """Fields of a template to change; what is left out, or null, stays."""

    name: Line | None = Field(None, min_length=1, max_length=100)
    subject: Line | None = Field(None, min_length=1, max_length=300, description=_SUBJECT)
    body: Text | None = Field(None, min_length=1, max_length=8000, description=_BODY)
    language: Language | None = None
    preferred: bool | None = None


class PreviewBody(Body):
    """A template to look at, filled in for one of my mentees, or for an invented one."""

    subject: Line = Field(min_length=1, max_length=300, description=_SUBJECT, examples=["{title} {due}"])
    body: Text = Field(min_length=1, max_length=8000, description=_BODY, examples=[_EXAMPLE])
    language: Language = "en"
    mentee_id: Identifier | None = Field(None, description="With `opportunity_id`; left out: an invented example")
    opportunity_id: Identifier | None = None


class TemplateView(Answer):
    """One template: yours, or one of ours, which is not changed."""

    id: str = Field(examples=["tpl_01k9z5v3q8m4n7p2r6s1t0w9xy"])
    name: str
    subject: str
    body: str
    language: str
    preferred: bool
    ours: bool
    version: int = Field(description="The ETag is made from it")


class TemplatePlaceView(Answer):
    """A name that may stand in braces."""

    name: str = Field(examples=["why"])
    stands_for: str


class TemplateList(Answer):
    """Yours by name, then ours; there is never a second page."""

    items: list[TemplateView]
    next: str | None = None
    places: list[TemplatePlaceView] = Field(description="Every place that a template may have")


class Preview(Answer):
    """The message as it would be drafted."""

    subject: str
    message: str
