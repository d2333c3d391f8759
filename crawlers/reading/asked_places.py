"""Citizenship and residence as a whole page asks for them: which of its countries are ways in beside each other."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from catalog.drafts import Requirement
from catalog.words import RequirementType
from crawlers.reading.alternatives import is_joined
from crawlers.reading.applicants import Statement
from crawlers.reading.belonging import Belonging, belongings_in
from crawlers.reading.sentences import clip
from crawlers.reading.unread_places import half_read

_OTHERS = r"\b(?:those|persons?|people|anyone|anybody|everyone|individuals|applicants|candidates|students)\b"
_MORE = r"(?:\s+(?:also|all|any|other))*"
_NOW = r"(?:(?:are|is|\w+ly|now|already) )*"
_DWELLS = re.compile(
    rf"(?P<another>\b(?:or|nor|(?:and|as well as)(?={_MORE}\s+{_OTHERS})){_MORE}(?:\s+{_OTHERS})?\s+)?"
    rf"\b(?:(?:who|that) {_NOW}(?:lives?|resides?|works?|living|residing|based|resident)"
    rf"|{_NOW}(?:living|residing|based|resident in))\b",
    re.IGNORECASE,
)
"""Where people live, and the words before it that make them others than those named before: "and those living"."""
BELONGING, DWELLING, FURTHER = 3, 4, 5
"""Numbers of alternatives: citizenship with what may stand for it, residence asked for besides, more."""


def places_asked(statements: list[Statement], title: str = "") -> Iterator[Requirement]:
    """The citizenships and residences that a page asks for or keeps out; "citizens or residents" are alternatives."""
    asked = _below_the_title(list(_all_belongings(statements)), title)
    single = {one.codes for one, _ in asked if one.citizen and not one.resident and not one.excludes}
    by_citizenship = any(one.citizen and not one.resident and not one.excludes for one, _ in asked)
    seen: set[tuple[object, ...]] = set()
    further = FURTHER
    for one, text in asked:
        if not (one.citizen or one.resident):
            yield Requirement(type=RequirementType.OTHER, quote=clip(text, one.start, one.end))
            continue
        if one.citizen and one.resident and one.codes in single:
            continue  # "from Kenya" where "citizens of Kenya" says which is meant
        group = DWELLING if by_citizenship and not one.citizen and not one.or_else else BELONGING
        if one.also:
            group, further = further, further + 1
        for kind in [RequirementType.CITIZENSHIP] * one.citizen + [RequirementType.RESIDENCE] * one.resident:
            key = (kind, one.codes, one.excludes)
            if key not in seen:
                seen.add(key)
                yield Requirement(
                    type=kind,
                    any_of=one.codes,
                    excludes=one.excludes,
                    alternative=None if one.excludes else group,
                    quote=clip(text, one.start, one.end),
                )


def _below_the_title(asked: list[tuple[Belonging, str]], title: str) -> list[tuple[Belonging, str]]:
    """Without a title's "African" where the text itself says of which places people have to be."""
    if not any(text != title and (one.citizen or one.resident) for one, text in asked):
        return asked
    return [(one, text) for one, text in asked if text != title or not (one.citizen and one.resident)]


def not_halved(asked: Iterable[Requirement]) -> Iterator[Requirement]:
    """The same, but that who is kept out by citizenship and residence together is kept as it is said.

    "Nationals of Kenya who live in Germany may not apply" keeps out neither all Kenyans nor all who live in Germany.
    """
    several = list(asked)
    kept_out = [one for one in several if one.excludes]
    halves = {
        one.quote
        for one in kept_out
        if _is_together(one.quote) and len({other.type for other in kept_out if other.quote == one.quote}) > 1
    }
    yield from (one for one in several if not (one.excludes and one.quote in halves))
    yield from (Requirement(type=RequirementType.OTHER, quote=quote) for quote in sorted(halves))


def _is_together(quote: str) -> bool:
    """Whether it is said of people named before where they live, and not of others beside them."""
    return any(not found["another"] for found in _DWELLS.finditer(quote))


def _all_belongings(statements: list[Statement]) -> Iterator[tuple[Belonging, str]]:
    """Every belonging asked for with its sentence; list items joined by "or" are ways in of one sentence."""
    before = ""
    for statement in statements:
        joined = is_joined(before, statement.text)
        read = belongings_in(statement)
        if half_read(statement, read):
            read = [replace(one, citizen=False, resident=False) for one in read]
        for one in read:
            yield (replace(one, or_else=True) if joined else one), statement.text
        before = statement.text
