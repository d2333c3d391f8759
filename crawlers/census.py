"""What a source's drafts look like together, counted as they pass: the evidence of a changed layout.

A reader that slipped by one field still gives drafts; only together do they look wrong.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from catalog.drafts import Deadline, PostingDraft
from catalog.values import AOE
from catalog.words import Funding

WATCHED = ("organisation", "description", "deadlines", "requirements", "places", "funding")
"""Fields whose usual share of filled drafts is compared with earlier runs."""


@dataclass
class Census:
    """Counts over the drafts of one source in one run."""

    drafts: int = 0
    filled: Counter[str] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)
    characters: int = 0
    unreadable: int = 0  # U+FFFD, which stands where bytes could not be decoded
    dated: int = 0
    past: int = 0  # drafts all of whose deadlines have passed

    def count(self, draft: PostingDraft, as_of: dt.datetime) -> None:
        """Take a draft into account."""
        self.drafts += 1
        self.filled.update(name for name in WATCHED if _is_filled(getattr(draft, name)))
        self.titles[draft.title.casefold()[:80]] += 1
        text = draft.title + draft.description
        self.characters += len(text)
        self.unreadable += text.count("�")
        live = [deadline for deadline in draft.deadlines if not deadline.superseded and deadline.on is not None]
        self.dated += bool(live)
        self.past += bool(live) and all(_has_passed(deadline, as_of) for deadline in live)

    def summary(self) -> dict[str, Any]:
        """The counts as shares, as they are kept with the run."""
        whole = self.drafts or 1
        return {
            "items": self.drafts,
            "filled": {name: round(self.filled[name] / whole, 3) for name in WATCHED},
            "same_title": max(self.titles.values(), default=0),
            "unreadable": round(self.unreadable / (self.characters or 1), 4),
            "dated": self.dated,
            "past": self.past,
        }


def _is_filled(value: Any) -> bool:
    return value is not Funding.UNKNOWN and bool(value)


def _has_passed(deadline: Deadline, as_of: dt.datetime) -> bool:
    if deadline.at is not None:
        return deadline.at < as_of
    return deadline.on is not None and deadline.on < as_of.astimezone(AOE).date()
