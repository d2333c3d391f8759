"""Watched pages: what a coordinator asks to have read every night, and how that goes."""

import datetime as dt

from pydantic import Field

from api.languages import Said
from api.schemas.shapes import Answer, Body, Line, Person
from catalog.words import Kind, RunVerdict


class WatchBody(Body):
    """A page to watch. Naming one that is watched already says anew what it is."""

    url: Line = Field(min_length=1, max_length=2048, examples=["https://example.org/fellowship"])
    kind: Kind | None = Field(None, description="What the page is about, where it does not say so plainly")
    organisation: Line = Field("", max_length=300, description="Whose page it is", examples=["Example Foundation"])


class WatchedPageView(Answer):
    """A watched page and its last reading."""

    id: str = Field(examples=["wpg_5q0k3v8m1n7p2r6s4t9w0xyza"])
    url: str
    kind: Kind | None
    organisation: str
    added_by: Person | None
    created_at: dt.datetime
    checked_at: dt.datetime | None = Field(description="When it was last asked for; null before the first night")
    read_at: dt.datetime | None = Field(description="When something was last found on it")
    verdict: RunVerdict | None = Field(description="How the last reading went; null before the first")
    reason: str = Field(description="`code` or `code: particulars` where it did not go well", examples=["gone: 404"])
    bad_nights: int = Field(description="In a row, up to now")
    advice: Said = Field(
        description="What to do about it, in the reader's language; empty when all is well",
        examples=["It leads to another site now. Look at it there, and watch that address instead."],
    )
    found: int = Field(description="Postings found on it so far that are still there")


class WatchedPages(Answer):
    """All watched pages, those that need somebody first."""

    items: list[WatchedPageView]
    next: str | None = None
