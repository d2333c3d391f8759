"""Whether a sentence that speaks of applicants asks something of them, where no rule could read what.

The default is that it does: a condition that was taken for idle talk lets somebody apply who may not. Only what
plainly deals with papers, money or time, or opens a list, asks for nothing. The words stand in
`crawlers/reading/data/restrictions.toml`.
"""

import re
from functools import cache

from crawlers.reading.patterns import words

_TABLE = "restrictions"
_NEAR = 60
"""Characters within which an offer names those it is for: "the scheme funds qualified researchers"."""
_ASKED_OF_YOU = re.compile(r"^\W*(?:are|have|do|did|is|were|has) (?:you|your|the applicant|this)\b", re.IGNORECASE)
_QUESTION = re.compile(r"\?\s*$|^\W*(?:who|how|when|where|what|to apply)\b", re.IGNORECASE)
_HELPERS = (
    r"(?:(?:must|should|shall|will|would|can|may|are|is|be|been|need to|needs to|have to|has to|ought to|also|then|all"
    r"|each|both|only|not|first|please|themselves|kindly|required to|requested to|encouraged to|expected to be|to)\s+)*"
)
_OF_PAPERS = re.compile(
    r"\b(?:applications?|essays?|manuscripts?|abstracts?|papers?|proposals?|projects?|documents?|letters?|forms?|files?"
    r"|statements?|budgets?|reports?|submissions|posters?|videos?|images?|fees?|payments?|we|funds?|expenses|costs?|it"
    r"|awards?|grants?|work|research|studies|study|travel|visas?|deadlines?|entries|items?|materials?|references?"
    r"|fellowships?|programmes?|programs?|internships?|courses?|workshops?|hosts?|supervisors?|referees?|places|sessions?"
    r"|institutions?|organi[sz]ations?|departments?|universities|solicitud\w*|dossiers?|bewerbung\w*|unterlagen|candidaturas?"
    r"|inscri\w+|articles?|journals?|stipends?|teaching|lectures?|topics?)\b\W*(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)


_BEGINS_WITH_PAPERS = re.compile(
    r"\W*(?:(?:the|all|any|your|our|these|registration|application|travel|participation|tuition|conference|course)\s+)*"
    r"(?:fees?|costs?|expenses|travel|accommodation|funding|stipends?|places|seats|letters?|forms?|documents?|applications?"
    r"|deadlines?|sessions?|lectures?|visas?|meals|reimbursements?|preference|priority)\s+"
    r"(?:is|are|will|must|should|can|may|include|for|of)\b",
    re.IGNORECASE,
)
_WHO_IS = re.compile(
    r"\b(?:who|whose"
    r"|(?:applicants?|candidates?|authors?|participants?|students?|entrants?) (?:\w+ )?(?:must|should|need|have|are"
    r"|from|in|with)"
    r"|(?:from|by|of) (?:\w+ )?(?:students?|trainees?|residents?|authors?|members?|those|people|women|researchers?"
    r"|professionals?))\b",
    re.IGNORECASE,
)


def asks_of_people(text: str, *, in_section: bool) -> re.Match[str] | None:
    """Where a sentence asks something of people; in an eligibility part every sentence does that is not harmless."""
    if is_lead_in(text) or (_QUESTION.search(text) and not _ASKED_OF_YOU.search(text)):
        return None
    people = words(_TABLE, "people").search(text)
    if words(_TABLE, "of_entries").search(text) and not _who_is(text):
        return None
    if _BEGINS_WITH_PAPERS.match(text):
        return None
    if _does_something(text) if people else words(_TABLE, "process").search(text):
        return None
    return _restriction(text) or _offer(text) or (re.match(r".+", text) if in_section else None)


def is_lead_in(text: str) -> bool:
    """Whether a line only opens a list or stands above one: "Applicants must be:"."""
    return bool(words(_TABLE, "lead_in").fullmatch(text.strip(" .:-–—*?¿")))


def _who_is(text: str) -> bool:
    """Whether people are spoken of by what they are: "applicants who", "authors must be"."""
    return bool(_WHO_IS.search(text))


def _does_something(text: str) -> bool:
    """Whether people are told what to do or what they get, and not who they have to be: "applicants should send"."""
    return bool(_predicate().search(text))


@cache
def _predicate() -> re.Pattern[str]:
    people, done = (words(_TABLE, name).pattern for name in ("people", "predicates"))
    return re.compile(rf"{people}\s+{_HELPERS}{done}|^\W*(?:please\s+){_HELPERS}{done}", re.IGNORECASE)


def _restriction(text: str) -> re.Match[str] | None:
    for found in words(_TABLE, "restricting").finditer(text):
        subject = text[: found.start()]
        if words(_TABLE, "people").search(subject) or not _OF_PAPERS.search(subject):
            return found
    return None


def _offer(text: str) -> re.Match[str] | None:
    """Where something is offered to people of whom it was not read who they are."""
    for found in words(_TABLE, "offering").finditer(text):
        if words(_TABLE, "people").search(text, found.end(), min(len(text), found.end() + _NEAR)):
            return found
    return None
