"""Whether a sentence that speaks of applicants asks something of them, where no rule could read what.

The default is that it does: a condition that was taken for idle talk lets somebody apply who may not. Only what
plainly deals with papers, money or time, or opens a list, asks for nothing. The words stand in
`crawlers/reading/data/restrictions.toml`.
"""

import re
from functools import cache

from crawlers.reading.applicants import of_others
from crawlers.reading.patterns import words

_TABLE = "restrictions"
_NEAR = 60
"""Characters within which an offer names those it is for: "the scheme funds qualified researchers"."""
_ASKED_OF_YOU = re.compile(r"^\W*(?:are|have|do|did|is|were|has) (?:you|your|the applicant|this)\b", re.IGNORECASE)
_QUESTION = re.compile(r"\?\s*$|^\W*(?:who|how|what|to apply)\b", re.IGNORECASE)
_HELPERS = (
    r"(?:(?:must|should|shall|will|would|can|may|are|is|be|been|need to|needs to|have to|has to|ought to|also|then|all"
    r"|each|both|only|not|first|please|themselves|kindly|required to|requested to|encouraged to|expected to be|to)\s+)*"
)
_LABEL_ALONE = re.compile(r"[^:.;]{1,80}:\W*$")
_SOME_WORDS = re.compile(r"(?=(?:\W*\b[^\W\d_]{2,}\b){3}|[^:]{3,40}:\s*\w|\s*[-*•·–]\s*\w{3,}).*$", re.DOTALL)
"""A few words, or a label with its value; less is a button or a name."""
_BEGINS_WITH_PAPERS = re.compile(
    r"\W*(?:(?:the|all|any|your|our|these|registration|application|travel|participation|tuition|conference|course)\s+)*"
    r"(?:fees?|costs?|expenses|travel|accommodation|funding|stipends?|places|seats|letters?|forms?|documents?|applications?"
    r"|deadlines?|sessions?|lectures?|visas?|meals|reimbursements?|preference|priority)\s+"
    r"(?:is|are|will|must|should|can|may|include|for|of)\b",
    re.IGNORECASE,
)
_OF_TIME_OR_MONEY = re.compile(
    r"\b(?:deadlines?|applications?|submissions?|registrations?|calls?|entries|collections?|nominations?)\b[^.;]{0,20}"
    r"\b(?:clos(?:e|es|ed|ing)|due|by \d{1,2}|no longer (?:accepting|accepted|open|possible|available))\b"
    r"|\breceive (?:your|all|the) \w+ (?:by|before|no later than)\b|\bno longer accepting\b"
    r"|^\W*(?:19|20)\d\d (?:recipients|winners|fellows|awardees|cohort)\W*$"
    r"|\b(?:\w*ships?|program(?:me)?s?|courses?|placements?|workshops?|electives?|it|which|that) lasts?\b[^.;]{0,30}"
    r"\b(?:days?|weeks?|months?|years?)\b|\ball (?:the )?year round\b"
    r"|^(?=[^.;]*(?:[€$£]\s?\d|\b(?:EUR|USD|GBP|CHF)\b))[^.;]*\b(?:amount|stipend|grant|salary|allowance|support|award)\b"
    r"|^\W*(?:\d+|an?|one|two|three|four|five|six|eight|nine|ten|twelve)[\s-](?:days?|weeks?|months?)\b"
    r"(?!.*\b(?:experience|training|practice|employ\w+|after|since|of work|for)\b)"
    r"|\b(?:housing|meals?|accommodation|travel|lunch|board|visas?|materials)\b(?: and \w+)? (?:is|are) "
    r"(?:provided|covered|included|reimbursed|paid|free)\b",
    re.IGNORECASE,
)
"""When it closes, how long it lasts, what it pays: of the offer, not of those it is for."""
_ASKED_FOR = re.compile(
    r"\b(?:required?|must|only|unless|except|eligible|degree|membership|licen[cs]e|citizen\w*|nationality|doctorate|enrol\w+)\b",
    re.IGNORECASE,
)
"""What is asked of somebody though nobody is named: "Membership required for the $500 grant."."""
_FOR_THEM = re.compile(r"\b(?:for|to|from|by|an?) (?:(?:an?|the|all|any|those|our) )?(?:[\w-]+ ){0,2}$", re.IGNORECASE)
_ANYBODY_HERE = re.compile(
    r"(?:interns?|fellows?|candidates?|applicants?|participants?|volunteers?|your?|people|teams?|staff|recipients?|winners?|awardees?)",
    re.I,
)
"""What whoever takes an offer up is called, which narrows nothing: "we are looking for an intern"."""
_BUT_ALSO = re.compile(
    r"\b(?:but|however|only|must|unless|except|provided|although|exclu\w+|require[sd]?|needs?|needed|have to|has to"
    r"|cannot|not|holders?|mandatory|essential|at least|minimum|eligible)\b",
    re.IGNORECASE,
)
"""What goes on to ask for something beside what is idle."""
_WHO_IS = re.compile(
    r"\b(?:who|whose"
    r"|(?:applicants?|candidates?|authors?|participants?|students?|entrants?) (?:\w+ )?(?:must|should|need|have|are"
    r"|from|in|with)"
    r"|(?:from|by|of) (?:\w+ )?(?:students?|trainees?|residents?|authors?|members?|those|people|women|researchers?"
    r"|professionals?))\b",
    re.IGNORECASE,
)


def asks_of_people(text: str, *, in_section: bool, by_summary: bool) -> re.Match[str] | None:
    """Where a sentence asks something of people; in an eligibility part every sentence does that is not harmless.

    `by_summary`: it stands in a short text, all of which is about the call; elsewhere pages also tell of other things.
    """
    if _is_harmless(text):
        return None
    found = _restriction(text, whoever=in_section or by_summary) or _offer(text)
    if found is None and (in_section or by_summary):
        found = _of_those_who_apply(text)
    return found or (_SOME_WORDS.match(text) if in_section else None)


def _is_harmless(text: str) -> bool:
    if is_lead_in(text) or (_QUESTION.search(text) and not _ASKED_OF_YOU.search(text)):
        return True
    if _OF_TIME_OR_MONEY.search(text) and not _names_some(text) and not _ASKED_FOR.search(text):
        return True
    if words(_TABLE, "forbidding").search(text):
        return False
    if words(_TABLE, "remarks").search(text) or _imperative().match(text) or _BEGINS_WITH_PAPERS.match(text):
        return True
    if words(_TABLE, "of_entries").search(text) and not _WHO_IS.search(text):
        return True
    if words(_TABLE, "people").search(text):
        return bool(_predicate().search(text))
    return bool(words(_TABLE, "process").search(text) or words(_TABLE, "process_abroad").search(text, 0, _NEAR // 2))


def _names_some(text: str) -> bool:
    """Whether people are named who are fewer than all who take the offer up."""
    return any(not _ANYBODY_HERE.fullmatch(one.group()) for one in words(_TABLE, "people").finditer(text))


def is_idle(text: str) -> bool:
    """Whether a sentence plainly asks for nothing: what is not needed, what is useful, for whom places are kept."""
    rest, found = re.subn(words(_TABLE, "idle").pattern, " ", text, flags=re.IGNORECASE)
    return bool(found) and not _BUT_ALSO.search(rest)


def is_lead_in(text: str) -> bool:
    """Whether a line only opens a list or stands above one: "Applicants must be:". A sentence does not."""
    if _LABEL_ALONE.match(text):
        return True
    return not text.endswith(".") and bool(words(_TABLE, "lead_in").fullmatch(text.strip(" :-–—*?¿")))


def asks_of_nobody(text: str) -> bool:
    """Whether nobody in particular is named in what is left of a sentence that says that all countries are meant."""
    spoken = " ".join(re.findall(r"[^\W\d_]+", text)).lower()
    rest = re.sub(words(_TABLE, "anybody").pattern, " ", spoken)
    return not rest.strip() or is_lead_in(" ".join(rest.split()))


def said_of_papers(before: str) -> bool:
    """Whether what follows these words is said of papers, money or hosts, and of nobody who applies."""
    return bool(_papers_last().search(before))


@cache
def _papers_last() -> re.Pattern[str]:
    return re.compile(rf"{words(_TABLE, 'papers').pattern}\W*(?:\w+\W+){{0,2}}$", re.IGNORECASE)


@cache
def _predicate() -> re.Pattern[str]:
    people, done = (words(_TABLE, name).pattern for name in ("people", "predicates"))
    return re.compile(rf"{people}\s+{_HELPERS}{done}", re.IGNORECASE)


@cache
def _imperative() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:please (?!note)|(?:do not\s+)?{words(_TABLE, 'imperatives').pattern})", re.IGNORECASE)


def _restriction(text: str, *, whoever: bool) -> re.Match[str] | None:
    """Where people are restricted: those before the word, else whoever is not named, as in a list."""
    people = words(_TABLE, "people").search(text)
    for found in words(_TABLE, "restricting").finditer(text) if people else ():
        if people and (people.end() <= found.start() or (whoever and not said_of_papers(text[: found.start()]))):
            return found
    for name in ("unsaid", "abroad") if whoever else ():
        for found in words(_TABLE, name).finditer(text):
            if not said_of_papers(text[: found.start()]):
                return found
    return None


def _of_those_who_apply(text: str) -> re.Match[str] | None:
    """Where something is said of those who apply, or of people it is for, which may well be what they have to be."""
    for name in ("forbidding", "offering_abroad", "applicants"):
        if found := words(_TABLE, name).search(text):
            return found
    for found in words(_TABLE, "people").finditer(text):
        if _ANYBODY_HERE.fullmatch(found.group()):
            continue
        if _FOR_THEM.search(text, 0, found.start()) and not of_others(text, found.start()):
            return found
    return None


def _offer(text: str) -> re.Match[str] | None:
    """Where something is offered to people of whom it was not read who they are."""
    for found in words(_TABLE, "offering").finditer(text):
        if not words(_TABLE, "offers").search(text[: found.start()]):
            continue
        whom = words(_TABLE, "people").finditer(text, found.end(), min(len(text), found.end() + _NEAR))
        if any(not _ANYBODY_HERE.fullmatch(one.group()) for one in whom):
            return found
    return None
