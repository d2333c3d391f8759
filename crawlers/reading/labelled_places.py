"""Countries that stand alone after a label of those who apply: "Eligible countries: India, Nepal", "Applicant: India".

Tables and fact sheets say it without a sentence; where a country is all that stands there, the label alone tells
what it is to applicants. A bare "Country" may be where the thing happens, and is none of them.
"""

import re

from crawlers.reading.applicants import Statement
from crawlers.reading.gazetteer import Mention

_LABEL = re.compile(r"\W*(?P<name>[^:.;?!]{2,40}):\s+(?=\w)")
_JOINTS = re.compile(r"(?:[\W\d_]|\b(?:and|or|the|et|ou|y|o|e|und|oder|la|le|les)\b)*", re.IGNORECASE)
_TIES = (
    (
        (True, False),
        r"(?:eligible |required )?(?:nationalit(?:y|ies)|citizenships?)(?: required)?|nationals of|citizens of"
        r"|nacionalidad(?:es)?|nationalit[ée]s?|nacionalidades?|staatsangehörigkeit|nazionalità",
    ),
    (
        (False, True),
        r"(?:country|countries|place) of (?:legal )?residence|residence|residents of|(?:must be )?based in"
        r"|pa[íi]s de resid[êe]ncia|pays de résidence|wohnsitz(?:land)?",
    ),
    (
        (True, True),
        r"(?:eligible|qualifying|beneficiary) (?:countries|country|regions?)|countr(?:y|ies) of origin"
        r"|(?:applicant|candidate|participant)s?['’]?s?(?: (?:country|countries|countries of origin|from|region))?"
        r"|(?:open to|for) applicants (?:from|in)|open to|who (?:can|may) apply"
        r"|pa[íi]ses eleg[íi](?:bles|veis)|pays éligibles|pa[íi]s de (?:origen|origem)|pays d['’]origine|herkunftsland",
    ),
)


def tie_by_label(statement: Statement, chain: list[Mention]) -> tuple[bool, bool] | None:
    """(as citizen, as resident) of countries that are all that a label names, or None."""
    named = _LABEL.match(statement.text)
    label = named["name"] if named else statement.label
    start = named.end() if named else 0
    rest = statement.text[start : chain[0].start] + " " + statement.text[chain[-1].end :]
    if not label or chain[0].start < start or not _JOINTS.fullmatch(rest):
        return None
    name = label.strip(" :?.*-–—\t\n")
    return next((tie for tie, pattern in _TIES if re.fullmatch(pattern, name, re.IGNORECASE)), None)
