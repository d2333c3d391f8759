"""Which sentences of a page speak of who may apply, and which words in them are negated.

A page also names teachers, alumni, referees and patients. A sentence counts when it stands under
an eligibility heading or label, when it carries a word that is said of applicants, or, for the
words that follow, when it addresses them ("for medical students").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from crawlers.reading.document import Document
from crawlers.reading.leads import Leads, keeps_out_below, keeps_out_here
from crawlers.reading.parts import opens_another, opens_eligibility
from crawlers.reading.patterns import table, words
from crawlers.reading.questions import is_question, with_answers
from crawlers.reading.refusals import CLAUSE, REACH
from crawlers.reading.semicolons import clauses_of
from crawlers.reading.sentences import Sentence, own_title, sentences_of

_TABLE = "eligibility"
_LONGEST_HEADING = 90
_MOST_SENTENCES = 1500
_LONGEST_SENTENCE = 5000
_SUMMARY = 700
"""Characters up to which a text is a summary of a call, where every sentence tells of it."""
_FOR_WHOM = re.compile(r"(?:open )?(?:for|to|pour|para|f[üu]r|per|voor|для|untuk|bagi)\b", re.IGNORECASE)
_FEW_WORDS = re.compile(r"(?:\s+[^\s.;:]+){0,5}\s+")
_FIRM = re.compile(
    r"\b(?:open to|eligib\w*|must|only|may apply|can apply|restricted to|limited to|required)\b", re.IGNORECASE
)
_LABEL = re.compile(r"\W*(?P<name>[^:.;]{3,40}):\s+\w")
_INVITED = re.compile(
    r"\b(?:warmly |also |most |very )?welcomed?s?\b"
    r"(?= (?:applications?|submissions?|proposals?|nominations?|entries|abstracts?|papers?|manuscripts?)\b"
    r"[^.;]{0,20}? from\b)"
    r"|(?<=are )(?:warmly |also |most |very )?welcomed? from\b",
    re.IGNORECASE,
)
"""A welcome that says who is asked, and not who is liked best: "we welcome applications from nurses"."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with what is known of its bearing: under an eligibility heading, or said of applicants."""

    text: str
    in_section: bool
    of_applicants: bool
    kept_out: bool = False
    """Under "Who cannot apply" and the like: whomever it names may not."""
    in_summary: bool = False
    """In a short text all of which tells of the call."""
    by_summary: bool = False
    """It is said of applicants only as every sentence of a summary is, and not in its own words."""
    label: str = ""
    """The words that introduce it, where the page's structure says so."""

    @property
    def bears(self) -> bool:
        """Whether the sentence as a whole speaks of applicants."""
        return self.in_section or self.of_applicants


def statements_of(document: Document) -> Iterator[Statement]:
    """Yield the sentences that may speak of applicants, with the title first."""
    summary = sum(len(block.text) for block in document.main) <= _SUMMARY
    if (title := own_title(document)) and not is_question(title):
        yield Statement(title, in_section=False, of_applicants=False)
    plain = not any(block.level for block in document.main)  # marked headings tell parts better than such lines
    leads, in_part = Leads(), False
    for count, (sentence, refused) in enumerate(with_answers(sentences_of(document))):
        if count > _MOST_SENTENCES:
            return
        in_part = plain and (opens_eligibility(sentence.text) or (in_part and not opens_another(sentence.text)))
        whole = _statement(sentence, summary, leads.over(sentence), in_part=in_part)
        whole = replace(whole, kept_out=True) if refused else whole
        for clause in clauses_of(whole.text):
            yield whole if clause is whole.text else replace(whole, text=clause)


def _statement(sentence: Sentence, summary: bool, lead: str, *, in_part: bool = False) -> Statement:
    text = sentence.text[:_LONGEST_SENTENCE]
    named = bool(_FOR_WHOM.match(text)) or bool(words(_TABLE, "applicants").search(text))
    above = [name for name in (sentence.label, sentence.heading, lead) if name]
    kept_out = keeps_out_here(text) or any(keeps_out_below(name) for name in above)
    label = _LABEL.match(text)
    in_section = in_part or _is_section(sentence) or bool(label and _speaks_of_applicants(label["name"]))
    in_section = in_section or bool(lead and _speaks_of_applicants(lead))
    by_summary = summary and not named and not in_section
    return Statement(text, in_section, summary or named, kept_out, summary, by_summary, sentence.label)


def _is_section(sentence: Sentence) -> bool:
    return sentence.level == 0 and any(
        _speaks_of_applicants(name) for name in (sentence.label, sentence.heading) if name
    )


@cache
def _section_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lists = (table(_TABLE)["sections"], table(_TABLE)["not_sections"])
    yes, no = (re.compile(rf"(?:{'|'.join(alternatives)})", re.IGNORECASE) for alternatives in lists)
    return yes, no


def _speaks_of_applicants(heading: str) -> bool:
    name = heading.strip(" :?.*-–—\t\n").lower()
    return 0 < len(name) <= _LONGEST_HEADING and _names_applicants(name)


@lru_cache(maxsize=512)
def _names_applicants(name: str) -> bool:
    """Whether the name of a part says that it is of applicants; kept, since every sentence of the part asks anew."""
    yes, no = _section_patterns()
    return bool(yes.fullmatch(name)) and not no.search(name)


def addresses(text: str, start: int) -> bool:
    """Whether the words just before `start` address the page to what stands there: "for first-year ..."."""
    before = text[max(0, start - REACH) : start]
    ends = [found.end() for found in words(_TABLE, "addressing").finditer(before)]
    return any(_FEW_WORDS.fullmatch(before, end) for end in ends)


def of_others(text: str, start: int) -> bool:
    """Whether the words before `start` say that other people follow: "taught by", "alongside", "alumni"."""
    before = text[max(0, start - REACH) : start]
    ends = [found.end() for found in words(_TABLE, "others").finditer(before)]
    return bool(ends) and not CLAUSE.search(before, ends[-1])


def of_benefits(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` names those who pay less or have places kept for them, which is asked of nobody."""
    before = text[max(0, start - 2 * REACH) : start]
    for found in words(_TABLE, "benefits_next").finditer(before):
        between = before[found.end() :]
        if not CLAUSE.search(between) and not _FIRM.search(between):
            return True
    after = text[end : end + 2 * REACH]
    gains = words(_TABLE, "benefits_before").search(after)
    return bool(gains) and not CLAUSE.search(after[: gains.start()]) if gains else False


def is_firm(text: str) -> bool:
    """Whether a sentence lays down who may apply, rather than just speaking to them."""
    return bool(_FIRM.search(text))


def asks_nothing(text: str) -> bool:
    """Whether a sentence only says that something does not matter ("regardless of nationality")."""
    return bool(words(_TABLE, "asks_nothing").search(text))


def without_all_places(text: str) -> str:
    """A sentence without "of any nationality" and the like, as many characters long: the rest may ask for something."""
    cut = re.compile(words(_TABLE, "asks_no_place").pattern, re.IGNORECASE)
    return cut.sub(lambda found: " " * len(found.group()), text)


def only_liked(text: str) -> bool:
    """Whether a sentence speaks of preferences, not of requirements."""
    return bool(words(_TABLE, "liked").search(_INVITED.sub("", text)))
