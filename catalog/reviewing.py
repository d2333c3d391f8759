"""What a person is asked about a posting, and what their decision means for it from then on. Pure.

While somebody has not looked, the posting is shown with a mark, never as certain. A refused one
does not come back until it says something else; a mend holds until the source's own value changes.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from catalog.drafts import PostingDraft
from catalog.mending import Mends, mended, own_value, says_it_itself, still_holding
from catalog.words import ReviewState

IN_REVIEW_FLAG = "in_review"
"""On a posting about which a person is still to decide."""
_GIST = ("title", "organisation", "kind", "outcome", "deadline", "opens")


class DoubtCode(StrEnum):
    """Why a person is asked."""

    KIND_INFERRED = "kind_inferred"
    DATES_DISAGREE = "dates_disagree"
    DATE_AMBIGUOUS = "date_ambiguous"
    WEEKDAY_WRONG = "weekday_wrong"
    DATE_IMPOSSIBLE = "date_impossible"
    YEAR_UNKNOWN = "year_unknown"
    DEADLINE_NOT_FOUND = "deadline_not_found"
    MOVED_EARLIER = "moved_earlier"
    FIRST_READING = "first_reading"
    REFUSED_BEFORE = "refused_before"
    CHANGED_SINCE_MENDED = "changed_since_mended"


_ABOUT_DEADLINES = frozenset(
    {
        DoubtCode.DATES_DISAGREE,
        DoubtCode.DATE_AMBIGUOUS,
        DoubtCode.WEEKDAY_WRONG,
        DoubtCode.DATE_IMPOSSIBLE,
        DoubtCode.YEAR_UNKNOWN,
        DoubtCode.DEADLINE_NOT_FOUND,
        DoubtCode.MOVED_EARLIER,
    }
)
"""What mending the deadline settles."""
_ONCE = frozenset(
    {
        DoubtCode.MOVED_EARLIER,
        DoubtCode.REFUSED_BEFORE,
        DoubtCode.CHANGED_SINCE_MENDED,
    }
)
"""What is seen only on the night it happens, and is asked until somebody answers."""


class Doubt(BaseModel):
    """One reason to ask, in words, with the words of the page that gave it."""

    model_config = ConfigDict(frozen=True)

    code: DoubtCode
    says: str
    quotes: tuple[str, ...] = ()


def is_first_look(before: "Review | None") -> bool:
    """Whether a person is still to look at the first that was read of a place."""
    if before is None or before.state is not ReviewState.WAITING:
        return False
    return any(one.code is DoubtCode.FIRST_READING for one in before.doubts)


@dataclass(frozen=True, slots=True)
class Review:
    """What is known of a posting's review: where it stands, what is asked, what was put right, what it was about."""

    state: ReviewState = ReviewState.WAITING
    doubts: tuple[Doubt, ...] = ()
    mends: Mends = field(default_factory=dict)
    gist: str = ""
    why: str = ""


def gist(draft: PostingDraft) -> str:
    """Of what people decide about: what it is, whose, and when. Wording around it may change every night."""
    said = [own_value(draft, name) for name in _GIST]
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def is_refused(draft: PostingDraft, refused_gist: str) -> bool:
    """Whether this is still the posting that a person refused; a refusal without a gist is of whatever it says."""
    return not refused_gist or gist(draft) == refused_gist


def review(draft: PostingDraft, doubts: Sequence[Doubt], before: Review | None, *, over: bool = False) -> Review | None:
    """Where a posting's review stands after it was read again; None when nobody need look.

    `draft` is what the source says, without mends; `doubts` are those of this reading. Of what is
    `over` nobody is asked what happened on an earlier night.
    """
    now = gist(draft)
    if before is None:
        return Review(doubts=tuple(doubts), gist=now) if doubts else None
    if before.state is ReviewState.WAITING:
        kept = [one for one in before.doubts if one.code in _ONCE and not over]
        return _asked(draft, [*kept, *doubts], before)
    if before.gist == now:
        return before
    if before.state is ReviewState.REFUSED:
        words = f"A person refused it before{f' ({before.why})' if before.why else ''}; it says something else now."
        return _asked(draft, [Doubt(code=DoubtCode.REFUSED_BEFORE, says=words), *doubts], before)
    return _asked(draft, doubts, before)


def _asked(draft: PostingDraft, doubts: Sequence[Doubt], before: Review) -> Review | None:
    """Ask what is open now; a settled review stays settled when nothing is, and one that waited is over."""
    mends = still_holding(draft, before.mends)
    moved = {
        name: mend for name, mend in before.mends.items() if name not in mends and not says_it_itself(draft, name, mend)
    }
    asked = [_has_moved(name, mend.value) for name, mend in moved.items()]
    asked += [one for one in doubts if not ("deadline" in mends and one.code in _ABOUT_DEADLINES)]
    asked = [one for one in asked if not ("kind" in mends and one.code is DoubtCode.KIND_INFERRED)]
    if asked:
        return Review(ReviewState.WAITING, _one_each(asked), mends, gist(draft))
    if before.state is ReviewState.WAITING and not mends:
        return None
    return Review(ReviewState.MENDED if mends else ReviewState.ACCEPTED, (), mends, gist(draft), before.why)


def _has_moved(name: str, value: str) -> Doubt:
    words = f"A person put its {name} right ({value}); since then the source itself has changed it."
    return Doubt(code=DoubtCode.CHANGED_SINCE_MENDED, says=words)


def _one_each(doubts: Sequence[Doubt]) -> tuple[Doubt, ...]:
    """The newest of each sort, in the order in which the sorts came up."""
    return tuple({one.code: one for one in doubts}.values())


def as_shown(draft: PostingDraft, review: Review | None) -> PostingDraft:
    """The posting as mentors are to see it: mended where a person mended it, marked while nobody has decided."""
    if review is None:
        return draft
    shown = mended(draft, review.mends)
    if review.state is not ReviewState.WAITING:
        return shown
    return shown.model_copy(update={"flags": tuple(dict.fromkeys((*shown.flags, IN_REVIEW_FLAG)))})
