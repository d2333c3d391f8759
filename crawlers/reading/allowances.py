"""Sentences that stretch the years asked for before them: "Career breaks are taken into account."

Years alone would keep out whom such a sentence lets in, so it is kept with the condition that it stretches.
"""

import re
from collections.abc import Sequence

from catalog.drafts import Requirement
from catalog.words import RequirementType
from crawlers.reading.applicants import Statement

LONGEST = 400
"""Characters of a quote with the sentence that stretches it."""
_NEXT = 2
"""Sentences after a condition that may stretch it."""
_YEARS = re.compile(
    r"\b(?:years?|months?|a[ñn]os?|ans|ann[ée]es|anos?|jahren?|monaten?)\b|\b(?:19|20)\d\d\b", re.IGNORECASE
)
_STRETCHES = re.compile(
    r"\b(?:career (?:break|interruption|gap)s?|(?:parental|maternity|paternity|family|sick|carer['’]?s?) leave"
    r"|maternity|time (?:out|away)|part[- ]time (?:work|employment)|extended by|extensions? (?:of|to|may|can|is|are)"
    r"|(?:exceptions?|longer periods?) (?:may|can|will|are)|exceptional circumstances|elternzeit|kindererziehung"
    r"|baja (?:por )?maternidad|excedencia|cong[ée] (?:parental|(?:de )?maternit[ée])|licen[çc]a[- ]maternidade)\b",
    re.IGNORECASE,
)


def with_allowances(statements: Sequence[Statement], found: Sequence[Requirement]) -> list[Requirement]:
    """The requirements, those on years together with the sentence soon after them that stretches these."""
    stretching = [at for at, one in enumerate(statements) if _STRETCHES.search(one.text)]
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
    if not _YEARS.search(quote) or _STRETCHES.search(quote):
        return ""
    for at in stretching:
        for before in range(max(0, at - _NEXT), at):
            if quote in statements[before].text:
                return " ".join(one.text for one in statements[before + 1 : at + 1])
    return ""
