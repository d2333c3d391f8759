"""What ties a country that a sentence names to those who apply: citizenship, residence, either, or nothing.

A country where things happen, of which one knows the language or in which one has worked, is not one to belong to.
"""

import re

from crawlers.reading.applicants import Statement, is_firm
from crawlers.reading.gazetteer import Mention, Naming
from crawlers.reading.labelled_places import tie_by_label
from crawlers.reading.patterns import words
from crawlers.reading.refusals import keeps_out
from crawlers.reading.stays import is_plainly_the_offer, will_be_there

_BEFORE = 90
_AFTER = 60
_LINK = (
    r"(?:[\s'’,]+(?:of|in|from|to|outside|within|by|at|the|a|an|any|every|each|our|one|either|following|partner"
    r"|developing|eligible"
    r"|participating|certain|listed|other|all|countr(?:y|ies)|member|states?|"
    r"or|and|both|legally|no|na|nos|nas|em|en|au|aux|dans|im|un|une|uno|una|pays|pa[ií]s(?:es)?|paesi|paese|l[äa]ndern?|landen|"
    r"d|dell[aeo]?|degli|dei|du|des|de|la|le|les|l|el|los|las|del|da|do|dos|der|die|aus|auf|eines|di|van|een|otro|otra|outro|outra|autre|altro"
    r"|alg[úu]n|cualquier|qualquer|estados?|[ée]tats?|stat[oi]|mi?embros?|membr[eio]s?))*[\s:('’]*"
)
"""The little words between "citizens" and the country's name."""
_FROM = re.compile(
    r"\b(?:from|of|aus|originaires?|proveniente[s]?|provenienti|afkomstig uit|из|dari|d['’]|de|du|des)\s*"
    r"(?:an? |the |any |one of |other |all |qualquer |cualquier |todos [ol]o?s )*"
    r"(?:eligible |selected |participating |certain |following )?"
    r"(?:countries (?:in|of|such as|like) (?:the )?)?$",
    re.IGNORECASE,
)
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
_IN_A_LANGUAGE = re.compile(
    r"\b(?:fluen\w+|proficien\w+|literate|competen\w+|skill\w*|speak\w*|written|taught|held|conducted) in "
    r"(?:the |either )?$",
    re.IGNORECASE,
)
"""What goes before a language that has the name of a people: "fluent in French"."""
_IN = re.compile(r"\bin (?:(?:either|both|the|at least|one|any|of)\s+)*$", re.IGNORECASE)
_A_HOUSE_OR_PEOPLE_NEXT = re.compile(
    r"[\s-]+(?!(?:and|or|as|at|is|are|in|on|to|with|for|because|since|but|if|when|who|well|fluently|during|throughout)\b)[a-z]"
)
"""What makes the name of a people qualify something: "work in French hospitals". Without it a language is meant."""
_QUALIFIED = r"(?:\s+(?!(?:in|at|for|by|of|to|people|speak\w*|language\w*|proficien\w*|fluen\w*)\b)[\w&.-]+){0,4}?\s+"
"""The words between a people's name and the person it qualifies: "Kenyan registered nurses"."""
_KNOWS = re.compile(
    r"\b(?:knowledge|command|mastery|grasp|level|proof|evidence|certificates?|understanding|awareness|experience"
    r"|skills?|use|tests?)\s+(?:\w+\s+){0,2}?(?:of|in|with)\s+(?:the |either |both |a |an )*$",
    re.IGNORECASE,
)
"""What goes before something that is known or shown: "a good command of English", "experience of the French system"."""
_OF_A_HOUSE = re.compile(
    r"\b(?:universi(?:dad|dade|té|tà|tät)\w*|facul\w+|hospita\w+|h[ôo]pita\w+|institut\w*|escuelas?|escolas?|[ée]coles?"
    r"|minist[eè]r\w+|colegios?|cl[íi]nicas?|centros?|sociedade?s?|sociétés?|academias?)\s+(?:[^\W\d_]+\s+){0,3}?"
    r"(?:del?|du|da|do|d['’])\s*(?:la |el |le |les |los )?$",
    re.IGNORECASE,
)
"""What has a country in its name in other languages, and may have people of any: "la Universidad de Chile"."""
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
_ONE_WHO_WORKS_IN = re.compile(
    r"\b(?:are|be|as|for) an? (?:[\w-]+ ){0,2}(?:nurse|midwife|pharmacist|doctor|physician|dentist|physiotherapist"
    r"|therapist|clinician|surgeon|professional|practitioner|epidemiologist) in (?:the )?$",
    re.IGNORECASE,
)
_WORK_IN_A_HOUSE = re.compile(
    r"\b(?:work|works|working|based|employed|practi[cs]ing|teach|teaching) (?:in|at|for) (?:an? |the )?(?:[\w-]+ ){0,2}"
    r"(?:hospitals?|clinics?|cent(?:re|er)s?|facilit(?:y|ies)|services?|universit(?:y|ies)|institutions?|laborator(?:y|ies)"
    r"|schools?|theatres?|wards?|districts?|ministr(?:y|ies)) (?:in|of|across) (?:the |an? )?$",
    re.IGNORECASE,
)
"""Those who work in some house of a country live there: "working in a hospital in Ghana"."""
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


def tie_of(statement: Statement, chain: list[Mention]) -> tuple[bool, bool] | None:
    """(as citizen, as resident) for a list of countries, or None when it is not about belonging.

    (False, False): people are asked to be of an institution of those countries, or to have been there.
    """
    if by_label := tie_by_label(statement, chain):
        return by_label
    text = statement.text
    before = text[max(0, chain[0].start - _BEFORE) : chain[0].start]
    after = text[chain[-1].end : chain[-1].end + _AFTER]
    if _is_a_language(chain, before, after):
        return None
    if _BEEN_OR_WISHED_THERE.search(before):
        return (False, False) if statement.bears else None
    citizen = _ends_with(before, "citizen") or _begins_with(after, "citizen")
    resident = _ends_with(before, "resident") or _begins_with(after, "resident")
    if not citizen and will_be_there(before, after) and (resident or _WORK_IN_A_HOUSE.search(before)):
        return None if is_plainly_the_offer(before, after) or not statement.bears else (False, False)
    if (citizen or resident) and not (resident and not citizen and _is_of_things(statement, chain, before)):
        return (citizen, resident) if statement.bears or is_firm(text) or citizen else None
    if _KNOWS.search(before):
        return None
    if _INSTITUTION.match(after) and chain[-1].naming is not Naming.COUNTRY:
        return (False, False) if _from_institution(statement, before) else None
    return _of_a_people(statement, chain, after) or _from_there(statement, chain, before, after)


def _is_a_language(chain: list[Mention], before: str, after: str) -> bool:
    """Whether what is worked or spoken in is a language and no country: "able to work in French or English"."""
    peoples = all(one.naming is Naming.PEOPLE for one in chain)
    return peoples and bool(_IN.search(before)) and not _A_HOUSE_OR_PEOPLE_NEXT.match(after)


def _of_a_people(statement: Statement, chain: list[Mention], after: str) -> tuple[bool, bool] | None:
    """The tie of those named by their country: "Kenyan nurses", "US applicants", "Africans"."""
    last = chain[-1]
    name = statement.text[last.start : last.end]
    if last.naming is Naming.CITIZENS:
        return True, False
    if (last.naming is Naming.COUNTRY and not name.isupper()) or not _bears(statement, chain):
        return None
    if re.match(rf"{_QUALIFIED}{_person()}", after, re.IGNORECASE):
        return True, True
    if last.naming is Naming.PEOPLE and name.endswith("s"):
        return True, False
    return (True, True) if name.lower().endswith("africans") else None


def _from_there(statement: Statement, chain: list[Mention], before: str, after: str) -> tuple[bool, bool] | None:
    """The tie of those who come from a country or work in it: "doctors from Nepal", "nurses in Kenya"."""
    adjective = chain[-1].naming is Naming.PEOPLE and not _BY_DESCENT.match(after)
    person = words("eligibility", "belonging.person")
    if _OF_A_HOUSE.search(before) and statement.bears:
        return False, False
    if _FROM.search(before) and not adjective and person.search(before) and _bears(statement, chain):
        return True, True
    if _IN_A_LANGUAGE.search(before):
        return None
    works_there = statement.bears and any(
        works.search(before) for works in (_WORKERS_IN, _ONE_WHO_WORKS_IN, _WORK_IN_A_HOUSE)
    )
    in_there = rf"{_person()}(?:\s+\w+){{0,3}}\s+in\s+(?:the |either )?$"
    if works_there or (_opens(statement) and re.search(in_there, before, re.IGNORECASE)):
        return False, True
    return None


def _person() -> str:
    return words("eligibility", "belonging.person").pattern


def _is_of_things(statement: Statement, chain: list[Mention], before: str) -> bool:
    """Whether what lives or works there is no applicant: "research based in", "people living in"."""
    weak = _WEAK_DWELLING.search(before)
    if weak is None:
        return False
    leading = before[: weak.start()]
    people = re.search(
        r"\b(?:people|populations?|patients|communities|families|children)\s+(?:who\s+)?$", leading, re.IGNORECASE
    )
    asked = statement.in_section or is_firm(statement.text) or keeps_out(statement.text, chain[0].start, chain[-1].end)
    return bool(_THINGS_THERE.search(leading)) or (bool(people) and not asked)


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
