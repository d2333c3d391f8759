"""Sentences that stretch the years asked for before them, as "Career breaks are taken into account" does.

Years alone would keep out whom such a sentence lets in, so it is kept with the condition that it stretches.
"""

import re
from collections.abc import Sequence

from catalog.drafts import Requirement
from catalog.words import RequirementType
from crawlers.reading.applicants import Statement
from crawlers.reading.wordings import Seldom

LONGEST = 400
"""Characters of a quote with the sentence that stretches it."""
_NEXT = 2
"""Sentences after a condition that may stretch it."""
_YEARS = re.compile(
    r"\b(?:years?|months?|a[ñn]os?|ans|ann[ée]es|anos?|jahren?|monaten?)\b|\b(?:19|20)\d\d\b", re.IGNORECASE
)
_STRETCHES = Seldom(
    r"\b(?:career (?:break|interruption|gap)s?|(?:parental|maternity|paternity|family|sick|carer['’]?s?) leave"
    r"|maternity|time (?:out|away)|part[- ]time (?:work|employment)|extended by|extensions? (?:of|to|may|can|is|are)"
    r"|(?:exceptions?|longer periods?) (?:may|can|will|are)|exceptional circumstances|elternzeit|kindererziehung"
    r"|baja (?:por )?maternidad|excedencia|cong[ée] (?:parental|(?:de )?maternit[ée])|licen[çc]a[- ]maternidade)\b",
)

_AWARD = (
    r"(?:fellowship|award|grant|program(?:me)?|scholarship|internship|course|training|post|position|project"
    r"|residency|stay)"
)
_OF_THE_YEARS = re.compile(
    r"\blimits?\b|\beligibility\b|\b(?:be|is|are|remain|still) eligible(?! (?:for|to)\b)"
    r"|\b(?:taken into (?:account|consideration)|account(?:ed)? for|deducted|subtracted|(?:is|are|be) added"
    r"|pro[- ]?rata)\b"
    r"|\bnot (?:be )?count|\bcounts? as\b|\bacademic age\b"
    r"|\b(?:this|that|these|the|\w+[- ]year) (?:period|window|time ?frame|years|threshold|cut-?off)\b"
    r"(?! of (?!\w+ years))",
    re.IGNORECASE,
)
"""What says that it is the years asked for that are stretched."""
_A_REASON = re.compile(
    r"\b(?:breaks?|interruptions?|gaps?|leave|maternity|time (?:out|away)|exception(?:s|al)|longer periods?"
    r"|child(?:ren)?|parents?|illness|military|caring|carers?|elternzeit|kindererziehung|maternidad|excedencia|cong[ée]|licen[çc]a)\b",
    re.IGNORECASE,
)
"""What years are stretched for, where nothing else is said to be."""
_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:deadlines?|closing dates?|stipends?|salar(?:y|ies)|benefits?|funding|funds?|funded|paid|payments?|contracts?"
    r"|receives?|entitled|eligible (?:for|to)|enjoys?|offer(?:s|ed)?|provide[sd]?|childcare"
    r"|bewerbungsfrist|stipendi\w+)\b"
    rf"|\b{_AWARD}s?(?:['’]s)? (?:period|term|duration|may|can|will|is|are)\b"
    rf"|\b(?:during|of|throughout|in) (?:the|your|their|an?|this) (?:\w+ )?{_AWARD}\b"
    r"|\bleave (?:is|can be|may be) (?:available|possible|granted|covered|included|allowed)\b",
    re.IGNORECASE,
)
"""What is stretched or granted beside the years: dates, money, and the time of the award itself."""


def with_allowances(statements: Sequence[Statement], found: Sequence[Requirement]) -> list[Requirement]:
    """The requirements, those on years together with the sentence soon after them that stretches these."""
    stretching = [at for at, one in enumerate(statements) if _stretches(one.text)]
    if not stretching:
        return list(found)
    added: set[str] = set()
    several = []
    for requirement in found:
        further = _after(statements, stretching, requirement.quote)
        fits = further and len(requirement.quote) + len(further) < LONGEST
        if fits:
            added.add(further)
        several.append(
            requirement.model_copy(update={"quote": f"{requirement.quote} {further}"}) if fits else requirement
        )
    return [one for one in several if one.type is not RequirementType.OTHER or one.quote not in added]


def _after(statements: Sequence[Statement], stretching: Sequence[int], quote: str) -> str:
    """The words that follow a quote as far as the sentence that stretches it; empty where none does."""
    if not _YEARS.search(quote) or _stretches(quote):
        return ""
    for at in stretching:
        for before in range(max(0, at - _NEXT), at):
            if quote in statements[before].text:
                return " ".join(one.text for one in statements[before + 1 : at + 1])
    return ""


def _stretches(text: str) -> bool:
    """Whether a sentence stretches the years asked for, and not a deadline, a stipend or the time of the award."""
    if not _STRETCHES.search(text):
        return False
    return bool(_OF_THE_YEARS.search(text) or (_A_REASON.search(text) and not _OF_SOMETHING_ELSE.search(text)))
