"""Lists as they were served, by date."""

import datetime as dt
from typing import Any

from pydantic import Field

from api.schemas.recommendations import RankingMark
from api.schemas.shapes import Answer


class RankingRow(Answer):
    """A list that was served, without what was in it."""

    ranking: RankingMark
    items: int = Field(description="How many opportunities it lists")
    filters: dict[str, Any] = Field(description="Those that were asked for")
    mentee_version: int = Field(description="Of the mentee for whom it was ranked")
    snapshot_id: str
    created_at: dt.datetime
    expires_at: dt.datetime = Field(description="Kept until then")


class RankingPage(Answer):
    """One page of them, newest first."""

    items: list[RankingRow]
    next: str | None
