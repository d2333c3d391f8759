"""A "not" before what bounds a number of years: "must not have completed their PhD more than 5 years ago"."""

import re

from recommender.span_patterns import compiled


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
