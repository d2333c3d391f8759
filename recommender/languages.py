"""Which languages a condition demands: not those that it prefers, does not need, or names for something else.

A condition is read clause by clause: "fluency in English is required; knowledge of French is an asset" demands
English. Where a name may be no language ("the French health system"), or it is asked of some only, nothing is said.
"""

import re
from collections.abc import Iterator
from functools import cache

import pycountry

_ASKED = re.compile(r"fluen|proficien|speak|command of|language|knowledge of|level of|literate", re.IGNORECASE)
_SAYS = re.compile(
    r"\b(?:is|are|be|must|should|will|would|may|can|needs?|requires?|required|have|speak|submit|provide)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"(;\s*|\.\s+|,?\s+(?:but|while|whereas)\s+)|,\s+|\s+and\s+", re.IGNORECASE)
_LIKED = re.compile(
    r"\b(?:prefer\w*|desirable|desired|(?:an? )?(?:asset|advantage|plus|bonus)|advantageous|helpful|useful|ideally"
    r"|beneficial|encouraged|welcome|nice to have|optional)\b",
    re.IGNORECASE,
)
_NOT_NEEDED = re.compile(
    r"\b(?:not (?:be )?(?:strictly )?(?:required|needed|necessary|mandatory|essential|asked|expected"
    r"|a (?:requirement|must))|no (?:\w+ )?(?:knowledge|command|level|proficiency|skills|fluency|requirement|need)"
    r"|(?:does|do) not (?:need|have) to|need not|without)\b",
    re.IGNORECASE,
)
_OF_SOME = re.compile(
    r"\b(?:non[- ]native|(?:native|first|mother|primary|main)[- ](?:language|tongue) is (?:not|other)"
    r"|is not (?:their|your)|not (?:a )?native|native speakers?|unless|if|depending|waived?|exempt\w*|other than)\b",
    re.IGNORECASE,
)
_AFTER_A_LANGUAGE = re.compile(
    r"\s*(?:$|[^\w\s]|(?:languages?|skills?|proficien\w*|fluen\w*|speak\w*|knowledge|competen\w*|and|or|at|to|with|on"
    r"|is|are|as|in|for|level|must|will|should|may|can|both|well|fluently|(?:is |are )?required|needed|mandatory"
    r"|[ABC][12]|sufficient\w*|of|by|which|who|that)\b)",
    re.IGNORECASE,
)


def languages_asked(quote: str) -> frozenset[str]:
    """The languages (ISO 639-1) that a condition demands of everybody; none where that cannot be told."""
    if not _ASKED.search(quote) or _OF_SOME.search(quote):
        return frozenset()
    found: set[str] = set()
    for clause in _clauses(quote):
        if _LIKED.search(clause) or _NOT_NEEDED.search(clause):
            continue
        for at, code in _named(clause):
            if not _AFTER_A_LANGUAGE.match(clause, at):  # "the French health system"
                return frozenset()
            found.add(code)
    return frozenset(found)


def languages_in(quote: str) -> frozenset[str]:
    """The languages whose names stand in a condition, whatever it says of them."""
    return frozenset(code for _, code in _named(quote))


def _clauses(quote: str) -> Iterator[str]:
    """Parts that say something each for itself: "English and French are required" is one."""
    clause, start = "", 0
    for end in [*_ENDS.finditer(quote), None]:
        part = quote[start : end.start() if end else len(quote)]
        clause += part
        rest = quote[end.end() :] if end else ""
        following = rest[: found.start()] if (found := _ENDS.search(rest)) else rest
        if end is None or end[1] or (_SAYS.search(clause) and (_SAYS.search(following) or _LIKED.search(following))):
            yield clause
            clause = ""
        else:
            clause += end.group()
        start = end.end() if end else start


def _named(text: str) -> Iterator[tuple[int, str]]:
    """Where the name of each language ends, and its code."""
    for word in re.finditer(r"\b[A-Z]\w+", text):
        if code := _codes().get(word.group().casefold()):
            yield word.end(), code


@cache
def _codes() -> dict[str, str]:
    return {entry.name.casefold(): entry.alpha_2 for entry in pycountry.languages if hasattr(entry, "alpha_2")} | {
        "mandarin": "zh",
        "farsi": "fa",
        "greek": "el",
        "swahili": "sw",
        "malay": "ms",
        "khmer": "km",
    }
