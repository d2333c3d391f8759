"""API keys of one's own."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from api.schemas.shapes import Answer, Body, Line
from catalog.words import Scope

Scopes = Annotated[list[Scope], AfterValidator(lambda found: sorted(set(found)))]


class KeyBody(Body):
    """What a program is to be allowed."""

    name: Line = Field(min_length=1, max_length=100, description="What it is for", examples=["ward screen"])
    scopes: Scopes = Field(
        default_factory=lambda: [Scope.READ], min_length=1, max_length=3, description="No more than you may"
    )
    days: int | None = Field(365, ge=1, le=3650, description="For how long; null for ever")


class KeyView(Answer):
    """A key, by its beginning."""

    id: str
    name: str
    prefix: str = Field(description="How the key begins", examples=["opp_live_3fQ9aZ"])
    scopes: list[Scope | str]
    state: Literal["active", "expired", "revoked"]
    current: bool = Field(description="The one that asks")
    created_at: dt.datetime
    expires_at: dt.datetime | None
    last_used_at: dt.datetime | None = Field(description="To the minute")
    revoked_at: dt.datetime | None


class NewKeyView(KeyView):
    """A key just made: the only time that it is shown."""

    key: str = Field(examples=["opp_live_…"], description="Keep it now: only its hash is stored")


class KeyPage(Answer):
    """Those that work first, then the newest; there is never a second page."""

    items: list[KeyView]
    next: str | None = None
