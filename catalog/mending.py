"""Putting right what was misread: which fields a person may mend, and how a value is written.

A mend holds until the source's own value changes: what the person corrected was that value.
"""

import datetime as dt
import json
import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from catalog.columns import as_json
from catalog.drafts import Deadline, Moment, PostingDraft
from catalog.words import DeadlinePurpose, Kind, Outcome, Precision, Timing

FIELDS: Mapping[str, str] = {
    "title": "text",
    "organisation": "text",
    "kind": ", ".join(Kind),
    "deadline": "YYYY-MM-DD, rolling, or unknown",
    "opens": "YYYY-MM-DD, or unknown",
    "starts": "YYYY-MM-DD, or unknown",
    "ends": "YYYY-MM-DD, or unknown",
    "outcome": f"{Outcome.OPEN}, {Outcome.CLOSED}",
}
"""What can be mended, and what its value looks like."""
UNKNOWN = "unknown"
MENDED_FLAG = "mended"
"""On a posting that a person has put right in part."""
BY_A_PERSON = "put right by a person on"
"""How the words for a mended value begin: by them a mended field is told from those that were read."""
_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENTS = ("opens", "starts", "ends")
_LONGEST = 500


class MendRefused(ValueError):
    """A field that cannot be mended, or a value it cannot have; the message says what it may be."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"{field}: {why}")
        self.field = field
        self.why = why


class Mend(BaseModel):
    """One field put right: the value as the person wrote it, the source's own value then, and the words for it."""

    model_config = ConfigDict(frozen=True)

    value: str
    was: Any = None
    quote: str = ""


Mends = dict[str, Mend]
_MENDS: TypeAdapter[Mends] = TypeAdapter(Mends)


def mends_in(stored: Mapping[str, Any]) -> Mends:
    """The mends as they were kept."""
    return _MENDS.validate_python(dict(stored))


def as_written(draft: PostingDraft, field: str) -> str:
    """What a source says of a field, as a person would write it; of several deadlines the first for its purpose."""
    if field == "deadline":
        if draft.timing is Timing.ROLLING:
            return Timing.ROLLING.value
        found = _replaced(draft, _purpose(draft))
        return next((one.on.isoformat() for one in found if one.on), UNKNOWN)
    value = getattr(draft, field)
    if field in _MOMENTS:
        return value.on.isoformat() if value and value.on else UNKNOWN
    return str(value)


def own_value(draft: PostingDraft, field: str) -> Any:
    """What a source itself says of a field, as plain JSON without the words that say it."""
    if field == "deadline":
        return [draft.timing.value, *(_bare(one) for one in draft.deadlines if not one.superseded)]
    value = getattr(draft, field)
    return _bare(value) if isinstance(value, Moment) else value and str(value)


def made_mends(
    draft: PostingDraft, values: Mapping[str, str], *, now: dt.datetime, why: str = "", besides: Mends | None = None
) -> Mends:
    """The mends of `draft` that these values come to, with those made before. Raises MendRefused for what cannot be."""
    if not values:
        raise MendRefused("mends", f"name at least one field of {', '.join(FIELDS)}")
    quote = (f"{BY_A_PERSON} {now.day} {now:%B %Y}" + (f": {why}" if why else ""))[:1000]
    made = dict(besides or {})
    for field, value in values.items():
        if field not in FIELDS:
            raise MendRefused(field, f"cannot be mended; {', '.join(FIELDS)} can")
        made[field] = Mend(value=" ".join(value.split()), was=own_value(draft, field), quote=quote)
    whole = mended(draft, made)
    if values.keys() & {"starts", "ends"} and _ends_too_soon(whole):
        raise MendRefused("ends" if "ends" in values else "starts", "it would end before it starts")
    return made


def _ends_too_soon(draft: PostingDraft) -> bool:
    if draft.starts is None or draft.starts.on is None or draft.ends is None or draft.ends.on is None:
        return False
    if Precision.MONTH in (draft.starts.precision, draft.ends.precision):
        return (draft.ends.on.year, draft.ends.on.month) < (draft.starts.on.year, draft.starts.on.month)
    return draft.ends.on < draft.starts.on


def mended(draft: PostingDraft, mends: Mends) -> PostingDraft:
    """The draft as a person put it right. Raises MendRefused."""
    if not mends:
        return draft
    whole = draft.model_dump()
    whole["flags"] = tuple(dict.fromkeys((*draft.flags, MENDED_FLAG)))
    for field, mend in mends.items():
        whole |= _changed(draft, field, mend)
        whole["quotes"] = {**whole["quotes"], ("timing" if field == "deadline" else field): mend.quote}
    try:
        return PostingDraft.model_validate(whole)
    except ValidationError as error:
        problem = error.errors()[0]
        raise MendRefused(str(problem["loc"][0] if problem["loc"] else "draft"), problem["msg"]) from error


def mended_columns(draft: PostingDraft) -> frozenset[str]:
    """What of a draft a person put right, as the merge of several postings calls it."""
    if MENDED_FLAG not in draft.flags:
        return frozenset()
    return frozenset(name for name, words in draft.quotes.items() if words.startswith(BY_A_PERSON))


def still_holding(draft: PostingDraft, mends: Mends) -> Mends:
    """The mends whose field the source still says as it did when a person mended it."""
    return {field: mend for field, mend in mends.items() if _same(own_value(draft, field), mend.was)}


def says_it_itself(draft: PostingDraft, field: str, mend: Mend) -> bool:
    """Whether the source now says what a person had put there."""
    return _same(own_value(mended(draft, {field: mend}), field), own_value(draft, field))


def _changed(draft: PostingDraft, field: str, mend: Mend) -> dict[str, Any]:
    if field == "deadline":
        return _deadline(draft, mend)
    if field in _MOMENTS:
        return {field: None if mend.value == UNKNOWN else _day(Moment, field, mend)}
    if field in ("title", "organisation"):
        if len(mend.value) > _LONGEST:
            raise MendRefused(field, f"at most {_LONGEST} characters")
        return {field: mend.value}
    allowed = {"kind": tuple(Kind), "outcome": (Outcome.OPEN, Outcome.CLOSED)}[field]
    if mend.value not in allowed:
        raise MendRefused(field, f"must be one of {', '.join(allowed)}")
    return {field: mend.value}


def _deadline(draft: PostingDraft, mend: Mend) -> dict[str, Any]:
    """One date in place of those for the same purpose; what is handed in before or besides it stays."""
    purpose = _purpose(draft)
    replaced = _replaced(draft, purpose)
    others = tuple(one for one in draft.deadlines if one not in replaced)
    if mend.value in (Timing.ROLLING, UNKNOWN):
        timing = Timing.ROLLING if mend.value == Timing.ROLLING else Timing.UNKNOWN
        return {"timing": timing, "deadlines": others}
    return {"timing": Timing.FIXED, "deadlines": (*others, _day(Deadline, "deadline", mend, purpose=purpose))}


def _purpose(draft: PostingDraft) -> DeadlinePurpose:
    """What is handed in by the deadline that a person means."""
    usual = DeadlinePurpose.PAPER if draft.kind is Kind.JOURNAL_CALL else DeadlinePurpose.APPLICATION
    named = [one.purpose for one in draft.deadlines if not one.superseded]
    return usual if usual in named or not named else named[0]


def _replaced(draft: PostingDraft, purpose: DeadlinePurpose) -> list[Deadline]:
    return [one for one in draft.deadlines if not one.superseded and one.purpose is purpose]


def _day(moment: type[Moment], field: str, mend: Mend, **more: Any) -> Moment:
    try:
        if not _WRITTEN.fullmatch(mend.value):  # fromisoformat takes 20270531 and 2027-W22-1, too
            raise ValueError(mend.value)
        day = dt.date.fromisoformat(mend.value)
    except ValueError:
        raise MendRefused(field, f"must be {FIELDS[field]}") from None
    if not 2000 <= day.year <= 2100:
        raise MendRefused(field, "is not a year of this century")
    return moment(precision=Precision.DAY, on=day, quote=mend.quote, **more)


def _bare(moment: Moment) -> dict[str, Any]:
    return as_json(
        moment.model_copy(update={"quote": "", "label": ""} if isinstance(moment, Deadline) else {"quote": ""})
    )


def _same(one: Any, other: Any) -> bool:
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
