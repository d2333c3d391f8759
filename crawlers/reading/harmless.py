"""Sentences that ask nothing of anybody, wherever they stand: of papers, money, time, the course itself, its lists.

What is taken for harmless here is no condition, so that somebody who may not apply is told that she may where this
is wrong. The words stand in `crawlers/reading/data/restrictions.toml`.
"""

import re
from functools import cache

from crawlers.reading.applicants import is_firm
from crawlers.reading.patterns import words
from crawlers.reading.taking_part import asks_nothing_by_it, what_they_do

_TABLE = "restrictions"
_BEGINNING = 30
"""Characters at the beginning of a sentence in which another language says what it is about."""
_ASKED_OF_YOU = re.compile(r"^\W*(?:are|have|do|did|is|were|has) (?:you|your|the applicant|this)\b", re.IGNORECASE)
_QUESTION = re.compile(r"\?\s*$|^\W*(?:who|how|what|to apply)\b", re.IGNORECASE)
_HELPERS = (
    r"(?:(?:must|should|shall|will|would|can|may|are|is|be|been|need to|needs to|have to|has to|ought to|also|then|all"
    r"|each|both|only|not|first|please|themselves|kindly|required to|requested to|encouraged to|expected to be|to)\s+)*"
)
_LABEL_ALONE = re.compile(r"[^:.;]{1,80}:\W*$")
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
ANYBODY_HERE = re.compile(
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
_THING = (
    r"(?:courses?|programmes?|program|workshops?|training|school|teaching|lectures?|sessions?|mornings?|afternoons?|evenings?"
    r"|certificates?|units?|modules?|software|films?|recordings?|examples?|cases|interpretation|lodging|meals?|lunch|coffee|travel"
    r"|flights?|exercises|publication|registration|interviews?)"
)
_OF_A_THING = re.compile(
    rf"\W*(?:(?:the|every|each|all|this|our|only|any|an?)\s+)*(?:[a-z]+\s+){{0,2}}{_THING}\s+"
    r"(?:(?:is|are|was|were|will be|can be|may be)\b(?! (?:\w+ly )?(?:open|for|intended|designed|meant|aimed|restricted"
    r"|reserved|available|offered|addressed|suitable|limited to (?!\w+ (?:hours|days|weeks|places|people)))\b)"
    r"|takes?|lasts?|runs?|covers?|includes?|teaches|treats?|spends?|counts?|names?|needs|comes?|starts?|begins?|ends?|consists?"
    r"|combines?|uses?|deals?|opens|follows?)\b",
    re.IGNORECASE,
)
"""What the offer's own parts are, need or last: asked of nobody where nobody is named."""
_SO_LONG = re.compile(
    r"\b(?:at least|a minimum of) [\w-]+ (?:hours?|days?|sessions?|evenings?|mornings?)\b", re.IGNORECASE
)
"""How much of it they do: "shadow at least twenty hours a week"."""
_QUALITIES = re.compile(
    r"licen[cs]|degree|member|citizen|national|doctor|enrol|experience|qualif|diploma|fluen|proficien|certificate of"
    r"|\bage[ds]?\b|\bmust\b|\brequire|eligib|unless|except|provided|compulsory|mandatory",
    re.IGNORECASE,
)
_AND_WHAT_THEY_ARE = re.compile(
    r"\band (?:hold|possess|belong|reside|live in|speak|(?:are|be) an?)\b"
    r"|\breturn(?:ing)? to (?:their|your|his or her|a)\b",
    re.IGNORECASE,
)
"""What follows a harmless deed and is none: "pay a fee and hold a passport"."""
_WHAT_IS_OFFERED = re.compile(r"^\w*(?:travel )?(?:grants?|bursar\w+|support|funds?)\b", re.IGNORECASE)
"""Money that may be what the call is for: to whom it goes is then who may apply."""
_PAPER_TO_SHOW = re.compile(
    r"\W*(?:\w{1,2}[.)]\s+)?(?:an? |the )?(?:proof|cop(?:y|ies)|scan|evidence) of "
    r"(?:(?:valid|current|your|their|an?|health|travel|liability|medical) ){0,3}"
    r"(?:insurance|identity|identification|payment|address|passport|vaccinations?|immuni[sz]ations?)\W*$",
    re.IGNORECASE,
)
"""A paper that anybody can get: "proof of health insurance"."""
_GIVEN_TO = re.compile(
    r"\b(?:given|awarded|granted|offered|restricted|limited|reserved|open|available) (?:only )?(?:to|for)\s+"
    r"(?!(?:you\w*|all|each|every\w*|cover|the|one|an?|two|\d+|up|use|travel|attend|apply|submit|download|view|help|support|pay"
    r"|meet|selected|successful|winn\w+|this|these|our|its|research|costs?|free)\b)(?=[a-z])|\bfor [\w -]{3,40} only\b",
    re.IGNORECASE,
)
"""To or for whom something is, though no word for people is known of them: "given to beekeepers"."""
_HIDDEN = re.compile(
    r"\bonly (?:staff|employees|those|people|holders|members|graduates|alumni)\b"
    r"|\b(?:with|for|from|by|of) [\w -]{3,40} only\W*$"
    r"|\b(?:medical|nursing|midwifery|pharmacy|dental|health|professional) (?:council|board|register|chamber)\b"
    r"|\b(?:staff|employees) of\b",
    re.IGNORECASE,
)
"""A condition among words on papers, money and time: "interviews are held with hygienists only"."""
_WHO_IS = re.compile(
    r"\b(?:who|whose"
    r"|(?:applicants?|candidates?|authors?|participants?|students?|entrants?) (?:\w+ )?(?:must|should|need|have|are"
    r"|from|in|with)"
    r"|(?:from|by|of) (?:\w+ )?(?:students?|trainees?|residents?|authors?|members?|those|people|women|researchers?"
    r"|professionals?))\b",
    re.IGNORECASE,
)


def is_harmless(text: str) -> bool:
    """Whether a sentence of an eligibility part, or of a summary, deals with something else than who may apply."""
    if is_lead_in(text) or (_QUESTION.search(text) and not _ASKED_OF_YOU.search(text)):
        return True
    if _OF_TIME_OR_MONEY.search(text) and not _names_some(text) and not _ASKED_FOR.search(text):
        return True
    if any(words(_TABLE, name).search(text) for name in ("forbidding", "asking", "kept_for")):
        return False
    if words(_TABLE, "remarks").search(text) or _imperative().match(text) or _BEGINS_WITH_PAPERS.match(text):
        return True
    if words(_TABLE, "of_entries").search(text) and not _WHO_IS.search(text):
        return True
    if what_they_do(text):
        rest = _SO_LONG.sub(" ", text)
        return asks_nothing_by_it(text) and not (_BUT_ALSO.search(rest) or _QUALITIES.search(rest))
    if words(_TABLE, "people").search(text):
        done = _predicate().search(text)
        return bool(done) and not _AND_WHAT_THEY_ARE.search(text)
    if (_OF_A_THING.match(text) and not (_QUALITIES.search(text) or _HIDDEN.search(text))) or _PAPER_TO_SHOW.match(
        text
    ):
        return True
    if _GIVEN_TO.search(text):
        return False
    done_with = words(_TABLE, "process").search(text) or words(_TABLE, "process_abroad").search(text, 0, _BEGINNING)
    return bool(done_with) and not _HIDDEN.search(text)


def _names_some(text: str) -> bool:
    """Whether people are named who are fewer than all who take the offer up."""
    return any(not ANYBODY_HERE.fullmatch(one.group()) for one in words(_TABLE, "people").finditer(text))


def is_idle(text: str) -> bool:
    """Whether a sentence plainly asks for nothing: what is not needed, what is useful, for whom places are kept."""
    rest, found = re.subn(words(_TABLE, "idle").pattern, " ", text, flags=re.IGNORECASE)
    return bool(found) and not _BUT_ALSO.search(rest)


def tells_of_benefits(text: str) -> bool:
    """Whether a sentence only says who pays less, is paid for or has places kept: nobody is kept out by that."""
    for name in ("benefits_next", "benefits_before"):
        told = words("eligibility", name).search(text)
        if told is None or _WHAT_IS_OFFERED.search(told.group()):
            continue
        if name == "benefits_before" and not words(_TABLE, "people").search(text, 0, told.start()):
            continue  # "the EUR 2,000 grant goes to women": of whom that is said stands after it
        rest = text[: told.start()] + " " + text[told.end() :]
        if not (is_firm(rest) or _BUT_ALSO.search(rest) or _AND_WHAT_THEY_ARE.search(rest)):
            return True
    return False


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


@cache
def _predicate() -> re.Pattern[str]:
    people, done = (words(_TABLE, name).pattern for name in ("people", "predicates"))
    return re.compile(rf"{people}\s+{_HELPERS}{done}", re.IGNORECASE)


@cache
def _imperative() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:please (?!note)|(?:do not\s+)?{words(_TABLE, 'imperatives').pattern})", re.IGNORECASE)
