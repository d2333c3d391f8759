"""Several postings of one opportunity made into one record: for each field the best source that says it.

What depends on each other stays together (a timing with its deadlines), and every value keeps the
words of the posting it came from. What a person put right comes before what any source says.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from catalog.drafts import PostingDraft
from catalog.mending import mended_columns
from catalog.words import Funding, Timing, Way

_TRUST = {way: place for place, way in enumerate((
    Way.JSON_API, Way.STRUCTURED_DATA, Way.CALENDAR, Way.DETAIL, Way.LISTING, Way.PAGE_WATCH, Way.SITEMAP, Way.FEED,
    Way.WORDPRESS,
))}  # fmt: skip
"""Data a publisher made for programs before what was read from its pages, and those before retellings."""


def _always(_draft: PostingDraft) -> bool:
    return True


_FIELDS: tuple[tuple[tuple[str, ...], Callable[[PostingDraft], bool]], ...] = (
    (("outcome",), _always),
    (("title",), _always),
    (("organisation",), lambda draft: bool(draft.organisation)),
    (("url",), _always),
    (("summary",), lambda draft: bool(draft.summary)),
    (("description",), lambda draft: bool(draft.description)),
    (("language",), lambda draft: bool(draft.language)),
    (("places",), lambda draft: bool(draft.places)),
    (("remote",), lambda draft: draft.remote is not None),
    (("timing", "deadlines"), lambda draft: draft.timing is not Timing.UNKNOWN or bool(draft.deadlines)),
    (("opens",), lambda draft: draft.opens is not None),
    (("starts", "ends"), lambda draft: draft.starts is not None),
    (("requirements",), lambda draft: bool(draft.requirements)),
    (("funding", "money"), lambda draft: draft.funding is not Funding.UNKNOWN or bool(draft.money)),
)


@dataclass(frozen=True, slots=True)
class Voice:
    """One posting as it counts in a merge."""

    way: Way
    draft: PostingDraft
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Merged:
    """The best of each field by column name, and which source each group of fields came from."""

    values: dict[str, Any]
    said_by: dict[str, PostingDraft]


def merge(voices: Sequence[Voice]) -> Merged:
    """Make one record of an opportunity's postings; those withdrawn count only when no other is left."""
    live = [voice for voice in voices if not voice.withdrawn] or list(voices)
    ordered = [voice.draft for voice in sorted(live, key=_rank)]
    values: dict[str, Any] = {}
    quotes: dict[str, str] = {}
    said_by: dict[str, PostingDraft] = {}
    for names, says in _FIELDS:
        by_a_person = next((draft for draft in ordered if mended_columns(draft).intersection(names)), None)
        best = by_a_person or next((draft for draft in ordered if says(draft)), ordered[0])
        for name in names:
            values[name] = getattr(best, name)
            said_by[name] = best
            if name in best.quotes:
                quotes[name] = best.quotes[name]
    values["quotes"] = quotes
    values["tags"] = _in_order(tag for draft in ordered for tag in draft.tags)
    values["flags"] = sorted({flag for draft in ordered for flag in draft.flags})
    values["text_hash"] = text_hash(values)
    return Merged(values=values, said_by=said_by)


def text_hash(values: dict[str, Any]) -> str:
    """Of what is embedded: when it is the same, no passage needs to be made anew."""
    parts = (values["title"], values["organisation"], values["summary"], values["description"], *values["tags"])
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _rank(voice: Voice) -> tuple[int, str, str]:
    return _TRUST[voice.way], voice.draft.source, voice.draft.key


def _in_order(tags: Any) -> list[str]:
    return list(dict.fromkeys(tags))
