"""Citizenship and residence that a statement asks for: by country or by group of countries.

"Citizens or permanent residents of Kenya" asks for either; "from Kenya" leaves open which of the
two is meant, so that either will do. A country where things happen is not one to belong to.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

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
from crawlers.reading.patterns import words

_BEFORE = 90
_AFTER = 60
_LINK = (
    r"(?:[\s'’,]+(?:of|in|from|to|outside|within|by|at|the|a|an|any|every|each|our|one|either|following|partner"
    r"|developing|eligible"
    r"|participating|certain|listed|other|all|countr(?:y|ies)|member|states?|"
    r"or|and|both|legally|no|na|nos|nas|em|au|aux|dans|im|un|une|uno|una|pays|pa[ií]s(?:es)?|paesi|paese|l[äa]ndern?|landen|"
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
_LIVES_THERE = re.compile(
    r"[^.;]{0,40}?\b(?:liv(?:e|es|ing)|resid(?:e|es|ing|ent)|work(?:s|ing)?|based|stay(?:s|ing)?)(?: and \w+)? "
    r"(?:in (?:one\b|(?:one of )?(?:those|these|such|their home|their own|that|the same) countr\w+)|"
    r"there\b|(?:on|in) (?:the|that) (?:continent|region)\b)",
    re.IGNORECASE,
)
"""Residence in the countries just named: "nationals of LMICs who live in one"."""
_ALSO = re.compile(r"\b(?:must also|and also|as well as|in addition|and must|and who must)\b", re.IGNORECASE)
_EITHER = re.compile(r"\b(?:or|ou|oder|either)\b|/", re.IGNORECASE)
_INSTITUTION = re.compile(
    r"(?:[\s-]+(?!(?:in|at|for|by|of|from|to|and|or|with|who)\b)[\w&-]+){0,3}?[\s-]+"
    r"(?:schools?|universit(?:y|ies)|colleges?|hospitals?|institut(?:e|es|ion|ions)|programs?|programmes?|"
    r"organi[sz]ations?|cent(?:er|re)s?|compan(?:y|ies)|ministr(?:y|ies)|partners?|sites?|investigators)\b",
    re.IGNORECASE,
)
"""An institution of a country, which says nothing of the citizenship of those in it."""
_THINGS_THERE = re.compile(
    r"\b(?:research|science|stud(?:y|ies)|projects?|trials?|work|training|experience|activit\w+|institutions?"
    r"|organi[sz]ations?|"
    r"universit\w+|hospitals?|sites?|teams?|programs?|programmes?|careers?|scholarship)"
    r"(?:\s+(?:\w+ly|is|are|was|be|being|to be|that|which)){0,3}\s+$",
    re.IGNORECASE,
)
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
_IN_A_LANGUAGE = re.compile(
    r"\b(?:fluen\w+|proficien\w+|literate|competen\w+|skill\w*|speak\w*|written|taught|held|conducted) in "
    r"(?:the |either )?$",
    re.IGNORECASE,
)
"""What goes before a language that has the name of a people: "fluent in French"."""
_SPOKEN = r"speak\w*|language\w*|proficien\w*|fluen\w*"
_KNOWS = re.compile(
    r"\b(?:knowledge|command|mastery|grasp|level|proof|evidence|certificates?|understanding|awareness|experience"
    r"|skills?|use|tests?)\s+(?:\w+\s+){0,2}?(?:of|in|with)\s+(?:the |either |both |a |an )*$",
    re.IGNORECASE,
)
"""What goes before something that is known or shown: "a good command of English", "experience of the French system"."""
_BY_DESCENT = re.compile(
    r"\s+(?:origin|descent|heritage|birth|background|ethnicity|extraction|ancestry)s?\b", re.IGNORECASE
)
_WORKERS_IN = re.compile(
    r"\b(?:nurses|midwives|pharmacists|doctors|physicians|dentists|physiotherapists|therapists|clinicians|surgeons"
    r"|(?:health(?:care)?|health care|public health) (?:professionals|workers|practitioners|personnel|providers)"
    r"|epidemiologists)\s+in\s+(?:the |either )?$",
    re.IGNORECASE,
)
"""Those who practise somewhere live there: "nurses in Kenya may apply"."""
_WITHOUT = re.compile(
    r"\b(?:(?:do|does|did) not (?:\w+ )?(?:hold|have|possess|live|reside)|without)\b[^.;]{0,30}$", re.IGNORECASE
)
"""Of those who are not of a place something is said, and it may be anything: "those without US citizenship need"."""
_BEEN_OR_WISHED_THERE = re.compile(
    r"\b(?:experience|experienced|interest(?:ed)?|plans?|planning|wish\w*|intend\w*|intention|want\w*|desire|commit\w*|willing\w*|ability"
    r"|hop(?:e|ing)|history|background|trained|expertise|knowledge|previously|formerly)\s+(?:(?:of|in|with|to|for)\s+)?"
    r"(?:\w+\s+){0,2}?(?:liv|work|resid|practi|relocat|employ)\w*(?:\s+\w+){0,3}?\s+(?:in|to)\s+(?:the\s+|an?\s+|any\s+|either\s+)*$",
    re.IGNORECASE,
)
"""Where somebody has been or would be is not where they live: "experience of working in Kenya"."""
_VERB = re.compile(r"liv|resid(?:e|es|ing|ence)\b|based|work|employ|practi|relocate|domicil", re.IGNORECASE)
"""Words that tie people to the place after them only: "citizens of Kenya living in Uganda"."""
_WEAK_DWELLING = re.compile(
    r"\b(?:liv\w+|based|working|work|employed|practi[cs]ing|resid(?:e|es|ing|ence))\b(?: \w+){0,4}\W*$", re.IGNORECASE
)


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
        if of_others(text, start) or of_benefits(text, start, end) or _AS_HELPERS.match(text, end):
            continue
        relation = _relation(statement, chain)
        if relation is None:
            continue
        if _WITHOUT.search(text, max(0, start - _BEFORE), start):
            relation = (False, False)
        codes = tuple(dict.fromkeys(mention.code for mention in chain))
        between = text[last:start] if found else ""
        also, or_else = bool(_ALSO.search(between)), bool(_EITHER.search(between))
        asked = Belonging(
            codes, *relation, statement.kept_out or keeps_out(text, start, end), start, end, also, or_else
        )
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


def _relation(statement: Statement, chain: list[Mention]) -> tuple[bool, bool] | None:
    """(as citizen, as resident) for a list of countries, or None when it is not about belonging."""
    text = statement.text
    before = text[max(0, chain[0].start - _BEFORE) : chain[0].start]
    after = text[chain[-1].end : chain[-1].end + _AFTER]
    if _BEEN_OR_WISHED_THERE.search(before):
        return (False, False) if statement.bears else None
    citizen = _ends_with(before, "citizen") or _begins_with(after, "citizen")
    resident = _ends_with(before, "resident") or _begins_with(after, "resident")
    if (citizen or resident) and not (resident and not citizen and _is_of_things(statement, before)):
        return (citizen, resident) if statement.bears or is_firm(text) or citizen else None
    if _KNOWS.search(before):
        return None
    if _INSTITUTION.match(after) and chain[-1].naming is not Naming.COUNTRY:
        return (False, False) if _from_institution(statement, before) else None
    person = words("eligibility", "belonging.person")
    if chain[-1].naming is not Naming.COUNTRY or text[chain[-1].start : chain[-1].end].isupper():
        if re.match(
            rf"(?:\s+(?!(?:in|at|for|by|of|to|people|{_SPOKEN})\b)[\w&.-]+){{0,4}}?\s+{person.pattern}",
            after,
            re.IGNORECASE,
        ) and _bears(statement, chain):
            return True, True
        if chain[-1].naming is Naming.PEOPLE and text[: chain[-1].end].endswith("s") and _bears(statement, chain):
            return True, False
        if text[: chain[-1].end].lower().endswith("africans") and _bears(statement, chain):
            return True, True
    adjective = chain[-1].naming is Naming.PEOPLE and not _BY_DESCENT.match(after)
    if _FROM.search(before) and not adjective and person.search(before) and _bears(statement, chain):
        return True, True
    if _IN_A_LANGUAGE.search(before):
        return None
    if (
        _opens(statement)
        and re.search(rf"{person.pattern}(?:\s+\w+){{0,3}}\s+in\s+(?:the |either )?$", before, re.IGNORECASE)
    ) or (statement.bears and _WORKERS_IN.search(before)):
        return False, True
    return None


def _is_of_things(statement: Statement, before: str) -> bool:
    """Whether what lives or works there is no applicant: "research based in", "people living in"."""
    weak = _WEAK_DWELLING.search(before)
    if weak is None:
        return False
    leading = before[: weak.start()]
    people = re.search(
        r"\b(?:people|populations?|patients|communities|families|children)\s+(?:who\s+)?$", leading, re.IGNORECASE
    )
    return bool(_THINGS_THERE.search(leading)) or (bool(people) and not is_firm(statement.text))


def _from_institution(statement: Statement, before: str) -> bool:
    """Whether applicants are asked to be of an institution there: "students of African medical schools"."""
    return statement.bears and bool(
        re.search(
            rf"{words('eligibility', 'belonging.person').pattern}[^.;]{{0,40}}"
            r"\b(?:of|at|from|in|by|with)\s+(?:an? |the |any )?$",
            before,
            re.IGNORECASE,
        )
    )


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
    joined = r"[\s,]*(?:(?:and/or|and|or|et|ou|y|e|und|oder|o|of or)\b|/)[\s,]*(?:\w+[\s,]+){0,2}?"
    pattern = rf"{own}(?:{joined}(?:{either}))?{_LINK}$"
    other = rf"(?:{either}){joined}{own}{_LINK}$"
    return bool(re.search(pattern, before, re.IGNORECASE) or re.search(other, before, re.IGNORECASE))


def _begins_with(after: str, kind: str) -> bool:
    """Whether the words after a list say it: "U.S. citizens or permanent residents"."""
    either = "|".join(words("eligibility", f"belonging.{name}").pattern for name in ("citizen", "resident"))
    own = words("eligibility", f"belonging.{kind}").pattern
    gap = r"[\s.,-]*(?:and/or|and|or|/)?[\s,]*"
    found = re.match(
        rf"[\s.-]*(?:(?:{either}){gap}(?:noncitizen nationals?{gap})?)?(?P<own>{own})", after, re.IGNORECASE
    )
    return bool(found) and not _VERB.match(found["own"]) if found else False
