"""Whether a number of years is the most or the least, and a "not" before it: "no PhD from more than 5 years ago"."""

import re

from recommender.span_patterns import NUMBERS, compiled

_A_YEAR = 12
_OF_WHAT = frozenset({"of", "de", "du", "d", "del", "des", "do", "da"})
_WITHIN = re.compile(r"within|in the|dans|dentro|innerhalb", re.IGNORECASE)
_LATER = re.compile(r"\blater than\b", re.IGNORECASE)
_BEFORE = re.compile(r"\s+(?:before|prior to|ahead of)\b", re.IGNORECASE)
_AWARD = re.compile(
    r"award|complet|receipt|receiv|obt|confer|graduat|finish|earn|conclu|finaliz|expedici|soutenance", re.I
)


def bound_at(found: re.Match[str]) -> int:
    """Where what bounds the years, or the days, begins."""
    groups = found.groupdict()
    said = next((name for name in ("bound", "how", "n", "first") if groups.get(name)), "from")
    return found.start(said)


def is_negated(quote: str, found: re.Match[str]) -> bool:
    """Whether the years are asked for with a "not"; one that refuses people is told apart from it."""
    if compiled("refusing", "refused").search(quote):
        return False
    return bool(compiled("words", "not").search(quote, 0, bound_at(found)))


def months_in(quote: str, found: re.Match[str]) -> tuple[int | None, int | None] | None:
    """The least and the most months, None where it cannot be told which a number is."""
    each = 1 if compiled("words", "months").fullmatch(found["unit"]) else _A_YEAR
    first = _number(found["n"]) * each
    if found["m"]:
        return first, _number(found["m"]) * each
    bound, after = found["bound"] or "", (found["after"] or "").strip()
    bound = (
        f"{bound} de" if compiled("words", "labels").fullmatch(bound) and bound.casefold().startswith("mí") else bound
    )
    if found.groupdict().get("joined") in _OF_WHAT and not (_WITHIN.match(bound) or _AWARD.search(found["between"])):
        return None  # "two years of medical school"
    if compiled("refusing", "need_not").search(quote, 0, found.start("n")):
        return None
    if is_more(found):
        return (None, first) if is_negated(quote, found) else (first, None)
    if _LATER.search(bound) and _BEFORE.match(quote, found.end()):
        return first, None  # "not later than five years before the deadline"
    if compiled("bounds", "most").fullmatch(bound) or after in ("or less", "or fewer"):
        return None, first
    if compiled("bounds", "least").fullmatch(bound) or after in ("+", "or more") or found["least"]:
        return first, None
    return None


def is_more(found: re.Match[str]) -> bool:
    """Whether the words say more than so many years, which a "not" turns into at most."""
    return bool(compiled("bounds", "more").fullmatch(found["bound"] or ""))


def _number(said: str) -> int:
    return int(said) if said.isdecimal() else NUMBERS[said.casefold()]
