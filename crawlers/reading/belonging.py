"""Citizenship and residence that a statement asks for: by country or by group of countries.

"Citizens or permanent residents of Kenya" asks for either; "from Kenya" leaves open which of the
two is meant, so that either will do. A country where things happen is not one to belong to.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crawlers.reading.applicants import Statement, asks_nothing, keeps_out, of_others, only_liked
from crawlers.reading.gazetteer import Mention, Naming, mentions
from crawlers.reading.patterns import words

_BEFORE = 90
_AFTER = 60
_LINK = (
    r"(?:[\s'’]+(?:of|in|from|to|outside|within|by|at|the|a|an|any|one|either|following|countr(?:y|ies)|member|states?|"
    r"or|and|both|legally|un|une|uno|una|pays|pa[ií]s(?:es)?|paesi|paese|l[äa]ndern?|landen|"
    r"d|du|des|de|la|del|da|do|dos|der|aus|eines|di|van|een))*[\s:('’]*"
)
"""The little words between "citizens" and the country's name."""
_SEPARATOR = re.compile(
    r"[\s,;/()]*(?:and/or|and|or|et|ou|y|e|o|und|oder|en|of|и|или|dan|atau|&)?[\s,;/()]*"
    r"(?:the |a |an |any |other |du |de |des |la |le |les |los |las )*(?:eligible )?",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\b(?:from|of|aus|originaires?|proveniente[s]?|provenienti|afkomstig uit|из|dari|d['’]|de|du|des)\s*"
    r"(?:an? |the |any |one of |other |all )*(?:eligible |selected |participating |certain |following )?"
    r"(?:countries (?:in|of|such as|like) (?:the )?)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Belonging:
    """The countries or groups asked for, whether as citizen, resident or either, and where they stand."""

    codes: tuple[str, ...]
    citizen: bool
    resident: bool
    excludes: bool
    start: int
    end: int


def belongings_in(statement: Statement) -> list[Belonging]:
    """The citizenships and residences that a statement asks for or keeps out."""
    text = statement.text
    named = [mention for mention in mentions(text) if mention.naming is not Naming.CITY]
    if not named or asks_nothing(text) or (only_liked(text) and not _must(text)):
        return []
    found: list[Belonging] = []
    for chain in _chains(text, named):
        relation = None if of_others(text, chain[0].start) else _relation(statement, chain)
        if relation is None:
            continue
        citizen, resident = relation
        start, end = chain[0].start, chain[-1].end
        codes = tuple(dict.fromkeys(mention.code for mention in chain))
        excludes = keeps_out(text, start, end)
        found.append(Belonging(codes, citizen, resident, excludes, start, end))
    return found


def _must(text: str) -> bool:
    return bool(re.search(r"\b(?:must|only|eligible|required|restricted)\b", text, re.IGNORECASE))


def _chains(text: str, named: list[Mention]) -> Iterator[list[Mention]]:
    """Mentions that stand in one list: "Botswana, Kenya, or Uganda"."""
    chain: list[Mention] = []
    for mention in named:
        if chain and not _SEPARATOR.fullmatch(text, chain[-1].end, mention.start):
            yield chain
            chain = []
        chain.append(mention)
    if chain:
        yield chain


def _relation(statement: Statement, chain: list[Mention]) -> tuple[bool, bool] | None:
    """(as citizen, as resident) for a list of countries, or None when it is not about belonging."""
    text = statement.text
    before = text[max(0, chain[0].start - _BEFORE) : chain[0].start]
    after = text[chain[-1].end : chain[-1].end + _AFTER]
    citizen = _ends_with(before, "citizen") or _begins_with(after, "citizen")
    resident = _ends_with(before, "resident") or _begins_with(after, "resident")
    if citizen or resident:
        return citizen, resident
    person = words("eligibility", "belonging.person")
    if chain[-1].naming is not Naming.COUNTRY or text[chain[-1].start : chain[-1].end].isupper():
        if re.match(
            rf"(?:\s+(?!(?:in|at|for|by|of|to|people)\b)[\w&.-]+){{0,4}}?\s+{person.pattern}", after, re.IGNORECASE
        ) and _bears(statement, chain):
            return True, True
        if chain[-1].naming is Naming.PEOPLE and text[: chain[-1].end].endswith("s") and _bears(statement, chain):
            return True, False
        if text[: chain[-1].end].lower().endswith("africans") and _bears(statement, chain):
            return True, True
    if _FROM.search(before) and person.search(before) and _bears(statement, chain):
        return True, True
    if re.search(rf"{person.pattern}(?:\s+\w+){{0,3}}\s+in\s+(?:the |either )?$", before, re.IGNORECASE) and _opens(
        statement
    ):
        return False, True
    return None


def _bears(statement: Statement, chain: list[Mention]) -> bool:
    before = statement.text[: chain[0].start]
    return statement.bears or bool(
        re.search(r"\b(?:for|to|aux?|pour|para|f[üu]r|per|voor|для)\b[^.;]{0,60}$", before, re.IGNORECASE)
    )


def _opens(statement: Statement) -> bool:
    return bool(
        re.search(r"\b(?:open to|eligib\w*|must be|restricted to|limited to|only)\b", statement.text, re.IGNORECASE)
    )


def _ends_with(before: str, kind: str) -> bool:
    """Whether the words before a list say `citizen` or `resident` of it, if need be as one of two."""
    either = "|".join(words("eligibility", f"belonging.{name}").pattern for name in ("citizen", "resident"))
    own = words("eligibility", f"belonging.{kind}").pattern
    pattern = (
        rf"{own}(?:[\s,]*(?:and/or|and|or|et|ou|y|e|und|oder|o|of|/)[\s,]*(?:\w+[\s,]+){{0,2}}?(?:{either}))?{_LINK}$"
    )
    other = rf"(?:{either})[\s,]*(?:and/or|and|or|et|ou|y|e|und|oder|o|/)[\s,]*(?:\w+[\s,]+){{0,2}}?{own}{_LINK}$"
    return bool(re.search(pattern, before, re.IGNORECASE) or re.search(other, before, re.IGNORECASE))


def _begins_with(after: str, kind: str) -> bool:
    """Whether the words after a list say it: "U.S. citizens or permanent residents"."""
    either = "|".join(words("eligibility", f"belonging.{name}").pattern for name in ("citizen", "resident"))
    own = words("eligibility", f"belonging.{kind}").pattern
    gap = r"[\s.,-]*(?:and/or|and|or|/)?[\s,]*"
    return bool(re.match(rf"[\s.-]*(?:(?:{either}){gap}(?:noncitizen nationals?{gap})?)?{own}", after, re.IGNORECASE))
