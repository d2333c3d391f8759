"""Mentors' notes about a mentee."""

import datetime as dt

from pydantic import Field

from api.schemas.shapes import Answer, Body, Identifier, Person, Text

NOTE_LENGTH = 5000


class NoteBody(Body):
    """A new note, about a mentee and perhaps about one opportunity."""

    text: Text = Field(min_length=1, max_length=NOTE_LENGTH, examples=["Prefers to start in autumn."])
    opportunity_id: Identifier | None = None
    private: bool = Field(
        False,
        description="For me alone, not for co-mentors. An administrator's export has it",
    )


class NotePatch(Body):
    """Fields of a note to change; what is left out, or null, stays."""

    text: Text | None = Field(None, min_length=1, max_length=NOTE_LENGTH)
    private: bool | None = Field(None, description="Changed by its author only")


class NoteView(Answer):
    """A note with who wrote it and who changed it last."""

    id: str = Field(examples=["nte_01k9z5v3q8m4n7p2r6s1t0w9xy"])
    mentee_id: str
    opportunity_id: str | None
    opportunity_title: str | None
    text: str
    private: bool
    written_by: Person | None
    changed_by: Person | None
    version: int = Field(description="The ETag is made from it")
    created_at: dt.datetime
    changed_at: dt.datetime | None


class NotePage(Answer):
    """One page of notes, newest first."""

    items: list[NoteView]
    next: str | None
