"""Citizenship and residence that a statement asks for: by country or by group of countries.

"Citizens or permanent residents of Kenya" asks for either; "from Kenya" leaves open which of the
two is meant, so that either will do. What a country is to people is told by `crawlers.reading.ties`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from crawlers.reading.applicants import (
    Statement,
    asks_nothing,
    is_firm,
    keeps_out,
    of_benefits,
    of_others,
    only_liked,
)
from crawlers.reading.gazetteer import Mention, Naming, mentions
from crawlers.reading.ties import tie_of

_NEAR = 90
_AND = r"(?:and/or|and|or|nor|et|ou|y|e|o|ni|nem|und|oder|noch|en|of|и|или|dan|atau|&)"
_ARTICLES = (
    r"(?:(?:the|a|an|any|other|du|de|del|des|da|do|dos|das|la|le|les|los|las|el|der|die|den|cualquier|qualquer|otro|otra|outro|outra"
    r"|autre|alg[úu]n|un|une|una|um|uma|estados?|[ée]tats?|pa[íi]s(?:es)?|mi?embros?|membres?"
    r"|di|altr[oaie]|stat[oi]|dell[ao])[ -]|l['’]|dell['’])*(?:eligible )?"
)
_SEPARATOR = re.compile(
    rf"[\s,;/()]*{_AND}?[\s,;/()]*{_ARTICLES}"
    rf"|,?\s+{_AND}\s+(?:in|au|aux|en|em|na|no|nas|nos|aus)\s+{_ARTICLES}",
    re.IGNORECASE,
)
_LIVES_THERE = re.compile(
    r"[^.;]{0,40}?\b(?:liv(?:e|es|ing)|resid(?:e|es|ing|ent)|work(?:s|ing)?|based|stay(?:s|ing)?)(?: and \w+)? "
    r"(?:in (?:one\b|(?:one of )?(?:those|these|such|their home|their own|that|the same) countr\w+)|"
    r"there\b|(?:on|in) (?:the|that) (?:continent|region)\b)",
    re.IGNORECASE,
)
"""Residence in the countries just named: "nationals of LMICs who live in one"."""
_ALSO = re.compile(r"\b(?:must also|and also|as well as|in addition|and must|and who must)\b", re.IGNORECASE)
_EITHER = re.compile(
    r"\b(?:or|ou|oder|either)\b|/"
    r"|\bo (?=(?:bien|ser|estar|tener|residir|vivir|poseer|contar|disponer|nacional\w*|ciudadan\w*|residentes?"
    r"|residencia)\b)"
    r"|\b(?:o|oppure) (?=(?:essere|avere|risiedere|cittadin\w*|residenti|residenza)\b)",
    re.IGNORECASE,
)
"""What parts two ways in. The Spanish and Italian "o" is an article in Portuguese: a verb or a tie must follow."""
_AS_HELPERS = re.compile(
    r"(?:\s+[\w-]+){1,3}?\s+as\s+(?:\w+\s+)?(?:mentors?|supervisors?|partners?|collaborators?|teachers?"
    r"|advis[eo]rs?|hosts?)\b",
    re.IGNORECASE,
)
"""People of a country who help those who apply: "with LMIC scientists as mentors"."""
_IS_TRAINED = re.compile(
    r"\b(?:trains?|teach(?:es)?|mentors?|educates?|equips?|strengthens?|builds? the (?:capacity|skills) of"
    r"|(?:collaborates?|partners?) with)"
    r"\s+(?:(?!(?:for|open|from)\b)\w+\s+){0,2}$",
    re.IGNORECASE,
)
"""What a programme does with people there: of an institution's programme, not whom it asks to apply."""
_WITHOUT = re.compile(
    r"\b(?:(?:do|does|did) not (?:\w+ )?(?:hold|have|possess|live|reside)|without)\b[^.;]{0,30}$", re.IGNORECASE
)
"""Of those who are not of a place something is said, and it may be anything: "those without US citizenship need"."""

_FURTHER_GROUP = re.compile(
    r"[\s,;)]*(?:and|or|nor|as well as)\s+(?:(?:also|all|any|other)\s+)*"
    r"(?:(?P<people>those|persons?|people|anyone|anybody|everyone|individuals|applicants|candidates|students)\s+)?"
    r"(?:(?:who|that)\s+)?(?:(?:are|is|currently|now|normally|permanently|already|either)\s+)*"
    r"(?:(?:liv(?:e|es|ing)|resid(?:e|es|ing|ent)|dwell(?:ing)?|based|work(?:s|ing)?|from|of|in|at)\s+){1,2}(?:the\s+)?",
    re.IGNORECASE,
)
"""Between two places: others beside those of the first, of whom the same is said: "and people who live in"."""


@dataclass(frozen=True, slots=True)
class Belonging:
    """The countries or groups asked for, whether as citizen, resident or either, and where they stand.

    `also`: asked for besides what went before in the sentence. `or_else`: the sentence gives it as another
    way in. Neither citizen nor resident: an institution of those countries is asked for.
    """

    codes: tuple[str, ...]
    citizen: bool
    resident: bool
    excludes: bool
    start: int
    end: int
    also: bool = False
    or_else: bool = False


def belongings_in(statement: Statement) -> list[Belonging]:
    """The citizenships and residences that a statement asks for or keeps out."""
    text = statement.text
    named = [mention for mention in mentions(text) if mention.naming is not Naming.CITY]
    if not named or asks_nothing(text) or (only_liked(text) and not _must(text)):
        return []
    found: list[Belonging] = []
    last = 0
    for chain in _chains(text, named):
        start, end = chain[0].start, chain[-1].end
        if _IS_TRAINED.search(text, 0, start) and not is_firm(text):
            continue
        beside = _FURTHER_GROUP.fullmatch(text, last, start) if found else None
        if (of_others(text, start) and not beside) or of_benefits(text, start, end) or _AS_HELPERS.match(text, end):
            continue
        relation = tie_of(statement, chain)
        if relation is None:
            continue
        if _WITHOUT.search(text, max(0, start - _NEAR), start):
            relation = (False, False)
        codes = tuple(dict.fromkeys(mention.code for mention in chain))
        between = text[last:start] if found else ""
        also, or_else = bool(_ALSO.search(between)), bool(_EITHER.search(between) or (beside and beside["people"]))
        asked = Belonging(
            codes, *relation, statement.kept_out or keeps_out(text, start, end), start, end, also, or_else
        )
        if beside and asked.excludes:  # what is refused at the sentence's end is refused to all in it
            found[-1] = replace(found[-1], excludes=True)
        found.append(asked)
        last = end
        if asked.citizen and not asked.resident and not asked.excludes and _LIVES_THERE.match(text, end):
            found.append(Belonging(codes, False, True, False, start, end, also=True))
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
