"""How long ago a condition wants a degree to have been got: "within five years of the PhD", "graduated since 2021".

Years are read only where the page says what they are counted from and whether they are the most or the least.
What is said of training, of a first appointment or of certificates is left alone: nobody's facts tell of these.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from recommender.reckoning import CountedAt
from recommender.span_bounds import bound_at, is_more, is_negated, months_in
from recommender.span_dates import days_in
from recommender.span_patterns import before_it, compiled, counted_from, dated, from_which, labelled

_MAY_HOLD_ONE = re.compile(r"\b(?:19|20)\d\d\b|\b(?:year|yr|month|año|mes|an|année|ano|jahr|monat)\w*", re.IGNORECASE)
_DONE = re.compile(
    r"\s*-?\s*(?:(?:clinical|research|work|working|professional)\s+)*(?:experience|practice)", re.IGNORECASE
)
_WAS_GOT = re.compile(
    r"\s+(?:was|were|is|being|has been|have been|had been)\s+(?:\w+ly )?"
    r"(?:awarded|conferred|granted|obtained|completed|received|issued|earned|defended)\b",
    re.IGNORECASE,
)
_OR = re.compile(r"(?<!whether )\b(?:or|ou|oder)\s+(?:be(?:ing)?\s+)?$", re.IGNORECASE)
_EITHER = re.compile(r"\b(?:either|(?<!que )soit|entweder)\b", re.IGNORECASE)
_OR_ELSE = re.compile(
    r"\s*,?\s*\(?\b(?:or|ou|o|oder|unless|if|whichever|and|plus)\b(?!\s+(?:equivalent|later|after))", re.IGNORECASE
)


class Since(StrEnum):
    """From what years are counted."""

    DOCTORATE = "doctorate"
    MEDICAL = "medical"
    QUALIFIED = "qualified"
    HIGHEST = "highest"
    GRADUATION = "graduation"


class Joined(StrEnum):
    """How years stand beside what goes before them."""

    ALONE = "alone"  # both are asked for
    EITHER = "either"  # one suffices: "students or within two years of graduation"
    SOME = "some"  # they may be asked of the last alone: "students or doctors who graduated since 2020"


@dataclass(frozen=True, slots=True)
class Span:
    """When a degree has to have been got, in months before the day that counts, or between days of the calendar.

    since: the degrees that are meant, any of them. done: years of experience are asked for, which are not more than
    those since the degree. lenient: some are let in whom the years alone would keep out. refused: those are kept out.
    joined: how it stands beside what the sentence asks for before it.
    negated: a "not" before it was read as turning it round. bound_at: where what bounds it begins in the quote.
    past: whether the sentence speaks of degrees that have been got, or of those to come; None where neither is plain.
    where: the words' place in the quote. `after`, `before`: the first is surely meant, the second perhaps.
    """

    since: tuple[Since, ...]
    counted: CountedAt
    where: tuple[int, int]
    least: int | None = None
    most: int | None = None
    after: tuple[dt.date, dt.date] | None = None
    before: dt.date | None = None
    done: bool = False
    lenient: bool = False
    joined: Joined = Joined.ALONE
    refused: bool = False
    negated: bool = False
    bound_at: int = 0
    past: bool | None = None


@lru_cache(maxsize=20_000)
def spans_in(quote: str) -> tuple[Span, ...]:
    """The spans that a condition asks for; none where it gives no years, or where they cannot be told from others."""
    if not _MAY_HOLD_ONE.search(quote) or (
        compiled("refusing", "kept_out").search(quote) and not compiled("refusing", "refused").search(quote)
    ):
        return ()
    found: list[Span] = []
    for span in _all(quote):
        if not any(span.where[0] < other.where[1] and other.where[0] < span.where[1] for other in found):
            found.append(span)
    return tuple(found)


@lru_cache(maxsize=20_000)
def without_spans(quote: str) -> str:
    """A quote without what was read of it here."""
    if not spans_in(quote):
        return quote
    for span in sorted(spans_in(quote), key=lambda one: -one.where[0]):
        quote = f"{quote[: span.where[0]]} {quote[span.where[1] :]}"
        quote = compiled("refusing", "refused").sub(" ", quote) if span.refused else quote
    for part, name in (("leniency", "breaks"), *(("counted", one) for one in CountedAt if one is not CountedAt.UNSAID)):
        quote = compiled(part, name).sub(" ", quote)
    return quote


def _all(quote: str) -> Iterator[Span]:
    for pattern in (labelled(), counted_from(), from_which()):
        for found in pattern.finditer(quote):
            if (bounds := months_in(quote, found)) is not None:
                yield _span(quote, found, *bounds)
    for found in dated().finditer(quote):
        if (days := days_in(found, negated=is_negated(quote, found))) is not None:
            yield _span(quote, found, None, None, *days)


def _span(
    quote: str,
    found: re.Match[str],
    least: int | None,
    most: int | None,
    after: tuple[dt.date, dt.date] | None = None,
    before: dt.date | None = None,
) -> Span:
    beginning = _beginning(quote, found.start())
    done = bool(found.groupdict().get("done") or _DONE.match(quote, found.end()))
    lenient = any(compiled("leniency", name).search(quote) for name in ("breaks", "perhaps"))
    lenient = lenient or bool(_OR_ELSE.match(quote, found.end()))
    either = compiled("leniency", "either").search(quote, found.end())
    return Span(
        since=tuple(since for since in Since if _names(since, quote, found)),
        counted=_counted(quote),
        where=(beginning, _end(quote, found.end())),
        joined=_joined(quote, beginning, found.start()),
        least=least,
        most=most,
        after=after,
        before=before,
        done=done,
        lenient=bool(lenient or either or _EITHER.search(quote)),
        refused=bool(compiled("refusing", "refused").search(quote)),
        negated=is_negated(quote, found) and (bool(after or before) or is_more(found)),
        bound_at=bound_at(found),
        past=_is_past(quote),
    )


def _is_past(quote: str) -> bool | None:
    if compiled("tense", "to_come").search(quote):
        return False
    return True if compiled("tense", "past").search(quote) else None


def _names(since: Since, quote: str, found: re.Match[str]) -> bool:
    named = compiled("anchors", since).search(quote, found.start("from"))
    return bool(named) and named.start() < found.end("from") if named else False


def _joined(quote: str, beginning: int, start: int) -> Joined:
    if _OR.search(quote, 0, beginning):
        return Joined.EITHER
    others = compiled("before", "others").search(quote, 0, start) or compiled("before", "both").search(quote, 0, start)
    return Joined.SOME if others else Joined.ALONE


def _beginning(quote: str, start: int) -> int:
    lead = before_it().search(quote, 0, start)
    return lead.start() if lead else start


def _end(quote: str, end: int) -> int:
    done = _WAS_GOT.match(quote, end)
    return done.end() if done else end


def _counted(quote: str) -> CountedAt:
    """On which day it counts; where several are named none of them can be told to be the one."""
    said = [one for one in CountedAt if one is not CountedAt.UNSAID and compiled("counted", one).search(quote)]
    return said[0] if len(said) == 1 else CountedAt.UNSAID
