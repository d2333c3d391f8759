"""How several languages that a condition demands are joined: all of them, one of them, or it cannot be told."""

import re

from recommender.languages import languages_in

ALL, ONE, MIXED = "all", "one", "mixed"
_JOINING = re.compile(
    r"\b(?P<or>or|ou|o|u|oder|oppure)\b|\b(?:and|et|y|e|und|plus|as well as|sowie|además|ainsi que|besides)\b|[&+;]",
    re.IGNORECASE,
)


def how_joined(quote: str) -> str:
    """ALL for "English and French", ONE for "English or French", MIXED for "English and French or Spanish"."""
    found = _between_names(quote) or [bool(one["or"]) for one in _JOINING.finditer(quote)]
    if not any(found):
        return ALL
    return ONE if all(found) else MIXED


def _between_names(quote: str) -> list[bool]:
    """Whether each joining word between two parts that name a language is an "or"."""
    found: list[bool] = []
    waiting: list[bool] = []
    named, start = False, 0
    for one in [*_JOINING.finditer(quote), None]:
        if languages_in(quote[start : one.start() if one else len(quote)]):
            found += waiting if named else []
            named, waiting = True, []
        if one:
            waiting.append(bool(one["or"]))
            start = one.end()
    return found
