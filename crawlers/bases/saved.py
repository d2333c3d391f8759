"""A body that was fetched or saved, apart from how it was got: what every base reads."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from catalog.drafts import PostingDraft
from crawlers.bases.refusal import Refusal

Found = PostingDraft | Refusal


@dataclass(frozen=True, slots=True)
class Saved:
    """One response body. `content_type` is what the server claimed, which may be untrue.

    `as_of` (aware) is the moment for which the page is read: years are inferred from it.
    `context` is what an earlier page said of this one (a list card about its detail page).
    """

    body: bytes
    url: str
    as_of: dt.datetime
    content_type: str = ""
    context: dict[str, Any] = field(default_factory=dict)
